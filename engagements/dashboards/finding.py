"""Finding by name: the palette and the full results share one question."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import islice

from django.db.models import Exists, OuterRef, QuerySet
from django.urls import reverse
from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString, mark_safe

from accounts.models import User
from engagements.models import (
    Organisation,
    Relationship,
    SearchEntry,
    SearchToken,
    Standing,
    readable,
    standing_of,
)
from engagements.search import MOST_WORDS, beginning, fold, tokens, words

_KINDS = SearchEntry.Kind
_ORDER = [
    _KINDS.RELATIONSHIP,
    _KINDS.CONTACT,
    _KINDS.CONTRACT,
    _KINDS.ISSUE,
    _KINDS.ORGANISATION,
]
_ICONS = {
    _KINDS.RELATIONSHIP: "pair",
    _KINDS.CONTACT: "people",
    _KINDS.CONTRACT: "doc",
    _KINDS.ORGANISATION: "home",
    _KINDS.ISSUE: "knot",
}
_PAGES = {
    _KINDS.RELATIONSHIP: "engagements:relationship",
    _KINDS.CONTACT: "engagements:contact",
    _KINDS.CONTRACT: "engagements:contract",
    _KINDS.ORGANISATION: "engagements:organisation",
    _KINDS.ISSUE: "engagements:issue",
}
# Two words of one name seldom begin alike.
_WORDS_OF_A_NAME = 2
# "p maria" looks for people only.
_PREFIXES = {
    "p": _KINDS.CONTACT,
    "c": _KINDS.CONTRACT,
    "r": _KINDS.RELATIONSHIP,
    "o": _KINDS.ORGANISATION,
    "i": _KINDS.ISSUE,
}


@dataclass(frozen=True)
class Found:
    """One thing found, the matching beginnings of its words marked."""

    url: str
    icon: str
    kind: str
    label: SafeString
    detail: SafeString


def found(user: User, question: str, *, most: int) -> list[Found]:
    """What the person may see whose name has words beginning like these.

    Kind by kind, each in the order of the word that fits; a query a kind until there
    are enough.
    """
    kind, text = _parts(question)
    asked = words(text)
    standing = standing_of(user)
    if not asked or standing is None:
        return []
    rows: list[Found] = []
    for name in [kind] if kind else _ORDER:
        if len(rows) < most:
            hits = _hits(name, text).filter(_SEEN[name](user, standing))
            rows += _each_once(hits, asked, most - len(rows))
    return rows


def _parts(question: str) -> tuple[str, str]:
    first, _space, rest = question.strip().partition(" ")
    if rest and first.lower() in _PREFIXES:
        return _PREFIXES[first.lower()], rest
    return "", question


def _hits(kind: str, text: str) -> QuerySet[SearchToken]:
    """Words of this kind's names that fit, read along the index.

    The longest word typed leads: it fits the fewest names.
    """
    first, *others = sorted(tokens(text)[:MOST_WORDS], key=len, reverse=True)
    hits = SearchToken.objects.filter(beginning(first), kind=kind)
    for prefix in others:
        also = SearchToken.objects.filter(beginning(prefix), entry=OuterRef("entry"))
        hits = hits.filter(Exists(also.order_by()))
    # By the column: an entry's own order would sort all hits before one is shown.
    return hits.order_by("token", "entry_id")


def _with_relationship(user: User, standing: Standing) -> Exists:
    seen = Relationship.objects.order_by().filter(readable(standing))
    return Exists(seen.filter(pk=OuterRef("entry__relationship")))


def _of_organisation(user: User, standing: Standing) -> Exists:
    seen = Organisation.objects.order_by().visible_to(user)
    return Exists(seen.filter(pk=OuterRef("entry__organisation")))


# Relationships, contracts and issues are seen with their relationship, names and people
# with their organisation.
_SEEN: dict[str, Callable[[User, Standing], Exists]] = {
    _KINDS.RELATIONSHIP: _with_relationship,
    _KINDS.CONTRACT: _with_relationship,
    _KINDS.CONTACT: _of_organisation,
    _KINDS.ORGANISATION: _of_organisation,
    _KINDS.ISSUE: _with_relationship,
}


def _each_once(
    hits: QuerySet[SearchToken], asked: list[str], most: int
) -> Iterator[Found]:
    """The first entries; one may have as many words that fit as a name has words."""
    rows = hits.values_list("kind", "entry__object_id", "entry__label", "entry__detail")
    known = dict.fromkeys(rows[: _WORDS_OF_A_NAME * most])
    for kind, pk, label, detail in islice(known, most):
        name = _KINDS(kind)
        yield Found(
            url=reverse(_PAGES[name], args=[pk]),
            icon=_ICONS[name],
            kind=str(name.label),
            label=marked(label, asked),
            detail=marked(detail, asked),
        )


def marked(text: str, asked: list[str]) -> SafeString:
    """The text with the beginning of each matching word in <mark>."""
    parts = []
    for word in text.split(" "):
        length = max((len(a) for a in asked if fold(word).startswith(a)), default=0)
        # A folded letter may stand for one that is longer; never cut past the word.
        head, tail = word[:length], word[length:]
        parts.append(
            format_html("<mark>{}</mark>{}", head, tail)
            if length
            else conditional_escape(word)
        )
    return mark_safe(" ".join(parts))  # noqa: S308 - every part was escaped above
