"""One relationship: the two sides face to face and one timeline of everything."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from uuid import UUID

from django.db.models import F, Q, QuerySet
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from engagements.charters.queries.charters import brief_columns
from engagements.ideas.queries import brief_columns as idea_columns
from engagements.models import (
    Commitment,
    RelationshipSide,
    Side,
    Step,
    TeamRole,
    TimelineEntry,
    Visibility,
)
from engagements.reviews.queries.readings import Reading, readings
from engagements.wording import day_of, month_words

ENTRIES = 30
# Digits of a number that nobody typed.
_LONG = 5
OPEN_SHOWN = 8
_KINDS = TimelineEntry.Kind
# Thirty entries cost a page less without what it does not print.
_PRINTED = (
    "kind",
    "mark",
    "at",
    "visibility",
    "address",
    "title",
    "people",
    "text",
    "facts",
)
_OF_A_SIDE = (
    "relationship__scope",
    "relationship__segment",
    "relationship__proposed_to",
    "relationship__next_review_on",
    "relationship__client__name",
    "relationship__supplier__name",
    "side",
    "acted_by",
    "contracts",
    "last_contact_at",
    "last_contact_with__name",
    "next_contact_at",
    "act_by",
    "act_by_contract",
    "annual_value",
    "currency",
    "health",
    "health_last",
    "health_why",
    "health_basis",
    "health_topics",
    "health_review",
    "guards",
    "guard_facts",
    "open_issues",
    "issues_since",
    "client_score",
    "supplier_score",
    "score_gap",
    "reviewed_on",
    "live_contracts",
    "marked_active",
    "archived",
)
# The filter chips of the timeline: name in the address, words, kinds shown.
FILTERS: dict[str, tuple[str | Promise, tuple[str, ...]]] = {
    "conversations": (_("Conversations"), (_KINDS.INTERACTION, _KINDS.MEETING)),
    "promises": (_("Promises"), (_KINDS.COMMITMENT,)),
    "issues": (_("Issues"), (_KINDS.ISSUE,)),
    "contract": (_("Contract"), (_KINDS.CONTRACT,)),
    "changes": (
        _("Changes"),
        (_KINDS.CHANGE, _KINDS.REVIEW, _KINDS.CHARTER, _KINDS.IDEA),
    ),
}


@dataclass(frozen=True)
class Viewpoint:
    """From which side a page is read.

    `as_other`: the own person looks at what the other side sees. That is only what is
    shared: what the other side keeps to itself is not shown to anybody here either.
    """

    own: RelationshipSide
    other: RelationshipSide
    as_other: bool = False

    def sees(self, items: QuerySet) -> QuerySet:
        """Items this viewpoint may read, on this relationship."""
        items = items.filter(relationship=self.own.relationship_id)
        if self.as_other:
            return items.filter(visibility=Visibility.SHARED)
        return items.own_or_shared(self.own.acted_by)  # type: ignore[attr-defined] # only such items come here

    @property
    def client(self) -> RelationshipSide:
        """The client's side."""
        return self.own if self.own.side == Side.CLIENT else self.other

    @property
    def supplier(self) -> RelationshipSide:
        """The supplier's side."""
        return self.own if self.own.side == Side.SUPPLIER else self.other


@dataclass(frozen=True)
class Month:
    """The entries of one month of the timeline."""

    name: str
    entries: list[TimelineEntry]


@dataclass(frozen=True)
class Stretch:
    """What is shown of the timeline at once."""

    number: int
    months: list[Month]
    has_older: bool


def viewpoint(user: User, pk: UUID, *, as_other: bool = False) -> Viewpoint | None:
    """The relationship as the person sees it; None when it does not exist for them.

    One query for both sides.
    """
    mine = RelationshipSide.objects.seen_by(user).filter(relationship=pk)
    both = RelationshipSide.objects.filter(
        relationship__in=mine.order_by().values("relationship")
    )
    sides = both.select_related(
        "last_contact_with", "relationship__client", "relationship__supplier"
    ).only(*_OF_A_SIDE)
    sides = sides.annotate(**brief_columns(timezone.localdate()), **idea_columns())
    by_side = {row.side: _placed(row) for row in sides}
    if not by_side:
        return None
    acting = user.__dict__["standing"].organisation
    own = next(row for row in by_side.values() if row.acted_by_id == acting.pk)
    own.acted_by = acting
    return Viewpoint(own, by_side[Side(own.side).other], as_other)


def _placed(side: RelationshipSide) -> RelationshipSide:
    """A side's organisation is one of the two already read."""
    relationship = side.relationship
    client = side.side == Side.CLIENT
    side.organisation = relationship.client if client else relationship.supplier
    return side


