"""From days and figures to places on a line."""

from dataclasses import dataclass
from datetime import date


def place(value: float) -> str:
    """A number as SVG wants it: two decimals at most, no trailing noughts."""
    return f"{value:.2f}".rstrip("0").rstrip(".")


def share(value: float, whole: float) -> float:
    """`value` as a percentage of `whole`, kept within 0 and 100; 0 of nothing."""
    if whole <= 0:
        return 0.0
    return min(max(value / whole * 100, 0.0), 100.0)


@dataclass(frozen=True)
class Days:
    """A stretch of time drawn from 0 % to 100 %."""

    first: date
    last: date

    def at(self, day: date) -> float:
        """Where a day lies, in per cent; days outside lie at the nearer end."""
        return share((day - self.first).days, (self.last - self.first).days)

    def holds(self, day: date) -> bool:
        """Whether the day lies on the line."""
        return self.first <= day <= self.last


def months_after(day: date, count: int) -> date:
    """The first of the month `count` months after that of `day`."""
    index = day.year * 12 + day.month - 1 + count
    return date(index // 12, index % 12 + 1, 1)
