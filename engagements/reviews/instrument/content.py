"""What a version of the instrument consists of. Sections 2.1 to 2.3 of the method.

A version is kept as one document (JSON): it is copied whole into a review when that
opens, so that a result can be read for as long as it is kept.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property
from typing import Any

from django.utils.translation import gettext as _

from engagements.reviews.scoring.parameters import STANDARD, Method
from engagements.reviews.scoring.weighting import weights_allowed

# Words in one language: {"en": "Not at all"}; English is always there.
Words = Mapping[str, str]
ENGLISH = "en"


class ContentError(ValueError):
    """What is wrong with a version: the place, by its key, and the reason in words."""

    def __init__(self, place: str, reason: str) -> None:
        super().__init__(f"{place}: {reason}")
        self.place = place
        self.reason = reason


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
    """Points from least to most, each labelled; the revision says what they mean."""

    least: int
    most: int
    labels: Mapping[str, Sequence[str]]
    revision: int = 1

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

    @property
    def languages(self) -> tuple[str, ...]:
        """English, then every other language that something is said in."""
        said = set(self.title) | set(self.scale.labels)
        for topic in self.dimensions:
            said |= set(topic.name) | set(topic.meaning)
        for item in self.items:
            said |= set(item.text) | set(item.labels)
        return ENGLISH, *sorted(said - {ENGLISH})

    def asked(self, form: Form, *, mirror: bool = False) -> tuple[Item, ...]:
        """The items of a form, in the order they are asked.

        A check-in asks the markers, and as unscored statements one about oneself and
        one about ethics: ten of the set supplied.
        """
        if (form, mirror) not in self._asked:
            self._asked[form, mirror] = tuple(
                item
                for item in self.items
                if _WANTED[form](item) or (mirror and item.module is Module.MIRROR)
            )
        return self._asked[form, mirror]

    @cached_property
    def _asked(self) -> dict[tuple[Form, bool], tuple[Item, ...]]:
        """What was asked for so far: every person's answers are read by it."""
        return {}


_WANTED: Mapping[Form, Callable[[Item], bool]] = {
    Form.FULL: lambda item: item.module not in {Module.MIRROR, Module.CHECK_IN},
    Form.PULSE: lambda item: item.marker,
    Form.CHECK_IN: lambda item: (
        (item.module is Module.CORE and item.marker) or item.module is Module.CHECK_IN
    ),
}


def read(document: Mapping[str, Any], *, method: Method = STANDARD) -> Content:
    """A version from its document.

    Raises ContentError that names the place for what is missing, unknown, twice there,
    or weighs less or more than the method allows.
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
        raise ContentError(missing.args[0], _("is missing.")) from None
    except TypeError as error:
        raise ContentError("instrument", str(error)) from None
    _check(content, method)
    return content


def _item(document: Mapping[str, Any]) -> Item:
    return Item(**{**document, "module": Module(document["module"])})


def _check(content: Content, method: Method) -> None:
    _check_words("title", content.title)
    _check_scale(content.scale)
    _check_once("dimensions", [one.key for one in content.dimensions])
    _check_once("items", [one.key for one in content.items])
    if not weights_allowed(content.weights, method=method):
        light, heavy = method.lightest_weight, method.heaviest_weight
        words = _("must be from %(light)s to %(heavy)s, 100%% in all.")
        raise ContentError(
            "weight", words % {"light": f"{light:.0%}", "heavy": f"{heavy:.0%}"}
        )
    known = set(content.weights)
    for item in content.items:
        _check_item(item, known, content.scale)
    for one in content.dimensions:
        _check_words(one.key, one.name, one.meaning)
        _check_markers(one.key, content.items)


def _check_scale(scale: Scale) -> None:
    if scale.most <= scale.least:
        raise ContentError("scale", _("the most must be above the least."))
    if ENGLISH not in scale.labels:
        raise ContentError("scale", _("English labels are missing."))
    _check_labels("scale", scale.labels, scale)


def _check_labels(key: str, labels: Mapping[str, Sequence[str]], scale: Scale) -> None:
    count = len(scale.points)
    for language, words in labels.items():
        if len(words) != count:
            reason = _("%(language)s must label %(count)d points.")
            raise ContentError(key, reason % {"language": language, "count": count})
    if any(not one.strip() for one in labels.get(ENGLISH, ())):
        raise ContentError(key, _("every point needs an English label."))


def _check_once(place: str, keys: Sequence[str]) -> None:
    twice = sorted({key for key in keys if keys.count(key) > 1})
    if twice:
        reason = _("%(keys)s stands there twice.") % {"keys": ", ".join(twice)}
        raise ContentError(place, reason)


def _check_item(item: Item, dimensions: set[str], scale: Scale) -> None:
    _check_words(item.key, item.text)
    _check_labels(item.key, item.labels, scale)
    scored = item.module in {Module.CORE, Module.MIRROR}
    if scored and item.dimension not in dimensions:
        reason = _("dimension %(name)r is not known.") % {"name": item.dimension}
        raise ContentError(item.key, reason)


def _check_words(key: str, *texts: Words) -> None:
    if any(not text.get(ENGLISH, "").strip() for text in texts):
        raise ContentError(key, _("the English words are missing."))


def _check_markers(key: str, items: Sequence[Item]) -> None:
    core = [one for one in items if one.module is Module.CORE and one.dimension == key]
    if sum(one.marker for one in core) != 1:
        raise ContentError(key, _("one of its statements must be the marker."))
