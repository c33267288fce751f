"""This wave beside earlier ones: what can be compared, what changed. 3.8 to 3.13."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from statistics import fmean

from engagements.reviews.instrument.content import Content, Form, Module
from engagements.reviews.ratings import Stored, on_markers, person
from engagements.reviews.results.wave import CLIENT, SIDES, SUPPLIER, Earlier, Wave
from engagements.reviews.scoring.gaps import perception_gap
from engagements.reviews.scoring.items import respondent_dimension
from engagements.reviews.scoring.outcome import Outcome
from engagements.reviews.scoring.parameters import Method
from engagements.reviews.scoring.rounding import reaches
from engagements.reviews.scoring.versions import (
    Item,
    Link,
    dimension_link,
    linked_change,
)
from engagements.reviews.scoring.weighting import (
    Profile,
    Weights,
    coverage,
    weighted,
)

Scores = Mapping[str, float | None]


@dataclass(frozen=True)
class Comparable:
    """The dimensions two waves have in common, and whether they carry enough weight.

    `same`: nothing changed at all, so that stored figures compare as they are.
    """

    dimensions: frozenset[str]
    state: Link
    same: bool = False

    @property
    def is_break(self) -> bool:
        """Nothing is compared across it."""
        return self.state is Link.BREAK


@dataclass(frozen=True)
class Point:
    """An earlier wave on the level of this one; None where it had no figures."""

    closed_on: date
    health: float | None
    gap: float | None


def comparable(
    wave: Wave, earlier: Earlier, *, markers: bool | None = None
) -> Comparable:
    """What of an earlier wave means the same in this one.

    On the markers alone if told so; unless told, where this is no full wave.
    """
    alone = not wave.is_full if markers is None else markers
    links = {
        name: _link(earlier.content, wave.content, name, wave.method, markers=alone)
        for name in wave.weights
        if name in earlier.content.weights
    }
    common = {name for name, link in links.items() if link is not Link.BREAK}
    old = earlier.series["weights"]
    enough = all(
        reaches(coverage(common & weights.keys(), weights), wave.method.least_coverage)
        for weights in (old, wave.weights)
    )
    if not enough or wave.mode is not earlier.mode:
        return Comparable(frozenset(), Link.BREAK)
    rescaled = Link.RESCALED in (links[name] for name in common)
    same = wave.instrument == earlier.series["instrument"]
    return Comparable(
        frozenset(common),
        Link.RESCALED if rescaled else Link.LINKED,
        same=same and dict(old) == dict(wave.weights),
    )


def _link(
    old: Content, new: Content, name: str, method: Method, *, markers: bool
) -> Link:
    meanings = [
        next(one.revision for one in content.dimensions if one.key == name)
        for content in (old, new)
    ]
    return dimension_link(
        _items(old, name, markers=markers),
        _items(new, name, markers=markers),
        same_meaning=meanings[0] == meanings[1],
        method=method,
    )


def _items(content: Content, name: str, *, markers: bool) -> dict[str, Item]:
    scale = content.scale
    return {
        one.key: Item(one.revision, scale.least, scale.most)
        for one in content.items
        if one.module is Module.CORE
        and one.dimension == name
        and (one.marker or not markers)
    }


def unbroken(wave: Wave) -> tuple[Earlier, ...]:
    """The earlier waves of the series of markers, since the last break."""
    kept: list[Earlier] = []
    for one in reversed(wave.earlier):
        if one.mode is not wave.mode:
            continue
        if comparable(wave, one, markers=True).is_break:
            break
        kept.insert(0, one)
    return tuple(kept)


def points(wave: Wave, marker: Outcome) -> list[Point]:
    """The unbroken series of markers before this wave, on the level of this one.

    Waves of another version are set against this one over what both have in common, so
    that the difference to now is that of section 3.13.
    """
    return [_point(wave, marker, one) for one in unbroken(wave)]


def _point(wave: Wave, marker: Outcome, earlier: Earlier) -> Point:
    common = comparable(wave, earlier, markers=True)
    series = earlier.series
    if common.same:
        return Point(earlier.closed_on, series["marker_health"], series["marker_gap"])
    old = {side: _only(series[side]["marker_profile"], common) for side in SIDES}
    new = {side: _only(getattr(marker, side).profile, common) for side in SIDES}
    changes = [
        linked_change(
            old[side], new[side], series["weights"], wave.weights, method=wave.method
        ).delta
        for side in SIDES
    ]
    known = [change for change in changes if change is not None]
    health = None
    if marker.health.value is not None and len(known) == len(SIDES):
        # Kept on the scale: it is a level for comparing, not a score somebody gave.
        health = min(max(marker.health.value - fmean(known), 0.0), 100.0)
    gap = perception_gap(
        old[CLIENT], old[SUPPLIER], wave.weights, method=wave.method
    ).signed
    return Point(earlier.closed_on, health, gap)


def _only(profile: Profile, common: Comparable) -> dict[str, float | None]:
    return {name: profile.get(name) for name in sorted(common.dimensions)}


def scores(
    wave: Wave, content: Content, form: Form, people: Iterable[Stored]
) -> list[Scores]:
    """Each person's score in each dimension; on the markers unless a wave is full."""
    given = (
        person(content, form, one) if wave.is_full else on_markers(content, one)
        for one in people
    )
    return [
        {
            name: respondent_dimension(answers, method=wave.method)
            for name, answers in one.items()
        }
        for one in given
    ]


def overalls(people: Sequence[Scores], weights: Weights, method: Method) -> list[float]:
    """Each person's overall score over some dimensions, where there is one."""
    found = (
        weighted({name: one.get(name) for name in weights}, weights, method=method)
        for one in people
    )
    return [one.value for one in found if one.value is not None]
