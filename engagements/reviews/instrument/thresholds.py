"""Which thresholds of the method a version may set, and how far.

What protects the people who answer may be made stricter, never looser; what the words
on the pages rest on is the same in every version.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from itertools import pairwise
from math import isfinite
from typing import Any

from django.utils.translation import gettext as _

from engagements.errors import RuleError
from engagements.reviews.scoring.parameters import (
    ASCENDING,
    LEAST,
    POSITIVE,
    STANDARD,
    Method,
    Parameter,
    parameters,
)

# Promised to everybody who answers, or said in words: 5% to 25%, "5-9", "10+".
FIXED = frozenset({"lightest_weight", "heaviest_weight", "middle_band", "large_band"})
# Thresholds of earlier versions that no figure rests on any more.
_RETIRED = frozenset({"straight_line_seconds"})
_NOT_LOWER = frozenset(
    {
        "least_per_side",
        "least_per_group",
        "least_for_comments",
        "least_for_details",
        "least_for_counts",
        "least_for_change",
        "coded_below",
        "bottom_code",
    }
)
_NOT_HIGHER = frozenset({"top_code"})
_MOST = {"share": 1.0, "points": 100.0}
_WHOLE = frozenset({"people", "count", "waves"})


@dataclass(frozen=True)
class Limits:
    """How far one threshold may be moved; `above` leaves the least itself out."""

    least: float
    most: float | None
    above: bool
    whole: bool


def limits(one: Parameter) -> Limits:
    """How far a threshold may be moved."""
    usual = getattr(STANDARD, one.name)
    lower = usual if one.name in _NOT_LOWER else LEAST.get(one.name, 0)
    upper = usual if one.name in _NOT_HIGHER else _MOST.get(one.unit)
    return Limits(lower, upper, one.name in POSITIVE, one.unit in _WHOLE)


def method_of(stored: Mapping[str, Any]) -> Method:
    """The method of a version or a review: the usual one but for what is stored.

    What was stored once stays readable, whatever thresholds were given up since.
    """
    return Method(
        **{name: value for name, value in stored.items() if name not in _RETIRED}
    )


def stored(values: Mapping[str, float]) -> dict[str, float]:
    """Which of these thresholds differ from the usual ones.

    Raises RuleError, on the threshold's name, for one outside its limits or out of
    order with another.
    """
    for one in parameters(STANDARD):
        _check_limits(one, values[one.name])
    _check_order(values)
    usual = asdict(STANDARD)
    return {
        name: value
        for name, value in values.items()
        if value != usual[name] and name not in FIXED
    }


def _check_order(values: Mapping[str, float]) -> None:
    meanings = {one.name: _(one.meaning) for one in parameters(STANDARD)}
    for band in ASCENDING:
        for lower, upper in pairwise(band):
            if values[lower] >= values[upper]:
                words = _("Must be below the value for “%(other)s”.")
                raise RuleError(words % {"other": meanings[upper]}, field=lower)


def _check_limits(one: Parameter, value: float) -> None:
    limit = limits(one)
    if not isfinite(value):
        raise RuleError(_("Enter a number."), field=one.name)
    if value < limit.least or (limit.above and value <= limit.least):
        raise RuleError(_("This is less than it may be."), field=one.name)
    if limit.most is not None and value > limit.most:
        raise RuleError(_("This is more than it may be."), field=one.name)
