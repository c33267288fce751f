"""The calendar of planned reviews a person may see."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import Any
from uuid import UUID

from django.core.paginator import Page, Paginator
from django.db.models import Exists, F, OuterRef, QuerySet, Subquery

from accounts.models import User
from engagements.models import (
    HealthReview,
    Relationship,
    RelationshipSide,
    Side,
    TeamRole,
    standing_of,
)
from engagements.reviews.calendar import APART
from engagements.reviews.causes import why
from engagements.wording import month_words

ROWS = 50
_FORMS = dict(HealthReview.Form.choices)
_SEGMENTS = dict(Relationship.Segment.choices)


@dataclass(frozen=True)
class Planned:
    """One planned review, as the viewer's side sees it; `None`: nobody coordinates."""

    relationship_id: object
    side: str
    counterpart: str
    scope: str
    segment: str
    form: str
    # What caused it; empty for the calendar.
    why: str
    prepare_on: date
    opens_on: date
    closes_on: date
    ours: str | None
    theirs: str | None
    # Near enough that one begun now takes its place.
    soon: bool
    # Its day has come and gone, and nobody set it up.
    overdue: bool
    may_set_up: bool


@dataclass(frozen=True)
class Month:
    """The reviews that open in one month."""

    words: str
    reviews: list[Planned]


def calendar(
    user: User, today: date, *, relationship: str = "", page: Any = 1
) -> tuple[Page, list[Month]]:
    """The planned reviews in the order they open: a count and one query.

    `relationship` is an id as an address has it; a wrong one finds nothing.
    """
    rows = _rows(user, today)
    if relationship:
        rows = rows.filter(relationship=id_of(relationship))
    found = Paginator(rows, ROWS).get_page(page)
    return found, _by_month(_planned(row, today) for row in found.object_list)


def id_of(typed: str) -> UUID | None:
    """The id an address names; None for what is no id."""
    try:
        return UUID(typed)
    except ValueError:
        return None


def unplanned(user: User) -> int:
    """How many visible relationships have no review planned; one query."""
    rows = RelationshipSide.objects.seen_by(user)
    return rows.filter(
        relationship__archived_at=None, relationship__next_review_on=None
    ).count()


def _rows(user: User, today: date) -> QuerySet:
    standing = standing_of(user)
    rows = HealthReview.objects.planned().visible_to(user)
    if standing is None:
        return rows.values()
    own = RelationshipSide.objects.filter(
        relationship=OuterRef("relationship"), acted_by=standing.organisation
    )
    return (
        rows.filter(relationship__archived_at=None)
        .annotate(
            own_side=Subquery(own.values("side")[:1]),
            may_set_up=Exists(
                RelationshipSide.objects.edited_by(user)
                .filter(relationship=OuterRef("relationship"))
                .order_by()
            ),
            client=F("relationship__client__name"),
            supplier=F("relationship__supplier__name"),
            scope=F("relationship__scope"),
            segment=F("relationship__segment"),
            client_speaks=_coordinator(Side.CLIENT, today),
            supplier_speaks=_coordinator(Side.SUPPLIER, today),
        )
        .order_by("opens_on", "pk")
        .values()
    )


def _coordinator(side: Side, today: date) -> Subquery:
    """The interface person coordinates a review unless somebody replaces them."""
    roles = TeamRole.objects.current(today).filter(
        relationship=OuterRef("relationship"), side=side, role=TeamRole.Role.INTERFACE
    )
    return Subquery(roles.order_by("from_on", "pk").values("contact__name")[:1])


def _planned(row: dict, today: date) -> Planned:
    side = Side(row["own_side"])
    return Planned(
        relationship_id=row["relationship_id"],
        side=side.other.value,
        counterpart=row[side.other.value],
        scope=row["scope"],
        segment=str(_SEGMENTS[row["segment"]]),
        form=str(_FORMS[row["form"]]),
        why=why(row["cause"], row["caused_on"]),
        prepare_on=row["prepare_on"],
        opens_on=row["opens_on"],
        closes_on=row["closes_on"],
        ours=row[f"{side.value}_speaks"],
        theirs=row[f"{side.other.value}_speaks"],
        soon=row["opens_on"] <= today + APART,
        overdue=row["opens_on"] < today,
        may_set_up=row["may_set_up"],
    )


def _by_month(rows: Iterable[Planned]) -> list[Month]:
    return [
        Month(month_words(date(year, month, 1)), list(reviews))
        for (year, month), reviews in groupby(
            rows, key=lambda row: (row.opens_on.year, row.opens_on.month)
        )
    ]
