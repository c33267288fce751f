"""Where health is going: points a quarter, unmoved by one odd wave. Section 3.9.

Theil-Sen: the median of the slopes between all pairs of waves, on their real dates.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from itertools import combinations, pairwise
from statistics import median

from engagements.reviews.scoring.parameters import STANDARD, Method
from engagements.reviews.scoring.ranges import check_scores
from engagements.reviews.scoring.rounding import reaches


class Direction(StrEnum):
    """Where it is going."""

    RISING = "rising"
    STEADY = "steady"
    FALLING = "falling"


@dataclass(frozen=True)
class Momentum:
    """Points a quarter over so many waves; None with fewer than two.

    `provisional`: a line through two points at most. `early`: firmer, but not yet as
    many waves as it looks back.
    """

    slope: float | None
    direction: Direction | None
    provisional: bool
    early: bool
    waves: int


def momentum(
    points: Iterable[tuple[date, float | None]], *, method: Method = STANDARD
) -> Momentum:
    """The momentum of comparable waves, given as (day, score).

    Unknown ones are left out, and of the rest only the last waves count. Raises
    ValueError for what is no score, or two waves on one day.
    """
    known = sorted((day, value) for day, value in points if value is not None)
    for _day, value in known:
        check_scores(points=value)
    if any(first[0] == second[0] for first, second in pairwise(known)):
        raise ValueError("points: two waves on one day.")
    last = known[-method.momentum_waves :]
    provisional = len(last) < method.momentum_firm
    early = not provisional and len(last) < method.momentum_waves
    if len(last) < 2:
        return Momentum(None, None, provisional, early, len(last))
    slope = method.quarter_days * median(
        (second[1] - first[1]) / (second[0] - first[0]).days
        for first, second in combinations(last, 2)
    )
    return Momentum(slope, _direction(slope, method), provisional, early, len(last))


def _direction(slope: float, method: Method) -> Direction:
    if reaches(slope, method.momentum_band):
        return Direction.RISING
    if reaches(-slope, method.momentum_band):
        return Direction.FALLING
    return Direction.STEADY
