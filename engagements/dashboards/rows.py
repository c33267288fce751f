"""The relationships the executive's page prints, read once for all its parts.

Those that need somebody most, the worst, the largest, the longest silent: they are
largely the same ones, and each part takes its own from them.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import CharField, F, JSONField, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Least

from accounts.models import User
from engagements.dashboards.health import ORDER, READ, WORST_FIRST
from engagements.dashboards.printed import COLUMNS, Printed
from engagements.models import Health, RelationshipSide, ReviewResult, Side
from engagements.prepared import Few, Prepared

_QUARTER = 91.3125
WORST_SHOWN, LARGEST_SHOWN, SILENT_SHOWN = 9, 40, 6
# So many are looked at for how fast they fell; the rest have less value.
FIRST_SHOWN = 20
Rows = Mapping[UUID, Printed]


def by_health(sides: QuerySet[RelationshipSide]) -> QuerySet[RelationshipSide]:
    """The worst first: by state, then the weaker side, then value."""
    return sides.order_by(
        WORST_FIRST,
        Least("client_score", "supplier_score").asc(nulls_last=True),
        F("annual_value").desc(nulls_last=True),
        "pk",
    )


def worst(sides: QuerySet[RelationshipSide]) -> QuerySet[RelationshipSide]:
    """The worst few of those a review says something of."""
    return by_health(sides.exclude(health=Health.NONE))[:WORST_SHOWN]


def rows_of(user: User, first: Iterable[UUID], currency: str) -> Rows:
    """What the parts of the page print, by id: one query.

    `first` are those that may need somebody most.
    """
    found = ROWS.rows(user, first=first, currency=currency)
    return {row[0]: Printed(*row) for row in found}


def _rows(user: User, first: Iterable[UUID], currency: str) -> QuerySet:
    sides = RelationshipSide.objects.seen_by(user).active()
    largest = sides.filter(health__in=READ, currency=currency, annual_value__gt=0)
    chosen = (
        worst(sides),
        largest.order_by("-annual_value", "pk")[:LARGEST_SHOWN],
        # In the order of an index.
        sides.order_by(F("contact_due_on").asc(nulls_last=True), "pk")[:SILENT_SHOWN],
    )
    # Gathered, not alternatives: each alternative would be asked of every row.
    gathered = [_ids(Q(pk__in=few.values("pk"))) for few in chosen]
    wanted = _ids(Q(pk__in=list(first))).union(*gathered, all=True)
    return _columns(sides.filter(pk__in=wanted))


ROWS = Prepared(_rows, first=Few(FIRST_SHOWN), currency=CharField())


def _ids(of: Q) -> QuerySet[RelationshipSide, Any]:
    return RelationshipSide.objects.order_by().filter(of).values("pk")


def printed(sides: QuerySet[RelationshipSide]) -> list[Printed]:
    """With names and the way here, joined to no more than these rows: one query."""
    return [Printed(*row) for row in _columns(sides)]


def _columns(sides: QuerySet[RelationshipSide]) -> QuerySet:
    shared = ReviewResult.objects.filter(
        review=OuterRef("health_review"), audience=ReviewResult.Audience.SHARED
    ).order_by()
    rows = sides.order_by().annotate(
        waves=Subquery(shared.values("document__waves")[:1], output_field=JSONField()),
        changes=Subquery(
            shared.values("document__sides")[:1], output_field=JSONField()
        ),
    )
    return rows.values_list(*COLUMNS)


def in_order(rows: Rows) -> list[Printed]:
    """The worst first, by the rule of `by_health`."""
    return sorted(rows.values(), key=_badness)


def _badness(row: Printed) -> tuple[float, ...]:
    weaker = lower(row)
    return (
        ORDER.index(Health(row.health)),
        101 if weaker is None else weaker,
        -float(-1 if row.annual_value is None else row.annual_value),
        row.pk.int,
    )


def longest_silent(rows: Rows) -> list[Printed]:
    """Those that should have been spoken to longest ago."""

    def order(row: Printed) -> tuple[date, int]:
        return row.contact_due_on or date.max, row.pk.int

    return sorted(rows.values(), key=order)[:SILENT_SHOWN]


def lower(row: Printed) -> int | None:
    """The score of the side that feels it least, as printed."""
    if row.client_score is None or row.supplier_score is None:
        return None
    return min(row.client_score, row.supplier_score)


@dataclass(frozen=True)
class Stood:
    """Where the lower side stood when a review closed; None where it is not shown."""

    closed_on: date
    at: int | None


def course(row: Printed) -> list[Stood]:
    """The way here over up to six reviews, oldest first, as the last result prints it.

    Only back to a break; and no further than the last where a side's course would tell
    about one person who is new or gone.
    """
    waves = [one for one in row.waves or () if one["state"] != "break"]
    changes = row.changes or {}
    labels = [changes.get(side, {}).get("change") for side in Side]
    if any(label and label["label"] == "hidden" for label in labels):
        waves = waves[-1:]
    return [_stood(one) for one in waves]


def before(row: Printed) -> int | None:
    """Where the lower side stood at the review before the last."""
    way = course(row)
    return way[-2].at if len(way) > 1 else None


def fall(row: Printed) -> float:
    """How many points a quarter the lower side lost since the review before; or 0."""
    last = course(row)[-2:]
    places = [one.at for one in last if one.at is not None]
    if len(places) < 2:
        return 0
    days = max((last[1].closed_on - last[0].closed_on).days, 1)
    return max(places[0] - places[1], 0) * _QUARTER / days


def _stood(wave: dict[str, Any]) -> Stood:
    both = [wave[side] for side in Side]
    day = date.fromisoformat(wave["closed_on"])
    return Stood(day, None if None in both else min(both))
