"""The mirror as a side may read it: the other's part only once both have written.

The one place that reads parts. Nothing of a part that is not yet shown leaves it, for
nobody: only that the other side has written.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from engagements.charters.mirror import Share, common, hit_rate, overlap
from engagements.charters.vocabulary import label
from engagements.models import Mirror, MirrorPart, Side

KEPT = 5


@dataclass(frozen=True)
class Guess:
    """What one side thinks the other says, and which of it the other does say."""

    side: str
    words: list[tuple[str, bool]]
    share: Share


@dataclass(frozen=True)
class Subject:
    """Values, or abilities: stated by both, guessed by both."""

    name: str
    client: list[tuple[str, bool]]
    supplier: list[tuple[str, bool]]
    overlap: Share
    guesses: tuple[Guess, Guess]


@dataclass(frozen=True)
class Revealed:
    """One mirror both sides have written."""

    on: datetime
    subjects: tuple[Subject, ...]


@dataclass(frozen=True)
class Mirrors:
    """Those revealed, newest first; the own part of the one being written."""

    revealed: list[Revealed]
    own: MirrorPart | None
    other_wrote: bool


def mirrors(relationship: UUID, side: Side) -> Mirrors:
    """What a side may read: three queries."""
    shown = Mirror.objects.filter(
        relationship=relationship, revealed_at__isnull=False
    ).order_by("-revealed_at")[:KEPT]
    unshown = MirrorPart.objects.filter(
        mirror__relationship=relationship, mirror__revealed_at=None
    )
    # Of the other side's part only the side is read.
    wrote = dict(unshown.order_by().values_list("side", "pk"))
    own = unshown.filter(pk=wrote[side]).first() if side in wrote else None
    return Mirrors(
        [_revealed(row) for row in shown.prefetch_related("parts")],
        own,
        side.other in wrote,
    )


def _revealed(row: Mirror) -> Revealed:
    parts = {part.side: part for part in row.parts.all()}
    client, supplier = parts[Side.CLIENT], parts[Side.SUPPLIER]
    assert row.revealed_at is not None  # noqa: S101 - only such are asked for
    return Revealed(
        row.revealed_at,
        tuple(_subject(name, client, supplier) for name in ("values", "abilities")),
    )


def _subject(name: str, client: MirrorPart, supplier: MirrorPart) -> Subject:
    ours, theirs = getattr(client, name), getattr(supplier, name)
    return Subject(
        name,
        _marked(ours, theirs),
        _marked(theirs, ours),
        overlap(ours, theirs),
        (
            _guess(Side.CLIENT, getattr(client, f"guessed_{name}"), theirs),
            _guess(Side.SUPPLIER, getattr(supplier, f"guessed_{name}"), ours),
        ),
    )


def _guess(side: Side, guesses: Sequence[str], stated: Sequence[str]) -> Guess:
    return Guess(side.value, _marked(guesses, stated), hit_rate(guesses, stated))


def _marked(words: Sequence[str], others: Sequence[str]) -> list[tuple[str, bool]]:
    """Each word as it is read, and whether it stands on the other list too."""
    there = set(common(words, others))
    return [(label(word), word in there) for word in words]
