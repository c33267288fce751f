"""How much one side agrees with itself. Section 3.4.

The deviation (AD) is the mean distance from the mean; r*wg compares the variance with
that of answers at random. Both per item on the raw scale, then averaged over the items.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from statistics import fmean, variance

from engagements.reviews.scoring.parameters import STANDARD, Method
from engagements.reviews.scoring.ranges import check_at_least, check_counts
from engagements.reviews.scoring.rounding import reaches


class AgreementBand(StrEnum):
    """One opinion, several, or no better than answers at random."""

    AGREE = "agree"
    MIXED = "mixed"
    SPLIT = "split"


@dataclass(frozen=True)
class Agreement:
    """The mean deviation in points of the raw scale, and what follows from it.

    `index` is 100 where all answer alike and 0 where two halves take the two ends;
    `rwg` is then 1, is 0 at random, and below 0 for two camps.
    """

    deviation: float | None
    index: float | None
    rwg: float | None
    band: AgreementBand


def agreement(
    matrix: Sequence[Sequence[float | None]],
    options: int,
    *,
    low: float = 1,
    method: Method = STANDARD,
) -> Agreement | None:
    """The agreement over items: a row an item, an answer or None a person.

    `options` counts the points of the scale, which begins at `low`. Items with fewer
    than two answers are left out; None where no item is left. Raises ValueError for a
    scale of one point or an answer outside it.
    """
    check_counts(options=options)
    check_at_least(2, options=options)
    items = [_known(row, options, low) for row in matrix]
    items = [row for row in items if len(row) > 1]
    if not items:
        return None
    deviation = fmean(map(_deviation, items))
    random_variance = (options**2 - 1) / 12
    return Agreement(
        deviation=deviation,
        index=100 * (1 - deviation / ((options - 1) / 2)),
        rwg=1 - fmean(map(variance, items)) / random_variance,
        band=_band(deviation, options, method),
    )


def published(
    found: Agreement | None, n: int, *, method: Method = STANDARD
) -> Agreement | None:
    """What of an agreement may be shown of a side with `n` people.

    Nothing for a suppressed side; the band alone for a small one, because the numbers
    with a mean would tell single answers. Raises ValueError for what is no count.
    """
    check_counts(n=n)
    if found is None or n < method.least_per_side:
        return None
    if n < method.least_for_details:
        return Agreement(None, None, None, found.band)
    return found


def becomes_split(
    before: AgreementBand | None, after: AgreementBand | None
) -> bool | None:
    """Whether a side fell apart since the last wave; None where either is unknown."""
    if before is None or after is None:
        return None
    return after is AgreementBand.SPLIT and before is not AgreementBand.SPLIT


def _known(row: Sequence[float | None], options: int, low: float) -> list[float]:
    known = [value for value in row if value is not None]
    for value in known:
        if not low <= value <= low + options - 1:
            raise ValueError(f"matrix: {value!r} is not on the scale.")
    return known


def _deviation(answers: Sequence[float]) -> float:
    centre = fmean(answers)
    return fmean(abs(value - centre) for value in answers)


def _band(deviation: float, options: int, method: Method) -> AgreementBand:
    middle = (options - 1) / 2
    at_random = fmean(abs(point - middle) for point in range(options))
    if reaches(options / method.agree_part, deviation):
        return AgreementBand.AGREE
    split = reaches(deviation, at_random)
    return AgreementBand.SPLIT if split else AgreementBand.MIXED
