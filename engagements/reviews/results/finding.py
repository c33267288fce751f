"""The finding, as facts for one or two sentences; the page puts them into words.

The rule: how many topics both sides see alike, how many very differently, then the
widest gap with who sees it better, and whether it grew.
"""

from __future__ import annotations

from typing import Any

from engagements.reviews.results.figures import Figures
from engagements.reviews.results.showing import Showing
from engagements.reviews.results.wave import Wave
from engagements.reviews.scoring.rounding import reaches


def finding(wave: Wave, found: Figures, showing: Showing) -> dict[str, Any] | None:
    """What stands out; None where nothing can be said."""
    if not found.is_sufficient:
        return None
    method, gaps = wave.method, found.gap.by_dimension
    alike = [
        name for name, gap in gaps.items() if not reaches(abs(gap), method.gap_note)
    ]
    apart = [name for name, gap in gaps.items() if reaches(abs(gap), method.gap_wide)]
    names = {one.key: one.name["en"] for one in wave.content.dimensions}
    widest = max(sorted(gaps), key=lambda name: abs(gaps[name]), default=None)
    return {
        "topics": len(wave.weights),
        "compared": len(gaps),
        "alike": len(alike),
        "apart": len(apart),
        "widest": None if widest is None else names[widest],
        "widest_key": widest,
        "better": None
        if widest is None
        else ("client" if gaps[widest] > 0 else "supplier"),
        "is_wide": bool(apart),
        "best": _extreme(found, names, lowest=False),
        "weakest": _extreme(found, names, lowest=True),
    }


def _extreme(
    found: Figures, names: dict[str, str], *, lowest: bool
) -> dict[str, str] | None:
    """The topic in which the lower of the two sides is lowest, or highest."""
    lower = {}
    for name in names:
        values = [one.result.profile.get(name) for one in found.sides.values()]
        known = [value for value in values if value is not None]
        if len(known) == 2:
            lower[name] = min(known)
    if not lower:
        return None
    pick = min if lowest else max
    key = pick(sorted(lower), key=lambda name: lower[name])
    return {"key": key, "name": names[key]}
