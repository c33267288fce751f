"""How far two sides' words agree: pure arithmetic, no rows.

Shares are exact fractions. Where nothing was said there is no share, which is not 0.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction

MOST = 5


def fold(word: str) -> str:
    """The form in which two words are the same: case, accents and spaces aside."""
    plain = unicodedata.normalize("NFKD", word.casefold())
    kept = "".join(char for char in plain if not unicodedata.combining(char))
    return " ".join(kept.split())


def once(words: Iterable[str]) -> list[str]:
    """The words as written, each once, in their order; empty ones left out."""
    found: dict[str, str] = {}
    for word in words:
        key = fold(word)
        if key:
            found.setdefault(key, " ".join(word.split()))
    return list(found.values())


def common(one: Iterable[str], other: Iterable[str]) -> list[str]:
    """The words of the first list that stand in the second as well."""
    there = {fold(word) for word in other}
    return [word for word in once(one) if fold(word) in there]


@dataclass(frozen=True)
class Share:
    """So many of so many; `value` is None where there was nothing to count."""

    hits: int
    of: int

    @property
    def value(self) -> Fraction | None:
        """The exact share, from 0 to 1."""
        return Fraction(self.hits, self.of) if self.of else None


def overlap(client: Iterable[str], supplier: Iterable[str]) -> Share:
    """Words both sides state, of all words either states; the same from both sides."""
    one, other = once(client), once(supplier)
    if not one or not other:
        return Share(0, 0)
    both = len(common(one, other))
    return Share(both, len(one) + len(other) - both)


def hit_rate(guesses: Iterable[str], stated: Iterable[str]) -> Share:
    """Guesses that the other side did state, of all guesses made."""
    made, said = once(guesses), once(stated)
    if not made or not said:
        return Share(0, 0)
    return Share(len(common(made, said)), len(made))
