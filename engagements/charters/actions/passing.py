"""Whoever was asked about a charter, or for a part of a mirror, and left is followed
by who speaks now."""

from __future__ import annotations

from datetime import date

from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet

from engagements.charters import mails
from engagements.charters.actions.mirroring import ask_missing
from engagements.charters.actions.moving import held
from engagements.charters.queries.asked import waiting
from engagements.models import (
    CharterAcceptance,
    Mirror,
    MirrorAsk,
    MirrorPart,
    Side,
    reachable,
    unreachable,
)
from engagements.relationships.leavers import pass_each
from engagements.relationships.speakers import speaker


def pass_on_charters(today: date) -> int:
    """By the clock: of charters that ask somebody who is not there any more, the next
    of that side is asked by a link of their own. One query while there is none.

    Of a year to come nobody is asked yet: who speaks on its day is found then.
    """
    return pass_each(_left(today), lambda row: _pass_on(row, today))


def _left(today: date) -> QuerySet[CharterAcceptance]:
    # What has lapsed asks nobody anew by itself.
    holds = Q(round=1) | Q(charter__holds_until__gte=today)
    rows = waiting(today).filter(holds, unreachable("contact__"))
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


def pass_on_mirrors(today: date) -> int:
    """By the clock: of mirrors one side has written, who speaks for the other where
    nobody who is there is asked for its part. One query while there is none."""
    return pass_each(_unasked(), lambda row: _ask(row, today))


def _unasked() -> QuerySet[Mirror]:
    open_ones = Mirror.objects.filter(
        revealed_at=None, relationship__archived_at=None
    ).select_related("relationship")
    waits = Q()
    for side in Side:
        parts = MirrorPart.objects.filter(mirror=OuterRef("pk"), side=side.other)
        asked = MirrorAsk.objects.filter(
            reachable("contact__"), mirror=OuterRef("pk"), side=side
        )
        waits |= Exists(parts) & ~Exists(asked)
    return open_ones.filter(waits)


@transaction.atomic
def _ask(mirror: Mirror, today: date) -> bool:
    held(mirror.relationship)
    # Asked again behind the lock: written or asked meanwhile.
    row = _unasked().filter(pk=mirror.pk).first()
    return row is not None and ask_missing(row, today)
