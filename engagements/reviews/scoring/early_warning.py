"""Rules that ask for attention before the figures look bad. Section 3.10.

A rule whose figures are missing is left out; missing never counts as well.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from engagements.reviews.scoring.gaps import differences
from engagements.reviews.scoring.parameters import STANDARD, Method
from engagements.reviews.scoring.ranges import (
    check_counts,
    check_differences,
    check_scores,
    check_shares,
)
from engagements.reviews.scoring.rounding import exceeds, reaches
from engagements.reviews.scoring.trend import Signal, ewma
from engagements.reviews.scoring.weighting import Profile


class Level(StrEnum):
    """How loud; quietest first."""

    NONE = "none"
    WATCH = "watch"
    WARNING = "warning"
    ALERT = "alert"


class Rule(StrEnum):
    """The rules, in their order."""

    FALL = "W1"
    TWO_FALLS = "W2"
    TREND = "W3"
    DIMENSION_FALL = "W4"
    GAP = "W5"
    DIMENSION_GAP = "W6"
    CLIENT_SILENCE = "W7C"
    SUPPLIER_SILENCE = "W7S"
    SPLIT = "W8"
    LATE_ACTIONS = "W9"


@dataclass(frozen=True)
class Hit:
    """A rule that speaks, and how loud."""

    rule: Rule
    level: Level


@dataclass(frozen=True)
class EarlyWarning:
    """All that speak, in the order of the rules, and what they amount to."""

    level: Level
    hits: tuple[Hit, ...]


@dataclass(frozen=True)
class Evidence:
    """What the rules look at; None and empty are "not known".

    `healths` and `gaps` (signed, -100 to 100) are those of comparable waves, newest
    last: the series of markers. `largest_gap` (0 to 100) and `lowest_change` (-100 to
    100) are of one dimension, between full waves. Rates are shares; `newly_split` is
    whether a side fell apart. `trend` replaces the signal of `healths` where the series
    was cut elsewhere. Raises ValueError for figures out of range.
    """

    healths: Sequence[float | None] = ()
    gaps: Sequence[float | None] = ()
    largest_gap: float | None = None
    lowest_change: float | None = None
    client_rate: float | None = None
    supplier_rate: float | None = None
    client_rate_before: float | None = None
    supplier_rate_before: float | None = None
    newly_split: bool | None = None
    actions_due: int | None = None
    actions_on_time: int | None = None
    trend: Signal | None = None

    def __post_init__(self) -> None:
        for value in self.healths:
            check_scores(healths=value)
        for value in self.gaps:
            check_differences(gaps=value)
        check_differences(lowest_change=self.lowest_change)
        check_scores(largest_gap=self.largest_gap)
        check_shares(client_rate=self.client_rate, supplier_rate=self.supplier_rate)
        check_shares(
            client_rate_before=self.client_rate_before,
            supplier_rate_before=self.supplier_rate_before,
        )


def early_warning(evidence: Evidence, *, method: Method = STANDARD) -> EarlyWarning:
    """All rules on one wave's evidence.

    One alert, or several warnings, make an alert; one warning, or several watches, a
    warning. Raises ValueError for more actions on time than due.
    """
    hits = tuple(
        Hit(rule, level)
        for rule, asked in _RULES
        if (level := asked(evidence, method)) is not Level.NONE
    )
    return EarlyWarning(_level([hit.level for hit in hits], method), hits)


def lowest_change(before: Sequence[Profile], after: Sequence[Profile]) -> float | None:
    """The worst change of any side and dimension between two full waves, in points.

    Each holds the profiles of both sides, in the same order; None where nothing can be
    compared. Raises ValueError for more sides in one than in the other.
    """
    if len(before) != len(after):
        raise ValueError("after: not the sides of before.")
    changes = [differences(new, old) for old, new in zip(before, after, strict=True)]
    return min((one for side in changes for one in side.values()), default=None)


def actions_late(
    due: int | None, on_time: int | None, *, method: Method = STANDARD
) -> bool:
    """Whether too many of the agreed actions that fell due were late.

    Also the flag `actions_overdue` of the status. Raises ValueError for more on time
    than due.
    """
    check_counts(due=due, on_time=on_time)
    if due is None or on_time is None:
        return False
    if on_time > due:
        raise ValueError(f"on_time: more than the {due} due.")
    return due >= method.late_actions and not reaches(
        on_time / due, method.on_time_share
    )


def _fall(evidence: Evidence, method: Method) -> Level:
    if not (last := _last(evidence.healths, 2)):
        return Level.NONE
    before, now = last
    if reaches(before - now, method.fall_alert):
        return Level.ALERT
    fell = reaches(before - now, method.fall_warning)
    return Level.WARNING if fell else Level.NONE


def _two_falls(evidence: Evidence, method: Method) -> Level:
    if not (last := _last(evidence.healths, 3)):
        return Level.NONE
    first, second, third = last
    both = exceeds(first, second) and exceeds(second, third)
    fell = both and reaches(first - third, method.two_falls)
    return Level.WARNING if fell else Level.NONE


def _trend(evidence: Evidence, method: Method) -> Level:
    signal = evidence.trend or ewma(evidence.healths, method=method).signal
    return Level.ALERT if signal is Signal.LOW else Level.NONE


def _dimension_fall(evidence: Evidence, method: Method) -> Level:
    change = evidence.lowest_change
    fell = change is not None and reaches(-change, method.dimension_fall)
    return Level.WATCH if fell else Level.NONE


def _gap(evidence: Evidence, method: Method) -> Level:
    if not (now := _last(evidence.gaps, 1)):
        return Level.NONE
    if reaches(abs(now[0]), method.gap_wide):
        return Level.WARNING
    if not (last := _last(evidence.gaps, 2)):
        return Level.NONE
    before, size = map(abs, last)
    widened = reaches(size - before, method.gap_widening)
    watched = widened and reaches(size, method.gap_watched)
    return Level.WATCH if watched else Level.NONE


def _dimension_gap(evidence: Evidence, method: Method) -> Level:
    gap = evidence.largest_gap
    severe = gap is not None and reaches(gap, method.gap_severe)
    return Level.WATCH if severe else Level.NONE


def _client_silence(evidence: Evidence, method: Method) -> Level:
    return _silence(evidence.client_rate, evidence.client_rate_before, method)


def _supplier_silence(evidence: Evidence, method: Method) -> Level:
    return _silence(evidence.supplier_rate, evidence.supplier_rate_before, method)


def _silence(rate: float | None, before: float | None, method: Method) -> Level:
    if rate is None:
        return Level.NONE
    if rate == 0:
        return Level.ALERT
    dropped = before is not None and reaches(before - rate, method.rate_drop)
    low = dropped or not reaches(rate, method.low_rate)
    return Level.WATCH if low else Level.NONE


def _split(evidence: Evidence, _method: Method) -> Level:
    return Level.WATCH if evidence.newly_split else Level.NONE


def _late_actions(evidence: Evidence, method: Method) -> Level:
    late = actions_late(evidence.actions_due, evidence.actions_on_time, method=method)
    return Level.WATCH if late else Level.NONE


def _last(series: Sequence[float | None], count: int) -> list[float]:
    """The last ones of a series; none if one of them is unknown or missing."""
    known = [value for value in series[-count:] if value is not None]
    return known if len(known) == count else []


def _level(levels: Sequence[Level], method: Method) -> Level:
    def several(level: Level) -> bool:
        return levels.count(level) >= method.raising_hits

    if Level.ALERT in levels or several(Level.WARNING):
        return Level.ALERT
    if Level.WARNING in levels or several(Level.WATCH):
        return Level.WARNING
    return Level.WATCH if levels else Level.NONE


_RULES: tuple[tuple[Rule, Callable[[Evidence, Method], Level]], ...] = (
    (Rule.FALL, _fall),
    (Rule.TWO_FALLS, _two_falls),
    (Rule.TREND, _trend),
    (Rule.DIMENSION_FALL, _dimension_fall),
    (Rule.GAP, _gap),
    (Rule.DIMENSION_GAP, _dimension_gap),
    (Rule.CLIENT_SILENCE, _client_silence),
    (Rule.SUPPLIER_SILENCE, _supplier_silence),
    (Rule.SPLIT, _split),
    (Rule.LATE_ACTIONS, _late_actions),
)
