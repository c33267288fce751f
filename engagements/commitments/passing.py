"""Whoever was asked for a promise and left is followed by who speaks now."""

from __future__ import annotations

from datetime import date

from django.db import transaction
from django.db.models import QuerySet

from engagements.commitments import mails
from engagements.models import Contact, PromiseAsk, Side, unreachable
from engagements.notices.ledger import owe
from engagements.relationships.leavers import pass_each
from engagements.relationships.speakers import speaker


def pass_on_promises(today: date) -> int:
    """By the clock: of what waits for somebody who is not there any more, the next of
    that side is asked by a link of their own, while its day is not over. One query
    while there is none."""
    return pass_each(_left(today), lambda row: _pass_on(row, today))


def _left(today: date) -> QuerySet[PromiseAsk]:
    return PromiseAsk.objects.waiting().filter(
        unreachable("asked__"), relationship__archived_at=None, due_on__gte=today
    )


@transaction.atomic
def _pass_on(asked: PromiseAsk, today: date) -> bool:
    # Asked again behind the lock: answered, taken back or passed on meanwhile.
    rows = _left(today).select_for_update(no_key=True, of=("self",))
    row = rows.select_related("relationship", "asked").filter(pk=asked.pk).first()
    if row is None:
        return False
    follower = speaker(row.relationship, Side(row.side), today)
    if follower is None:
        return False
    before = row.asked.name if row.asked else ""
    # Nobody keeps a promise after their last day.
    if Contact.objects.filter(unreachable(), pk=row.owner_id).exists():
        row.owner = follower
    # The version closes the link of who left; the days of waiting begin anew.
    row.asked, row.asked_on, row.version = follower, today, row.version + 1
    row.save(update_fields=["owner", "asked", "asked_on", "version", "updated_at"])
    owe(mails.questions([row], before=before))
    return True
