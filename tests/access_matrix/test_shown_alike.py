"""Shown in its list, opened at its address, found by its name: all three or none."""

import re

import pytest
from django.test import Client
from django.urls import reverse

from engagements import search
from engagements.contracts.actions.keeping import make_findable
from engagements.models import (
    Contact,
    Contract,
    JointIssue,
    Organisation,
    Relationship,
    RelationshipSide,
    Side,
    standing_of,
)
from engagements.parties.actions.contacts import index_contact
from engagements.parties.actions.organisations import index_organisation
from tests.access_matrix.table import ANYBODY, WITHOUT_STANDING

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.parametrize("world", list(Side), indirect=True),
]
# Every name of these holds this word.
WORD = "quillwork"


def named(rows, field):
    rows = list(rows)
    for row in rows:
        setattr(row, field, f"{getattr(row, field)} {WORD}"[:120])
        row.save()
    return rows


def contracts():
    rows = named(Contract.objects.filter(archived_at=None), "title")
    for row in rows:
        make_findable(row)
    return rows


def relationships():
    rows = list(Relationship.objects.select_related("client", "supplier"))
    for row in rows:
        row.scope = WORD
        row.save()
    search.index_relationships(rows)
    return rows


def organisations():
    rows = named(Organisation.objects.filter(archived_at=None), "name")
    for row in rows:
        index_organisation(row)
    return rows


def contacts():
    rows = named(Contact.objects.filter(archived_at=None), "name")
    for row in rows:
        index_contact(row)
    return rows


def issues():
    rows = named(
        JointIssue.objects.select_related(
            "relationship__client", "relationship__supplier"
        ),
        "title",
    )
    search.index_issues(rows)
    return rows


KINDS = {
    "contract": (contracts, "/contracts/"),
    "relationship": (relationships, "/relationships/"),
    "organisation": (organisations, "/organisations/"),
    "issue": (issues, "/issues/"),
    # People are listed on their organisation's page.
    "contact": (contacts, ""),
}


def addresses(html, kind):
    start = "/contacts/" if kind == "contact" else f"/{kind}s/"
    pages = re.findall(rf'href="({start}[0-9a-f-]{{36}}/)["?]', html)
    return set(pages)


def listed(client, kind):
    address = KINDS[kind][1]
    if address:
        return addresses(client.get(address).content.decode(), kind)
    places = addresses(client.get("/organisations/").content.decode(), "organisation")
    return set().union(
        *(addresses(client.get(at).content.decode(), kind) for at in places)
    )


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("persona", sorted(ANYBODY | WITHOUT_STANDING))
def test_listed_opened_and_found_are_the_same_rows(world, kind, persona):
    client = Client()
    client.force_login(world.users[persona])
    rows = {
        reverse(f"engagements:{kind}", args=[row.pk]): row for row in KINDS[kind][0]()
    }

    opened = {at for at in rows if client.get(at).status_code == 200}
    found = client.get("/search/", {"q": WORD}).content.decode()

    assert addresses(found, kind) == opened
    assert listed(client, kind) & set(rows) == opened


def test_a_team_s_manager_and_the_others_see_different_rows(world):
    """The test above compares empty with empty for nobody who matters."""
    relationships()
    pages = {}
    for persona in ("own_manager", "other_executive", "outsider", "own_elsewhere"):
        client = Client()
        client.force_login(world.users[persona])
        pages[persona] = len(listed(client, "relationship"))

    assert pages["own_manager"] == 1
    theirs = standing_of(world.users["other_executive"]).organisation
    sides = RelationshipSide.objects.filter(acted_by=theirs, archived=False)
    assert pages["other_executive"] == sides.count() > 0
    assert pages["outsider"] == pages["own_elsewhere"] == 0
