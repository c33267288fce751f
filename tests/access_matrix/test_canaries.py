"""A word only one side wrote, looked for in everything the others can reach."""

from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from engagements.charters.actions import drafting
from engagements.charters.actions.mirroring import LISTS, write_part
from engagements.commitments import actions as commitments
from engagements.commitments.said import Said
from engagements.contracts.actions import documents
from engagements.interactions import actions as interactions
from engagements.issues.actions import opening
from engagements.models import Side, Standing
from tests.access_matrix.table import EVERYBODY, OWN
from tests.crawling import crawl

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.parametrize("world", list(Side), indirect=True),
]
CANARY = "zephyrine"
# Its beginning alone: what one types comes back in the field.
SEARCHES = (f"/search/?q={CANARY[:5]}", f"/search/palette/?q={CANARY[:5]}")
# In this world they are still switched on; the matrix switches them off.
DISABLED = {"own_disabled", "other_disabled"}


def hide(world):
    """The word into every text the own side keeps to itself, as a person would."""
    relationship, manager = world.rows["relationship"], world.rows["own_manager"]
    by = Standing(manager, manager.organisation, "account_manager")
    interactions.log_interaction(
        by=by,
        own=relationship.sides.get(side=world.own_side),
        entry=interactions.Entry(
            text=f"They look around, {CANARY}",
            kind="call",
            happened_at=timezone.now(),
            topic=CANARY,
            next_steps=(interactions.NextStep(f"Ask {CANARY}", date(2030, 1, 2)),),
        ),
    )
    interactions.save_draft(
        by=by, relationship=relationship.pk, payload={"text": CANARY}
    )
    said = Said(
        relationship=relationship,
        side=world.own_side,
        owner=manager,
        text=f"Prepare {CANARY}",
        due_on=date(2030, 1, 2),
    )
    commitments.commit(by=by, said=said, visibility="internal")
    hidden = {"relationship": relationship, "side": world.own_side, "by": by}
    drafting.write(purpose=CANARY, values=CANARY, principles=CANARY, **hidden)
    write_part(words={name: [CANARY] for name in LISTS}, **hidden)
    opening.write_account(
        issue=world.rows["issue"],
        side=world.own_side,
        by=manager,
        text=f"We saw {CANARY}",
        impact=f"It cost us {CANARY}",
    )
    documents.add_document(
        by=by,
        contract=world.rows["contract"],
        file=SimpleUploadedFile(f"{CANARY}.txt", CANARY.encode()),
        shared=False,
    )


def met_by(client) -> set[str]:
    """The addresses at which somebody meets the word."""
    found = crawl(client, *SEARCHES)
    return {address for address, answered in found if CANARY in answered.lower()}


@pytest.mark.parametrize("persona", sorted(EVERYBODY - OWN - DISABLED))
def test_the_others_never_meet_the_word(world, persona, mailoutbox, caplog):
    hide(world)
    client = Client()
    if world.users[persona] is not None:
        client.force_login(world.users[persona])

    met = [
        address
        for address, answered in crawl(client, *SEARCHES)
        if CANARY in answered.lower()
    ]

    assert met == []
    assert mailoutbox == []
    assert CANARY not in caplog.text


def test_its_own_side_meets_it(world):
    """The crawl would find the word if it were there to be found."""
    hide(world)
    client = Client()
    client.force_login(world.users["own_manager"])

    met = {
        address
        for address, answered in crawl(client, *SEARCHES)
        if CANARY in answered.lower()
    }

    relationship = world.rows["relationship"]
    assert f"/relationships/{relationship.pk}/" in met
    assert world.rows["issue"].get_absolute_url() in met
    assert len(met) > 3
