"""What the clock does to reviews, whoever asks and however often.

It asks what should be open, closed or released by now, not what happened since the last
round: days without a clock change nothing but the day. A review that cannot be taken on
never holds up another.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import UTC, datetime
from uuid import UUID

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from engagements.models import HealthReview
from engagements.reviews.actions.asking import close_early, end_asking, open_review
from engagements.reviews.actions.carrying import complete, reviews_to_complete
from engagements.reviews.actions.moving import move
from engagements.reviews.actions.releasing import release_review
from engagements.reviews.actions.verifying import ask_to_verify

logger = logging.getLogger(__name__)
State = HealthReview.State


def advance(now: datetime) -> int:
    """Open, extend, close and release what is due; returns how many went on."""
    today = timezone.localdate(now, UTC)
    reviews = HealthReview.objects.order_by("pk")
    return sum(
        (
            _each(
                reviews.filter(state=State.SCHEDULED, opens_on__lte=today),
                lambda review: open_review(review=review, now=now),
            ),
            _each(
                reviews.asking().filter(closes_at__lte=now),
                lambda review: bool(end_asking(review=review, now=now)),
            ),
            _each(
                reviews.filter(state=State.CLOSED, publish_by__lte=today),
                lambda review: release_review(review=review, now=now),
            ),
        )
    )


def begin_day(now: datetime) -> int:
    """Once a day: close early where all have answered, drop what was never confirmed,
    complete what is done, ask who never signs in to verify it.

    Closing early only then leaves people the rest of a day to change an answer.
    """
    today = timezone.localdate(now, UTC)
    over = HealthReview.objects.filter(state=State.DRAFT, closes_on__lt=today)
    return sum(
        (
            _each(
                HealthReview.objects.asking().order_by("pk"),
                lambda review: close_early(review=review, now=now),
            ),
            _each(over.exclude(set_up_at=None).order_by("pk"), _drop),
            _each(
                reviews_to_complete(), lambda review: complete(review=review, now=now)
            ),
            ask_to_verify(today),
        )
    )


def _drop(review: HealthReview) -> bool:
    reason = _("Its days passed and it was not confirmed by both sides.")
    also = {"cancelled_reason": reason}
    move(review=review, to=State.CANCELLED, reason=reason, also=also)
    return True


def _each(reviews: QuerySet[HealthReview], act: Callable[[HealthReview], bool]) -> int:
    done = 0
    ids: list[UUID] = list(reviews.values_list("pk", flat=True))
    for pk in ids:
        try:
            done += act(HealthReview.objects.get(pk=pk))
        except Exception:
            logger.exception("Review %s could not be taken on", pk)
    return done
