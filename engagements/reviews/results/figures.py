"""Every figure of one wave, before it is decided who may read which."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TypedDict

from engagements.reviews.instrument.content import Module
from engagements.reviews.ratings import answer, person
from engagements.reviews.results import comparing
from engagements.reviews.results.wave import CLIENT, SIDES, SUPPLIER, Earlier, Wave
from engagements.reviews.scoring.agreement import (
    Agreement,
    AgreementBand,
    agreement,
    becomes_split,
)
from engagements.reviews.scoring.change import Change
from engagements.reviews.scoring.confidence import (
    Confidence,
    confidence,
    response_rate,
)
from engagements.reviews.scoring.early_warning import (
    EarlyWarning,
    Evidence,
    Level,
    actions_late,
    early_warning,
    lowest_change,
)
from engagements.reviews.scoring.gaps import Gap
from engagements.reviews.scoring.health import Health
from engagements.reviews.scoring.momentum import Momentum, momentum
from engagements.reviews.scoring.outcome import Outcome, outcome
from engagements.reviews.scoring.parameters import Method
from engagements.reviews.scoring.power import Power, Stance, power
from engagements.reviews.scoring.sides import (
    Cell,
    Mode,
    Person,
    SideResult,
    side_dimension,
)
from engagements.reviews.scoring.status import Flag, Picture, Status, status
from engagements.reviews.scoring.trend import Trend, ewma


@dataclass(frozen=True)
class SideFigures:
    """One side; `agreement` is that over all items, unpublished."""

    result: SideResult
    rate: float | None
    agreement: Agreement | None
    confidence: Confidence
    change: Change | None
    dependence: float | None
    intent: Cell
    rating: Cell

    @property
    def overall(self) -> float | None:
        """Its overall score."""
        return self.result.overall.value

    @property
    def people(self) -> int:
        """How many took part."""
        return self.result.completed


@dataclass(frozen=True)
class Figures:
    """A whole wave."""

    sides: Mapping[str, SideFigures]
    health: Health
    gap: Gap
    marker: Outcome
    previous: comparing.Comparable | None
    momentum: Momentum
    trend: Trend
    warning: EarlyWarning
    power: Power
    felt_power: Power
    status: Status
    is_sufficient: bool


class _Rules(TypedDict):
    mode: Mode
    method: Method


def figures(wave: Wave) -> Figures:
    """Compute all of it; what is suppressed is None, and so is all made of it."""
    rules: _Rules = {"mode": wave.mode, "method": wave.method}
    client, supplier = (_people(wave, side) for side in SIDES)
    whole = outcome(client, supplier, wave.weights, **rules)
    client, supplier = (comparing.marker_people(wave, side) for side in SIDES)
    marker = outcome(client, supplier, wave.weights, **rules)
    results = {CLIENT: whole.client, SUPPLIER: whole.supplier}
    sides = {side: _side(wave, side, results[side]) for side in SIDES}
    series = comparing.unbroken(wave)
    warning = _warning(wave, sides, whole, marker, series)
    return Figures(
        sides=sides,
        health=whole.health,
        gap=whole.gap,
        marker=marker,
        previous=comparing.comparable(wave, wave.previous) if wave.previous else None,
        momentum=_momentum(wave, marker, series),
        trend=ewma([*_markers(series), marker.health.value], method=wave.method),
        warning=warning,
        power=_power(wave, sides, felt_only=False),
        felt_power=_power(wave, sides, felt_only=True),
        status=_status(wave, sides, whole, warning),
        is_sufficient=all(
            one.result.completed >= _least(wave) for one in sides.values()
        ),
    )


def _least(wave: Wave) -> int:
    return 1 if wave.mode is Mode.NAMED else wave.method.least_per_side


def _people(wave: Wave, side: str) -> list[Person]:
    people = wave.sides[side].people
    return [person(wave.content, wave.form, one.answers) for one in people]


def _side(wave: Wave, side: str, result: SideResult) -> SideFigures:
    seats = wave.sides[side]
    done = min(result.completed, seats.eligible)
    agreed = _agreement(wave, side)
    split = agreed is not None and agreed.band is AgreementBand.SPLIT
    dependence = _module(wave, side, Module.DEPENDENCE).value
    return SideFigures(
        result=result,
        rate=response_rate(seats.eligible, 0, done),
        agreement=agreed,
        confidence=confidence(
            done,
            seats.eligible,
            split=split,
            pulse_based=wave.form != "full",
            method=wave.method,
        ),
        change=comparing.side_change(wave, side),
        dependence=seats.declared_dependence if dependence is None else dependence,
        intent=_one_item(wave, side, "OUT1"),
        rating=_one_item(wave, side, "OUT2"),
    )


def _agreement(wave: Wave, side: str) -> Agreement | None:
    asked = [one for one in wave.content.asked(wave.form) if one.module is Module.CORE]
    matrix = [
        [
            answer(wave.content, item, one.answers.get(item.key)).value
            for one in wave.sides[side].people
        ]
        for item in asked
    ]
    scale = wave.content.scale
    return agreement(matrix, len(scale.points), low=scale.least, method=wave.method)


def _module(wave: Wave, side: str, module: Module) -> Cell:
    """The mean of an unscored module over the people who answered it."""
    items = [one for one in wave.content.items if one.module is module]
    scores = []
    for one in wave.sides[side].people:
        given = [
            answer(wave.content, item, one.answers.get(item.key)) for item in items
        ]
        known = [each.score for each in given if each.score is not None]
        enough = len(known) * 2 >= len(items) > 0
        scores.append(sum(known) / len(known) if known and enough else None)
    return side_dimension(scores, mode=wave.mode, method=wave.method)


def _one_item(wave: Wave, side: str, key: str) -> Cell:
    item = next((one for one in wave.content.items if one.key == key), None)
    if item is None:
        return side_dimension([], mode=wave.mode, method=wave.method)
    given = (
        answer(wave.content, item, one.answers.get(key)).score
        for one in wave.sides[side].people
    )
    return side_dimension(given, mode=wave.mode, method=wave.method)


def _markers(series: tuple[Earlier, ...]) -> list[float | None]:
    return [one.series.get("marker_health") for one in series]


def _momentum(wave: Wave, marker: Outcome, series: tuple[Earlier, ...]) -> Momentum:
    points = {one.closed_on: one.series.get("marker_health") for one in series}
    points[wave.closed_on] = marker.health.value
    return momentum(points.items(), method=wave.method)


def _warning(
    wave: Wave,
    sides: Mapping[str, SideFigures],
    whole: Outcome,
    marker: Outcome,
    series: tuple[Earlier, ...],
) -> EarlyWarning:
    before = wave.previous
    same = before is not None and not comparing.comparable(wave, before).is_break
    earlier = before.series if before is not None and same else {}
    evidence = Evidence(
        healths=[*_markers(series), marker.health.value],
        gaps=[*(one.series.get("marker_gap") for one in series), marker.gap.signed],
        largest_gap=whole.gap.largest if wave.form == "full" else None,
        lowest_change=_lowest(wave, sides, earlier),
        client_rate=sides[CLIENT].rate,
        supplier_rate=sides[SUPPLIER].rate,
        client_rate_before=earlier.get(CLIENT, {}).get("rate"),
        supplier_rate_before=earlier.get(SUPPLIER, {}).get("rate"),
        newly_split=_newly_split(wave, sides, earlier),
        actions_due=wave.actions_due,
        actions_on_time=wave.actions_on_time,
    )
    return early_warning(evidence, method=wave.method)


def _lowest(wave: Wave, sides: Mapping[str, SideFigures], earlier: Mapping):
    if not earlier or wave.form != "full" or wave.previous is None:
        return None
    common = comparing.comparable(wave, wave.previous).dimensions

    def profile(found: Mapping) -> dict:
        return {name: found.get(name) for name in sorted(common)}

    return lowest_change(
        [profile(earlier[side]["profile"]) for side in SIDES],
        [profile(sides[side].result.profile) for side in SIDES],
    )


def _newly_split(wave: Wave, sides: Mapping[str, SideFigures], earlier: Mapping):
    found = []
    for side in SIDES:
        before = earlier.get(side, {}).get("agreement")
        now = _band(wave, sides[side])
        found.append(becomes_split(AgreementBand(before) if before else None, now))
    known = [one for one in found if one is not None]
    return any(known) if known else None


def _band(wave: Wave, side: SideFigures) -> AgreementBand | None:
    shown = side.people >= wave.method.least_per_side
    return side.agreement.band if side.agreement is not None and shown else None


def _power(wave: Wave, sides: Mapping[str, SideFigures], *, felt_only: bool) -> Power:
    stances = {
        side: Stance(
            dependence=None if felt_only else sides[side].dependence,
            voice=sides[side].result.profile.get("FAI"),
        )
        for side in SIDES
    }
    return power(stances[CLIENT], stances[SUPPLIER], method=wave.method)


def _status(
    wave: Wave,
    sides: Mapping[str, SideFigures],
    whole: Outcome,
    warning: EarlyWarning,
) -> Status:
    flags = set(wave.flags)
    if actions_late(wave.actions_due, wave.actions_on_time, method=wave.method):
        flags.add(Flag.ACTIONS_OVERDUE)
    if warning.level is Level.ALERT:
        flags.add(Flag.EARLY_WARNING_ALERT)
    return status(
        Picture(
            client=sides[CLIENT].overall,
            supplier=sides[SUPPLIER].overall,
            dimensions=[
                value for side in SIDES for value in sides[side].result.profile.values()
            ],
            gap=whole.gap.signed,
            largest_gap=whole.gap.largest,
            client_rate=sides[CLIENT].rate,
            supplier_rate=sides[SUPPLIER].rate,
            flags=flags,
        ),
        method=wave.method,
    )
