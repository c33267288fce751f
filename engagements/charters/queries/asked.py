"""Which question about a charter is open, and what a mailed link opens."""

from __future__ import annotations

from datetime import date

from django.db.models import Exists, Max, OuterRef, Q, QuerySet
from django.utils import timezone

from engagements.links import Held
from engagements.models import Charter, CharterAcceptance, reachable

_ROWS = ("contact", "charter__relationship__client", "charter__relationship__supplier")
State = Charter.State


def asked_last(charter: Charter) -> QuerySet[CharterAcceptance]:
    """The two people asked last, whether they have answered or not."""
    newer = charter.acceptances.filter(round__gt=OuterRef("round"))
    return charter.acceptances.filter(~Exists(newer))


def waiting(today: date) -> QuerySet[CharterAcceptance]:
    """Asked and unanswered: a newer question is put only when both have said yes."""
    first = Q(round=1, charter__state=State.PROPOSED)
    later = Q(round__gt=1, charter__state=State.ACCEPTED)
    return CharterAcceptance.objects.filter(
        first | later,
        answer="",
        asked_on__lte=today,
        charter__relationship__archived_at=None,
    )


def is_open(row: CharterAcceptance) -> bool:
    """Its charter still waits for this answer, and the day to ask has come."""
    charter = row.charter
    if charter.state != (State.PROPOSED if row.round == 1 else State.ACCEPTED):
        return False
    latest = charter.acceptances.aggregate(latest=Max("round"))["latest"]
    return row.round == latest and row.asked_on <= timezone.localdate()


def by_link(held: Held | None) -> CharterAcceptance | None:
    """What a link or cookie lets answer; an answer given stays readable to its giver
    while nothing newer is asked."""
    if held is None:
        return None
    rows = CharterAcceptance.objects.select_related(*_ROWS)
    rows = rows.filter(reachable("contact__"), pk=held.pk, version=held.version)
    row = rows.first()
    if row is None:
        return None
    return row if row.answer or is_open(row) else None
