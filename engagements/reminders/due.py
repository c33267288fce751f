"""One thing that is due, before it is known who is told."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta
from uuid import UUID

from django.db.models import Exists, F, OuterRef, Q, QuerySet

from engagements.models import Notice

# This close to a deadline a mail goes out at once; further away it joins the digest.
AT_ONCE_DAYS = 10


@dataclass(frozen=True)
class Due:
    """What a rule found: about which UUID, for which side, and who is told.

    `people` names the rule for recipients: "responsible", "coordinators" or "owner".
    """

    kind: str
    object_id: UUID
    relationship: UUID
    organisation: UUID
    side: str
    people: str
    day: date
    threshold: int
    counter: int = 0
    owner: UUID | None = None
    at_once: bool = False
    facts: dict = field(default_factory=dict)


def without_notice(
    rows: QuerySet, kind: str, *, side: str, threshold: int, day: str, counter: str = ""
) -> QuerySet:
    """Rows that have no message of this kind, side, threshold and day yet.

    `day` and `counter` name columns of the rows.
    """
    known = Notice.objects.filter(
        kind=kind,
        object_id=OuterRef("pk"),
        side=side,
        threshold=threshold,
        day=OuterRef(day),
    )
    if counter:
        known = known.filter(counter=OuterRef(counter))
    return rows.filter(~Exists(known))


def bands(thresholds: tuple[int, ...], today: date) -> list[tuple[int, date, date]]:
    """(threshold, first day, last day): each day ahead belongs to one threshold.

    A thing that arrives inside a window is told at once, by the band it is in.
    """
    ordered = sorted(thresholds)
    found, first = [], today
    for days in ordered:
        last = today + timedelta(days=days)
        found.append((days, first, last))
        first = last + timedelta(days=1)
    return found


def in_band(field_name: str, first: date, last: date) -> Q:
    """The day of a column lies in a band."""
    return Q(**{f"{field_name}__gte": first, f"{field_name}__lte": last})


def own_side(rows: QuerySet, side: str, path: str = "relationship__") -> QuerySet:
    """Rows with the organisation that acts on a side; those nobody acts on left out."""
    return rows.filter(
        **{f"{path}sides__side": side, f"{path}sides__acted_by__isnull": False}
    ).annotate(acting=F(f"{path}sides__acted_by"))
