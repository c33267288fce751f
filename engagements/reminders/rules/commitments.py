"""Promises: before they are due to the owner; when late, in pairs.

An overdue promise goes to the owner, then to the coordinators of both sides, then to
both sponsors, with the same text: a private alarm to the stronger side would itself
be an imbalance.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from django.db.models import F, Q, QuerySet

from engagements.models import Commitment, Side, Visibility
from engagements.parties.calendars import calendars_of
from engagements.parties.working_days import JointCalendar, WorkingCalendar
from engagements.reminders.due import Due, own_side, without_notice

BEFORE = 5
# Business days late -> who is told.
AFTER = ((1, "owner"), (5, "coordinators"), (15, "sponsors"))
_PLAIN = JointCalendar((WorkingCalendar(),))
# Five business days are never more calendar days than this.
_LONGEST = timedelta(days=30)
# Nobody is told of a promise that has been late for longer than this.
_OLDEST = timedelta(days=60)


def commitments_due(today: date) -> Iterator[Due]:
    """Five business days of both sides before, to the owner."""
    rows = Commitment.objects.open().filter(
        due_on__gte=today,
        due_on__lte=today + _LONGEST,
        relationship__archived_at=None,
    )
    for side in Side:
        found = _readable(own_side(rows.filter(side=side), side.value))
        found = without_notice(
            found, "commitment-due", side=side.value, threshold=-BEFORE, day="due_on"
        )
        for row, calendar in _with_calendars(found):
            if calendar.add(row.due_on, -BEFORE) <= today:
                yield _due("commitment-due", row, side, -BEFORE, "owner")


def commitments_overdue(today: date) -> Iterator[Due]:
    """One, five and fifteen business days after, each step further up."""
    for days, people in AFTER:
        # With holidays it is never earlier than with weekends alone.
        rows = Commitment.objects.open().filter(
            due_on__lte=_PLAIN.add(today, -days),
            due_on__gte=today - _OLDEST,
            relationship__archived_at=None,
        )
        for side in Side:
            # The owner is on the promising side; the pairs above are on both.
            told = rows.filter(side=side) if people == "owner" else rows
            found = _readable(own_side(told, side.value))
            found = without_notice(
                found,
                "commitment-overdue",
                side=side.value,
                threshold=days,
                day="due_on",
            )
            for row, calendar in _with_calendars(found):
                if calendar.add(row.due_on, days) <= today:
                    yield _due("commitment-overdue", row, side, days, people)


def _with_calendars(
    rows: QuerySet[Commitment],
) -> Iterator[tuple[Commitment, JointCalendar]]:
    """Each promise with the days on which both sides work: two queries."""
    found = list(rows.select_related("relationship__client", "relationship__supplier"))
    pairs = [(row.relationship.client, row.relationship.supplier) for row in found]
    known = calendars_of({place.pk: place for pair in pairs for place in pair}.values())
    for row, pair in zip(found, pairs, strict=True):
        yield row, JointCalendar(tuple(known[place.pk] for place in pair))


def _readable(rows: QuerySet[Commitment]) -> QuerySet[Commitment]:
    """An internal promise is never mailed across: only to who wrote it down."""
    return rows.filter(
        Q(visibility=Visibility.SHARED)
        | Q(visibility=Visibility.INTERNAL, organisation=F("acting"))
    )


def _due(kind: str, row: Commitment, side: Side, threshold: int, people: str) -> Due:
    return Due(
        kind=kind,
        object_id=row.pk,
        relationship=row.relationship_id,
        organisation=row.acting,  # type: ignore[attr-defined]  # annotated
        side=side.value,
        people=people,
        day=row.due_on,
        threshold=threshold,
        owner=row.owner_id,
        facts={"text": row.text, "promised_by": row.side},
    )
