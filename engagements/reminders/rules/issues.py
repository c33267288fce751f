"""Joint issues: what a side was asked and has not answered, and the check after."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from engagements.issues import mails
from engagements.models import JointIssue
from engagements.notices.ledger import Owed
from engagements.parties.calendars import joint_calendar

State = JointIssue.State
# Working days of both sides after which an account is asked for again.
ACCOUNT_AGAIN = (3, 7)
# The same for a closing that nobody has answered.
CLOSING_AGAIN = (5, 8)


def accounts_missing(today: date) -> Iterator[list[Owed]]:
    """A side whose account is not there is asked again."""
    for issue in _of(State.ACCOUNTS):
        if count := _passed(issue, issue.opened_on, ACCOUNT_AGAIN, today):
            seats = [seat for seat in issue.sides.all() if seat.account_at is None]
            yield list(mails.owed(issue, mails.ACCOUNT, seats, threshold=count))


def closings_waiting(today: date) -> Iterator[list[Owed]]:
    """A side that was asked to close is asked again before it lapses."""
    for issue in _of(State.CLOSING):
        asked_on = issue.closing_asked_on or today
        if count := _passed(issue, asked_on, CLOSING_AGAIN, today):
            asker = issue.closing_side
            seats = [seat for seat in issue.sides.all() if seat.side != asker]
            yield list(
                mails.owed(
                    issue,
                    mails.CLOSING,
                    seats,
                    threshold=count,
                    counter=issue.closing_round,
                )
            )


def checks_due(today: date) -> Iterator[list[Owed]]:
    """Thirty or ninety days after closing, both sides are asked at once."""
    for issue in _of(State.CLOSED, State.UNCONFIRMED):
        if issue.check_on is not None and issue.check_on <= today:
            seats = [seat for seat in issue.sides.all() if not seat.check_answer]
            yield list(mails.owed(issue, mails.CHECK, seats))


def _passed(issue: JointIssue, since: date, days: tuple[int, ...], today: date) -> int:
    """The last of these working days that has come; 0 for none. After a downtime only
    one reminder leaves."""
    both = joint_calendar(issue.relationship.client, issue.relationship.supplier)
    return max((count for count in days if both.add(since, count) <= today), default=0)


def _of(*states: State) -> Iterator[JointIssue]:
    rows = JointIssue.objects.filter(state__in=states, relationship__archived_at=None)
    return (
        rows.select_related("relationship__client", "relationship__supplier")
        .prefetch_related("sides")
        .iterator(chunk_size=200)
    )
