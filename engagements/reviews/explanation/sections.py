"""How each figure is computed, for the people it is about, from the method itself.

Every threshold and weight of the method stands in one section; a test says so.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _

from engagements.reviews.explanation.topics import TOPICS
from engagements.reviews.explanation.units import printed
from engagements.reviews.scoring.parameters import (
    STANDARD,
    Method,
    Parameter,
    parameters,
)


@dataclass(frozen=True)
class Threshold:
    """One threshold as printed: its value with the unit, and what it is for.

    `usual` is the value of other question sets, where this one has its own.
    """

    value: str
    meaning: str
    usual: str


@dataclass(frozen=True)
class Section:
    """One topic as printed."""

    key: str
    title: str
    words: list[str]
    thresholds: list[Threshold]


def explained(method: Method) -> Iterator[Section]:
    """The topics with the thresholds of this method, in the order of the method."""
    known = {one.name: one for one in parameters(method)}
    usual = {one.name: one for one in parameters(STANDARD)}
    for topic in TOPICS:
        yield Section(
            key=topic.key,
            title=str(topic.title),
            words=[str(text) for text in topic.words],
            thresholds=[_printed(known[name], usual[name]) for name in topic.names],
        )


def _printed(one: Parameter, usual: Parameter) -> Threshold:
    return Threshold(
        value=printed(one),
        meaning=_(one.meaning),
        usual="" if one.value == usual.value else printed(usual),
    )
