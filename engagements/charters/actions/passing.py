"""Whoever was asked about a charter and left is followed by who speaks now."""

from __future__ import annotations

from datetime import date

from django.db import transaction
from django.db.models import QuerySet

from engagements.charters import mails
from engagements.charters.actions.moving import held
from engagements.charters.queries.asked import waiting
from engagements.models import CharterAcceptance, Side, unreachable
from engagements.relationships.leavers import pass_each
from engagements.relationships.speakers import speaker


def pass_on_charters(today: date) -> int:
    """By the clock: of charters that ask somebody who is not there any more, the next
    of that side is asked by a link of their own. One query while there is none.

    Of a year to come nobody is asked yet: who speaks on its day is found then.
    """
    return pass_each(_left(today), lambda row: _pass_on(row, today))


def _left(today: date) -> QuerySet[CharterAcceptance]:
    rows = waiting(today).filter(unreachable("contact__"))
    return rows.select_related("charter__relationship", "contact")


@transaction.atomic
def _pass_on(asked: CharterAcceptance, today: date) -> bool:
    held(asked.charter.relationship)
    # Asked again behind the lock: answered or somebody else named meanwhile.
    row = _left(today).filter(pk=asked.pk).first()
    if row is None:
        return False
    follower = speaker(row.charter.relationship, Side(row.side), today)
    if follower is None:
        return False
    before = row.contact.name
    # The version closes the link of who left.
    row.contact, row.version, row.asked_on = follower, row.version + 1, today
    row.save(update_fields=["contact", "version", "asked_on", "updated_at"])
    mails.owe_passed_on(row, before)
    return True
