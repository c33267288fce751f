"""What moved since the wave this one is compared with, and how sure that is. 3.7, 3.8.

A side's course is hidden where it would tell about the one person who is new or gone;
the chance is tested, and never printed.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from engagements.reviews.results import comparing
from engagements.reviews.results.comparing import Comparable, Scores
from engagements.reviews.results.wave import Earlier, Wave
from engagements.reviews.scoring.change import ChangeLabel, change_test
from engagements.reviews.scoring.disclosure import change_shown
from engagements.reviews.scoring.rounding import reaches
from engagements.reviews.scoring.versions import Link


class Silence(StrEnum):
    """Why a change has no label of a test."""

    HIDDEN = "hidden"
    RESCALED = "rescaled"


@dataclass(frozen=True)
class Movement:
    """One side since the last wave: what may be said of it, overall and by topic."""

    overall: str
    topics: Mapping[str, str]

    @property
    def is_hidden(self) -> bool:
        """Nothing of the course may be shown beside the figures of this wave."""
        return self.overall == Silence.HIDDEN


def movement(wave: Wave, side: str, common: Comparable | None) -> Movement | None:
    """How far one side's changes carry; None where nothing can be compared."""
    before = wave.previous
    if before is None or common is None or common.is_break:
        return None
    names = sorted(common.dimensions)
    old, new = _both(wave, side, before)
    if not _may_be_shown(wave, side, len(old), len(new)):
        return Movement(Silence.HIDDEN, dict.fromkeys(names, Silence.HIDDEN))
    if common.state is Link.RESCALED:
        return Movement(Silence.RESCALED, dict.fromkeys(names, Silence.RESCALED))
    weights = {name: wave.weights[name] for name in names}
    whole = [comparing.overalls(one, weights, wave.method) for one in (old, new)]
    return Movement(
        _label(wave, *whole),
        {name: _topic(wave, side, old, new, name) for name in names},
    )


def _both(wave: Wave, side: str, before: Earlier) -> tuple[list[Scores], list[Scores]]:
    answers = before.answers.get(side, ())
    now = [one.answers for one in wave.sides[side].people]
    return (
        comparing.scores(wave, before.content, before.form, answers),
        comparing.scores(wave, wave.content, wave.form, now),
    )


def _may_be_shown(wave: Wave, side: str, old: int, new: int) -> bool:
    if wave.is_named:
        return bool(old and new)
    seats = wave.sides[side]
    return change_shown(old, new, seats.joined, seats.left, method=wave.method)


def _topic(
    wave: Wave, side: str, old: Sequence[Scores], new: Sequence[Scores], name: str
) -> str:
    values = [
        [one[name] for one in people if one.get(name) is not None]
        for people in (old, new)
    ]
    if not _may_be_shown(wave, side, *map(len, values)):
        return Silence.HIDDEN
    return _label(wave, *values)


def _label(wave: Wave, old: list, new: list) -> str:
    if not old or not new:
        return ChangeLabel.NOT_TESTABLE
    change = abs(sum(new) / len(new) - sum(old) / len(old))
    few = min(len(old), len(new)) < wave.method.change_people
    if not few and not reaches(change, wave.method.least_effect):
        # What is too small for a label needs no test.
        return ChangeLabel.NO_CLEAR_CHANGE
    return change_test(old, new, method=wave.method).label
