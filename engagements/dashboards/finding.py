"""Finding by name: the palette and the full results share one question."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Case, IntegerField, Q, QuerySet, Value, When
from django.urls import reverse
from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString, mark_safe

from accounts.models import User
from engagements.models import (
    Organisation,
    Relationship,
    SearchEntry,
    readable,
    standing_of,
)
from engagements.search import fold, matching, words

_KINDS = SearchEntry.Kind
_ORDER = [_KINDS.RELATIONSHIP, _KINDS.CONTACT, _KINDS.CONTRACT, _KINDS.ORGANISATION]
_ICONS = {
    _KINDS.RELATIONSHIP: "pair",
    _KINDS.CONTACT: "people",
    _KINDS.CONTRACT: "doc",
    _KINDS.ORGANISATION: "home",
}
_PAGES = {
    _KINDS.RELATIONSHIP: "engagements:relationship",
    _KINDS.CONTACT: "engagements:contact",
    _KINDS.CONTRACT: "engagements:contract",
    _KINDS.ORGANISATION: "engagements:organisation",
}
# "p maria" looks for people only.
_PREFIXES = {
    "p": _KINDS.CONTACT,
    "c": _KINDS.CONTRACT,
    "r": _KINDS.RELATIONSHIP,
    "o": _KINDS.ORGANISATION,
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
    """What the person may see whose name has words beginning like these: 1 query."""
    kind, text = _parts(question)
    asked = words(text)
    if not asked:
        return []
    entries = _visible(user, matching(text))
    if kind:
        entries = entries.filter(kind=kind)
    order = [When(kind=name, then=Value(rank)) for rank, name in enumerate(_ORDER)]
    ranked = entries.annotate(rank=Case(*order, output_field=IntegerField()))
    return [_found(entry, asked) for entry in ranked.order_by("rank", "label")[:most]]


def _parts(question: str) -> tuple[str, str]:
    first, _space, rest = question.strip().partition(" ")
    if rest and first.lower() in _PREFIXES:
        return _PREFIXES[first.lower()], rest
    return "", question


def _visible(user: User, entries: QuerySet[SearchEntry]) -> QuerySet[SearchEntry]:
    standing = standing_of(user)
    if standing is None:
        return entries.none()
    relationships = Relationship.objects.order_by().filter(readable(standing))
    organisations = Organisation.objects.order_by().visible_to(user)
    return entries.filter(
        Q(relationship__in=relationships.values("pk"))
        | Q(relationship=None, organisation__in=organisations.values("pk"))
    )


def _found(entry: SearchEntry, asked: list[str]) -> Found:
    kind = _KINDS(entry.kind)
    return Found(
        url=reverse(_PAGES[kind], args=[entry.object_id]),
        icon=_ICONS[kind],
        kind=str(kind.label),
        label=marked(entry.label, asked),
        detail=marked(entry.detail, asked),
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
