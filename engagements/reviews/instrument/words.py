"""Every text of a version under a name of its own, to translate them one by one.

title         the name of the question set
scale-1       the label of the scale's first point
TRU-name      what a topic is called; TRU-meaning, what is meant by it
TRU1          a statement or question
OUT2-1        the label of its first point, where it has its own
"""

from __future__ import annotations

import copy
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from babel import Locale

from engagements.reviews.instrument.content import ENGLISH

Document = dict[str, Any]


@dataclass(frozen=True)
class Place:
    """Where a text stands: in `holder` by language, as one of a list or alone."""

    name: str
    holder: dict[str, Any]
    index: int | None = None

    def words(self, language: str) -> str:
        """What stands here; empty where nothing does."""
        found = self.holder.get(language, "")
        if self.index is None:
            return str(found)
        return str(found[self.index]) if found else ""


def places(document: Document) -> Iterator[Place]:
    """Every text of a version, in the order of the form."""
    yield Place("title", document["title"])
    scale = document["scale"]
    count = scale["most"] - scale["least"] + 1
    yield from _labels("scale", scale["labels"], count)
    for one in document["dimensions"]:
        yield Place(f"{one['key']}-name", one["name"])
        yield Place(f"{one['key']}-meaning", one["meaning"])
    for one in document["items"]:
        yield Place(one["key"], one["text"])
        if one.get("labels"):
            yield from _labels(one["key"], one["labels"], count)


def words_in(document: Document, language: str) -> dict[str, str]:
    """Every text in one language; empty where it is not translated."""
    return {one.name: one.words(language) for one in places(document)}


def missing_in(document: Document, language: str) -> list[str]:
    """The names of the texts that a language still lacks."""
    return [name for name, words in words_in(document, language).items() if not words]


def translated(document: Document, language: str, words: Mapping[str, str]) -> Document:
    """The version with exactly these words in a language; without any, it is gone."""
    document = copy.deepcopy(document)
    lists: dict[int, list[Place]] = {}
    for one in places(document):
        one.holder.pop(language, None)
        if one.index is not None:
            lists.setdefault(id(one.holder), []).append(one)
        elif text := words.get(one.name, "").strip():
            one.holder[language] = text
    for together in lists.values():
        labels = [words.get(one.name, "").strip() for one in together]
        if any(labels):
            together[0].holder[language] = labels
    return document


def _labels(key: str, holder: dict[str, Any], count: int) -> Iterator[Place]:
    for index in range(count):
        yield Place(f"{key}-{index + 1}", holder, index)


def languages_of(document: Document) -> list[str]:
    """English, then the others in the order of their codes."""
    spoken = {language for one in places(document) for language in one.holder}
    return [ENGLISH, *sorted(spoken - {ENGLISH})]


@cache
def language_choices() -> list[tuple[str, str]]:
    """Languages of two letters by their English name."""
    known = Locale("en").languages.items()
    return sorted(
        ((code, name) for code, name in known if len(code) == 2 and code.isalpha()),
        key=lambda pair: pair[1],
    )


def language_name(code: str) -> str:
    """The English name of a language."""
    return dict(language_choices()).get(code, code)
