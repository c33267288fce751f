"""The smoothed course of health and its limits: a chart of moving averages. 3.10.

EWMA. The first waves give the centre and the usual deviation; later ones are smoothed,
and a signal is a smoothed value outside limits that widen as the series grows. After a
break in the series it starts again: give the waves since then.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise
from math import sqrt
from statistics import fmean

from engagements.reviews.scoring.parameters import STANDARD, Method
from engagements.reviews.scoring.ranges import check_scores
from engagements.reviews.scoring.rounding import exceeds

# The mean range of two draws from a normal distribution, in its deviations.
_RANGE_OF_TWO = 1.128


class TrendState(StrEnum):
    """Whether there are waves enough."""

    OK = "ok"
    INSUFFICIENT = "insufficient"


class Signal(StrEnum):
    """Outside which limit it is."""

    LOW = "low"
    HIGH = "high"


@dataclass(frozen=True)
class Trend:
    """Centre, usual deviation, newest smoothed value and its limits, in points."""

    state: TrendState
    centre: float | None = None
    deviation: float | None = None
    smoothed: float | None = None
    lower: float | None = None
    upper: float | None = None
    signal: Signal | None = None


def ewma(series: Iterable[float | None], *, method: Method = STANDARD) -> Trend:
    """The trend of comparable waves in their order; unknown ones are left out.

    It needs one wave more than its baseline. Raises ValueError for what is no score.
    """
    known = [value for value in series if value is not None]
    for value in known:
        check_scores(series=value)
    baseline, later = known[: method.trend_baseline], known[method.trend_baseline :]
    if not later:
        return Trend(TrendState.INSUFFICIENT)
    centre = fmean(baseline)
    ranges = [abs(second - first) for first, second in pairwise(baseline)]
    deviation = max(method.trend_floor, fmean(ranges) / _RANGE_OF_TWO)
    memory = method.trend_memory
    smoothed = centre
    for value in later:
        smoothed = memory * value + (1 - memory) * smoothed
    growth = 1 - (1 - memory) ** (2 * len(later))
    width = method.trend_limit * deviation * sqrt(memory / (2 - memory) * growth)
    lower, upper = centre - width, centre + width
    signal = _signal(smoothed, lower, upper)
    return Trend(TrendState.OK, centre, deviation, smoothed, lower, upper, signal)


def _signal(smoothed: float, lower: float, upper: float) -> Signal | None:
    if exceeds(lower, smoothed):
        return Signal.LOW
    return Signal.HIGH if exceeds(smoothed, upper) else None
