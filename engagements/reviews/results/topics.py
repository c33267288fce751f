"""The topics of a wave, side beside side, as both sides read them."""

from __future__ import annotations

from typing import Any

from engagements.reviews.instrument.content import ENGLISH, Dimension
from engagements.reviews.results.figures import Figures
from engagements.reviews.results.showing import Showing
from engagements.reviews.results.wave import CLIENT, SIDES, SUPPLIER, Wave
from engagements.reviews.scoring.gaps import gap_band
from engagements.reviews.scoring.items import is_hardly_visible
from engagements.reviews.scoring.versions import Link

Document = dict[str, Any]


def dimensions(wave: Wave, found: Figures, showing: Showing) -> list[Document]:
    """One row a topic, the widest gap first; those without a gap last."""
    rows = [_dimension(wave, found, showing, one) for one in wave.content.dimensions]
    return sorted(
        rows, key=lambda row: (row["gap"] is None, -abs(row["gap"] or 0), row["key"])
    )


def _dimension(
    wave: Wave, found: Figures, showing: Showing, dimension: Dimension
) -> Document:
    cells = {side: found.sides[side].result.cells[dimension.key] for side in SIDES}
    shown = {side: showing.cell(cells[side]) for side in SIDES}
    exact = found.gap.by_dimension.get(dimension.key)
    gap = showing.gap(exact, shown[CLIENT], shown[SUPPLIER])
    return {
        "key": dimension.key,
        "name": dimension.name[ENGLISH],
        "meaning": dimension.meaning[ENGLISH],
        **{
            side: {
                "shown": shown[side],
                "at": showing.place(shown[side]),
                "state": cells[side].state.value,
                "hardly_visible": _hardly(wave, side, dimension.key, shown[side]),
            }
            for side in SIDES
        },
        "gap": gap,
        "band": None if gap is None else gap_band(exact or 0, method=wave.method).value,
        "before": _before(wave, found, dimension.key, gap),
    }


def _hardly(wave: Wave, side: str, name: str, shown: str | None) -> bool:
    """Many of a side that is shown can say nothing about a topic."""
    if shown is None:
        return False
    items = [
        one.key
        for one in wave.content.asked(wave.form)
        if one.dimension == name and one.module == "core"
    ]
    people = wave.sides[side].people
    blind = sum(
        all(one.answers.get(item) == "cannot_say" for item in items) for one in people
    )
    return is_hardly_visible(blind, len(people), method=wave.method)


def _before(wave: Wave, found: Figures, name: str, gap: int | None) -> Document | None:
    """Where it stood in the wave it is compared with; None where it cannot be."""
    before = wave.previous
    if before is None or found.previous is None:
        return None
    if name not in found.previous.dimensions:
        return None
    client, supplier = (
        _place(before.series[side]["shown"].get(name)) if _may(found, side) else None
        for side in SIDES
    )
    earlier = None if client is None or supplier is None else client - supplier
    widened = None
    if earlier is not None and gap is not None:
        widened = abs(gap) - abs(earlier)
    return {
        CLIENT: client,
        SUPPLIER: supplier,
        "gap": earlier,
        "wider_by": widened,
    }


def _place(shown: str | None) -> int | None:
    return None if shown is None else int(shown.rstrip("+-"))


def _may(found: Figures, side: str) -> bool:
    """Whether a side's course may be shown beside this wave."""
    return (
        found.sides[side].change is not None
        or found.previous is None
        or (found.previous.state is Link.RESCALED)
    )
