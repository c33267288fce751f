"""Whoever was asked about an issue and left is followed by who speaks now."""

from __future__ import annotations

from datetime import date

from django.db import transaction
from django.db.models import Q

from engagements.issues import mails
from engagements.issues.actions.recording import held
from engagements.models import IssueSide, JointIssue, Notice, Side, unreachable
from engagements.notices.ledger import owe
from engagements.relationships.leavers import pass_each
from engagements.relationships.speakers import speaker

State = JointIssue.State


def pass_on_seats(today: date) -> int:
    """By the clock: of issues that ask somebody who is not there any more, the next
    of that side is asked by a link of their own. One query while there is none."""
    closed = Q(issue__state__in=(State.CLOSED, State.UNCONFIRMED))
    unasked = Q(check_answer=IssueSide.Check.NONE, issue__check_on__lte=today)
    asking = ~Q(issue__state__in=JointIssue.OVER) | (closed & unasked)
    rows = IssueSide.objects.filter(asking, issue__relationship__archived_at=None)
    left = rows.filter(unreachable("contact__")).select_related("issue")
    return pass_each(left, lambda seat: _pass_on(seat, today))


@transaction.atomic
def _pass_on(seat: IssueSide, today: date) -> bool:
    issue = held(seat.issue)
    row = issue.sides.select_for_update(no_key=True).get(pk=seat.pk)
    follower = speaker(issue.relationship, Side(row.side), today)
    if follower is None or follower.pk == row.contact_id:
        return False
    # The version closes the link of who left.
    row.contact, row.version = follower, row.version + 1
    row.save(update_fields=["contact", "version", "updated_at"])
    if asked := _asked(issue, row):
        kind, counter = asked
        told = Notice.objects.filter(kind=kind, object_id=row.pk, recipient=follower)
        if not told.exists():
            owe(mails.owed(issue, kind, [row], counter=counter))
    return True


def _asked(issue: JointIssue, row: IssueSide) -> tuple[str, int] | None:
    """What the issue asks this side now, and in which round."""
    if issue.state == State.ACCOUNTS and row.account_at is None:
        return mails.ACCOUNT, 0
    if issue.state == State.FACTS and issue.facts_round != row.agreed_round:
        return mails.FACTS, issue.facts_round
    if issue.state == State.CLOSING and issue.closing_side != row.side:
        return mails.CLOSING, issue.closing_round
    # After closing, the rule of the check asks whoever speaks on its day.
    return (mails.REVEALED, 0) if issue.state == State.FACTS else None
