"""Both sides act at the same moment: exactly one effect."""

from __future__ import annotations

from datetime import date

import pytest
from django.utils import timezone

from engagements.charters.actions import answering, drafting
from engagements.charters.actions.passing import pass_on_charters, pass_on_mirrors
from engagements.commitments import asking
from engagements.commitments.passing import pass_on_promises
from engagements.commitments.said import Said
from engagements.errors import RuleError
from engagements.models import (
    Charter,
    CharterAcceptance,
    Contact,
    Mirror,
    MirrorAsk,
    MirrorPart,
    Notice,
    PromiseAsk,
    Side,
    TimelineEntry,
)
from tests.engagements.charters import charters
from tests.engagements.charters.test_mirror import write
from tests.engagements.conftest import Pair
from tests.engagements.contracts import worlds
from tests.engagements.parties.test_at_once import at_once

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]
TIMES = 5
TODAY = timezone.localdate


@pytest.fixture
def both() -> Pair:
    return Pair(worlds.make(), Side.CLIENT)


@pytest.mark.parametrize("_time", range(TIMES))
def test_both_sides_write_into_one_mirror(both, _time):
    at_once(lambda: write(both), lambda: write(both, both.other))

    assert Mirror.objects.get().revealed_at is not None
    assert MirrorPart.objects.count() == 2
    assert TimelineEntry.objects.filter(mark="mirror").count() == 1


@pytest.mark.parametrize("_time", range(TIMES))
def test_both_people_accept_a_charter(both, _time):
    charter = charters.proposed(both)
    rows = [charters.asked(charter, side) for side in Side]

    at_once(
        *(lambda row=row: answering.answer(acceptance=row, yes=True) for row in rows)
    )

    charter.refresh_from_db()
    assert (charter.state, charter.number) == ("accepted", 1)
    assert charter.acceptances.filter(round=2).count() == len(Side)
    assert TimelineEntry.objects.filter(mark="accepted").count() == 1


@pytest.mark.parametrize("_time", range(TIMES))
def test_one_of_two_proposals_waits(both, _time):
    drafts = [(charters.draft(both, side), both.by(side)) for side in Side]
    named = charters.people(both)

    results = at_once(
        *(
            lambda draft=draft, by=by: drafting.propose(
                by=by, charter=draft, people=named
            )
            for draft, by in drafts
        )
    )

    assert [type(one) for one in results].count(RuleError) == 1
    assert Charter.objects.filter(state="proposed").count() == 1


def test_two_rounds_pass_on_once(both):
    """A charter, a mirror and a promise, all asked of somebody who has left."""
    charters.proposed(both)
    write(both)
    manager, named = both.by(both.other).contact, charters.people(both)
    said = Said(both.relationship, both.other, manager, "Ring", date(2030, 1, 2))
    asking.ask(by=both.by(), said=said)
    left = [manager.pk, named[both.other.value].pk]
    Contact.objects.filter(pk__in=left).update(left_on=date(2026, 1, 2))
    before = Notice.objects.count()

    for act in (pass_on_charters, pass_on_mirrors, pass_on_promises):
        assert sorted(at_once(*[lambda act=act: act(TODAY())] * 2)) == [0, 1]

    assert Notice.objects.count() == before + 3
    asked = CharterAcceptance.objects.get(side=both.other)
    administrator = both.by(both.other, "administrator").contact
    assert asked.contact == MirrorAsk.objects.get().contact == administrator
    assert PromiseAsk.objects.get().asked == administrator
