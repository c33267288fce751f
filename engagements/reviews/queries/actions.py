"""What reviews of a relationship led to, and how much of it was done in time."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from django.db.models import Count, F, Q

from engagements.models import Commitment, ReviewAction
from engagements.reviews.lateness import fell_due


def due_and_on_time(relationship: UUID, day: date) -> tuple[int, int] | None:
    """(due, done in time) of the agreed actions that fell due within a year.

    None where none did: nothing is known then. One query.
    """
    promised = ReviewAction.objects.filter(
        review__relationship=relationship, commitment__isnull=False
    ).values("commitment")
    found = Commitment.objects.filter(
        fell_due(day), pk__in=promised, cancelled_at=None
    ).aggregate(
        due=Count("pk"),
        kept=Count("pk", filter=Q(done_on__lte=F("original_due_on"))),
    )
    return (found["due"], found["kept"]) if found["due"] else None
