"""A result reaches both sides at the same moment, once."""

from __future__ import annotations

from datetime import UTC, datetime

from django.db import transaction
from django.utils import timezone

from engagements.models import Contact, HealthReview
from engagements.reviews import mails
from engagements.reviews.actions.moving import held, move
from engagements.reviews.figures import refresh_health

State = HealthReview.State


@transaction.atomic
def release_review(
    *, review: HealthReview, now: datetime, by: Contact | None = None
) -> bool:
    """Show the result to both sides; by the facilitator, or by the clock.

    Returns whether it was this call: a double click, or a facilitator and the clock at
    once, have one effect.
    """
    row = held(review)
    if row.state != State.CLOSED:
        return False
    row = move(review=row, to=State.RELEASED, by=by, also={"released_at": now})
    mails.owe_released(row)
    refresh_health([row.relationship_id], timezone.localdate(now, UTC))
    return True
