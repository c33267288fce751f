"""How often one person may be asked, over all relationships. Section 2.6.

Pure: at most one request in 30 days and six within a year. What comes while another
review asks is one sitting with it, and costs nothing; what comes too soon waits; what
would come too late to be answered is left out, and says so.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta

SPACE, YEAR, MOST = timedelta(days=30), timedelta(days=365), 6
# Working days a person must have left to answer.
LEAST = 3


@dataclass(frozen=True)
class Request:
    """A person is asked by one review: from when to when; the days of its mails."""

    on: date
    until: date
    mails: tuple[date, ...] = ()


@dataclass
class _Sitting:
    """Requests that are answered together; it counts once."""

    on: date
    until: date
    mails: list[date] = field(default_factory=list)

    def takes(self, day: date) -> bool:
        """Whether what comes on a day is answered with it."""
        return day <= self.until and day < self.on + SPACE

    def add(self, request: Request) -> None:
        self.until = max(self.until, request.until)
        self.mails += [request.on, *request.mails]


def ask_day(
    requests: Iterable[Request],
    opens_on: date,
    last: date,
    working: Callable[[date], date] = lambda day: day,
) -> date | None:
    """The day somebody is asked by a review that opens then; None: not at all.

    `last` is the last day that leaves time to answer; `working` the first day on or
    after one on which both sides work. With another review under way it
    is the day of its next mail, so that both come in one.
    """
    sittings = _sittings(requests)
    for one in sittings:
        if one.takes(opens_on) or opens_on < one.on:
            joined = [day for day in sorted(one.mails) if opens_on <= day <= last]
            if joined:
                return joined[0]
            if one.on <= opens_on:
                return opens_on
    soonest = _earliest([one.on for one in sittings], opens_on)
    day = opens_on if soonest <= opens_on else working(soonest)
    return day if day <= last else None


def _sittings(requests: Iterable[Request]) -> list[_Sitting]:
    found: list[_Sitting] = []
    for request in sorted(requests, key=lambda one: one.on):
        if not found or not found[-1].takes(request.on):
            found.append(_Sitting(request.on, request.until))
        found[-1].add(request)
    return found


def _earliest(days: list[date], today: date) -> date:
    """The first day that is neither too soon nor one too many."""
    soonest = days[-1] + SPACE if days else today
    if len(days) >= MOST:
        soonest = max(soonest, days[-MOST] + YEAR)
    return soonest
