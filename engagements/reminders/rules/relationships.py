"""Reviews to prepare, relationships that have fallen silent, and handovers."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from django.db.models import Exists, F, OuterRef

from engagements.models import HealthReview, Notice, RelationshipSide, Side
from engagements.relationships.guards import Guard
from engagements.relationships.rhythm import silent
from engagements.reminders.due import Due, own_side, without_notice


def reviews_to_prepare(today: date) -> Iterator[Due]:
    """Five business days before a review opens, to both coordinators."""
    rows = HealthReview.objects.planned().filter(
        prepare_on__lte=today, opens_on__gte=today, relationship__archived_at=None
    )
    for side in Side:
        found = own_side(rows, side.value)
        found = without_notice(
            found, "review-prepare", side=side.value, threshold=0, day="opens_on"
        )
        for row in found.iterator():
            yield Due(
                kind="review-prepare",
                object_id=row.pk,
                relationship=row.relationship_id,
                organisation=row.acting,
                side=side.value,
                people="coordinators",
                day=row.opens_on,
                threshold=0,
                facts={"form": row.form},
            )


def silence(today: date) -> Iterator[Due]:
    """No contact for longer than the rhythm: weekly, in the digest, one's own side.

    Several missed weeks are one message: it names the day the silence began.
    """
    week = today - timedelta(days=6)
    told = Notice.objects.filter(
        kind="silence", object_id=OuterRef("pk"), day__gte=week
    )
    rows = RelationshipSide.objects.filter(
        ~Exists(told),
        silent(today),
        acted_by__isnull=False,
        relationship__archived_at=None,
    )
    for row in rows.annotate(acting=F("acted_by")).iterator():
        yield Due(
            kind="silence",
            object_id=row.pk,
            relationship=row.relationship_id,
            organisation=row.acting,
            side=row.side,
            people="coordinators",
            day=today,
            threshold=0,
            facts={"since": str(row.contact_due_on)},
        )


def handovers(today: date) -> Iterator[Due]:
    """The own interface person left: once, to whoever speaks for the side then."""
    rows = RelationshipSide.objects.filter(
        guards__contains=Guard.HANDOVER.value,
        acted_by__isnull=False,
        archived=False,
    )
    told = set(
        Notice.objects.filter(kind="handover", object_id__in=rows.values("pk"))
        .order_by()
        .values_list("object_id", "day")
    )
    for row in rows.annotate(acting=F("acted_by")).iterator():
        facts = row.guard_facts[Guard.HANDOVER].get(row.side)
        if facts is None or (row.pk, date.fromisoformat(facts["on"])) in told:
            continue
        yield Due(
            kind="handover",
            object_id=row.pk,
            relationship=row.relationship_id,
            organisation=row.acting,
            side=row.side,
            people="coordinators",
            day=date.fromisoformat(facts["on"]),
            threshold=0,
        )
