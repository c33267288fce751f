"""What a version of the instrument consists of. Sections 2.1 to 2.3 of the method.

A version is kept as one document (JSON): it is copied whole into a review when that
opens, so that a result can be read for as long as it is kept.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from engagements.reviews.scoring.parameters import STANDARD, Method
from engagements.reviews.scoring.weighting import weights_allowed

# Words in one language: {"en": "Not at all"}; English is always there.
Words = Mapping[str, str]
ENGLISH = "en"


class Module(StrEnum):
    """Which part of the form an item belongs to; only the core is scored."""

    CORE = "core"
    DEPENDENCE = "dependence"
    OUTCOME = "outcome"
    OPEN = "open"
    MIRROR = "mirror"
    CHECK_IN = "check_in"


class Form(StrEnum):
    """How much of the instrument is asked at once."""

    FULL = "full"
    PULSE = "pulse"
    CHECK_IN = "check_in"


@dataclass(frozen=True)
class Scale:
    """Points from least to most, each with its label."""

    least: int
    most: int
    labels: Mapping[str, Sequence[str]]

    @property
    def points(self) -> range:
        """The points one may choose."""
        return range(self.least, self.most + 1)


@dataclass(frozen=True)
class Dimension:
    """A topic, its weight and what is meant by it."""

    key: str
    revision: int
    weight: float
    name: Words
    meaning: Words


@dataclass(frozen=True)
class Item:
    """One statement or open question; the key and revision say what it means."""

    key: str
    revision: int
    module: Module
    text: Words
    dimension: str = ""
    marker: bool = False
    reverse: bool = False
    about: str = ""
    facilitator_only: bool = False
    labels: Mapping[str, Sequence[str]] = field(default_factory=dict)

    @property
    def is_open(self) -> bool:
        """Answered in words."""
        return self.module is Module.OPEN


@dataclass(frozen=True)
class Content:
    """A whole version."""

    key: str
    version: str
    title: Words
    scale: Scale
    dimensions: tuple[Dimension, ...]
    items: tuple[Item, ...]

    @property
    def weights(self) -> dict[str, float]:
        """The weight of each dimension."""
        return {one.key: one.weight for one in self.dimensions}

    def asked(self, form: Form, *, mirror: bool = False) -> tuple[Item, ...]:
        """The items of a form, in the order they are asked."""
        wanted = {
            Form.FULL: lambda item: item.module not in {Module.MIRROR, Module.CHECK_IN},
            Form.PULSE: lambda item: item.marker,
            Form.CHECK_IN: lambda item: (
                (item.module is Module.CORE and item.marker)
                or item.module is Module.CHECK_IN
            ),
        }[form]
        return tuple(
            item
            for item in self.items
            if wanted(item) or (mirror and item.module is Module.MIRROR)
        )


def read(document: Mapping[str, Any], *, method: Method = STANDARD) -> Content:
    """A version from its document.

    Raises ValueError that names the place for what is missing, unknown, twice there, or
    weighs less or more than the method allows.
    """
    try:
        content = Content(
            key=document["key"],
            version=document["version"],
            title=document["title"],
            scale=Scale(**document["scale"]),
            dimensions=tuple(Dimension(**one) for one in document["dimensions"]),
            items=tuple(_item(one) for one in document["items"]),
        )
    except KeyError as missing:
        raise ValueError(f"{missing.args[0]}: is missing.") from None
    except TypeError as error:
        raise ValueError(f"instrument: {error}") from None
    _check(content, method)
    return content


def _item(document: Mapping[str, Any]) -> Item:
    return Item(**{**document, "module": Module(document["module"])})


def _check(content: Content, method: Method) -> None:
    _check_scale(content.scale)
    _check_once("dimensions", [one.key for one in content.dimensions])
    _check_once("items", [one.key for one in content.items])
    if not weights_allowed(content.weights, method=method):
        light, heavy = method.lightest_weight, method.heaviest_weight
        raise ValueError(
            f"weight: must be from {light:.0%} to {heavy:.0%}, 100% in all."
        )
    known = set(content.weights)
    for item in content.items:
        _check_item(item, known)
    for one in content.dimensions:
        _check_words(one.key, one.name, one.meaning)
        _check_markers(one.key, content.items)


def _check_scale(scale: Scale) -> None:
    if scale.most <= scale.least:
        raise ValueError("scale: the most must be above the least.")
    for language, labels in scale.labels.items():
        if len(labels) != len(scale.points):
            raise ValueError(
                f"scale: {language} must label {len(scale.points)} points."
            )
    if ENGLISH not in scale.labels:
        raise ValueError("scale: English labels are missing.")


def _check_once(place: str, keys: Sequence[str]) -> None:
    twice = sorted({key for key in keys if keys.count(key) > 1})
    if twice:
        raise ValueError(f"{place}: {', '.join(twice)} stands there twice.")


def _check_item(item: Item, dimensions: set[str]) -> None:
    _check_words(item.key, item.text)
    scored = item.module in {Module.CORE, Module.MIRROR}
    if scored and item.dimension not in dimensions:
        raise ValueError(f"{item.key}: dimension {item.dimension!r} is not known.")


def _check_words(key: str, *texts: Words) -> None:
    if any(not text.get(ENGLISH, "").strip() for text in texts):
        raise ValueError(f"{key}: the English words are missing.")


def _check_markers(key: str, items: Sequence[Item]) -> None:
    core = [one for one in items if one.module is Module.CORE and one.dimension == key]
    if sum(one.marker for one in core) != 1:
        raise ValueError(f"{key}: one of its statements must be the marker.")
