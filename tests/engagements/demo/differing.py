"""Where two plain values differ, orders that follow the two sides left aside."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from typing import Any

from engagements.models import Side

# A sentence names the sides in an order: its parts are compared, not their order.
_CLAUSES = re.compile(
    r"\s*(?:[,;.:·/?]|\b(?:and|of|to|see|between|goes)\b|(?=\bsees it\b))\s*"
)


class Unordered(list):
    """Parts of which the order is that of the sides, or may be."""


def settled(known: Any) -> Any:
    """The same where only an order differs that follows the sides.

    The client is named before the supplier; exchanged, it is named after it.
    """
    if isinstance(known, dict):
        return {key: settled(one) for key, one in known.items()}
    if isinstance(known, Unordered):
        return Unordered(sorted((settled(one) for one in known), key=str))
    if isinstance(known, list):
        parts = [settled(one) for one in known]
        return sorted(parts) if all(one in Side.values for one in parts) else parts
    return clauses(known) if isinstance(known, str) else known


def clauses(text: str) -> str:
    """The parts of a sentence, in an order of their own."""
    return " | ".join(sorted(parted(text)))


def parted(text: str) -> list[str]:
    """Its clauses."""
    return [one for one in _CLAUSES.split(" ".join(text.split())) if one]


def same(what: str, wanted: Any, found: Any) -> None:
    """Fail with each place at which they differ."""
    places = [*_apart(wanted, found)]
    assert not places, f"{what} differ\n" + "\n".join(one[:1000] for one in places[:40])


def _apart(wanted: Any, found: Any, path: str = "") -> Iterator[str]:
    """Each place at which they differ; most are the same without being settled."""
    if wanted == found:
        return
    if isinstance(wanted, dict) and isinstance(found, dict):
        for key in sorted({*wanted, *found}):
            one, other = wanted.get(key, "nothing"), found.get(key, "nothing")
            yield from _apart(one, other, f"{path} > {key}")
    else:
        yield from differences(settled(wanted), settled(found), path)


def differences(wanted: Any, found: Any, path: str = "") -> Iterator[str]:
    """Each place at which two settled values are not the same."""
    if wanted == found:
        return
    if isinstance(wanted, dict) and isinstance(found, dict):
        for key in sorted({*wanted, *found}):
            one, other = wanted.get(key, "nothing"), found.get(key, "nothing")
            yield from differences(one, other, f"{path} > {key}")
    elif isinstance(wanted, Unordered) and isinstance(found, Unordered):
        yield from _of_parts(wanted, found, path)
    elif isinstance(wanted, list) and isinstance(found, list):
        if len(wanted) != len(found):
            yield f"{path}: {len(wanted)} became {len(found)}"
        for number, (one, other) in enumerate(zip(wanted, found, strict=False)):
            yield from differences(one, other, f"{path} > {number}")
    else:
        yield f"{path}: {wanted!r} became {found!r}"


def _of_parts(wanted: Unordered, found: Unordered, path: str) -> Iterator[str]:
    """What only one of the two has; where that is one part each, within it."""
    gone = [one for one in wanted if wanted.count(one) != found.count(one)]
    new = [one for one in found if wanted.count(one) != found.count(one)]
    if len(gone) == len(new) == 1:
        yield from differences(gone[0], new[0], path)
    elif gone or new:
        one, other = Counter(_leaves(gone)), Counter(_leaves(new))
        yield f"{path}: {[*(one - other)] or gone} became {[*(other - one)] or new}"


def _leaves(known: Any) -> Iterator[str]:
    if isinstance(known, list):
        for one in known:
            yield from _leaves(one)
    else:
        yield str(known)
