"""Why a relationship is no better than it is: reasons as they are stored.

A reason is "code:side:threshold", side and threshold empty where it has none, so that
the words need neither the wave nor its frozen method. What decides comes first.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from engagements.models import Side
from engagements.reviews.scoring.parameters import Method
from engagements.reviews.scoring.rounding import half_up, reaches
from engagements.reviews.scoring.status import Cap, Light, Status


@dataclass(frozen=True)
class Circumstances:
    """What is known of a relationship today beside its waves."""

    segment: str = ""
    notice_given_by: Collection[str] = ()
    actions_due: int | None = None
    actions_on_time: int | None = None
    # A joint issue of severity 1 is open.
    is_severe: bool = False


def reason(code: str, side: str = "", limit: float | None = None) -> str:
    """One reason as it is stored."""
    return f"{code}:{side}:{'' if limit is None else half_up(limit)}"


def parts(stored: str) -> tuple[str, str, str]:
    """Code, side and threshold of a stored reason."""
    code, side, limit = stored.split(":")
    return code, side, limit


def reasons(
    found: Status, series: Mapping[str, Any], known: Circumstances, method: Method
) -> list[str]:
    """All that forbids a better status than the one found, what decides first."""
    if found.light is Light.GREEN:
        return [reason("well", limit=method.green)]
    deciding = _deciding(found, series, known, method)
    others = (one for cap in found.caps for one in _of(cap, series, known, method))
    # Of a side under both thresholds the lower one is told.
    kept: dict[str, str] = {}
    for one in (*deciding, *others):
        kept.setdefault(one.rpartition(":")[0], one)
    return list(kept.values())


def _deciding(
    found: Status, series: Mapping[str, Any], known: Circumstances, method: Method
) -> Iterator[str]:
    red = found.light is Light.RED
    yield from _weak_sides(series, method.failing_side if red else method.weak_side)
    if red:
        yield from _notices(known)
    if found.base is found.light:
        yield reason("low_health", limit=method.amber if red else method.green)


def _of(
    cap: Cap, series: Mapping[str, Any], known: Circumstances, method: Method
) -> Iterator[str]:
    if cap is Cap.WEAK_SIDE:
        yield from _weak_sides(series, method.failing_side)
        yield from _weak_sides(series, method.weak_side)
    elif cap is Cap.WEAK_DIMENSION:
        yield from _weak_topics(series, method)
    elif cap is Cap.GAP:
        yield from _gaps(series, method)
    elif cap is Cap.SILENCE:
        yield from _silences(series, method)
    elif cap is Cap.NOTICE_GIVEN:
        yield from _notices(known)
    else:
        yield reason(cap.value)


def _weak_sides(series: Mapping[str, Any], limit: float) -> Iterator[str]:
    for side in Side:
        if _any_below([series[side]["overall"]], limit):
            yield reason("weak_side", side, limit)


def _weak_topics(series: Mapping[str, Any], method: Method) -> Iterator[str]:
    for side in Side:
        if _any_below(series[side]["profile"].values(), method.weak_dimension):
            yield reason("weak_topic", side, method.weak_dimension)


def _silences(series: Mapping[str, Any], method: Method) -> Iterator[str]:
    for side in Side:
        if _any_below([series[side]["rate"]], method.low_rate):
            yield reason("silence", side, 100 * method.low_rate)


def _gaps(series: Mapping[str, Any], method: Method) -> Iterator[str]:
    overall, largest = series["gap"], series["largest_gap"]
    if overall is not None and reaches(abs(overall), method.gap_wide):
        yield reason("gap", limit=method.gap_wide)
    if largest is not None and reaches(largest, method.gap_severe):
        yield reason("topic_gap", limit=method.gap_severe)


def _notices(known: Circumstances) -> Iterator[str]:
    for side in Side:
        if side in known.notice_given_by:
            yield reason("notice_given", side)


def _any_below(values: Collection[float | None], limit: float) -> bool:
    return any(value is not None and not reaches(value, limit) for value in values)
