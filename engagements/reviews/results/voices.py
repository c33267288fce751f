"""What people said: their comments, and in named mode their answers by name."""

from __future__ import annotations

from typing import Any

from engagements.reviews.instrument.content import ENGLISH, Item, Module
from engagements.reviews.results.wave import SIDES, Comment, Wave
from engagements.reviews.scoring.disclosure import comments_shown

Document = dict[str, Any]
# What is a side's own business even where names stand beside answers.
_OWN = frozenset({Module.DEPENDENCE, Module.OUTCOME, Module.OPEN})


def comments_may_be_shown(wave: Wave, side: str) -> bool:
    """Whether a side's comments are shown to both sides."""
    people = len(wave.sides[side].people)
    return wave.is_named or comments_shown(people, method=wave.method)


def comments(wave: Wave) -> dict[str, list[Document] | None]:
    """Each side's words; None where too few people answered to show any."""
    return {
        side: [
            comment(wave, one)
            for one in wave.comments
            if one.side == side and not one.facilitator_only
        ]
        if comments_may_be_shown(wave, side)
        else None
        for side in SIDES
    }


def comment(wave: Wave, one: Comment) -> Document:
    """Words with the question they answer."""
    questions = {item.key: item.text[ENGLISH] for item in wave.content.items}
    return {
        "item": one.item,
        "question": questions.get(one.item, ""),
        "text": one.text,
        "name": one.name,
    }


def by_name(wave: Wave) -> Document | None:
    """Everybody's answers beside their names; None in confidential mode.

    The wish to go on and the own dependence are left out: they are the own side's.
    """
    if not wave.is_named:
        return None
    asked = wave.content.asked(wave.form, mirror=wave.mirror)
    items = [one for one in asked if one.module not in _OWN]
    scale = wave.content.scale
    return {
        "labels": dict(zip(map(str, scale.points), scale.labels[ENGLISH], strict=True)),
        "statements": [_statement(one) for one in items],
        **{
            side: [
                {
                    "name": one.name,
                    "answers": {item.key: one.answers.get(item.key) for item in items},
                }
                for one in wave.sides[side].people
            ]
            for side in SIDES
        },
    }


def _statement(item: Item) -> Document:
    return {"key": item.key, "topic": item.dimension, "text": item.text[ENGLISH]}
