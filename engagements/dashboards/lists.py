"""The list of relationships: one row each, as the viewer's side sees it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.core.paginator import Page, Paginator
from django.db.models import F, OrderBy, QuerySet
from django.db.models.functions import Abs, Lower
from django.http import QueryDict
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from engagements.addresses import address
from engagements.dashboards import health
from engagements.dashboards.narrowing import NARROWINGS, Sides
from engagements.models import Health, Relationship, RelationshipSide, Side
from engagements.relationships.rhythm import is_silent
from engagements.search import matching
from engagements.wording import compact_money, day_of, near_day, since_words

ROWS = 50
_FIELDS = (
    "relationship_id",
    "side",
    "counterpart",
    "relationship__scope",
    "segment",
    "owner__name",
    "last_contact_at",
    "last_contact_with__name",
    "contact_due_on",
    "next_contact_at",
    "act_by",
    "relationship__next_review_on",
    "annual_value",
    "currency",
    "live_contracts",
    "marked_active",
    "health_review_id",
    *health.LINE,
)
_HEALTH = frozenset(Health.values)
_SEGMENTS = dict(Relationship.Segment.choices)
# Name in the address -> the order it asks for; the first is the usual one.
SORTS: dict[str, tuple[OrderBy, ...]] = {
    "silence": (F("contact_due_on").asc(), F("pk").asc()),
    "name": (Lower("counterpart").asc(), F("pk").asc()),
    "last": (F("last_contact_at").asc(nulls_first=True), F("pk").asc()),
    "notice": (F("act_by").asc(nulls_last=True), F("pk").asc()),
    "health": (health.WORST_FIRST, F("health_score").asc(), F("pk").asc()),
    "client": (F("client_score").asc(nulls_last=True), F("pk").asc()),
    "supplier": (F("supplier_score").asc(nulls_last=True), F("pk").asc()),
    "gap": (Abs("score_gap").desc(nulls_last=True), F("pk").asc()),
    "value": (F("annual_value").desc(nulls_last=True), F("pk").asc()),
}


@dataclass(frozen=True)
class Listed:
    """One relationship in a list; words are ready to print, unknown is said."""

    url: str
    name: str
    side: str
    scope: str
    segment: str
    owner: str
    last: str
    last_with: str
    silent: bool
    next: str
    next_is_near: bool
    value: str
    contracts: int
    review: UUID | None
    health: health.HealthLine


@dataclass(frozen=True)
class Asked:
    """What a list is asked for, as it stands in the address."""

    q: str
    view: str
    side: str
    owner: str
    segment: str
    health: str
    sort: str

    @classmethod
    def of(cls, query: QueryDict) -> Asked:
        """Read an address; what it does not know counts as not asked."""
        view, sort = query.get("view", ""), query.get("sort", "")
        side, segment = query.get("side", ""), query.get("segment", "")
        return cls(
            q=query.get("q", "").strip()[:100],
            view=view if view in NARROWINGS else "",
            side=side if side in Side.values else "",
            owner="me" if query.get("owner") == "me" else "",
            segment=segment if segment in _SEGMENTS else "",
            health=words if (words := query.get("health", "")) in _HEALTH else "",
            sort=sort if sort in SORTS else next(iter(SORTS)),
        )

    @property
    def narrows(self) -> bool:
        """Anything asked that leaves rows out."""
        asked = (self.q, self.view, self.side, self.owner, self.segment)
        return any(asked) or bool(self.health)


class CountedOnce(Paginator):
    """Counts without the columns and joins that only the rows need."""

    def __init__(self, rows: Any, counted: QuerySet) -> None:
        super().__init__(rows, ROWS)
        self._counted = counted

    @cached_property
    def count(self) -> int:
        """How many rows there are."""
        return self._counted.order_by().count()


def relationships(
    user: User, asked: Asked, *, page: str | int, today: date
) -> Page[Listed]:
    """One page of the viewer's relationships: two queries."""
    sides = narrowed(user, asked, today)
    rows = sides.order_by(*SORTS[asked.sort]).values_list(*_FIELDS)
    found = CountedOnce(rows, sides).get_page(page)
    found.object_list = [_listed(row, today) for row in found.object_list]
    return found


def narrowed(user: User, asked: Asked, today: date) -> QuerySet[RelationshipSide]:
    """The viewer's sides that fit what was asked."""
    sides: Sides = RelationshipSide.objects.seen_by(user).active()
    if asked.side:
        sides = sides.filter(side=asked.side)
    if asked.segment:
        sides = sides.filter(segment=asked.segment)
    if asked.health:
        sides = sides.filter(health=asked.health)
    if asked.owner:
        sides = sides.filter(owner__user=user)
    if asked.view:
        sides = NARROWINGS[asked.view][1](sides, today)
    if asked.q:
        sides = sides.filter(
            relationship__in=matching(asked.q).order_by().values("relationship")
        )
    return sides


def _listed(row: tuple, today: date) -> Listed:
    (pk, side, name, scope, segment, owner, last_at, last_with, contact_due_on,
     next_at, act_by, review_on, value, currency, contracts,
     marked_active, review, *line) = row  # fmt: skip
    last_on = day_of(last_at) if last_at else None
    next_words, near = _next(next_at, act_by, review_on, today)
    return Listed(
        url=address_of(pk),
        name=name,
        side=side,
        scope=scope,
        segment=str(_SEGMENTS[segment]),
        owner=owner or "",
        last=since_words(last_on, today) if last_on else "",
        last_with=last_with or "",
        silent=is_silent(contact_due_on, today, active=contracts > 0 or marked_active),
        next=next_words,
        next_is_near=near,
        value=compact_money(value, currency) if value is not None else "",
        contracts=contracts,
        review=review,
        health=health.line(*line, today=today),
    )


def address_of(pk: UUID) -> str:
    """A relationship's page."""
    return address("engagements:relationship", pk)


_NEXT = {
    "meeting": gettext_lazy("Meeting %(day)s"),
    "notice": gettext_lazy("Deadline %(day)s"),
    "review": gettext_lazy("Review %(day)s"),
}


def _next(
    meeting_at: Any, act_by: date | None, review_on: date | None, today: date
) -> tuple[str, bool]:
    """The soonest date ahead in words, and whether it is within 30 days."""
    ahead = [
        (day, kind)
        for day, kind in (
            (day_of(meeting_at) if meeting_at else None, "meeting"),
            (act_by, "notice"),
            (review_on, "review"),
        )
        if day is not None and day >= today
    ]
    if not ahead:
        return _("No date ahead"), False
    day, kind = min(ahead)
    near = day <= today + timedelta(days=30)
    return str(_NEXT[kind]) % {"day": near_day(day, today)}, near
