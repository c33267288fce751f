"""From an answer to a person's score in a dimension. Sections 2.1 and 3.1."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil

from engagements.reviews.scoring.parameters import STANDARD, Method
from engagements.reviews.scoring.ranges import check_at_least, check_counts
from engagements.reviews.scoring.rounding import PLACES, reaches
from engagements.reviews.scoring.weighting import weighted_mean


def item_score(
    value: float, low: float = 1, high: float = 7, *, reverse: bool = False
) -> float:
    """A point of a scale as 0 to 100 points; on a reversed item more is worse.

    Raises ValueError for a scale without length or a value outside it.
    """
    if not 0 < high - low < float("inf"):
        raise ValueError(f"high: {high!r} is not above {low!r}.")
    if not low <= value <= high:
        raise ValueError(f"value: {value!r} is not between {low!r} and {high!r}.")
    part = high - value if reverse else value - low
    return 100 * part / (high - low)


@dataclass(frozen=True)
class Answer:
    """What a person answered to one item; None for "I can't say" and for a skip.

    Raises ValueError like `item_score`, and for a weight that is not positive.
    """

    value: float | None
    low: float = 1
    high: float = 7
    reverse: bool = False
    weight: float = 1

    def __post_init__(self) -> None:
        if not 0 < self.weight < float("inf"):
            raise ValueError(f"weight: {self.weight!r} is not a positive number.")
        item_score(self.low if self.value is None else self.value, self.low, self.high)

    @property
    def score(self) -> float | None:
        """Points of 0 to 100, if answered."""
        if self.value is None:
            return None
        return item_score(self.value, self.low, self.high, reverse=self.reverse)


def respondent_dimension(
    answers: Sequence[Answer], *, method: Method = STANDARD
) -> float | None:
    """A person's score in a dimension: the weighted mean of the answered items.

    None where too few of the items are answered. Raises ValueError for no items.
    """
    if not answers:
        raise ValueError("answers: a dimension has at least one item.")
    known = [(one.weight, score) for one in answers if (score := one.score) is not None]
    if len(known) < _least(method.answered_share, len(answers)):
        return None
    return weighted_mean(known)


def is_complete(valid: int, scored: int, *, method: Method = STANDARD) -> bool:
    """Whether a person counts as having taken part: valid in enough scored dimensions.

    Raises ValueError for no scored dimension, or more valid ones than scored.
    """
    check_counts(valid=valid)
    check_at_least(1, scored=scored)
    if valid > scored:
        raise ValueError(f"valid: more than the {scored} scored.")
    return valid >= _least(method.completed_share, scored)


def is_hardly_visible(
    cannot_say: int, people: int, *, method: Method = STANDARD
) -> bool:
    """Whether a side hardly sees a topic: many cannot say anything about it.

    `cannot_say` counts the people with "I can't say" at every item of the dimension.
    Raises ValueError for more of them than people.
    """
    check_counts(cannot_say=cannot_say, people=people)
    if cannot_say > people:
        raise ValueError(f"cannot_say: more than {people} people.")
    return people > 0 and reaches(cannot_say / people, method.cannot_say_share)


def _least(share: float, whole: int) -> int:
    return ceil(round(share * whole, PLACES))
