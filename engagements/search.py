"""Names found by the beginning of a word, the same on both databases.

Names are folded (case, accents, ligatures) and cut into words; a word is kept as
bytes under a B-tree, so that a prefix is a range and both databases agree.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

from django.db import models

from engagements.models import Organisation, Relationship, SearchEntry, SearchToken

# Letters that decomposition leaves as they are.
_FOLDED = str.maketrans(
    {"ß": "ss", "ø": "o", "ł": "l", "đ": "d", "æ": "ae", "œ": "oe", "ð": "d", "þ": "th"}
)
_WORD = re.compile(r"\w+")
_TOKEN_BYTES = 80
# Words a search may have; more cannot narrow it further.
MOST_WORDS = 6


def fold(text: str) -> str:
    """Plain lower case without accents: "Łódź Zażółć" becomes "lodz zazolc"."""
    decomposed = unicodedata.normalize("NFKD", text.casefold().translate(_FOLDED))
    return "".join(mark for mark in decomposed if not unicodedata.combining(mark))


def words(text: str) -> list[str]:
    """The folded words of a text, each once, in their order."""
    return list(dict.fromkeys(_WORD.findall(fold(text))))


def name_key(name: str) -> str:
    """A name as compared with others: folded words, single spaces."""
    return " ".join(_WORD.findall(fold(name)))[:250]


def index(
    row: models.Model,
    *,
    kind: str,
    label: str,
    detail: str = "",
    also: Iterable[str] = (),
    relationship: Relationship | None = None,
    organisation: Organisation | None = None,
) -> None:
    """Make a thing findable by its label, its detail and other words."""
    entry, _created = SearchEntry.objects.update_or_create(
        object_id=row.pk,
        defaults={
            "kind": kind,
            "label": label[:250],
            "detail": detail[:250],
            "relationship": relationship,
            "organisation": organisation,
        },
    )
    entry.tokens.all().delete()
    SearchToken.objects.bulk_create(
        SearchToken(entry=entry, token=token)
        for token in tokens(" ".join([label, detail, *also]))
    )


def forget(row: models.Model) -> None:
    """Take a thing out of the search."""
    SearchEntry.objects.filter(object_id=row.pk).delete()


def tokens(text: str) -> list[bytes]:
    """The words of a text as they are stored."""
    return [word.encode()[:_TOKEN_BYTES] for word in words(text)]


def matching(text: str) -> models.QuerySet[SearchEntry]:
    """Entries that have, for each word typed, a word that begins with it."""
    found = SearchEntry.objects.all()
    for prefix in tokens(text)[:MOST_WORDS]:
        hits = SearchToken.objects.filter(token__gte=prefix, token__lt=prefix + b"\xff")
        found = found.filter(pk__in=hits.order_by().values("entry"))
    return found
