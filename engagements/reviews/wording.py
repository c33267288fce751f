"""Words of an instrument in the reader's language, where it has them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from django.utils.translation.trans_real import parse_accept_lang_header

from engagements.reviews.instrument.content import ENGLISH, Content, Item, Words


def language_for(content: Content, header: str) -> str:
    """The first language a browser asks for in which the instrument can be answered."""
    for code, _weight in parse_accept_lang_header(header.lower()):
        for known in (code, code.partition("-")[0]):
            if known in content.scale.labels:
                return known
    return ENGLISH


def in_language(words: Words, language: str) -> str:
    """The words in a language, else in English."""
    return words.get(language) or words[ENGLISH]


def spoken(words: Mapping[str, object], language: str) -> str:
    """The language `in_language` finds the words in, for who reads them aloud."""
    return language if words.get(language) else ENGLISH


def labels_of(content: Content, item: Item, language: str) -> Sequence[str]:
    """The labels of a statement's points: its own, else those of the scale."""
    labels = item.labels or content.scale.labels
    return labels.get(language) or labels[ENGLISH]
