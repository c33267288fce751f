"""When something that happened asks for a pulse between the calendar's waves.

Pure. Section 2.6: after each event one pulse, unless people are asked in any case
around then. An event is known by what it was and its day, so that it asks once.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from engagements.reviews.calendar import APART

# After the beginning, and after what changed: time to see how it works now.
SETTLED, SETTLE = timedelta(days=90), timedelta(days=14)
# After a severe joint issue was closed: time to see whether it stays solved.
SOLVED = timedelta(days=30)
# For so long something that happened is news: a lost month of the clock loses nothing,
# a register typed in years later asks nobody.
NEWS = timedelta(days=45)


@dataclass(frozen=True)
class Event:
    """What happened, on which day, and the first day a pulse may open after it."""

    cause: str
    on: date
    ask_from: date


@dataclass(frozen=True)
class Asked:
    """The days of another wave of the relationship, planned, held or being held."""

    opens_on: date
    closes_on: date


def slot_for(
    event: Event, others: Iterable[Asked], taken: Collection[date] = ()
) -> date | None:
    """The day of the pulse: never soon after a wave that was over when it happened.

    None where people are asked in any case.
    """
    known = list(others)
    before = [one.closes_on + APART for one in known if one.closes_on <= event.on]
    slot = max([event.ask_from, *before])
    while slot in taken:
        slot += timedelta(days=1)
    return None if is_covered(event.on, slot, known) else slot


def is_covered(on: date, slot: date, others: Iterable[Asked]) -> bool:
    """Whether a wave asks since the event, or is due within 45 days of its pulse."""
    return any(one.closes_on > on and one.opens_on <= slot + APART for one in others)
