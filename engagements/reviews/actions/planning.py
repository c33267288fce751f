"""Keep exactly one planned review for each active relationship; twice is once."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import asdict
from datetime import date
from itertools import islice
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Exists, Max, Min, OuterRef, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from engagements.models import Contract, HealthReview, Organisation, Relationship
from engagements.parties.calendars import calendars_of
from engagements.parties.working_days import JointCalendar
from engagements.reviews.calendar import next_wave

_BATCH = 500
_DATES = [
    "slot_on",
    "form",
    "prepare_on",
    "opens_on",
    "closes_on",
    "publish_by",
    "discuss_by",
    "agree_by",
]
Cause = HealthReview.Cause
_Drafts = dict[UUID, HealthReview]
_Slots = dict[UUID, set[date]]


def plan_reviews(relationships: Iterable[UUID] | None, today: date) -> int:
    """Plan the next wave of these relationships; None means all.

    Active: not archived, accepted by both sides, and with a live contract or marked
    active. Others lose their plan. Returns how many plans changed.
    """
    if relationships is None:
        found = Relationship.objects.order_by("pk").values_list("pk", flat=True)
        relationships = list(found)
    return sum(_plan(batch, today) for batch in batches(relationships))


def plan_what_changed(today: date) -> int:
    """Plan again what changed since its plan, or has none, or whose days are over.

    One query where nothing changed. Returns how many plans changed.
    """
    drafts = HealthReview.objects.planned().filter(relationship=OuterRef("pk"))
    # What an event has caused stands beside the calendar and says nothing of it.
    current = drafts.filter(
        cause=Cause.CALENDAR,
        closes_on__gte=today,
        updated_at__gte=OuterRef("updated_at"),
    )
    active = Q(archived_at=None, proposed_to="") & (
        Q(Exists(_live_contracts())) | Q(marked_active_at__isnull=False)
    )
    changed = Relationship.objects.filter(
        (active & ~Exists(current)) | (~active & Q(Exists(drafts)))
    )
    return plan_reviews(
        list(changed.order_by("pk").values_list("pk", flat=True)), today
    )


def _live_contracts() -> QuerySet[Contract]:
    return Contract.objects.live().filter(relationship=OuterRef("pk")).order_by()


def batches(ids: Iterable[UUID]) -> Iterator[list[UUID]]:
    rows = iter(ids)
    while batch := list(islice(rows, _BATCH)):
        yield batch


@transaction.atomic
def _plan(ids: list[UUID], today: date) -> int:
    """Held in the order of their ids: two planners never wait for each other."""
    rows, active = held_for_planning(ids)
    drafts, used = _known(ids)
    changed = _end(ids, drafts, used, today) + _drop(ids, drafts, active)
    changed += _write(active, drafts, used, today)
    note_next(rows)
    return changed


def held_for_planning(
    ids: Iterable[UUID],
) -> tuple[list[Relationship], list[Relationship]]:
    """(all, the active ones), locked in the order of their ids."""
    held = Relationship.objects.filter(pk__in=ids).order_by("pk")
    rows = (
        held.select_for_update(no_key=True, of=("self",))
        .select_related("client", "supplier")
        .annotate(live=Exists(_live_contracts()))
    )
    found: list[Relationship] = list(rows)
    return found, [row for row in found if _is_active(row)]


def _is_active(row: Any) -> bool:
    if row.archived_at is not None or row.proposed_to:
        return False
    return row.live or row.marked_active_at is not None


def _known(ids: list[UUID]) -> tuple[_Drafts, _Slots]:
    """What is only planned, and the days that other waves have taken."""
    drafts: _Drafts = {}
    used: _Slots = {}
    for row in HealthReview.objects.filter(relationship__in=ids).order_by():
        if row.is_planned and not row.cause:
            drafts[row.relationship_id] = row
        else:
            used.setdefault(row.relationship_id, set()).add(row.slot_on)
    return drafts, used


def _closed(ids: list[UUID]) -> dict[UUID, date]:
    """The day on which the last wave of each relationship closes or closed."""
    rows = HealthReview.objects.filter(relationship__in=ids).exclude(
        state=HealthReview.State.CANCELLED
    )
    set_up = rows.exclude(set_up_at=None).order_by()
    last = set_up.values("relationship_id").annotate(last=Max("closes_on"))
    return dict(last.values_list("relationship_id", "last"))


def _end(ids: list[UUID], drafts: _Drafts, used: _Slots, today: date) -> int:
    """A review whose days passed is kept and says so; the next one is planned."""
    for row in [row for row in drafts.values() if row.closes_on < today]:
        used.setdefault(row.relationship_id, set()).add(row.slot_on)
        del drafts[row.relationship_id]
    over = HealthReview.objects.planned().filter(
        relationship__in=ids, closes_on__lt=today
    )
    return over.update(
        state=HealthReview.State.CANCELLED,
        cancelled_reason=_("Its days passed and it was not held."),
        updated_at=timezone.now(),
    )


def _drop(ids: list[UUID], drafts: _Drafts, active: list[Relationship]) -> int:
    """A plan of a relationship that is not active any more says nothing."""
    gone = set(ids) - {row.pk for row in active}
    if not gone:
        return 0
    for pk in gone & drafts.keys():
        del drafts[pk]
    planned = HealthReview.objects.planned().filter(relationship__in=gone)
    return planned.delete()[0]


def _write(rows: list[Relationship], drafts: _Drafts, used: _Slots, today: date) -> int:
    calendars = joint_calendars(rows)
    closed = _closed([row.pk for row in rows])
    new, moved = [], []
    for row in rows:
        both = calendars[row.pk]
        slots = frozenset(used.get(row.pk, ()))
        days = asdict(
            next_wave(
                row.started_on,
                row.segment,
                today,
                both,
                slots,
                last_closed=closed.get(row.pk),
            )
        )
        draft = drafts.get(row.pk)
        if draft is None:
            new.append(HealthReview(relationship=row, **days))
        elif any(getattr(draft, name) != value for name, value in days.items()):
            for name, value in days.items():
                setattr(draft, name, value)
            moved.append(draft)
    HealthReview.objects.bulk_create(new)
    HealthReview.objects.bulk_update(moved, _DATES, batch_size=100)
    # Seen now, moved or not: only a later change asks for it again.
    seen = [row.pk for row in drafts.values()]
    HealthReview.objects.filter(pk__in=seen).update(updated_at=timezone.now())
    return len(new) + len(moved)


def joint_calendars(rows: list[Relationship]) -> dict[UUID, JointCalendar]:
    """The days on which both sides work, of each relationship: one query."""
    places: dict[UUID, Organisation] = {}
    for row in rows:
        places[row.client_id], places[row.supplier_id] = row.client, row.supplier
    known = calendars_of(places.values())
    return {
        row.pk: JointCalendar((known[row.client_id], known[row.supplier_id]))
        for row in rows
    }


def note_next(rows: list[Relationship]) -> None:
    """Store the day the next review opens with the relationship, for its lists."""
    states = [HealthReview.State.DRAFT, HealthReview.State.SCHEDULED]
    ahead = HealthReview.objects.filter(relationship__in=rows, state__in=states)
    first = ahead.order_by().values("relationship_id").annotate(on=Min("opens_on"))
    opens = dict(first.values_list("relationship_id", "on"))
    moved = [row for row in rows if row.next_review_on != opens.get(row.pk)]
    for row in moved:
        row.next_review_on = opens.get(row.pk)
    Relationship.objects.bulk_update(moved, ["next_review_on"], batch_size=100)
