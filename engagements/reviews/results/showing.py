"""How a figure is shown: whole numbers, extremes of few cut off, bands for people.

In named mode everybody agreed to be seen, and figures are shown as they are.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import ceil

from engagements.reviews.results.wave import Wave
from engagements.reviews.scoring.disclosure import displayed
from engagements.reviews.scoring.parameters import Method
from engagements.reviews.scoring.rounding import half_up, reaches
from engagements.reviews.scoring.sides import Cell, Mode


@dataclass(frozen=True)
class Showing:
    """The rules of one wave."""

    wave: Wave

    @property
    def is_named(self) -> bool:
        """Everybody agreed to be named."""
        return self.wave.mode is Mode.NAMED

    def score(self, value: float | None, n: int) -> str | None:
        """A score as printed; "95+" for an extreme of few; None for no figure."""
        if value is None:
            return None
        if self.is_named:
            return str(half_up(value))
        return displayed(value, n, method=self.wave.method)

    def cell(self, cell: Cell) -> str | None:
        """A side in a dimension, as printed."""
        return self.score(cell.value, cell.n)

    def cut(self, cell: Cell) -> float:
        """A shown figure at full precision, cut off where the printed one is."""
        value, shown = cell.value or 0.0, self.cell(cell) or ""
        return float(shown[:-1]) if shown[-1:] in {"+", "-"} else value

    def step(
        self, now: float | None, before: float | None, shown: str, then: str
    ) -> int | None:
        """By how much a score went up; of cut-off ones, as far as they are printed."""
        if now is None or before is None:
            return None
        if shown[-1] in "+-" or then[-1] in "+-":
            return int(shown.rstrip("+-")) - int(then.rstrip("+-"))
        return int(half_up(now - before))

    def place(self, shown: str | None) -> int | None:
        """Where a printed score stands on an axis: no more than the words tell."""
        return place(shown)

    def gap(
        self, value: float | None, client: str | None, supplier: str | None
    ) -> int | None:
        """The client's score less the supplier's, as printed."""
        return gap(value, client, supplier, self.wave.method)

    def mean(
        self, value: float | None, client: str | None, supplier: str | None
    ) -> int | None:
        """The health of both sides, as printed."""
        return mean(value, client, supplier)


def place(shown: str | None) -> int | None:
    """A printed score as a number: "95+" is 95."""
    return None if shown is None else int(shown.rstrip("+-"))


def gap(
    value: float | None, client: str | None, supplier: str | None, method: Method
) -> int | None:
    """The client's score less the supplier's, as printed.

    Where a score is cut off, the gap is that of what is printed: else the cut-off one
    could be computed.
    """
    if value is None or client is None or supplier is None:
        return None
    if client[-1] in "+-" or supplier[-1] in "+-":
        return int(client.rstrip("+-")) - int(supplier.rstrip("+-"))
    return short_of(int(half_up(value)), value, method)


def short_of(printed: int, exact: float, method: Method) -> int:
    """A printed gap that names no threshold the exact one stays under.

    Of 19.6 half up makes the 20 from which people talk about a topic first, in a group
    it does not belong to: 19 is said. A decimal would say so too, but tells more about
    single answers of few.
    """
    size = abs(printed)
    for threshold in (method.gap_note, method.gap_wide, method.gap_severe):
        if size >= threshold and not reaches(abs(exact), threshold):
            size = ceil(threshold) - 1
    return size if printed > 0 else -size


def mean(value: float | None, client: str | None, supplier: str | None) -> int | None:
    """The health of both sides, as printed; of cut-off scores like the gap."""
    if value is None or client is None or supplier is None:
        return None
    if client[-1] in "+-" or supplier[-1] in "+-":
        both = int(client.rstrip("+-")) + int(supplier.rstrip("+-"))
        return int(half_up(both / 2))
    return int(half_up(value))
