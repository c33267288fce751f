"""What changes about a version while it is a draft: documents in, documents out.

Section 3.13: a statement or topic keeps its revision through a typo or a translation,
and takes a new one with another meaning or direction, so that nobody compares answers
to two different questions.
"""

from __future__ import annotations

import copy
from collections.abc import Iterable, Mapping
from typing import Any

from engagements.reviews.instrument.content import ENGLISH, Module

Document = dict[str, Any]
Labels = Mapping[str, list[str]]
ITEMS, TOPICS = "items", "dimensions"
SCALE = ("scale", "")


def copied(document: Document, *, version: str, title: str) -> Document:
    """The same under a new number and name."""
    made = copy.deepcopy(document)
    made["version"] = version
    made["title"][ENGLISH] = title
    return made


def one_of(document: Document, place: str, key: str) -> dict[str, Any]:
    """A statement or a topic. Raises KeyError for a key nobody has."""
    return {one["key"]: one for one in document[place]}[key]


def replaced(
    document: Document, place: str, key: str, values: Mapping[str, Any]
) -> Document:
    """The version with some values of one statement or topic exchanged."""
    made = copy.deepcopy(document)
    one_of(made, place, key).update(copy.deepcopy(dict(values)))
    return made


def statements(document: Document, topic: str) -> list[dict[str, Any]]:
    """The scored statements of a topic."""
    return [
        one
        for one in document[ITEMS]
        if one["module"] == Module.CORE and one["dimension"] == topic
    ]


def marker_of(document: Document, topic: str) -> str:
    """The key of the statement that pulses ask."""
    return next(one["key"] for one in statements(document, topic) if one.get("marker"))


def marked(document: Document, topic: str, key: str) -> Document:
    """The version with this statement, and no other of the topic, asked by pulses."""
    made = copy.deepcopy(document)
    for one in statements(made, topic):
        one["marker"] = one["key"] == key
    return made


def titled(document: Document, title: Mapping[str, str]) -> Document:
    """The version under another name, by language."""
    return {**copy.deepcopy(document), "title": dict(title)}


def weights_of(document: Document) -> dict[str, float]:
    """The weight of each topic."""
    return {one["key"]: one["weight"] for one in document[TOPICS]}


def weighed(document: Document, weights: Mapping[str, float]) -> Document:
    """The version with these weights."""
    made = copy.deepcopy(document)
    for one in made[TOPICS]:
        one["weight"] = weights[one["key"]]
    return made


def scale_of(document: Document) -> dict[str, Any]:
    """The scale, and the labels of what has its own, by key."""
    own = {one["key"]: one["labels"] for one in document[ITEMS] if one.get("labels")}
    return {"scale": document["scale"], "own": own}


def scaled(
    document: Document, most: int, labels: Mapping[str, Labels], *, revision: int
) -> Document:
    """The version on another scale; labels are by key, the scale's under "scale"."""
    made = copy.deepcopy(document)
    made["scale"] |= {"most": most, "labels": dict(labels["scale"])}
    made["scale"]["revision"] = revision
    for one in made[ITEMS]:
        if one.get("labels"):
            one["labels"] = dict(labels[one["key"]])
    return made


def revisions_of(document: Document) -> dict[tuple[str, str], int]:
    """The revision of every statement, of every topic, and of the scale."""
    found = {
        (place, one["key"]): one["revision"]
        for place in (ITEMS, TOPICS)
        for one in document[place]
    }
    return found | {SCALE: document["scale"].get("revision", 1)}


def fresh_revision(documents: Iterable[Document], of: tuple[str, str]) -> int:
    """A revision that none of these versions has given."""
    given = (revisions_of(document).get(of, 0) for document in documents)
    return 1 + max(given, default=0)
