"""What a contract's terms say about a day: its end, its deadlines, its state.

Pure arithmetic: no database, no clock. The rules:

- A term ends on start + months, counted from the start and clipped to the month's end,
  or on the day given. The end day belongs to the term.
- tacit: from the day after an end it runs on by the renewal months, unless notice was
  given on or before the notice deadline of the side that gave it. A notice too late for
  one end counts for the next.
- express: runs on only as far as was confirmed. none: ends.
- evergreen, or no end: notice may be given any day and ends it on that day + notice.
- A side without a notice period may give notice until the end day.
- A notice is unknown before the day it was given.
"""

from __future__ import annotations

import calendar
from bisect import bisect_left
from collections.abc import Callable
from dataclasses import dataclass
from datetime import MAXYEAR, MINYEAR, date, timedelta
from functools import partial

SIDES = ("client", "supplier")
# Longer than any contract; keeps arithmetic inside the calendar.
MOST_MONTHS = 1_200
MOST_DAYS = 36_525

Working = Callable[[date], bool]


class TermsError(ValueError):
    """Terms that contradict themselves; `field` names which one."""

    def __init__(self, field: str, reason: str) -> None:
        super().__init__(f"{field}: {reason}")
        self.field = field
        self.reason = reason


@dataclass(frozen=True)
class Notice:
    """A notice period: a count of months, calendar days or business days."""

    count: int
    unit: str = "months"

    def __post_init__(self) -> None:
        if self.unit not in {"months", "days", "business_days"}:
            raise TermsError("notice", f"{self.unit!r} is not a unit of time.")
        most = MOST_MONTHS if self.unit == "months" else MOST_DAYS
        if not 0 <= self.count <= most:
            raise TermsError("notice", f"must be between 0 and {most}.")

    def before(self, day: date, working: Working) -> date:
        """The day this long before a day."""
        if self.unit == "months":
            return add_months(day, -self.count)
        if self.unit == "days":
            return _shifted(day, -self.count)
        return count_working_days(day, -self.count, working)

    def after(self, day: date, working: Working) -> date:
        """The day this long after a day."""
        if self.unit == "months":
            return add_months(day, self.count)
        if self.unit == "days":
            return _shifted(day, self.count)
        return count_working_days(day, self.count, working)


@dataclass(frozen=True)
class NoticeGiven:
    """One side told the other that it ends the contract."""

    side: str
    on: date


@dataclass(frozen=True)
class Terms:
    """What a contract says. `initial_months` counts only where no end day is given."""

    start: date
    end: date | None = None
    initial_months: int | None = None
    renewal: str = "none"
    renewal_months: int | None = None
    client_notice: Notice | None = None
    supplier_notice: Notice | None = None
    confirmed_renewals: int = 0
    notice_given: NoticeGiven | None = None

    def __post_init__(self) -> None:
        if self.renewal not in {"none", "tacit", "express", "evergreen"}:
            raise TermsError("renewal", f"{self.renewal!r} is not a kind of renewal.")
        if self.end is not None and self.end < self.start:
            raise TermsError("end", "must not be before the start.")
        _check_months("initial_months", self.initial_months)
        _check_months("renewal_months", self.renewal_months)
        if self.renews and self.renewal_months is None:
            raise TermsError("renewal_months", "say by how many months it renews.")
        if not 0 <= self.confirmed_renewals <= MOST_MONTHS:
            raise TermsError("confirmed_renewals", "must be 0 or more.")
        if self.notice_given and self.notice_given.side not in SIDES:
            raise TermsError("notice_given", "say which side gave notice.")

    @property
    def open_ended(self) -> bool:
        """No day on which it would end by itself."""
        no_end = self.end is None and self.initial_months is None
        return self.renewal == "evergreen" or no_end

    @property
    def renews(self) -> bool:
        """There is an end, and a way past it."""
        return self.renewal in {"tacit", "express"} and not self.open_ended

    def notice_of(self, side: str) -> Notice | None:
        """The notice period of one side."""
        return self.client_notice if side == "client" else self.supplier_notice

    def end_after(self, renewals: int) -> date:
        """The end after so many renewals, always counted from the same anchor."""
        more = renewals * (self.renewal_months or 0)
        if self.end is not None:
            return add_months(self.end, more)
        return add_months(self.start, (self.initial_months or 0) + more)


@dataclass(frozen=True)
class Standing:
    """What the terms say on one day; None is "there is no such day"."""

    current_end: date | None
    next_end: date | None
    notice_by: dict[str, date | None]
    act_by: dict[str, date | None]
    earliest_exit: dict[str, date | None]
    renewals: int
    state: str


_NO_DAYS: dict[str, date | None] = {"client": None, "supplier": None}


def weekdays(day: date) -> bool:
    """Monday to Friday: the working days of a place without holidays."""
    return day.weekday() < 5


