"""Weights of dimensions, means of a profile, how much of it is known. Section 3.2.

A profile names a score of 0 to 100, or None, for each dimension; weights name a
positive number for each dimension of the instrument: only their proportions count.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from math import isfinite, lcm
from operator import mul

from engagements.reviews.scoring.parameters import STANDARD, Method
from engagements.reviews.scoring.ranges import check_scores
from engagements.reviews.scoring.rounding import reaches

Profile = Mapping[str, float | None]
Weights = Mapping[str, float]


@dataclass(frozen=True)
class Weighted:
    """A mean in points, and the share of all weight that it rests on.

    `value` is None where that share is too small.
    """

    value: float | None
    coverage: float


def weighted(
    profile: Profile, weights: Weights, *, method: Method = STANDARD
) -> Weighted:
    """The mean of a profile over its known dimensions, if they carry enough weight.

    Raises ValueError for weights that are none, a dimension without a weight, or a
    score outside 0 to 100.
    """
    check_profiles(weights, profile=profile)
    known = {name: value for name, value in profile.items() if value is not None}
    share = coverage(known, weights)
    if not reaches(share, method.least_coverage):
        return Weighted(None, share)
    return Weighted(mean_over(known, weights), share)


def coverage(dimensions: Iterable[str], weights: Weights) -> float:
    """The share of all weight, 0 to 1, that some dimensions carry."""
    whole, _common = _whole(weights.values())
    found = dict(zip(weights, whole, strict=True))
    return sum(found[name] for name in dimensions) / sum(whole)


def mean_over(values: Mapping[str, float], weights: Weights) -> float:
    """The weighted mean over the dimensions that have a value: at least one."""
    return weighted_mean((weights[name], value) for name, value in values.items())


def weighted_mean(pairs: Iterable[tuple[float, float]]) -> float:
    """The mean of (weight, value) pairs, exact until it is rounded once.

    So it depends on no order and never leaves the range of its values.
    """
    weights, values = zip(*pairs, strict=True)
    (heavy, _), (exact, common) = _whole(weights), _whole(values)
    return sum(map(mul, heavy, exact)) / (sum(heavy) * common)


def _whole(figures: Iterable[float]) -> tuple[list[int], int]:
    """Figures as whole numbers over one denominator: exact, and soon computed."""
    ratios = [figure.as_integer_ratio() for figure in figures]
    common = lcm(*(denominator for _numerator, denominator in ratios))
    return [over * (common // under) for over, under in ratios], common


def weights_allowed(weights: Weights, *, method: Method = STANDARD) -> bool:
    """Whether an instrument may weigh so: nothing next to nothing, nothing nearly all.

    Section 2.3. Raises ValueError for weights that are none.
    """
    check_weights(weights=weights)
    shares = [coverage([name], weights) for name in weights]
    return all(
        reaches(share, method.lightest_weight)
        and reaches(method.heaviest_weight, share)
        for share in shares
    )


def check_weights(**named: Weights) -> None:
    """Refuse no weights at all, and any that is not a positive number."""
    for argument, weights in named.items():
        if not weights:
            raise ValueError(f"{argument}: no dimension.")
        for name, weight in weights.items():
            if not (isfinite(weight) and weight > 0):
                raise ValueError(f"{argument}: {name} weighs {weight!r}.")


def check_profiles(weights: Weights, **profiles: Profile) -> None:
    """Refuse a profile with a dimension nobody weighs, or with what is no score."""
    check_weights(weights=weights)
    for argument, profile in profiles.items():
        if unknown := sorted(profile.keys() - weights.keys()):
            raise ValueError(f"{argument}: no weight for {', '.join(unknown)}.")
        check_scores(
            **{f"{argument}[{name!r}]": value for name, value in profile.items()}
        )
