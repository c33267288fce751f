"""Names found by the beginning of a word, the same on both databases.

Names are folded (case, accents, ligatures) and cut into words; a word is kept as
bytes under a B-tree, so that a prefix is a range and both databases agree.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass

from django.db import models

from engagements.models import (
    JointIssue,
    Organisation,
    Relationship,
    SearchEntry,
    SearchToken,
)

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


@dataclass(frozen=True)
class Findable:
    """A thing to be found by its label, its detail and other words."""

    row: models.Model
    kind: str
    label: str
    detail: str = ""
    also: tuple[str, ...] = ()
    relationship: Relationship | None = None
    organisation: Organisation | None = None


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
    index_many(
        [Findable(row, kind, label, detail, tuple(also), relationship, organisation)]
    )


def index_many(things: Iterable[Findable]) -> None:
    """Make many things findable: a fixed number of queries for each 500 of them."""
    rows = list(things)
    for start in range(0, len(rows), 500):
        _index_batch(rows[start : start + 500])


def index_relationships(relationships: Iterable[Relationship]) -> None:
    """Make relationships findable by both names; needs client and supplier loaded."""
    index_many(
        Findable(
            row,
            SearchEntry.Kind.RELATIONSHIP,
            f"{row.client.name} / {row.supplier.name}",
            row.scope,
            relationship=row,
        )
        for row in relationships
    )


def index_issues(issues: Iterable[JointIssue]) -> None:
    """Make issues findable by title and pair; needs client and supplier loaded.

    By nothing else: accounts are sealed, and facts are not a name.
    """
    index_many(
        Findable(
            row,
            SearchEntry.Kind.ISSUE,
            row.title,
            str(row.relationship),
            relationship=row.relationship,
        )
        for row in issues
    )


def _index_batch(things: list[Findable]) -> None:
    ids = [thing.row.pk for thing in things]
    # By the entries' own ids: joined to a table just filled, whose figures the database
    # does not know yet, it may read all words for each entry.
    known = SearchEntry.objects.order_by().filter(object_id__in=ids)
    if before := list(known.values_list("pk", flat=True)):
        SearchToken.objects.filter(entry__in=before).delete()
    SearchEntry.objects.bulk_create(
        [
            SearchEntry(
                object_id=thing.row.pk,
                kind=thing.kind,
                label=thing.label[:250],
                detail=thing.detail[:250],
                relationship=thing.relationship,
                organisation=thing.organisation,
            )
            for thing in things
        ],
        update_conflicts=True,
        unique_fields=["object_id"],
        update_fields=["kind", "label", "detail", "relationship", "organisation"],
    )
    entries = dict(known.values_list("object_id", "pk"))
    SearchToken.objects.bulk_create(
        SearchToken(entry_id=entries[thing.row.pk], kind=thing.kind, token=token)
        for thing in things
        for token in tokens(" ".join([thing.label, thing.detail, *thing.also]))
    )


def forget(row: models.Model) -> None:
    """Take a thing out of the search."""
    SearchEntry.objects.filter(object_id=row.pk).delete()


def tokens(text: str) -> list[bytes]:
    """The words of a text as they are stored."""
    return [word.encode()[:_TOKEN_BYTES] for word in words(text)]


def beginning(prefix: bytes) -> models.Q:
    """Tokens that begin so: a range of the index."""
    return models.Q(token__gte=prefix, token__lt=prefix + b"\xff")


def matching(text: str) -> models.QuerySet[SearchEntry]:
    """Entries that have, for each word typed, a word that begins with it."""
    found = SearchEntry.objects.all()
    for prefix in tokens(text)[:MOST_WORDS]:
        hits = SearchToken.objects.filter(beginning(prefix))
        found = found.filter(pk__in=hits.order_by().values("entry"))
    return found
