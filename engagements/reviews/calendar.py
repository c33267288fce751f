"""When health reviews fall: anchored on a day, by segment, on working days of both.

Pure: the working days come in as a calendar, the day as an argument. A wave is known by
its slot, the anchor plus whole periods; a late wave never moves the next one.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from engagements.contracts.terms import add_months
from engagements.parties.working_days import JointCalendar

FULL, PULSE = "full", "pulse"
# Working days: before the opening; the window; after the closing.
PREPARE, WINDOW, PUBLISH, DISCUSS, AGREE = 5, 10, 2, 10, 15
# Working days after the opening, for who has not answered; what one extension adds,
# and when it reminds once more.
REMIND, EXTEND, REMIND_AGAIN = (3, 7, 9), 5, 11
# A wave closed within so many days before the next slot: that slot is left out.
APART = timedelta(days=45)


@dataclass(frozen=True)
class Cadence:
    """Months between waves; every `full_every`-th is a full one, 0 for none."""

    months: int
    full_every: int


# Nobody has decided about an unclassified one: it asks people least.
CADENCES = {
    "strategic": Cadence(3, 2),
    "bottleneck": Cadence(6, 2),
    "leverage": Cadence(6, 2),
    "routine": Cadence(12, 0),
    "": Cadence(12, 0),
}


@dataclass(frozen=True)
class Wave:
    """One planned wave: its slot in the calendar and the days that follow from it."""

    slot_on: date
    form: str
    prepare_on: date
    opens_on: date
    closes_on: date
    publish_by: date
    discuss_by: date
    agree_by: date


def wave(anchor: date, segment: str, number: int, both: JointCalendar) -> Wave:
    """The wave of that number, counted from 1 after the anchor."""
    cadence = CADENCES[segment]
    slot = add_months(anchor, number * cadence.months)
    full = cadence.full_every and number % cadence.full_every == 0
    return wave_of(slot, FULL if full else PULSE, both)


def wave_of(slot: date, form: str, both: JointCalendar) -> Wave:
    """The wave of a slot, with the days that follow from it."""
    opens = both.on_or_after(slot)
    closes = both.add(opens, WINDOW)
    return Wave(
        slot_on=slot,
        form=form,
        prepare_on=both.add(opens, -PREPARE),
        opens_on=opens,
        closes_on=closes,
        publish_by=both.add(closes, PUBLISH),
        discuss_by=both.add(closes, DISCUSS),
        agree_by=both.add(closes, AGREE),
    )


def reminders(opens: date, both: JointCalendar) -> tuple[date, ...]:
    """The days on which who has not answered is reminded."""
    return tuple(both.add(opens, days) for days in REMIND)


def extended(closes: date, both: JointCalendar) -> date:
    """The closing day after the one extension."""
    return both.add(closes, EXTEND)


def next_wave(
    anchor: date,
    segment: str,
    today: date,
    both: JointCalendar,
    used: frozenset[date] = frozenset(),
    *,
    last_closed: date | None = None,
) -> Wave:
    """The first wave that is not over on a day, leaving out slots already used.

    Also left out: slots that open too soon after the last wave closed.
    """
    months = CADENCES[segment].months
    passed = (today.year - anchor.year) * 12 + today.month - anchor.month
    # One early: a wave that began before today may still be open.
    number = max(passed // months - 1, 1)
    while True:
        found = wave(anchor, segment, number, both)
        apart = last_closed is None or found.opens_on - last_closed >= APART
        if found.closes_on >= today and found.slot_on not in used and apart:
            return found
        number += 1
