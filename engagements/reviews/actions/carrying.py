"""A review ends when its actions are done, or when the next one takes them over."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet

from engagements.models import HealthReview, ReviewAction
from engagements.reviews.actions.moving import held, move

State = HealthReview.State


def reviews_to_complete() -> QuerySet[HealthReview]:
    """Agreed ones whose actions are all done, or let go by both sides.

    One that was agreed without any is among them.
    """
    agreed = HealthReview.objects.filter(state=State.AGREED)
    still_open = Exists(_still_open().filter(review=OuterRef("pk")))
    return agreed.exclude(still_open).order_by("pk")


@transaction.atomic
def complete(*, review: HealthReview, now: datetime) -> bool:
    """All that was agreed is done; returns whether it was this call that said so."""
    row = held(review)
    if not reviews_to_complete().filter(pk=row.pk).exists():
        return False
    move(review=row, to=State.COMPLETED, also={"completed_at": now})
    return True


@transaction.atomic
def carry_over(*, review: HealthReview, now: datetime) -> int:
    """A review opens: it takes over what is open of earlier ones, and ends those.

    What was carried once is carried on. Returns how many actions are carried.
    """
    earlier = HealthReview.objects.filter(relationship=review.relationship_id)
    taken = _still_open().filter(
        review__in=earlier.filter(state__in=[State.AGREED, State.COMPLETED])
        .order_by()
        .values("pk")
    )
    carried = taken.exclude(review=review).update(carried_to=review, updated_at=now)
    for row in earlier.filter(state=State.AGREED).exclude(pk=review.pk).order_by("pk"):
        if held(row).state == State.AGREED:
            move(review=row, to=State.COMPLETED, also={"completed_at": now})
    return carried


def _still_open() -> QuerySet[ReviewAction]:
    return ReviewAction.objects.filter(
        commitment__isnull=False,
        commitment__done_at=None,
        commitment__cancelled_at=None,
    )