def timeline(view: Viewpoint, *, only: str, page: str) -> Stretch:
    """A stretch of the timeline, newest first, by month: one query.

    Nothing is counted: a long relationship has thousands of entries. What is no page
    is the first.
    """
    entries = TimelineEntry.objects.filter(
        relationship=view.own.relationship_id
    ).filter(_readable(view))
    if only in FILTERS:
        entries = entries.filter(kind__in=FILTERS[only][1])
    number = max(int(page), 1) if page.isdecimal() and len(page) < _LONG else 1
    start = (number - 1) * ENTRIES
    # One more than is shown says whether older ones follow.
    rows = list(entries.only(*_PRINTED)[start : start + ENTRIES + 1])
    return Stretch(number, _months(rows[:ENTRIES]), len(rows) > ENTRIES)


def _readable(view: Viewpoint) -> Q:
    shared = Q(visibility=Visibility.SHARED)
    if view.as_other:
        return shared
    return shared | Q(visibility=Visibility.INTERNAL, organisation=view.own.acted_by_id)


_ICONS = {
    "call": "phone",
    "email": "mail",
    "meeting": "people",
    "visit": "people",
    "note": "note",
    _KINDS.COMMITMENT.value: "check",
    _KINDS.CONTRACT.value: "doc",
    _KINDS.REVIEW.value: "review",
    _KINDS.ISSUE.value: "knot",
    _KINDS.CHANGE.value: "pair",
    _KINDS.CHARTER.value: "pair",
    _KINDS.IDEA.value: "note",
}


def _months(entries: Sequence[TimelineEntry]) -> list[Month]:
    for entry in entries:
        known = _ICONS.get(entry.mark) or _ICONS.get(entry.kind)
        entry.__dict__["icon"] = known or "note"
    grouped = groupby(entries, key=lambda entry: day_of(entry.at).replace(day=1))
    return [Month(month_words(first), list(rows)) for first, rows in grouped]


def open_commitments(view: Viewpoint) -> list[Commitment]:
    """Promises of both sides not yet done, soonest first: one query."""
    rows = view.sees(Commitment.objects.open()).select_related("owner")
    printed = rows.only("side", "text", "original_due_on", "owner__name")
    return list(printed.order_by("due_on")[:OPEN_SHOWN])


def open_steps(view: Viewpoint) -> list[Step]:
    """The own side's next steps; none when reading as the other side."""
    if view.as_other:
        return []
    rows = Step.objects.open().filter(
        relationship=view.own.relationship_id, organisation=view.own.acted_by_id
    )
    printed = rows.select_related("owner").only("text", "due_on", "owner__name")
    return list(printed.order_by(F("due_on").asc(nulls_last=True))[:OPEN_SHOWN])


def own_reading(view: Viewpoint, review: UUID | None) -> Reading | None:
    """The own side's last reading, until a review says more: one query."""
    if view.as_other or review is not None:
        return None
    place = view.own.acted_by
    assert place is not None  # noqa: S101 - somebody acts on the viewer's own side
    return next(iter(readings(view.own.relationship_id, place, most=1)), None)


def team(view: Viewpoint, today: date) -> list[TeamRole]:
    """Who speaks for each side today: one query."""
    rows = TeamRole.objects.current(today).filter(relationship=view.own.relationship_id)
    people = rows.select_related("contact").only(
        "side", "role", "contact__name", "contact__job_title", "contact__user"
    )
    return list(people.order_by("side", "from_on"))


def missing_roles(team_now: Sequence[TeamRole]) -> list[tuple[str, str]]:
    """(side, role) for each interface person and sponsor that is missing."""
    present = {(row.side, row.role) for row in team_now}
    needed = (TeamRole.Role.INTERFACE, TeamRole.Role.SPONSOR)
    return [
        (side.value, str(role.label))
        for side in Side
        for role in needed
        if (side.value, role.value) not in present
    ]


def may_edit(view: Viewpoint, team_now: Sequence[TeamRole], user: User) -> bool:
    """As `access.can_edit_relationship`, from what the page already knows."""
    standing = user.__dict__["standing"]
    on_team = any(row.contact_id == standing.contact.pk for row in team_now)
    return not view.as_other and (standing.administers or on_team)


def counts(view: Viewpoint, team_now: Sequence[TeamRole]) -> dict[str, int]:
    """How many things stand behind each tab, from what the page already knows."""
    people = len({row.contact_id for row in team_now})
    return {"people": people, "contracts": view.own.contracts}
