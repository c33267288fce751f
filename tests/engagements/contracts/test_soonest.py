"""Walking the sides by their soonest day finds what sorting every contract would."""

import random
from datetime import date, timedelta

import pytest

from engagements.contracts.queries import soonest as walk
from engagements.models import Contract, RelationshipSide, Side
from tests.factories import (
    ContractFactory,
    MembershipFactory,
    OrganisationFactory,
    RelationshipFactory,
)

TODAY = date(2026, 11, 18)
DAYS = 540
LIVE = sorted(Contract.LIVE_STATES)
STATES = [*LIVE * 3, Contract.State.EXPIRED]


@pytest.fixture
def reader(db):
    return MembershipFactory(
        organisation=OrganisationFactory(claimed_at="2024-01-01T00:00Z"),
        role="executive",
    )


def relationships(reader, count, seed=0):
    """Relationships as client or supplier, each with contracts and a soonest day."""
    chance = random.Random(seed)  # noqa: S311 - the same worlds each time
    for _ in range(count):
        side = chance.choice(list(Side))
        relationship = RelationshipFactory(**{side.value: reader.organisation})
        days = [
            contract(relationship, side, chance) for _ in range(chance.randrange(4))
        ]
        # An option is due before any deadline; a stored day may be yesterday's.
        days += [TODAY + timedelta(chance.randrange(-1, 30))] * (chance.random() < 0.3)
        known = [day for day in days if day and day >= TODAY - timedelta(1)]
        sides = RelationshipSide.objects.filter(relationship=relationship, side=side)
        sides.update(act_by=min(known, default=None))


def contract(relationship, side, chance):
    day = chance.choice([None, TODAY + timedelta(chance.randrange(-20, 700))])
    other = TODAY + timedelta(chance.randrange(700))
    ContractFactory(
        relationship=relationship,
        state=chance.choice(STATES),
        **{f"{side.value}_act_by": day, f"{side.other.value}_act_by": other},
    )
    return day


def plainly(user, most):
    """Every contract one sees, its day on one's own side, sorted."""
    found = []
    for row in Contract.objects.visible_to(user).live():
        own = RelationshipSide.objects.seen_by(user).get(relationship=row.relationship)
        day = getattr(row, f"{own.side}_act_by")
        late = day is None or not TODAY <= day <= TODAY + timedelta(DAYS)
        if not late and row.state != Contract.State.ENDING:
            found.append((day, row.pk, row.relationship.segment, row.title))
    return sorted(found)[:most]


@pytest.mark.parametrize("seed", range(4))
@pytest.mark.parametrize("most", [1, 5, 400])
def test_the_walk_finds_what_sorting_finds(reader, monkeypatch, seed, most):
    # A first look this small has to be widened.
    monkeypatch.setattr(walk, "_FEWEST", 3)
    relationships(reader, 25, seed)

    found = walk.soonest(reader.contact.user, DAYS, TODAY, most=most, fields=("title",))

    assert found == plainly(reader.contact.user, most)
    assert found


def test_a_stranger_is_shown_nothing(reader):
    relationships(reader, 5)
    stranger = MembershipFactory(role="executive").contact.user

    assert walk.soonest(stranger, DAYS, TODAY, most=5, fields=()) == []


def test_the_first_look_is_two_queries_at_both_sizes(
    reader, django_assert_max_num_queries
):
    for count in (5, 60):
        relationships(reader, count)
        # Who one is, the sides, their contracts.
        with django_assert_max_num_queries(3):
            walk.soonest(reader.contact.user, DAYS, TODAY, most=5, fields=("title",))
