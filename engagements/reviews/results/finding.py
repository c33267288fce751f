"""The finding, as facts for one or two sentences; the page puts them into words.

The rule: how many topics both sides see alike, how many very differently, then the
widest gap with who sees it better, and whether it grew. It rests on what the table of
topics shows, and tells no more.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from engagements.reviews.scoring.gaps import GapBand

Row = Mapping[str, Any]
_FAR = {GapBand.WIDE, GapBand.SEVERE}


def finding(document: Mapping[str, Any]) -> dict[str, Any] | None:
    """What stands out in a document of both sides; None where nothing can be said."""
    if not document["sufficient"]:
        return None
    rows: Sequence[Row] = document["dimensions"]
    compared = [row for row in rows if row["gap"] is not None]
    apart = [row for row in compared if row["band"] in _FAR]
    return {
        "topics": len(rows),
        "compared": len(compared),
        "alike": sum(row["band"] == GapBand.ALIGNED for row in compared),
        "apart": len(apart),
        "is_wide": bool(apart),
        # The widest gap stands first.
        **_widest(compared[0] if compared else None),
        "best": _extreme(compared, max),
        "weakest": _extreme(compared, min),
    }


def _widest(row: Row | None) -> dict[str, Any]:
    if row is None or not row["gap"]:
        return dict.fromkeys(("widest", "widest_key", "better", "wider_by"))
    before = row["before"] or {}
    return {
        "widest": row["name"],
        "widest_key": row["key"],
        "better": "client" if row["gap"] > 0 else "supplier",
        "wider_by": before.get("wider_by"),
    }


def _extreme(rows: Sequence[Row], pick: Callable) -> dict[str, str] | None:
    """The topic in which the lower of the two sides is highest, or lowest."""
    if not rows:
        return None
    row = pick(
        sorted(rows, key=lambda one: one["key"]),
        key=lambda one: min(one["client"]["at"], one["supplier"]["at"]),
    )
    return {"key": row["key"], "name": row["name"]}
