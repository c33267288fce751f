"""How far a side's figures carry: who answered, how many, how long ago. Section 3.5."""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum
from math import sqrt
from statistics import stdev

from engagements.reviews.scoring.parameters import STANDARD, Method
from engagements.reviews.scoring.ranges import (
    check_at_least,
    check_counts,
    check_scores,
)
from engagements.reviews.scoring.rounding import exceeds, reaches


class Confidence(StrEnum):
    """How far figures carry, lowest first."""

    NONE = "none"
    LOW = "low"
    MEDIUM = "medium"
    HIGH = "high"


_STEPS = tuple(Confidence)


def response_rate(invited: int, ineligible: int, completed: int) -> float | None:
    """The share of eligible people of a side who took part; None if nobody is.

    Ineligible: left, unreachable without a replacement, or away for the whole window.
    Rates of two sides are never pooled. Raises ValueError for counts that contradict
    each other.
    """
    check_counts(invited=invited, ineligible=ineligible, completed=completed)
    eligible = invited - ineligible
    if eligible < 0:
        raise ValueError(f"ineligible: more than the {invited} invited.")
    if completed > eligible:
        raise ValueError(f"completed: more than the {eligible} eligible.")
    return completed / eligible if eligible else None


def confidence(
    answered: int,
    eligible: int,
    *,
    split: bool = False,
    age: float = 0,
    pulse_based: bool = False,
    method: Method = STANDARD,
) -> Confidence:
    """The confidence in one side: of those eligible, so many answered.

    A split opinion and an old wave cost a step each, but never the last one; pulses
    alone reach medium at most. `age` counts cadences since the wave. Raises ValueError
    for counts that contradict each other or a negative age.
    """
    check_counts(answered=answered, eligible=eligible)
    check_at_least(0, age=age)
    if answered > eligible:
        raise ValueError(f"answered: more than the {eligible} eligible.")
    if answered < method.least_per_side:
        return Confidence.NONE
    found = _from_answers(answered, answered / eligible, method)
    if pulse_based:
        found = of_both(found, Confidence.MEDIUM)
    lost = int(split) + int(exceeds(age, method.ageing))
    return _STEPS[max(_STEPS.index(found) - lost, _STEPS.index(Confidence.LOW))]


def of_both(client: Confidence, supplier: Confidence) -> Confidence:
    """The confidence in what is computed from both sides: that of the weaker one."""
    return min(client, supplier, key=_STEPS.index)


def non_response_error(scores: Sequence[float], population: int) -> float | None:
    """How far the mean may be off, in points, because some people did not answer.

    A standard error with the correction for a finite population; it covers missing
    people, neither mood nor wording. None for fewer than two. `scores` are of
    those who answered, of `population` eligible. Raises ValueError for what is no score
    or for more answers than people.
    """
    for value in scores:
        check_scores(scores=value)
    check_at_least(len(scores), population=population)
    if len(scores) < 2:
        return None
    missing = (population - len(scores)) / (population - 1)
    return stdev(scores) / sqrt(len(scores)) * sqrt(missing)


def _from_answers(n: int, rate: float, method: Method) -> Confidence:
    many = n >= method.high_people and reaches(rate, method.high_rate)
    census = n >= method.census_people and reaches(rate, 1)
    if many or census:
        return Confidence.HIGH
    return Confidence.MEDIUM if reaches(rate, method.medium_rate) else Confidence.LOW
