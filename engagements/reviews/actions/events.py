"""One pulse after each event that asks for one, beside the calendar's wave; twice is
once."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict
from datetime import UTC, date
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from engagements.models import HealthReview, Relationship
from engagements.parties.working_days import JointCalendar
from engagements.reviews.actions.planning import (
    batches,
    held_for_planning,
    joint_calendars,
    note_next,
)
from engagements.reviews.calendar import PULSE, wave_of
from engagements.reviews.events import Asked, Event, is_covered, slot_for
from engagements.reviews.queries.events import events_of

_Rows = dict[UUID, list[HealthReview]]
_OFF = HealthReview.State.CANCELLED


def plan_event_pulses(relationships: Iterable[UUID] | None, today: date) -> int:
    """Plan a pulse for what happened lately on these relationships; None means all.

    After `plan_reviews`: where the calendar asks soon there is none, and one that is
    only planned goes away again. Returns how many plans changed.
    """
    if relationships is None:
        found = Relationship.objects.order_by("pk").values_list("pk", flat=True)
        relationships = list(found)
    return sum(_plan(batch, today) for batch in batches(relationships))


@transaction.atomic
def _plan(ids: list[UUID], today: date) -> int:
    """Under the locks of the calendar: two planners never see each other's half."""
    _all, active = held_for_planning(ids)
    rows: _Rows = {row.pk: [] for row in active}
    for row in HealthReview.objects.filter(relationship__in=rows).order_by("pk"):
        rows[row.relationship_id].append(row)
    gone = [row for found in rows.values() for row in _overtaken(found)]
    for row in gone:
        rows[row.relationship_id].remove(row)
    HealthReview.objects.filter(pk__in=[row.pk for row in gone]).delete()
    new = _new(active, rows, today)
    HealthReview.objects.bulk_create(new)
    touched = {row.relationship_id for row in [*gone, *new]}
    note_next([row for row in active if row.pk in touched])
    return len(gone) + len(new)


def _overtaken(rows: list[HealthReview]) -> list[HealthReview]:
    """What an event has caused and nobody has begun, where people are asked anyway."""
    return [
        row
        for row in rows
        if row.is_planned
        and row.caused_on is not None
        and is_covered(row.caused_on, row.slot_on, _days(_others(rows, row)))
    ]


def _others(rows: list[HealthReview], row: HealthReview) -> list[HealthReview]:
    """The other waves; of two that events have caused, the first one stays."""
    return [
        one
        for one in rows
        if one != row
        and not (one.is_planned and one.caused_on and one.slot_on > row.slot_on)
    ]


def _days(rows: Iterable[HealthReview]) -> list[Asked]:
    return [Asked(row.opens_on, _closed(row)) for row in rows if row.state != _OFF]


def _closed(row: HealthReview) -> date:
    """The day it closes, or did: that may have been early."""
    return timezone.localdate(row.closed_at, UTC) if row.closed_at else row.closes_on


def _new(active: list[Relationship], rows: _Rows, today: date) -> list[HealthReview]:
    happened = events_of(active, today)
    busy = [row for row in active if row.pk in happened]
    calendars = joint_calendars(busy) if busy else {}
    new = []
    for row in busy:
        known = rows[row.pk]
        for event in happened[row.pk]:
            pulse = _pulse(row, event, known, calendars[row.pk], today)
            if pulse is not None:
                known.append(pulse)
                new.append(pulse)
    return new


def _pulse(
    relationship: Relationship,
    event: Event,
    known: list[HealthReview],
    both: JointCalendar,
    today: date,
) -> HealthReview | None:
    if any((row.cause, row.caused_on) == (event.cause, event.on) for row in known):
        return None
    slot = slot_for(event, _days(known), {row.slot_on for row in known})
    if slot is None:
        return None
    wave = wave_of(slot, PULSE, both)
    if wave.closes_on < today:
        return None
    return HealthReview(
        relationship=relationship,
        cause=event.cause,
        caused_on=event.on,
        **asdict(wave),
    )
