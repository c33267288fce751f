"""One side of a wave in figures, at full precision; what is suppressed is None."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from engagements.reviews.instrument.content import Item, Module
from engagements.reviews.ratings import answer, person
from engagements.reviews.results.movement import Movement
from engagements.reviews.results.wave import Respondent, Wave
from engagements.reviews.scoring.agreement import (
    Agreement,
    AgreementBand,
    agreement,
    published,
)
from engagements.reviews.scoring.confidence import (
    Confidence,
    confidence,
    response_rate,
)
from engagements.reviews.scoring.items import is_hardly_visible, respondent_dimension
from engagements.reviews.scoring.sides import Cell, SideResult, side_dimension
from engagements.reviews.scoring.sides import side_result as computed_side

INTENT, RATING = "OUT1", "OUT2"
CANNOT_SAY = "cannot_say"


@dataclass(frozen=True)
class SideFigures:
    """One side; `agreement` is the band alone, and that as far as it is shown."""

    result: SideResult
    rate: float | None
    agreement: AgreementBand | None
    confidence: Confidence
    movement: Movement | None
    dependence_answered: Cell
    intent: Cell
    rating: Cell
    hardly_seen: frozenset[str]

    @property
    def overall(self) -> float | None:
        """Its overall score."""
        return self.result.overall.value

    @property
    def people(self) -> int:
        """How many took part."""
        return self.result.completed


def side_figures(wave: Wave, side: str, moved: Movement | None) -> SideFigures:
    """A side from its people's answers."""
    seats, result = wave.sides[side], side_result(wave, wave.sides[side].people)
    done = min(result.completed, seats.eligible)
    band = _agreement(wave, side, result)
    return SideFigures(
        result=result,
        rate=response_rate(seats.eligible, 0, done),
        agreement=band,
        confidence=confidence(
            done,
            seats.eligible,
            split=band is AgreementBand.SPLIT,
            pulse_based=not wave.is_full,
            method=wave.method,
        ),
        movement=moved,
        dependence_answered=_cell(
            wave, seats.people, _items_of(wave, Module.DEPENDENCE)
        ),
        intent=_item(wave, side, INTENT),
        rating=_item(wave, side, RATING),
        hardly_seen=frozenset(_hardly_seen(wave, side)),
    )


def side_result(wave: Wave, people: Iterable[Respondent]) -> SideResult:
    """Some people of a side in every dimension and overall."""
    given = [person(wave.content, wave.form, one.answers) for one in people]
    return computed_side(given, wave.weights, mode=wave.mode, method=wave.method)


def mirrored(wave: Wave, side: str, about: str) -> dict[str, Cell]:
    """What a side says of itself ("own"), or of the other ("other"), by dimension."""
    items = [
        one
        for one in wave.content.items
        if one.module is Module.MIRROR and one.about == about and wave.mirror
    ]
    people = wave.sides[side].people
    return {item.dimension: _cell(wave, people, [item]) for item in items}


def scored(wave: Wave) -> list[Item]:
    """The statements that count, as this form asks them."""
    return [one for one in wave.content.asked(wave.form) if one.module is Module.CORE]


def _agreement(wave: Wave, side: str, result: SideResult) -> AgreementBand | None:
    """How alike its people answer, on the topics enough of them could rate.

    What is computed from a suppressed topic is suppressed (section 3.7, rule 2): near a
    threshold, the band would tell how far apart two people are.
    """
    scale = wave.content.scale
    matrix = [
        [_value(wave, item, one) for one in wave.sides[side].people]
        for item in scored(wave)
        if result.cells[item.dimension].value is not None
    ]
    found: Agreement | None = agreement(
        matrix, len(scale.points), low=scale.least, method=wave.method
    )
    shown = published(found, result.completed, method=wave.method)
    return shown.band if shown else None


def _value(wave: Wave, item: Item, one: Respondent) -> float | None:
    return answer(wave.content, item, one.answers.get(item.key)).value


def _items_of(wave: Wave, module: Module) -> list[Item]:
    return [one for one in wave.content.items if one.module is module]


def _item(wave: Wave, side: str, key: str) -> Cell:
    items = [one for one in wave.content.items if one.key == key]
    return _cell(wave, wave.sides[side].people, items)


def _cell(wave: Wave, people: Iterable[Respondent], items: Sequence[Item]) -> Cell:
    """The mean of some unscored items over the people who answered enough of them."""
    values = (
        respondent_dimension(
            [answer(wave.content, item, one.answers.get(item.key)) for item in items],
            method=wave.method,
        )
        for one in people
        if items
    )
    return side_dimension(values, mode=wave.mode, method=wave.method)


def _hardly_seen(wave: Wave, side: str) -> Iterable[str]:
    people = wave.sides[side].people
    asked: Mapping[str, list[str]] = {
        name: [one.key for one in scored(wave) if one.dimension == name]
        for name in wave.weights
    }
    for name, keys in asked.items():
        silent = sum(
            all(one.answers.get(key) == CANNOT_SAY for key in keys) for one in people
        )
        if keys and is_hardly_visible(silent, len(people), method=wave.method):
            yield name
