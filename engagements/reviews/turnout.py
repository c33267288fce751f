"""How many of each side took part, as the clock needs to know it while a review asks.

Read from what stands under the keys; nothing of it is kept.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from engagements.models import HealthReview, Side
from engagements.reviews.instrument.content import Form
from engagements.reviews.instrument.library import content_of
from engagements.reviews.instrument.thresholds import method_of
from engagements.reviews.ratings import person
from engagements.reviews.responses import asked, responses_by
from engagements.reviews.scoring.confidence import response_rate
from engagements.reviews.scoring.parameters import FLOOR
from engagements.reviews.scoring.rounding import reaches
from engagements.reviews.scoring.sides import Mode, side_result


@dataclass(frozen=True)
class SideTurnout:
    """One side: asked, taken part in earnest, said to be done."""

    asked: int
    completed: int
    sent: int

    @property
    def rate(self) -> float | None:
        """The share of those asked who took part; None where nobody is asked."""
        return response_rate(self.asked, 0, min(self.completed, self.asked))


@dataclass(frozen=True)
class Turnout:
    """Both sides, against what a side needs."""

    sides: Mapping[str, SideTurnout]
    least: int
    low_rate: float

    @property
    def is_sufficient(self) -> bool:
        """Each side has as many as its figures need."""
        return all(one.completed >= self.least for one in self.sides.values())

    @property
    def is_poor(self) -> bool:
        """A side has too few, or fewer than half of those it asked."""
        rates = (one.rate or 0 for one in self.sides.values())
        return not self.is_sufficient or any(
            not reaches(rate, self.low_rate) for rate in rates
        )

    @property
    def is_complete(self) -> bool:
        """Everybody asked has said to be done."""
        return all(one.sent >= one.asked > 0 for one in self.sides.values())


def turnout(review: HealthReview) -> Turnout:
    """Who has taken part so far, by side."""
    assert review.instrument is not None  # noqa: S101 - a constraint says so once it is set up
    content = content_of(review.instrument)
    method = method_of(review.method)
    given_by = responses_by(review)
    rows = list(given_by.values())
    # Who answered before an address began to refuse mail stays asked and counts, as in
    # the result.
    seats = {rater.pk: rater.side for rater in asked(review)}
    seats |= {rater.pk: rater.side for rater in given_by}
    invited = Counter(seats.values())
    sides = {}
    for side in Side:
        given = [row for row in rows if row.side == side]
        people = [person(content, Form(review.form), row.answers) for row in given]
        found = side_result(
            people, review.weights, mode=Mode(review.mode), method=method
        )
        sides[side.value] = SideTurnout(
            asked=invited[side],
            completed=found.completed,
            sent=sum(row.sent for row in given),
        )
    named = review.mode == HealthReview.Mode.NAMED
    least = 1 if named else max(FLOOR, method.least_per_side)
    return Turnout(sides, least, method.low_rate)
