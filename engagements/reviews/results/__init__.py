"""What is read from a closed review: one frozen document for each audience.

`series` holds unrounded figures for the arithmetic of later waves, and is never shown.
"""

from __future__ import annotations

from typing import Any

from engagements.models import HealthReview, SealedResponse, Side
from engagements.reviews.instrument.content import Form
from engagements.reviews.instrument.library import content_of
from engagements.reviews.ratings import person
from engagements.reviews.scoring.outcome import outcome
from engagements.reviews.scoring.parameters import Method
from engagements.reviews.scoring.sides import Mode, SideResult

Document = dict[str, Any]


def computed(review: HealthReview) -> dict[str, Document]:
    """The documents of a review that has just closed, by audience."""
    assert review.instrument is not None  # noqa: S101 - a constraint says so once it is set up
    content = content_of(review.instrument)
    people: dict[str, list] = {side.value: [] for side in Side}
    for row in SealedResponse.objects.filter(review=review):
        people[row.side].append(person(content, Form(review.form), row.answers))
    found = outcome(
        people["client"],
        people["supplier"],
        review.weights,
        mode=Mode(review.mode),
        method=Method(**review.method),
    )
    series = {
        "closed_on": review.closes_on.isoformat(),
        "form": review.form,
        "mode": review.mode,
        "instrument": str(review.instrument_id),
        "weights": review.weights,
        "client": _side(found.client),
        "supplier": _side(found.supplier),
        "health": found.health.value,
        "gap": found.gap.signed,
        "mean_gap": found.gap.mean_size,
        "largest_gap": found.gap.largest,
    }
    return {"series": series}


def _side(found: SideResult) -> Document:
    return {"overall": found.overall.value, "profile": found.profile}
