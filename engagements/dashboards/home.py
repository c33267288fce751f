"""A person's own day: what is due, who has gone silent, what is half written."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db.models import CharField, F, OuterRef, Q, QuerySet, Subquery, Value
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from engagements.beside import first, together
from engagements.dashboards.health import READ
from engagements.dashboards.lists import Listed
from engagements.models import (
    Commitment,
    Draft,
    Meeting,
    RecommendationPromise,
    Relationship,
    RelationshipSide,
    Standing,
    Step,
    readable,
)
from engagements.relationships import rhythm
from engagements.reviews.queries.movements import movements

DUE_SHOWN = 40
SILENT_SHOWN = 6
MINE_SHOWN = 12
WEEK = 7


@dataclass(frozen=True)
class Due:
    """One thing a person has to do, its own page and when."""

    kind: str
    pk: object
    text: str
    url: str
    relationship: str
    relationship_url: str
    due_on: date | None


@dataclass(frozen=True)
class Group:
    """What is late, due today, this week, or later."""

    name: str
    items: list[Due]


def due(
    standing: Standing, promised: Iterable[RecommendationPromise], today: date
) -> list[Group]:
    """A person's open steps and promises by urgency: one query.

    `promised`: what was promised to boards, of which the own is taken.
    """
    rows = together([_steps(standing), _promises(standing)])
    found = [
        *(_due(*row) for row in rows),
        *(_due_to_board(row) for row in promised if row.owner == standing.contact),
    ]
    found.sort(key=lambda item: (item.due_on or date.max, item.text, str(item.pk)))
    groups: dict[str, list[Due]] = {}
    for item in found:
        groups.setdefault(_when(item.due_on, today), []).append(item)
    return [
        Group(str(words), groups[key])
        for key, words in _GROUPS.items()
        if key in groups
    ]


_GROUPS = {
    "late": _("Late"),
    "today": _("Today"),
    "week": _("This week"),
    "later": _("Later"),
}


def _when(day: date | None, today: date) -> str:
    if day is None or day > today + timedelta(days=WEEK):
        return "later"
    if day < today:
        return "late"
    return "today" if day == today else "week"


def _steps(standing: Standing) -> QuerySet:
    rows = Step.objects.open().filter(
        owner=standing.contact, organisation=standing.organisation
    )
    return _of_relationships("step", rows, standing)


def _promises(standing: Standing) -> QuerySet:
    rows = (
        Commitment.objects.open()
        .own_or_shared(standing.organisation)
        .filter(owner=standing.contact)
    )
    return _of_relationships("promise", rows, standing)


def _of_relationships(kind: str, rows: QuerySet, standing: Standing) -> QuerySet:
    """Of the relationships the person may read today, with the name across."""
    mine = rows.filter(
        relationship__sides__acted_by=standing.organisation,
        relationship__in=_readable(standing),
    )
    # After the first few were chosen: what leads to a name would be lost with them.
    shown = _soonest(mine).filter(relationship__sides__acted_by=standing.organisation)
    return shown.order_by().values_list(
        Value(kind, CharField()),
        "pk",
        "text",
        "due_on",
        "relationship__sides__counterpart",
        "relationship",
    )


def _readable(standing: Standing) -> QuerySet:
    rows = Relationship.objects.active().order_by().filter(readable(standing))
    return rows.values("pk")


def _soonest(rows: QuerySet) -> QuerySet:
    ordered = rows.order_by(F("due_on").asc(nulls_last=True), "pk")
    return first(ordered, DUE_SHOWN)


def _due(
    kind: str, pk: UUID, text: str, due_on: date | None, name: str, of: UUID
) -> Due:
    page = {"step": "step", "promise": "commitment"}[kind]
    return Due(
        kind=kind,
        pk=pk,
        text=text,
        url=reverse(f"engagements:{page}", args=[pk]),
        relationship=name,
        relationship_url=reverse("engagements:relationship", args=[of]),
        due_on=due_on,
    )


def _due_to_board(row: RecommendationPromise) -> Due:
    return Due(
        kind="board",
        pk=row.pk,
        text=row.text,
        url=row.recommendation.get_absolute_url(),
        # Whoever promised something need not know the board's own page.
        relationship=row.recommendation.board.name,
        relationship_url="",
        due_on=row.due_on,
    )


def silent(sides: QuerySet[RelationshipSide], today: date) -> list[RelationshipSide]:
    """The relationships silent past their rhythm, longest first: one query."""
    rows = sides.filter(rhythm.silent(today)).select_related("last_contact_with")
    return list(rows.order_by("contact_due_on", "pk")[:SILENT_SHOWN])


@dataclass(frozen=True)
class Ahead:
    """A meeting that is planned, or something begun and not saved: where, with whom
    (empty while that is open), when it begins or was last written to."""

    text: str
    url: str
    relationship: str
    at: datetime


def ahead(standing: Standing, user: User) -> tuple[list[Ahead], list[Ahead]]:
    """Meetings of the next two weeks one may read, the soonest first; and what a person
    has begun and not saved, the newest first: one query."""
    found = list(together([_meetings(standing), _drafts(standing, user)]))
    planned = [
        Ahead(text, reverse("engagements:meeting", args=[pk]), whom or "", at)
        for kind, pk, text, _of, whom, at in found
        if kind == "meeting"
    ]
    begun = [
        Ahead("", _address(of), whom or "", at)
        for kind, _pk, _text, of, whom, at in found
        if kind == "draft"
    ]
    planned.sort(key=lambda one: (one.at, one.url))
    begun.sort(key=lambda one: (one.at, one.url), reverse=True)
    return planned, begun


def _meetings(standing: Standing) -> QuerySet:
    now = timezone.now()
    rows = (
        Meeting.objects.planned()
        .own_or_shared(standing.organisation)
        .filter(
            relationship__in=_readable(standing),
            participants__contact=standing.contact,
            starts_at__gte=now - timedelta(days=1),
            starts_at__lte=now + timedelta(days=2 * WEEK),
        )
    )
    shown = first(rows.order_by("starts_at"), SILENT_SHOWN)
    return _ahead("meeting", shown, "title", "starts_at", standing)


def _drafts(standing: Standing, user: User) -> QuerySet:
    rows = Draft.objects.filter(
        Q(relationship=None) | Q(relationship__in=_readable(standing)), user=user
    )
    shown = first(rows, SILENT_SHOWN)
    return _ahead("draft", shown, Value(""), "updated_at", standing)


def _ahead(
    kind: str, rows: QuerySet, text: str | Value, at: str, standing: Standing
) -> QuerySet:
    own = RelationshipSide.objects.order_by().filter(
        relationship=OuterRef("relationship"), acted_by=standing.organisation
    )
    whom = Subquery(own.values("counterpart")[:1])
    return rows.order_by().values_list(
        Value(kind, CharField()), "pk", text, "relationship", whom, at
    )


def _address(relationship: UUID | None) -> str:
    """Where a draft is carried on."""
    page = reverse("engagements:log")
    return f"{page}?r={relationship}" if relationship else page


def mine(sides: QuerySet[RelationshipSide], user: User) -> QuerySet[RelationshipSide]:
    """The relationships a person owns."""
    return sides.filter(owner__user=user)


def moved(rows: Sequence[Listed]) -> list[tuple[Listed, str]]:
    """One's first relationships with what moved from review to review: one query.

    Nothing where no review says how it is today.
    """
    shown = rows[:MINE_SHOWN]
    read = {row.review for row in shown if row.review and row.health.state in READ}
    known = movements(read) if read else {}
    return [(row, known.get(row.review, "") if row.review else "") for row in shown]
