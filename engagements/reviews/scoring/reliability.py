"""Quality of the instrument itself, over many reviews; never of one. Section 3.4.

Rows are people, columns items. Cronbach's alpha tells whether items measure one thing;
r_wg(J) and the intraclass correlations whether people of a group answer alike.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations
from statistics import StatisticsError, correlation, fmean, variance

from engagements.reviews.scoring.parameters import STANDARD, Method
from engagements.reviews.scoring.ranges import check_at_least, check_counts

Rows = Sequence[Sequence[float | None]]


@dataclass(frozen=True)
class Intraclass:
    """How alike members of a group are (ICC 1), how steady their mean is (ICC 2)."""

    single: float
    mean: float


def cronbach_alpha(rows: Rows) -> float | None:
    """Raw alpha over people who answered everything.

    None for fewer than two items or people, or where totals do not differ. Raises
    ValueError for rows of different lengths.
    """
    items = _complete(rows)
    if items is None:
        return None
    totals = variance(map(sum, zip(*items, strict=True)))
    if not totals:
        return None
    k = len(items)
    return k / (k - 1) * (1 - sum(map(variance, items)) / totals)


def standardised_alpha(rows: Rows) -> float | None:
    """Alpha as if all items spread alike, from their mean correlation.

    None also where an item does not vary. Raises ValueError like `cronbach_alpha`.
    """
    items = _complete(rows)
    if items is None:
        return None
    try:
        r = fmean(correlation(one, two) for one, two in combinations(items, 2))
    except StatisticsError:
        return None
    k = len(items)
    return None if 1 + (k - 1) * r == 0 else k * r / (1 + (k - 1) * r)


def reliability_shown(n: int, *, method: Method = STANDARD) -> bool:
    """Whether so many complete answers, pooled over relationships, carry an alpha."""
    return n >= method.least_for_reliability


def rwg_of_items(matrix: Rows, options: int) -> float | None:
    """r_wg(J) of one group over J items: a row an item, an answer or None a person.

    0 at random and beyond, 1 where all agree. None where no item has two answers.
    Raises ValueError for a scale of fewer than two points.
    """
    check_counts(options=options)
    check_at_least(2, options=options)
    items = [[value for value in row if value is not None] for row in matrix]
    items = [row for row in items if len(row) > 1]
    if not items:
        return None
    at_random = (options**2 - 1) / 12
    ratio = min(fmean(map(variance, items)) / at_random, 1.0)
    agreed = len(items) * (1 - ratio)
    return agreed / (agreed + ratio)


def intraclass(groups: Sequence[Sequence[float]]) -> Intraclass | None:
    """ICC(1) and ICC(2) of groups, by one-way analysis of variance.

    Unequal groups count with their mean size. None for fewer than two groups, for
    people alone in theirs, or where the means do not differ. Raises ValueError for an
    empty group.
    """
    if not all(groups):
        raise ValueError("groups: one is empty.")
    people = sum(map(len, groups))
    if len(groups) < 2 or people == len(groups):
        return None
    whole = fmean(value for group in groups for value in group)
    means = [fmean(group) for group in groups]
    between = sum(
        len(group) * (centre - whole) ** 2
        for group, centre in zip(groups, means, strict=True)
    ) / (len(groups) - 1)
    within = sum(
        (value - centre) ** 2
        for group, centre in zip(groups, means, strict=True)
        for value in group
    ) / (people - len(groups))
    if not between:
        return None
    size = people / len(groups)
    spread = between - within
    return Intraclass(spread / (between + (size - 1) * within), spread / between)


def _complete(rows: Rows) -> list[tuple[float, ...]] | None:
    """Items of the people who answered everything, if there are two of each."""
    if len({len(row) for row in rows}) > 1:
        raise ValueError("rows: not all have the same items.")
    full = [
        [value for value in row if value is not None] for row in rows if None not in row
    ]
    items = list(zip(*full, strict=True))
    return items if len(full) > 1 and len(items) > 1 else None
