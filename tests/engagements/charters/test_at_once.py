"""Both sides act at the same moment: exactly one effect."""

from __future__ import annotations

import pytest

from engagements.charters.actions import answering, drafting
from engagements.errors import RuleError
from engagements.models import Charter, Mirror, MirrorPart, Side, TimelineEntry
from tests.engagements.charters import charters
from tests.engagements.charters.test_mirror import write
from tests.engagements.conftest import Pair
from tests.engagements.contracts import worlds
from tests.engagements.parties.test_at_once import at_once

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]
TIMES = 5


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
