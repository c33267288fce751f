"""What somebody who facilitates a review reads of it."""

from __future__ import annotations

from typing import Any

from engagements.models import HealthReview, ReviewNote, ReviewResult, Side
from engagements.reviews.scoring.disclosure import counts_shown
from engagements.reviews.turnout import turnout

_AUDIENCES = (ReviewResult.Audience.SHARED, ReviewResult.Audience.FACILITATOR)


def progress(review: HealthReview) -> list[tuple[str, str, int, int | None]]:
    """Side, organisation, asked and answered; no count where few are asked."""
    found = turnout(review)
    return [
        (
            side.value,
            getattr(review.relationship, side.value).name,
            found.sides[side].asked,
            found.sides[side].completed
            if counts_shown(found.sides[side].asked)
            else None,
        )
        for side in Side
    ]


def documents(review: HealthReview) -> dict[str, dict[str, Any]]:
    """The documents of a closed review that are the facilitator's to read."""
    rows = review.results.filter(audience__in=_AUDIENCES)
    return dict(rows.values_list("audience", "document"))


def paraphrases(review: HealthReview) -> list[ReviewNote]:
    """Comments put into other words so far."""
    return list(review.notes.filter(kind=ReviewNote.Kind.PARAPHRASE))
