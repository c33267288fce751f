"""Issues in every state, reached as people reach them."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from engagements.issues.actions import closing, opening, recording
from engagements.models import JointIssue, Side
from tests.engagements.commitments.conftest import (
    client_seat,
    relationship,
    seat,
    seats,
    supplier_seat,
)
from tests.factories import MembershipFactory

__all__ = ["client_seat", "relationship", "seat", "seats", "supplier_seat"]
DAY = date(2026, 11, 2)
SAID = opening.Opening(title="The alarm came late", happened_on=date(2026, 10, 30))


def account(issue, one, words="We saw it at nine"):
    """One side hands in its account."""
    return opening.write_account(
        issue=issue, side=one.side, by=one.contact, text=words, impact="A ward waited"
    )


def to_facts(own, other):
    """Opened, and both accounts are there."""
    issue = opening.open_issue(relationship=own.relationship, by=own.contact, said=SAID)
    account(issue, own)
    return account(issue, other)


def to_work(own, other):
    """The facts are agreed."""
    issue = to_facts(own, other)
    recording.word_facts(issue=issue, side=own.side, facts="It rang at nine.")
    return recording.agree_facts(issue=issue, side=other.side, round_=1)


def to_closing(own, other):
    """The own side asked to close it."""
    return closing.ask_to_close(
        issue=to_work(own, other),
        side=own.side,
        outcome="Both desks ring",
        check_days=30,
        today=DAY,
    )


def to_closed(own, other):
    """Both closed it."""
    return closing.answer_closing(
        issue=to_closing(own, other), side=other.side, yes=True, today=DAY, round_=1
    )


def to_unconfirmed(own, other):
    """The other side stayed silent."""
    issue = to_closing(own, other)
    closing.close_silent(issue.lapses_on + timedelta(days=1))
    issue.refresh_from_db()
    return issue


def to_checked(own, other):
    """Both looked again."""
    issue = to_closed(own, other)
    for one in (own, other):
        issue = closing.answer_check(
            issue=issue, side=one.side, held_well=True, today=issue.check_on
        )
    return issue


def to_accounts(own, other):
    """Just opened."""
    assert own.side != other.side
    return opening.open_issue(relationship=own.relationship, by=own.contact, said=SAID)


_State = JointIssue.State
WAYS = {
    _State.ACCOUNTS: to_accounts,
    _State.FACTS: to_facts,
    _State.WORK: to_work,
    _State.CLOSING: to_closing,
    _State.CLOSED: to_closed,
    _State.UNCONFIRMED: to_unconfirmed,
    _State.CHECKED: to_checked,
}


@pytest.fixture(params=list(_State))
def issue(request, seats):
    """An issue in each state."""
    row = WAYS[request.param](*seats)
    assert row.state == request.param
    return row


def seat_without_team(relationship, side: Side):
    """An executive: reads everything of the side, works on nothing."""
    place = getattr(relationship, side.value)
    return MembershipFactory(organisation=place, role="executive").contact
