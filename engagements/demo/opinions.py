"""What the demo's invented people answer: a level, a person's own way, some noise."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from random import Random

from engagements.demo.stories import SAID
from engagements.reviews.actions.answering import CANNOT_SAY
from engagements.reviews.instrument.content import Content, Item, Module

_PERSON, _TOPIC, _NOISE = 7, 4, 9
# Where two a side answer one statement a topic, chance alone would tell the story.
_FEW, _QUIET = 3, 0.5
_SILENT_ON_ONE = 0.03


def answers(
    drawn: Random,
    content: Content,
    asked: Sequence[Item],
    level: float,
    topics: Mapping[str, float],
    *,
    people: int,
    blind: Sequence[str] = (),
) -> dict[str, int | str]:
    """One person's ratings, of so many; of a blind topic the person can say nothing."""
    spread = _QUIET if people <= _FEW else 1
    person = level + drawn.gauss(0, _PERSON * spread)
    leaning = {
        name: topics.get(name, 0) + drawn.gauss(0, _TOPIC * spread)
        for name in content.weights
    }
    found: dict[str, int | str] = {}
    for item in asked:
        if item.is_open:
            continue
        about = person + leaning.get(item.dimension, 0)
        unsaid = item.module is Module.CORE and drawn.random() < _SILENT_ON_ONE
        if item.dimension in blind or unsaid:
            found[item.key] = CANNOT_SAY
        else:
            found[item.key] = _point(content, about + drawn.gauss(0, _NOISE * spread))
    return found


def _point(content: Content, value: float) -> int:
    points = content.scale.points
    nearest = points.start + round(value / 100 * (len(points) - 1))
    return min(max(nearest, points.start), points.stop - 1)


def words(drawn: Random, asked: Sequence[Item], said: set[str]) -> dict[str, str]:
    """What a person writes into some of the open questions, and nobody `said` yet."""
    found = {
        item.key: _unsaid(drawn.choice(SAID[item.key]), SAID[item.key], said)
        for item in asked
        if item.is_open and drawn.random() < (0.2 if item.facilitator_only else 0.7)
    }
    return {key: text for key, text in found.items() if text}


def _unsaid(chosen: str, known: Sequence[str], said: set[str]) -> str:
    """The words that were drawn, else the next that are left; empty for none."""
    place = list(known).index(chosen)
    ordered = [*known[place:], *known[:place]]
    text = next((one for one in ordered if one not in said), "")
    said.add(text)
    return text
