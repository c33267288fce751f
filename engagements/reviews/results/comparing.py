"""This wave beside earlier ones: what can be compared, what changed. 3.8 to 3.13."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from engagements.reviews.instrument.content import Content, Module
from engagements.reviews.ratings import on_markers, person
from engagements.reviews.results.wave import Earlier, Wave
from engagements.reviews.scoring.change import Change, change_test, published
from engagements.reviews.scoring.disclosure import change_shown
from engagements.reviews.scoring.items import respondent_dimension
from engagements.reviews.scoring.parameters import Method
from engagements.reviews.scoring.rounding import reaches
from engagements.reviews.scoring.sides import Mode, Person
from engagements.reviews.scoring.versions import Item, Link, dimension_link
from engagements.reviews.scoring.weighting import Weights, coverage, weighted


@dataclass(frozen=True)
class Comparable:
    """The dimensions two waves have in common, and whether they carry enough weight."""

    dimensions: frozenset[str]
    state: Link

    @property
    def is_break(self) -> bool:
        """Nothing is compared across it."""
        return self.state is Link.BREAK


def comparable(wave: Wave, earlier: Earlier) -> Comparable:
    """What of an earlier wave means the same in this one."""
    links = {
        name: _link(earlier.content, wave.content, name, wave.method)
        for name in wave.weights
        if name in earlier.content.weights
    }
    common = {name for name, link in links.items() if link is not Link.BREAK}
    old = earlier.content.weights
    enough = all(
        reaches(coverage(common, weights), wave.method.least_coverage)
        for weights in (old, wave.weights)
    )
    if not enough:
        return Comparable(frozenset(), Link.BREAK)
    rescaled = Link.RESCALED in (links[name] for name in common)
    return Comparable(frozenset(common), Link.RESCALED if rescaled else Link.LINKED)


def _link(old: Content, new: Content, name: str, method: Method) -> Link:
    meanings = [
        next(one.revision for one in content.dimensions if one.key == name)
        for content in (old, new)
    ]
    return dimension_link(
        _items(old, name),
        _items(new, name),
        same_meaning=meanings[0] == meanings[1],
        method=method,
    )


def _items(content: Content, name: str) -> dict[str, Item]:
    scale = content.scale
    return {
        one.key: Item(one.revision, scale.least, scale.most)
        for one in content.items
        if one.module is Module.CORE and one.dimension == name
    }


def unbroken(wave: Wave) -> tuple[Earlier, ...]:
    """The earlier waves of the series of markers, since the last break."""
    kept: list[Earlier] = []
    for one in reversed(wave.earlier):
        if comparable(wave, one).is_break:
            break
        kept.insert(0, one)
    return tuple(kept)


def overall_scores(
    people: Iterable[Person], weights: Weights, method: Method
) -> list[float]:
    """Each person's overall score over some dimensions, where there is one."""
    found = (_overall(one, weights, method) for one in people)
    return [score for score in found if score is not None]


def _overall(one: Person, weights: Weights, method: Method) -> float | None:
    profile = {
        name: respondent_dimension(one[name], method=method)
        for name in weights
        if one.get(name)
    }
    return weighted(profile, weights, method=method).value


def side_change(wave: Wave, side: str) -> Change | None:
    """How one side's overall score changed since the wave it is compared with.

    None where nothing may be said: no such wave, another scale, a seat that changed
    hands on a small side.
    """
    before = wave.previous
    if before is None:
        return None
    common = comparable(wave, before)
    if common.state is not Link.LINKED:
        return None
    weights = {name: wave.weights[name] for name in sorted(common.dimensions)}
    old = [person(before.content, before.form, one) for one in _answers(before, side)]
    new = [
        person(wave.content, wave.form, one.answers) for one in wave.sides[side].people
    ]
    scores = [overall_scores(people, weights, wave.method) for people in (old, new)]
    return _tested(wave, side, *scores)


def _answers(before: Earlier, side: str) -> Sequence[Mapping[str, int | str]]:
    return before.answers.get(side, ())


def _tested(wave: Wave, side: str, old: list[float], new: list[float]) -> Change | None:
    if not old or not new:
        return None
    found = change_test(old, new, method=wave.method)
    if wave.mode is Mode.NAMED:
        return found
    seats = wave.sides[side]
    if not change_shown(
        len(old), len(new), seats.joined, seats.left, method=wave.method
    ):
        return None
    return published(found, len(old), len(new), method=wave.method)


def marker_people(wave: Wave, side: str) -> list[Person]:
    """One side's answers to the markers."""
    return [on_markers(wave.content, one.answers) for one in wave.sides[side].people]
