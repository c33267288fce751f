"""Every figure of one wave, before it is decided who may read which."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from engagements.reviews.instrument.content import Form
from engagements.reviews.ratings import on_markers, person
from engagements.reviews.results import comparing
from engagements.reviews.results.comparing import Comparable, Point
from engagements.reviews.results.measuring import SideFigures, side_figures
from engagements.reviews.results.movement import movement
from engagements.reviews.results.wave import CLIENT, SIDES, SUPPLIER, Earlier, Wave
from engagements.reviews.scoring.agreement import AgreementBand, becomes_split
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
from engagements.reviews.scoring.power import Power, Stance, power
from engagements.reviews.scoring.status import Cap, Flag, Light, Picture, Status, status

# The dimension in which people say whether they may disagree. Section 3.6.
VOICE = "FAI"


@dataclass(frozen=True)
class Figures:
    """A whole wave. Without enough of both sides there is nothing of both together."""

    sides: Mapping[str, SideFigures]
    is_sufficient: bool
    health: Health
    gap: Gap
    marker: Outcome
    previous: Comparable | None
    momentum: Momentum
    warning: EarlyWarning
    power: Power
    stances: Mapping[str, Stance]
    status: Status
    # The full wave whose status a pulse leaves as it is.
    kept: Earlier | None


def figures(wave: Wave) -> Figures:
    """Compute all of it; what is suppressed is None, and so is all made of it."""
    previous = comparing.comparable(wave, wave.previous) if wave.previous else None
    sides = {
        side: side_figures(wave, side, movement(wave, side, previous)) for side in SIDES
    }
    enough = all(one.people >= wave.least for one in sides.values())
    whole, marker = (
        _outcome(wave, markers=markers, enough=enough) for markers in (False, True)
    )
    series = comparing.points(wave, marker)
    warning = _warning(wave, sides, whole, marker, series)
    stances = {side: _stance(wave, side, one) for side, one in sides.items() if enough}
    return Figures(
        sides=sides,
        is_sufficient=enough,
        health=whole.health,
        gap=whole.gap,
        marker=marker,
        previous=previous,
        momentum=_momentum(wave, marker, series),
        warning=warning,
        power=power(
            *(stances.get(side, Stance()) for side in SIDES), method=wave.method
        ),
        stances=stances,
        status=_status(wave, sides, whole, warning),
        kept=_kept(wave),
    )


def _stance(wave: Wave, side: str, one: SideFigures) -> Stance:
    """Its dependence, from answers or else declared; and how freely it speaks."""
    answered = one.dependence_answered.value
    declared = wave.sides[side].declared_dependence
    return Stance(
        declared if answered is None else answered, one.result.profile.get(VOICE)
    )


def _outcome(wave: Wave, *, markers: bool, enough: bool) -> Outcome:
    """Both sides together; of nobody where one of them has too few answers."""
    people = [
        [
            on_markers(wave.content, one.answers)
            if markers
            else person(wave.content, wave.form, one.answers)
            for one in wave.sides[side].people
            if enough
        ]
        for side in SIDES
    ]
    client, supplier = people
    return outcome(client, supplier, wave.weights, mode=wave.mode, method=wave.method)


def _momentum(wave: Wave, marker: Outcome, series: Sequence[Point]) -> Momentum:
    # By day: the method knows one wave a day.
    found = {one.closed_on: one.health for one in series}
    found[wave.closed_on] = marker.health.value
    return momentum(found.items(), method=wave.method)


def _warning(
    wave: Wave,
    sides: Mapping[str, SideFigures],
    whole: Outcome,
    marker: Outcome,
    series: Sequence[Point],
) -> EarlyWarning:
    last = wave.earlier[-1].series if wave.earlier else {}
    evidence = Evidence(
        healths=[*(one.health for one in series), marker.health.value],
        gaps=[*(one.gap for one in series), marker.gap.signed],
        largest_gap=whole.gap.largest if wave.is_full else None,
        lowest_change=_lowest(wave, sides, whole),
        client_rate=sides[CLIENT].rate,
        supplier_rate=sides[SUPPLIER].rate,
        client_rate_before=last.get(CLIENT, {}).get("rate"),
        supplier_rate_before=last.get(SUPPLIER, {}).get("rate"),
        newly_split=_newly_split(wave, sides),
        actions_due=wave.actions_due,
        actions_on_time=wave.actions_on_time,
    )
    return early_warning(evidence, method=wave.method)


def _before(wave: Wave) -> tuple[Earlier, Comparable] | None:
    """The wave this is compared with, unless the series broke since."""
    if wave.previous is None:
        return None
    common = comparing.comparable(wave, wave.previous)
    return None if common.is_break else (wave.previous, common)


def _told(sides: Mapping[str, SideFigures]) -> list[str]:
    """The sides whose change may be told: a hidden one warns of nothing by itself."""
    return [
        side
        for side in SIDES
        if not ((moved := sides[side].movement) and moved.is_hidden)
    ]


def _lowest(
    wave: Wave, sides: Mapping[str, SideFigures], whole: Outcome
) -> float | None:
    found = _before(wave)
    if found is None or not wave.is_full:
        return None
    before, common = found

    def profile(known: Mapping[str, Any]) -> dict[str, Any]:
        return {name: known.get(name) for name in sorted(common.dimensions)}

    told = _told(sides)
    return lowest_change(
        [profile(before.series[side]["profile"]) for side in told],
        [profile(getattr(whole, side).profile) for side in told],
    )


def _newly_split(wave: Wave, sides: Mapping[str, SideFigures]) -> bool | None:
    found = _before(wave)
    if found is None:
        return None
    known = []
    for side in _told(sides):
        before = found[0].series[side]["agreement"]
        band = AgreementBand(before) if before else None
        known.append(becomes_split(band, sides[side].agreement))
    known = [one for one in known if one is not None]
    return any(known) if known else None


def _status(
    wave: Wave,
    sides: Mapping[str, SideFigures],
    whole: Outcome,
    warning: EarlyWarning,
) -> Status:
    flags = wave.flags
    if actions_late(wave.actions_due, wave.actions_on_time, method=wave.method):
        flags.add(Flag.ACTIONS_OVERDUE)
    if warning.level is Level.ALERT:
        flags.add(Flag.EARLY_WARNING_ALERT)
    if kept := _kept(wave):
        return _after_pulse(Light(kept.series["status"]["light"]), flags)
    both = (whole.client, whole.supplier)
    return status(
        Picture(
            client=whole.client.overall.value,
            supplier=whole.supplier.overall.value,
            dimensions=[value for one in both for value in one.profile.values()],
            gap=whole.gap.signed,
            largest_gap=whole.gap.largest,
            client_rate=sides[CLIENT].rate,
            supplier_rate=sides[SUPPLIER].rate,
            flags=flags,
        ),
        method=wave.method,
    )


def _kept(wave: Wave) -> Earlier | None:
    """The last full wave, whose status a pulse cannot improve. Section 2.7."""
    if wave.form is not Form.PULSE:
        return None
    full = [one for one in wave.earlier if one.form is Form.FULL and one.has_figures]
    return full[-1] if full else None


def _after_pulse(light: Light, flags: set[Flag]) -> Status:
    """The status of before, under what became known since."""
    lights = tuple(Light)
    worse = {
        Cap(flag.value): limit
        for flag in Flag
        if flag in flags and lights.index(limit := _limit(flag)) > lights.index(light)
    }
    return Status(max((light, *worse.values()), key=lights.index), light, tuple(worse))


def _limit(flag: Flag) -> Light:
    return Light.RED if flag is Flag.NOTICE_GIVEN else Light.AMBER
