"""Green, amber, red: a base from health, and what forbids a better one. Section 3.11.

A mean lets strengths pay for weaknesses; the caps take that back where it matters, and
each can be named. What is not known is never green.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from enum import StrEnum

from engagements.reviews.scoring.health import health
from engagements.reviews.scoring.parameters import STANDARD, Method
from engagements.reviews.scoring.ranges import (
    check_at_least,
    check_differences,
    check_scores,
    check_shares,
)
from engagements.reviews.scoring.rounding import exceeds, reaches


class Light(StrEnum):
    """Best first; the last two are grey."""

    GREEN = "green"
    AMBER = "amber"
    RED = "red"
    UNKNOWN = "unknown"
    STALE = "stale"


class Flag(StrEnum):
    """What is known beside the figures, and caps the status."""

    NOTICE_GIVEN = "notice_given"
    FORMAL_DISPUTE = "formal_dispute"
    OPEN_SEV1 = "open_sev1"
    ACTIONS_OVERDUE = "actions_overdue"
    EARLY_WARNING_ALERT = "early_warning_alert"


class Cap(StrEnum):
    """Every reason against a better status, in the order in which it is told."""

    WEAK_SIDE = "weak_side"
    WEAK_DIMENSION = "weak_dimension"
    GAP = "gap"
    SILENCE = "silence"
    NOTICE_GIVEN = "notice_given"
    FORMAL_DISPUTE = "formal_dispute"
    OPEN_SEV1 = "open_sev1"
    ACTIONS_OVERDUE = "actions_overdue"
    EARLY_WARNING_ALERT = "early_warning_alert"


@dataclass(frozen=True)
class Status:
    """The light, the base before the caps, and the caps that are worse than the base.

    A grey status has neither base nor caps.
    """

    light: Light
    base: Light | None
    caps: tuple[Cap, ...]


@dataclass(frozen=True)
class Picture:
    """What a status is made from; None and empty are "not known".

    `client`, `supplier`: overall scores; `dimensions`: scores of both in all of them.
    `gap`: signed, -100 to 100; `largest_gap`: that of one dimension, 0 to 100.
    Rates are shares. `age` counts cadences since the last full wave. Raises ValueError
    for figures out of range.
    """

    client: float | None = None
    supplier: float | None = None
    dimensions: Collection[float | None] = ()
    gap: float | None = None
    largest_gap: float | None = None
    client_rate: float | None = None
    supplier_rate: float | None = None
    flags: Collection[Flag] = ()
    age: float = 0

    def __post_init__(self) -> None:
        check_scores(client=self.client, supplier=self.supplier)
        check_scores(largest_gap=self.largest_gap)
        check_differences(gap=self.gap)
        check_shares(client_rate=self.client_rate, supplier_rate=self.supplier_rate)
        check_at_least(0, age=self.age)
        for value in self.dimensions:
            check_scores(dimensions=value)


def status(picture: Picture, *, method: Method = STANDARD) -> Status:
    """The status of a relationship, and why it is not better.

    Unknown without both sides; stale when the last full wave is too old. A pulse is no
    picture of its own: its alert comes in as a flag.
    """
    found = health(picture.client, picture.supplier).value
    if found is None:
        return Status(Light.UNKNOWN, None, ())
    if exceeds(picture.age, method.stale_age):
        return Status(Light.STALE, None, ())
    base = _band(found, method.green, method.amber)
    ceilings = dict(_ceilings(picture, method))
    lights = tuple(Light)
    worse = {
        cap: light
        for cap, light in ceilings.items()
        if lights.index(light) > lights.index(base)
    }
    return Status(max((base, *worse.values()), key=lights.index), base, tuple(worse))


def watermelon(
    services_met: float | None,
    client: float | None,
    client_delivery: float | None,
    *,
    method: Method = STANDARD,
) -> bool:
    """Whether service levels look green while the client is red inside.

    From the share of service levels met, the client's overall score and its score of
    delivery. What is unknown says nothing. Raises ValueError for figures out of range.
    """
    check_shares(services_met=services_met)
    check_scores(client=client, client_delivery=client_delivery)
    if services_met is None or not reaches(services_met, method.service_green):
        return False
    return _below((client, client_delivery), method.client_unwell)


def _band(value: float, green: float, amber: float) -> Light:
    if reaches(value, green):
        return Light.GREEN
    return Light.AMBER if reaches(value, amber) else Light.RED


def _ceilings(picture: Picture, method: Method) -> Iterator[tuple[Cap, Light]]:
    """The best light each cap allows."""
    sides = [value for value in (picture.client, picture.supplier) if value is not None]
    yield Cap.WEAK_SIDE, _band(min(sides), method.weak_side, method.failing_side)
    if _below(picture.dimensions, method.weak_dimension):
        yield Cap.WEAK_DIMENSION, Light.AMBER
    if _gapes(picture, method):
        yield Cap.GAP, Light.AMBER
    if _below((picture.client_rate, picture.supplier_rate), method.low_rate):
        yield Cap.SILENCE, Light.AMBER
    for flag in Flag:
        if flag in picture.flags:
            light = Light.RED if flag is Flag.NOTICE_GIVEN else Light.AMBER
            yield Cap(flag.value), light


def _gapes(picture: Picture, method: Method) -> bool:
    overall, largest = picture.gap, picture.largest_gap
    wide = overall is not None and reaches(abs(overall), method.gap_wide)
    return wide or (largest is not None and reaches(largest, method.gap_severe))


def _below(values: Collection[float | None], threshold: float) -> bool:
    return any(value is not None and not reaches(value, threshold) for value in values)
