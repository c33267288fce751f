"""Ideas in every state, reached as people reach them."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from engagements.ideas import actions
from engagements.models import Idea
from tests.engagements.commitments.conftest import (
    client_seat,
    relationship,
    seat,
    seats,
    supplier_seat,
)

__all__ = ["client_seat", "relationship", "seat", "seats", "supplier_seat"]
TITLE = "One list for both desks"


def given(own, _other, **words):
    """The own side gave it."""
    return actions.give(
        relationship=own.relationship,
        side=own.side,
        by=own.contact,
        **{"title": TITLE} | words,
    )


def later(own, other):
    """The other side put it off."""
    until = timezone.localdate() + timedelta(days=30)
    return actions.put_off(
        idea=given(own, other), side=other.side, until=until, reason="After the move"
    )


def tried(own, other):
    """The other side tries it."""
    return actions.try_it(
        idea=given(own, other),
        side=other.side,
        from_on=timezone.localdate(),
        owner=other.contact,
    )


def declined(own, other):
    """The other side said no, and why."""
    idea = given(own, other)
    return actions.decline(idea=idea, side=other.side, reason="No dry room")


def kept(own, other):
    """It was tried and is kept."""
    idea = tried(own, other)
    return actions.end(idea=idea, side=own.side, kept=True, outcome="Fewer calls")


def stopped(own, other):
    """It was tried and given up."""
    idea = tried(own, other)
    return actions.end(idea=idea, side=own.side, kept=False, outcome="Too dear")


def withdrawn(own, other):
    """The own side took it back."""
    return actions.withdraw(idea=given(own, other), side=own.side)


_State = Idea.State
WAYS = {
    _State.OPEN: given,
    _State.LATER: later,
    _State.TRIED: tried,
    _State.KEPT: kept,
    _State.STOPPED: stopped,
    _State.DECLINED: declined,
    _State.WITHDRAWN: withdrawn,
}


@pytest.fixture(params=list(_State))
def idea(request, seats):
    """An idea in each state, given by the own side."""
    row = WAYS[request.param](*seats)
    assert row.state == request.param
    return row
