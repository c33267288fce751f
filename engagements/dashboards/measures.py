"""The four measures of the executive's page, and what they leave out.

Only a reading that holds today is averaged or summed; stale, too few and unknown are
counted beside it and never taken for good news.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from statistics import median

from engagements.dashboards.health import READ
from engagements.dashboards.narrowing import TROUBLE
from engagements.models import Health
from engagements.reviews.queries.across import Followed
from engagements.reviews.scoring.parameters import STANDARD
from engagements.wording import compact_money

# From here on both sides together are steady; under it an action is one of many late.
STEADY, ON_TIME = int(STANDARD.green), round(100 * STANDARD.on_time_share)


@dataclass(frozen=True)
class Counted:
    """So many relationships of one state, one score and one currency."""

    health: str
    score: int | None
    currency: str
    relationships: int
    value: Decimal | None
    no_value: int


@dataclass(frozen=True)
class Money:
    """A year's value in one currency; never summed with another."""

    currency: str
    value: Decimal
    trouble: Decimal
    unread: Decimal

    @property
    def words(self) -> str:
        """All of it, at a glance: "£4.2m"."""
        return compact_money(self.value, self.currency)

    @property
    def trouble_words(self) -> str:
        """What is at risk or on watch."""
        return compact_money(self.trouble, self.currency)

    @property
    def unread_words(self) -> str:
        """What no reading of today says anything about."""
        return compact_money(self.unread, self.currency)

    @property
    def part(self) -> float:
        """What is at risk or on watch, in per cent."""
        return float(100 * self.trouble / self.value) if self.value else 0.0


@dataclass(frozen=True)
class Measures:
    """How the relationships are, by their last reviews."""

    of: Counter[str]
    median: int | None
    money: tuple[Money, ...]
    trouble_without_value: int
    followed: Followed
    steady: int = STEADY
    low: int = ON_TIME

    @property
    def currency(self) -> str:
        """The one most of the value is in; empty where no value is known."""
        return self.money[0].currency if self.money else ""

    @property
    def read(self) -> int:
        """How many have a reading that holds today."""
        return sum(self.of[state] for state in READ)

    @property
    def trouble(self) -> int:
        """How many are at risk or on watch."""
        return sum(self.of[state] for state in TROUBLE)

    @property
    def unread(self) -> int:
        """How many have none, for whatever reason."""
        return self.of.total() - self.read

    @property
    def begun(self) -> bool:
        """Whether there ever was a review."""
        return self.of.total() > self.of[Health.NONE] or self.followed.closed > 0

    @property
    def on_time(self) -> int | None:
        """Agreed actions done by the day first agreed, in per cent."""
        due = self.followed.due
        return round(100 * self.followed.on_time / due) if due else None

    @property
    def answered(self) -> int | None:
        """Reviews that enough of both sides answered, in per cent."""
        closed = self.followed.closed
        return round(100 * self.followed.answered / closed) if closed else None


def measures(counted: Iterable[Counted], followed: Followed) -> Measures:
    """From counts of all relationships."""
    rows = list(counted)
    of: Counter[str] = Counter()
    for row in rows:
        of[row.health] += row.relationships
    return Measures(
        of=of,
        median=_median(rows),
        money=_money(rows),
        trouble_without_value=sum(
            row.no_value for row in rows if row.health in TROUBLE
        ),
        followed=followed,
    )


def _median(rows: Iterable[Counted]) -> int | None:
    scores = [
        row.score
        for row in rows
        if row.health in READ and row.score is not None
        for _one in range(row.relationships)
    ]
    return int(median(scores) + 0.5) if scores else None


def _money(rows: list[Counted]) -> tuple[Money, ...]:
    """Currency by currency, the largest first."""
    found: dict[str, list[Decimal]] = {}
    for row in rows:
        if row.value is not None:
            sums = found.setdefault(row.currency, [Decimal(0)] * 3)
            sums[0] += row.value
            sums[1] += row.value if row.health in TROUBLE else 0
            sums[2] += 0 if row.health in READ else row.value
    ordered = sorted(found.items(), key=lambda one: -one[1][0])
    return tuple(Money(currency, *sums) for currency, sums in ordered)