def standing(terms: Terms, as_of: date, working: Working = weekdays) -> Standing:
    """What the terms say about a day, holidays and weekends as `working` knows them.

    Raises TermsError where the terms run out of the calendar.
    """
    given = _known(terms, as_of)
    if terms.open_ended:
        return _open_ended(terms, as_of, given, working)
    renewals, last = _renewals(terms, as_of, given, working)
    end = terms.end_after(renewals)
    deadlines = _deadlines(terms, end, working)
    ends_here = given is not None and _in_time(terms, given, end, working)
    goes_on = terms.renewal == "tacit" and not ends_here and not last
    return Standing(
        current_end=end,
        next_end=terms.end_after(renewals + 1) if goes_on else None,
        notice_by=deadlines,
        act_by={
            side: None if day is None else on_or_before(day, working)
            for side, day in deadlines.items()
        },
        earliest_exit=dict(_NO_DAYS),
        renewals=renewals,
        state=_state(terms, as_of, end, deadlines, ends_here=ends_here),
    )


def in_force(terms: Terms, day: date, working: Working = weekdays) -> bool:
    """Whether the contract binds the two sides on a day."""
    if day < terms.start:
        return False
    end = standing(terms, day, working).current_end
    return end is None or day <= end


def _known(terms: Terms, as_of: date) -> NoticeGiven | None:
    given = terms.notice_given
    return given if given is not None and given.on <= as_of else None


def _open_ended(
    terms: Terms, as_of: date, given: NoticeGiven | None, working: Working
) -> Standing:
    end, exits, state = None, dict(_NO_DAYS), "open_ended"
    if given is not None:
        period = terms.notice_of(given.side)
        end = given.on if period is None else period.after(given.on, working)
        state = "ending" if as_of <= end else "expired"
    else:
        for side in SIDES:
            period = terms.notice_of(side)
            exits[side] = None if period is None else period.after(as_of, working)
    if as_of < terms.start:
        state = "upcoming"
    return Standing(end, None, dict(_NO_DAYS), dict(_NO_DAYS), exits, 0, state)


def _renewals(
    terms: Terms, as_of: date, given: NoticeGiven | None, working: Working
) -> tuple[int, bool]:
    """How often it has renewed by a day, and whether notice stops it there."""
    if terms.renewal == "express":
        return terms.confirmed_renewals, True
    if terms.renewal == "none":
        return 0, True
    count = _first_ending(terms, as_of)
    if given is None or not _stopped_by(terms, given, working, count):
        return count, False
    # Deadlines come in the order of their ends, and none is after its end. Asking each
    # would take minutes where notice is long and renewals are short.
    first = _first_ending(terms, given.on)
    in_time = partial(_stopped_by, terms, given, working)
    return first + bisect_left(range(first, count), 1, key=in_time), True


def _stopped_by(
    terms: Terms, given: NoticeGiven, working: Working, renewals: int
) -> bool:
    return _in_time(terms, given, terms.end_after(renewals), working)


def _first_ending(terms: Terms, day: date) -> int:
    """The fewest renewals after which the end is not before a day."""
    step = terms.renewal_months or 1
    first = terms.end_after(0)
    months = (day.year - first.year) * 12 + day.month - first.month
    # One too few at most, because months are clipped at their end.
    count = max((months - 1) // step, 0)
    while terms.end_after(count) < day:
        count += 1
    return count


def _in_time(terms: Terms, given: NoticeGiven, end: date, working: Working) -> bool:
    period = terms.notice_of(given.side)
    deadline = end if period is None else period.before(end, working)
    return given.on <= deadline


def _deadlines(terms: Terms, end: date, working: Working) -> dict[str, date | None]:
    days = dict(_NO_DAYS)
    for side in SIDES:
        period = terms.notice_of(side)
        days[side] = None if period is None else period.before(end, working)
    return days


def _state(
    terms: Terms,
    as_of: date,
    end: date,
    deadlines: dict[str, date | None],
    *,
    ends_here: bool,
) -> str:
    if as_of < terms.start:
        return "upcoming"
    if as_of > end:
        return "expired"
    if ends_here:
        return "ending"
    known = [day for day in deadlines.values() if day is not None]
    if terms.renewal == "tacit" and known and all(day < as_of for day in known):
        return "renewing"
    return "active"


def add_months(day: date, months: int) -> date:
    """The same day so many months on, clipped to the month's end."""
    index = day.year * 12 + day.month - 1 + months
    year, month = divmod(index, 12)
    if not MINYEAR <= year <= MAXYEAR:
        raise TermsError("term", "runs out of the calendar.")
    last = calendar.monthrange(year, month + 1)[1]
    return date(year, month + 1, min(day.day, last))


def on_or_before(day: date, working: Working) -> date:
    """That day when it is a working day, else the working day before it."""
    while not working(day):
        day = _shifted(day, -1)
    return day


def count_working_days(day: date, count: int, working: Working) -> date:
    """So many working days on from a day, or back where the count is negative."""
    step = 1 if count > 0 else -1
    for _step in range(abs(count)):
        day = _shifted(day, step)
        while not working(day):
            day = _shifted(day, step)
    return day


def _shifted(day: date, days: int) -> date:
    try:
        return day + timedelta(days=days)
    except OverflowError:
        raise TermsError("term", "runs out of the calendar.") from None


def _check_months(field: str, months: int | None) -> None:
    if months is not None and not 1 <= months <= MOST_MONTHS:
        raise TermsError(field, f"must be between 1 and {MOST_MONTHS} months.")
