"""The talk about a result: its stages, in the order that keeps it fair. Section 4.5.

Pure: the document both sides read goes in, a list for the meeting comes out. Old
actions come first, the widest gap after something that goes well, and each side
explains its own number before it hears the other's.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from enum import StrEnum
from typing import Any

SHORTEST, LONGEST = 45, 60
LENGTHS = (45, 50, 55, 60)
Document = Mapping[str, Any]


class Stage(StrEnum):
    """What is talked about at one time."""

    PREVIOUS = "previous"
    BEST = "best"
    GAP = "gap"
    WEAKEST = "weakest"
    # Without figures: each side says what goes well, and what it wishes.
    WELL = "well"
    WISH = "wish"
    ASKING = "asking"
    ACTIONS = "actions"
    NOTICE = "notice"


# How an hour is shared out; a shorter talk shortens each stage alike.
_WITH_FIGURES = {
    Stage.PREVIOUS: 8,
    Stage.BEST: 7,
    Stage.GAP: 15,
    Stage.WEAKEST: 10,
    Stage.ACTIONS: 15,
    Stage.NOTICE: 5,
}
_WITHOUT = {
    Stage.PREVIOUS: 8,
    Stage.WELL: 10,
    Stage.WISH: 14,
    Stage.ASKING: 8,
    Stage.ACTIONS: 15,
    Stage.NOTICE: 5,
}


@dataclass(frozen=True)
class Topic:
    """A dimension as both sides read it: numbers as they are shown, and no others."""

    key: str
    name: str
    client: str | None
    supplier: str | None
    gap: int | None


def topics(document: Document | None) -> dict[Stage, Topic]:
    """The best, the widest and the weakest topic of a result, as far as there are any.

    Empty where both sides read no figures.
    """
    found = (document or {}).get("finding") or {}
    keys = {
        Stage.BEST: (found.get("best") or {}).get("key"),
        Stage.GAP: found.get("widest_key"),
        Stage.WEAKEST: (found.get("weakest") or {}).get("key"),
    }
    rows = {row["key"]: row for row in (document or {}).get("dimensions", ())}
    return {stage: _topic(rows[key]) for stage, key in keys.items() if key in rows}


def _topic(row: Document) -> Topic:
    return Topic(
        key=row["key"],
        name=row["name"],
        client=row["client"]["shown"],
        supplier=row["supplier"]["shown"],
        gap=row["gap"],
    )


def agenda(
    document: Document | None, *, previous: int, minutes: int = LONGEST
) -> list[dict[str, Any]]:
    """The stages of a talk: which, about what, for how many minutes.

    `document` is what both sides read; None, or one without figures, makes an agenda
    without any. `previous`: how many earlier actions there are to look at. A topic that
    is both the widest gap and the weakest is talked about once, for longer. Raises
    ValueError for a talk that is shorter or longer than the method allows.
    """
    if not SHORTEST <= minutes <= LONGEST:
        raise ValueError(f"minutes: {minutes} is not from {SHORTEST} to {LONGEST}.")
    found = topics(document)
    shares: dict[Stage, int] = dict(_WITH_FIGURES if found else _WITHOUT)
    if not previous:
        del shares[Stage.PREVIOUS]
    for stage in (Stage.BEST, Stage.GAP, Stage.WEAKEST):
        if found and stage not in found:
            del shares[stage]
    also_weakest = _is_one_topic(found)
    if also_weakest:
        shares[Stage.GAP] += shares.pop(Stage.WEAKEST)
    given = _shared_out(minutes, shares)
    rows = [_row(stage, given[stage], found.get(stage)) for stage in shares]
    for row in rows:
        if row["stage"] == Stage.GAP:
            row["also_weakest"] = also_weakest
    return rows


def _is_one_topic(found: Mapping[Stage, Topic]) -> bool:
    widest, weakest = found.get(Stage.GAP), found.get(Stage.WEAKEST)
    return widest is not None and widest == weakest


def _row(stage: Stage, minutes: int, topic: Topic | None) -> dict[str, Any]:
    about = {"topic": asdict(topic)} if topic else {}
    return {"stage": stage.value, "minutes": minutes, **about}


def _shared_out(minutes: int, shares: Mapping[Stage, int]) -> dict[Stage, int]:
    """Whole minutes that add up; the largest remainders get what is left over."""
    total = sum(shares.values())
    exact = {stage: minutes * share / total for stage, share in shares.items()}
    given = {stage: int(value) for stage, value in exact.items()}
    # Sorting keeps the order of stages with the same remainder.
    by_remainder = sorted(exact, key=lambda stage: given[stage] - exact[stage])
    for stage in by_remainder[: minutes - sum(given.values())]:
        given[stage] += 1
    return given
