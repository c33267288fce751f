"""Whether a review whose day has come could not open: too few can be asked."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import date

from engagements.models import HealthReview, Rater
from engagements.reviews.readiness import short


def sides_short(review: HealthReview, people: Iterable[Rater]) -> list[str]:
    """The sides on which people dropped out and too few are left."""
    listed = [one for one in people if one.revoked_at is None]
    asked = Counter(one.side for one in listed if not one.ineligible)
    dropped = Counter(one.side for one in listed if one.ineligible)
    return short(review.mode, review.few_raters_reason, asked, dropped)


def is_kept_back(review: HealthReview, people: Iterable[Rater], today: date) -> bool:
    """Scheduled, its day has come, and by what the clock last found it cannot open."""
    due = review.state == HealthReview.State.SCHEDULED and review.opens_on <= today
    return due and bool(sides_short(review, people))
