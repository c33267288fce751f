"""A relationship with people on both sides, a day, and who is told what on it."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine

from engagements.models import Contract, Notice, RelationshipSide
from engagements.reminders.planning import plan
from tests.engagements.contracts import worlds
from tests.factories import ContractFactory

TODAY = date(2026, 11, 23)


@pytest.fixture(autouse=True)
def _today():
    with time_machine.travel(datetime(2026, 11, 23, 6, tzinfo=UTC), tick=False):
        yield


@pytest.fixture
def world(db):
    """Administrator, executive, interface person and a manager elsewhere, twice."""
    found = worlds.make()
    # Silence is a rule of its own: elsewhere they have just spoken.
    RelationshipSide.objects.update(contact_due_on=TODAY + timedelta(days=30))
    return found


@pytest.fixture
def contract(world):
    """In force; the client's side has 38 days to act, the supplier's nothing to do."""
    return ContractFactory(
        relationship=world.relationship,
        state=Contract.State.RENEWING,
        client_act_by=TODAY + timedelta(days=38),
    )


def told(kind, channel=Notice.Channel.IN_APP, day=TODAY):
    """Plan on a day; everybody told of a kind, as (side, name, threshold)."""
    plan(datetime(day.year, day.month, day.day, 6, tzinfo=UTC))
    rows = Notice.objects.filter(kind=kind, channel=channel)
    rows = rows.exclude(state=Notice.State.CANCELLED)
    found = rows.values_list("side", "recipient__name", "threshold")
    return sorted(found)


def name(world, side, role):
    """The name of somebody in the world."""
    return world.people[side, role].contact.name
