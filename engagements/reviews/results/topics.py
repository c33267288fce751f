"""The topics of a wave, side beside side, as both sides read them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from engagements.reviews.instrument.content import ENGLISH, Dimension
from engagements.reviews.results.figures import Figures
from engagements.reviews.results.showing import Showing, short_of
from engagements.reviews.results.wave import CLIENT, SIDES, SUPPLIER, Wave
from engagements.reviews.scoring.gaps import gap_band
from engagements.reviews.scoring.sides import Cell

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
    key = dimension.key
    cells = {side: found.sides[side].result.cells[key] for side in SIDES}
    shown = {side: showing.cell(cells[side]) for side in SIDES}
    exact = found.gap.by_dimension.get(key)
    gap = showing.gap(exact, shown[CLIENT], shown[SUPPLIER])
    if gap is not None:
        gap = short_of(gap, _cut_gap(showing, cells), wave.method)
    before = _before(wave, found, key)
    return {
        "key": key,
        "name": dimension.name[ENGLISH],
        "meaning": dimension.meaning[ENGLISH],
        **{
            side: _side(wave, found, showing, side, key)
            | _moved(shown[side], before, side, found, key, showing)
            for side in SIDES
        },
        "gap": gap,
        "gap_shown": span(gap, shown[CLIENT], shown[SUPPLIER]),
        "band": None if gap is None else _band(wave, showing, cells),
        "before": _of_before(before, gap, showing),
    }


def _side(
    wave: Wave, found: Figures, showing: Showing, side: str, key: str
) -> Document:
    cell = found.sides[side].result.cells[key]
    shown = showing.cell(cell)
    return {
        "shown": shown,
        "at": showing.place(shown),
        "state": cell.state.value,
        "hardly_visible": shown is not None and key in found.sides[side].hardly_seen,
    }


def _band(wave: Wave, showing: Showing, cells: Mapping[str, Cell]) -> str:
    """The band of the gap between what is shown: the order of topics hides as much."""
    return gap_band(_cut_gap(showing, cells), method=wave.method).value


def _cut_gap(showing: Showing, cells: Mapping[str, Cell]) -> float:
    client, supplier = (showing.cut(cells[side]) for side in SIDES)
    return client - supplier


def span(gap: int | None, client: str | None, supplier: str | None) -> str | None:
    """The size of a gap as printed: "45+" where the farther end is cut off."""
    if gap is None or client is None or supplier is None:
        return None
    higher, lower = (client, supplier) if gap > 0 else (supplier, client)
    open_ended = higher.endswith("+") or lower.endswith("-")
    return f"{abs(gap)}+" if gap and open_ended else f"{abs(gap)}"


def _before(wave: Wave, found: Figures, key: str) -> Document | None:
    """What was shown of a topic in the wave this is compared with, by side."""
    before = wave.previous
    if before is None or found.previous is None:
        return None
    if key not in found.previous.dimensions:
        return None
    figures, shown = (
        ("profile", "shown") if wave.is_full else ("marker_profile", "marker_shown")
    )
    document: Document = {"exact": {}, "shown": {}}
    for side in SIDES:
        if _hidden(found, side, key):
            document["exact"][side] = document["shown"][side] = None
        else:
            document["exact"][side] = before.series[side][figures].get(key)
            document["shown"][side] = before.series[side][shown].get(key)
    return document


def _hidden(found: Figures, side: str, key: str) -> bool:
    moved = found.sides[side].movement
    return moved is None or moved.topics.get(key, "hidden") == "hidden"


def _moved(
    shown: str | None,
    before: Document | None,
    side: str,
    found: Figures,
    key: str,
    showing: Showing,
) -> Document:
    """By how much a side's score went up, and how sure that is."""
    moved = found.sides[side].movement
    then = None if before is None else before["shown"][side]
    if moved is None or shown is None:
        return {"moved": None, "moved_label": None}
    label = moved.topics.get(key)
    if then is None or label == "hidden":
        return {"moved": None, "moved_label": "hidden" if label == "hidden" else None}
    now, old = found.sides[side].result.profile[key], before["exact"][side]  # type: ignore[index]  # then is of it
    return {"moved": showing.step(now, old, shown, then), "moved_label": label}


def _of_before(
    before: Document | None, gap: int | None, showing: Showing
) -> Document | None:
    """Where it stood; None where it cannot be compared."""
    if before is None:
        return None
    shown, exact = before["shown"], before["exact"]
    earlier = None
    if exact[CLIENT] is not None and exact[SUPPLIER] is not None:
        difference = exact[CLIENT] - exact[SUPPLIER]
        earlier = showing.gap(difference, shown[CLIENT], shown[SUPPLIER])
    both = earlier is not None and gap is not None
    return {
        **{side: showing.place(shown[side]) for side in SIDES},
        "gap": earlier,
        "wider_by": abs(gap) - abs(earlier) if both else None,  # type: ignore[arg-type]  # both are known
    }
