"""What moved from one review to the next, for lists: few words a relationship."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from engagements.models import ReviewResult
from engagements.reviews.course_words import in_short


def movements(reviews: Iterable[UUID]) -> dict[UUID, str]:
    """What each of these results says of both sides since the one before: one query."""
    rows = ReviewResult.objects.filter(
        review__in=list(reviews), audience=ReviewResult.Audience.SHARED
    ).order_by()
    return {
        review: in_short(client, supplier)
        for review, client, supplier in rows.values_list(
            "review_id",
            "document__sides__client__change",
            "document__sides__supplier__change",
        )
    }
