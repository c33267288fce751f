"""Room for words in a drawing whose places across are percentages."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True)
class Box:
    """A rectangle: begins `dx` pixels beside a place in per cent, `y` from the top.

    Its breadth is in pixels, and where it grows with the drawing in per cent as well.
    """

    at: float
    dx: float
    y: float
    width: float
    height: float
    spread: float = 0

    def across(self, drawn: float) -> tuple[float, float]:
        """Its left and right end in pixels, in a drawing of that width."""
        start = self.at / 100 * drawn + self.dx
        return start, start + self.width + self.spread / 100 * drawn


def overlaps(one: Box, other: Box, widths: Iterable[float]) -> bool:
    """Whether one lies on the other at any of these widths of the drawing."""
    if one.y >= other.y + other.height or other.y >= one.y + one.height:
        return False
    for drawn in widths:
        (a, b), (c, d) = one.across(drawn), other.across(drawn)
        if a < d and c < b:
            return True
    return False
