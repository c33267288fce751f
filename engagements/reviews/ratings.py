"""From what is stored of a person's answers to what the arithmetic takes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import lru_cache

from engagements.reviews.instrument.content import Content, Form, Item, Module
from engagements.reviews.scoring.items import Answer
from engagements.reviews.scoring.sides import Person

# Item key -> a point of the scale, or "cannot_say"; what was skipped is not there.
Stored = Mapping[str, int | str]


def person(content: Content, form: Form, stored: Stored) -> Person:
    """A person's answers to the scored statements of a form, by dimension."""
    core = [one for one in content.asked(form) if one.module is Module.CORE]
    return by_dimension(content, core, stored)


def on_markers(content: Content, stored: Stored) -> Person:
    """The same on the one marker of each dimension, which every form asks."""
    markers = [one for one in content.items if one.module is Module.CORE and one.marker]
    return by_dimension(content, markers, stored)


def by_dimension(content: Content, items: Iterable[Item], stored: Stored) -> Person:
    """Answers to these items, by dimension."""
    found: dict[str, list[Answer]] = {}
    for item in items:
        answers = found.setdefault(item.dimension, [])
        answers.append(answer(content, item, stored.get(item.key)))
    return found


def answer(content: Content, item: Item, value: int | str | None) -> Answer:
    """One rating; "I can't say" and a skip are unknown."""
    known = value if isinstance(value, int) else None
    return _rated(known, content.scale.least, content.scale.most, item.reverse)


# The same few points of the same few scales, thousands of times a wave.
@lru_cache(maxsize=1024)
def _rated(known: int | None, low: int, high: int, reverse: bool) -> Answer:  # noqa: FBT001 - positions make a shorter key
    return Answer(known, low=low, high=high, reverse=reverse)
