"""Whether a change between two waves is more than chance: exact permutation. 3.8.

The people asked are nearly all there are, so this is noise of measuring, not of
sampling; no page may say "95 % certain".
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from itertools import combinations, product
from math import comb, fsum, sqrt
from random import Random
from statistics import fmean, variance

from engagements.reviews.scoring.parameters import STANDARD, Method
from engagements.reviews.scoring.ranges import (
    check_counts,
    check_differences,
    check_scores,
)
from engagements.reviews.scoring.rounding import reaches

# Any number; always the same, so that a figure never changes by itself.
_SEED = 20_260_101

Scores = Sequence[float]


class ChangeLabel(StrEnum):
    """What may be said about a change."""

    NOT_TESTABLE = "not_testable"
    CLEAR = "clear"
    POSSIBLE = "possible"
    NO_CLEAR_CHANGE = "no_clear_change"


@dataclass(frozen=True)
class Change:
    """The change in points, and how likely chance alone makes one as large, 0 to 1.

    `least_chance` is the least that so few people can reach. `effect` is Hedges' g:
    None without any spread, and of matched people.
    """

    delta: float
    chance: float | None
    least_chance: float | None
    effect: float | None
    label: ChangeLabel


def change_test(before: Scores, after: Scores, *, method: Method = STANDARD) -> Change:
    """The change of one side's scores from one wave to the next, people unmatched.

    The chance is the share of all ways to deal the scores to the two waves that make as
    large a difference. Of too many ways some are drawn, with a fixed seed. Raises
    ValueError for an empty wave or what is no score.
    """
    for argument, scores in (("before", before), ("after", after)):
        for value in scores:
            check_scores(**{argument: value})
        if not scores:
            raise ValueError(f"{argument}: no scores.")
    delta = fmean(after) - fmean(before)
    least, most = sorted((len(before), len(after)))
    ways = comb(least + most, least)
    # Between waves of one size every way has a twin that swaps the waves.
    twins = 2 if least == most else 1
    chance = _chance(
        _dealt((*before, *after), least, ways, method), delta, ways, method
    )
    return Change(
        delta=delta,
        chance=chance,
        least_chance=twins / ways,
        effect=_effect(before, after, delta),
        label=_label(delta, chance, least, method),
    )


def change_matched(differences: Scores, *, method: Method = STANDARD) -> Change:
    """The change from each person's own difference between the waves, in points.

    The chance is the share of all ways to turn signs round that make as large a mean.
    Only where `disclosure.may_publish_matched`. Raises ValueError for no differences,
    or what cannot be one.
    """
    if not differences:
        raise ValueError("differences: none.")
    for value in differences:
        check_differences(differences=value)
    delta, ways = fmean(differences), 2 ** len(differences)
    chance = _chance(_turned(differences, ways, method), delta, ways, method)
    label = _label(delta, chance, len(differences), method)
    return Change(delta, chance, 2 / ways, None, label)


def published(
    found: Change, n_before: int, n_after: int, *, method: Method = STANDARD
) -> Change | None:
    """What of a change may be shown between waves of so many people.

    Nothing if either is suppressed; no chances and no effect size for a small one.
    Raises ValueError for what is no count.
    """
    check_counts(n_before=n_before, n_after=n_after)
    n = min(n_before, n_after)
    if n < method.least_per_side:
        return None
    if n < method.least_for_details:
        return replace(found, chance=None, least_chance=None, effect=None)
    return found


def _chance(found: Iterator[float], delta: float, ways: int, method: Method) -> float:
    as_large = [reaches(abs(one), abs(delta)) for one in found]
    # The way that happened is one of those drawn.
    own = int(ways > method.most_arrangements)
    return (sum(as_large) + own) / (len(as_large) + own)


def _dealt(scores: Scores, size: int, ways: int, method: Method) -> Iterator[float]:
    """The differences with `size` scores dealt to one wave, the rest to the other."""
    # In order, and for the smaller wave: neither order nor direction may matter.
    scores = sorted(scores)
    rest, total = len(scores) - size, fsum(scores)

    def difference(dealt: Scores) -> float:
        part = fsum(dealt)
        return part / size - (total - part) / rest

    if ways <= method.most_arrangements:
        return map(difference, combinations(scores, size))
    return _drawn(lambda random: difference(random.sample(scores, size)), method)


def _turned(differences: Scores, ways: int, method: Method) -> Iterator[float]:
    """The means when the signs of differences are turned round."""
    sizes = sorted(map(abs, differences))

    def mean(signs: Sequence[int]) -> float:
        return fmean(sign * one for sign, one in zip(signs, sizes, strict=True))

    if ways <= method.most_arrangements:
        return map(mean, product((-1, 1), repeat=len(sizes)))
    return _drawn(lambda random: mean(random.choices((-1, 1), k=len(sizes))), method)


def _drawn(draw: Callable[[Random], float], method: Method) -> Iterator[float]:
    random = Random(_SEED)  # noqa: S311 - a fixed sequence is what is wanted
    return (draw(random) for _draw in range(method.most_arrangements))


def _effect(before: Scores, after: Scores, delta: float) -> float | None:
    """The change in pooled deviations, corrected for few people."""
    n = len(before) + len(after)
    waves = [wave for wave in (before, after) if len(wave) > 1]
    squares = sum(variance(wave) * (len(wave) - 1) for wave in waves)
    if not squares:
        return None
    return (1 - 3 / (4 * n - 9)) * delta / sqrt(squares / (n - 2))


def _label(delta: float, chance: float, n: int, method: Method) -> ChangeLabel:
    if n < method.change_people:
        return ChangeLabel.NOT_TESTABLE
    if reaches(abs(delta), method.least_effect):
        if reaches(method.clear_chance, chance):
            return ChangeLabel.CLEAR
        if reaches(method.possible_chance, chance):
            return ChangeLabel.POSSIBLE
    return ChangeLabel.NO_CLEAR_CHANGE
