"""What has happened lately on relationships that asks for a pulse. Section 2.6.

Read from what both sides may read: roles, signed amendments, the segment, joint
issues, results.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime, time
from decimal import Decimal, InvalidOperation
from typing import Any
from uuid import UUID

from django.db.models import Exists, F, OuterRef, Q
from django.db.models.functions import Coalesce, TruncDate
from django.utils import timezone

from engagements.models import (
    Amendment,
    Change,
    HealthReview,
    JointIssue,
    Relationship,
    ReviewResult,
    TeamRole,
)
from engagements.reviews.calendar import APART
from engagements.reviews.events import NEWS, SETTLE, SETTLED, SOLVED, Event

Cause = HealthReview.Cause
# What a contract is worth, and by how much of it a change is an event.
_VALUES, _MUCH = ("value", "typed_annual_value"), Decimal("0.1")
_Found = Iterator[tuple[UUID, Event]]


def events_of(rows: Iterable[Relationship], today: date) -> dict[UUID, list[Event]]:
    """Of each relationship what happened lately, the oldest first: five queries."""
    relationships = list(rows)
    ids = [row.pk for row in relationships]
    found: dict[UUID, set[Event]] = defaultdict(set)
    for read in (_people, _contracts, _segments, _issues, _warnings):
        for pk, event in read(ids, today):
            found[pk].add(event)
    for pk, event in _beginnings(relationships, today):
        found[pk].add(event)
    return {
        pk: sorted(events, key=lambda one: (one.on, one.cause))
        for pk, events in found.items()
    }


def _beginnings(rows: list[Relationship], today: date) -> _Found:
    """The calendar shows it as early as it can tell what else is due then."""
    for row in rows:
        on = row.started_on + SETTLED
        if today - NEWS <= on <= today + APART:
            yield row.pk, Event(Cause.TRANSITION, on, on)


def _people(ids: list[UUID], today: date) -> _Found:
    """Somebody took a role over; the first of a side changes nothing."""
    earlier = TeamRole.objects.filter(
        relationship=OuterRef("relationship"),
        side=OuterRef("side"),
        role=OuterRef("role"),
        from_on__lt=OuterRef("from_on"),
    ).exclude(contact=OuterRef("contact"))
    roles = TeamRole.objects.filter(
        Exists(earlier.order_by()),
        relationship__in=ids,
        role__in=[TeamRole.Role.SPONSOR, TeamRole.Role.INTERFACE],
        from_on__range=(today - NEWS, today),
    )
    for pk, on in roles.order_by().values_list("relationship_id", "from_on"):
        yield pk, Event(Cause.PEOPLE, on, on + SETTLE)


def _contracts(ids: list[UUID], today: date) -> _Found:
    """A signed amendment changed the value by more than a tenth."""
    known = Q(changes__has_key=_VALUES[0]) | Q(changes__has_key=_VALUES[1])
    rows = Amendment.objects.filter(
        known, contract__relationship__in=ids, contract__archived_at=None
    ).annotate(
        on=Coalesce("effective_on", "signed_on", TruncDate("created_at", tzinfo=UTC)),
        of=F("contract__relationship_id"),
    )
    rows = rows.filter(on__range=(today - NEWS, today))
    for pk, on, changes in rows.order_by().values_list("of", "on", "changes"):
        if any(_is_much(changes.get(name)) for name in _VALUES):
            yield pk, Event(Cause.CONTRACT, on, on + SETTLE)


def _is_much(change: Any) -> bool:
    try:
        before, after = (Decimal(value) for value in change or ())
    except (InvalidOperation, TypeError, ValueError):
        # There was no value before, or there is none now: no share of it to tell.
        return False
    return before > 0 and abs(after - before) > before * _MUCH


def _segments(ids: list[UUID], today: date) -> _Found:
    """Classified otherwise, in an act that stands; the first time changes nothing."""
    rows = Change.objects.filter(
        Q(change_set=None) | Q(change_set__undone_at=None),
        object_kind=Relationship._meta.model_name,
        object_id__in=ids,
        fields__has_key="segment",
        at__range=(_begin(today - NEWS), _end(today)),
    )
    for pk, at, fields in rows.order_by().values_list("object_id", "at", "fields"):
        if fields["segment"][0]:
            on = timezone.localdate(at, UTC)
            yield pk, Event(Cause.SEGMENT, on, on + SETTLE)


def _issues(ids: list[UUID], today: date) -> _Found:
    """A joint issue in which the work stood still is over, confirmed or not."""
    rows = JointIssue.objects.filter(
        relationship__in=ids,
        severity=JointIssue.Severity.FIRST,
        closed_on__range=(today - NEWS, today),
    )
    for pk, on in rows.order_by().values_list("relationship_id", "closed_on"):
        if on is not None:  # the range leaves out those without a day
            yield pk, Event(Cause.ISSUE, on, on + SOLVED)


def _warnings(ids: list[UUID], today: date) -> _Found:
    """A result both sides can read came with an alert."""
    rows = ReviewResult.objects.filter(
        audience=ReviewResult.Audience.SERIES,
        document__warning="alert",
        review__relationship__in=ids,
        review__state__in=HealthReview.PUBLISHED,
        review__closed_at__range=(_begin(today - NEWS), _end(today)),
    )
    for pk, at in rows.order_by().values_list(
        "review__relationship_id", "review__closed_at"
    ):
        on = timezone.localdate(at, UTC)
        yield pk, Event(Cause.WARNING, on, on + APART)


def _begin(day: date) -> datetime:
    return datetime.combine(day, time.min, UTC)


def _end(day: date) -> datetime:
    return datetime.combine(day, time.max, UTC)
