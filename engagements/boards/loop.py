"""What became of a board's recommendations: one cohort, whenever it ended. 3.14.

A cohort is what was submitted in one cycle. A late outcome counts where it began, and a
new date for a commitment does not mend a missed one.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum


class Decision(StrEnum):
    """What the supplier answered."""

    ACCEPT = "accept"
    PARTIAL = "partial"
    DECLINE = "decline"
    DEFER = "defer"


@dataclass(frozen=True)
class Recommendation:
    """One recommendation and how far it came.

    `in_time`: answered within the days agreed. `committed`: with owner, date and
    measure. `due`: the date first agreed has passed; `on_time`: delivered by it.
    `verified`: the members confirm that it is done.
    """

    decision: Decision | None = None
    reason: bool = False
    in_time: bool = False
    committed: bool = False
    due: bool = False
    delivered: bool = False
    on_time: bool = False
    reported: bool = False
    verified: bool = False
    merged: bool = False
    withdrawn: bool = False

    @property
    def agreed(self) -> bool:
        """Accepted, at least in part."""
        return self.decision in {Decision.ACCEPT, Decision.PARTIAL}

    @property
    def answered(self) -> bool:
        """Agreed, or turned down or put off with a reason."""
        return self.agreed or (self.decision is not None and self.reason)

    @property
    def closed(self) -> bool:
        """Reported back to the board, and delivered or turned down with a reason."""
        declined = self.decision is Decision.DECLINE and self.reason
        return self.reported and (self.delivered or declined)


@dataclass(frozen=True)
class Loop:
    """Rates in per cent, None where there is nothing to divide by; `n` that count."""

    n: int
    answer_rate: float | None
    in_time_rate: float | None
    commitment_rate: float | None
    delivery_rate: float | None
    close_rate: float | None
    verified_rate: float | None
    open: int


def loop(cohort: Iterable[Recommendation]) -> Loop:
    """The rates of a cohort; what was merged or withdrawn is left out.

    In time counts only what is an answer. Delivery is judged on commitments whose date
    has passed, verification on what was delivered.
    """
    live = [one for one in cohort if not (one.merged or one.withdrawn)]
    agreed = [one for one in live if one.agreed]
    committed = [one for one in agreed if one.committed]
    due = [one for one in committed if one.due]
    delivered = [one for one in live if one.delivered]
    closed = sum(one.closed for one in live)
    return Loop(
        n=len(live),
        answer_rate=_rate(sum(one.answered for one in live), live),
        in_time_rate=_rate(sum(one.answered and one.in_time for one in live), live),
        commitment_rate=_rate(len(committed), agreed),
        delivery_rate=_rate(sum(one.delivered and one.on_time for one in due), due),
        close_rate=_rate(closed, live),
        verified_rate=_rate(sum(one.verified for one in delivered), delivered),
        open=len(live) - closed,
    )


def _rate(part: int, whole: list[Recommendation]) -> float | None:
    return 100 * part / len(whole) if whole else None
