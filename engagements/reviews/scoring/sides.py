"""One side in every dimension and overall; too few answers show nothing. 3.1."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from statistics import fmean

from engagements.reviews.scoring.items import Answer, is_complete, respondent_dimension
from engagements.reviews.scoring.parameters import STANDARD, Method
from engagements.reviews.scoring.ranges import check_scores
from engagements.reviews.scoring.weighting import (
    Weighted,
    Weights,
    check_weights,
    weighted,
)

# A person's answers, by dimension; dimensions without a weight are not scored.
Person = Mapping[str, Sequence[Answer]]


class Mode(StrEnum):
    """How a review is answered: unattributed, or with names by everybody's consent."""

    CONFIDENTIAL = "confidential"
    NAMED = "named"


class CellState(StrEnum):
    """Whether a side has a figure in a dimension."""

    OK = "ok"
    SUPPRESSED = "suppressed"
    NO_DATA = "no_data"


@dataclass(frozen=True)
class Cell:
    """One side in one dimension: points of 0 to 100 where they may be shown.

    `n` counts the people valid in it; it is for the rules, not for a screen.
    """

    n: int
    value: float | None
    state: CellState


@dataclass(frozen=True)
class SideResult:
    """One side in a wave; `completed` counts the people who took part."""

    cells: dict[str, Cell]
    overall: Weighted
    completed: int

    @property
    def profile(self) -> dict[str, float | None]:
        """Its score in each dimension, None where there is none to show."""
        return {name: cell.value for name, cell in self.cells.items()}


def side_dimension(
    scores: Iterable[float | None],
    *,
    mode: Mode = Mode.CONFIDENTIAL,
    method: Method = STANDARD,
) -> Cell:
    """The mean over the people of a side who are valid in a dimension.

    `scores` holds each person's score of 0 to 100, None where invalid. It also serves
    the unscored modules (dependence, outcome). Raises ValueError for what is no score.
    """
    valid = [value for value in scores if value is not None]
    for value in valid:
        check_scores(scores=value)
    if not valid:
        return Cell(0, None, CellState.NO_DATA)
    least = 1 if mode is Mode.NAMED else method.least_per_side
    if len(valid) < least:
        return Cell(len(valid), None, CellState.SUPPRESSED)
    return Cell(len(valid), fmean(valid), CellState.OK)


def side_result(
    people: Sequence[Person],
    weights: Weights,
    *,
    mode: Mode = Mode.CONFIDENTIAL,
    method: Method = STANDARD,
) -> SideResult:
    """A side's cells, overall mean and people who took part, from raw answers.

    Raises ValueError for weights that are none, or a dimension without items.
    """
    check_weights(weights=weights)
    scores = [_scores(person, weights, method) for person in people]
    cells = {
        name: side_dimension([one[name] for one in scores], mode=mode, method=method)
        for name in weights
    }
    profile = {name: cell.value for name, cell in cells.items()}
    valid = [sum(value is not None for value in one.values()) for one in scores]
    return SideResult(
        cells=cells,
        overall=weighted(profile, weights, method=method),
        completed=sum(is_complete(n, len(weights), method=method) for n in valid),
    )


def _scores(
    person: Person, weights: Weights, method: Method
) -> dict[str, float | None]:
    return {
        name: respondent_dimension(person[name], method=method)
        if name in person
        else None
        for name in weights
    }
