"""Which days a place works: weekends, public holidays, an organisation's own days.

Pure: the days an organisation names itself come in as values. Public holidays are those
of the `holidays` package, by country and subdivision; both may be wrong, and then the
organisation's own days are right.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

SATURDAY, SUNDAY = 5, 6
USUAL_WEEKEND = frozenset({SATURDAY, SUNDAY})


@dataclass(frozen=True)
class WorkingCalendar:
    """The working days of one organisation."""

    country: str = ""
    subdivision: str = ""
    closed: frozenset[date] = frozenset()
    opened: frozenset[date] = frozenset()

    def works(self, day: date) -> bool:
        """Whether the organisation works on a day."""
        if day in self.opened:
            return True
        if day in self.closed:
            return False
        weekend, holidays = _public(self.country, self.subdivision, day.year)
        return day.weekday() not in weekend and day not in holidays


@dataclass(frozen=True)
class JointCalendar:
    """Days on which every one of several organisations works."""

    calendars: tuple[WorkingCalendar, ...]

    def works(self, day: date) -> bool:
        """Whether all of them work on a day."""
        return all(calendar.works(day) for calendar in self.calendars)

    def on_or_after(self, day: date) -> date:
        """That day when all work, else the next on which they do."""
        while not self.works(day):
            day += timedelta(days=1)
        return day

    def on_or_before(self, day: date) -> date:
        """That day when all work, else the last before it on which they do."""
        while not self.works(day):
            day -= timedelta(days=1)
        return day

    def add(self, day: date, count: int) -> date:
        """So many working days on, or back where the count is negative."""
        step = timedelta(days=1 if count > 0 else -1)
        for _step in range(abs(count)):
            day += step
            while not self.works(day):
                day += step
        return day


@lru_cache(maxsize=4_096)
def _public(
    country: str, subdivision: str, year: int
) -> tuple[frozenset[int], frozenset[date]]:
    """The weekend and the public holidays of a place in a year."""
    if not country:
        return USUAL_WEEKEND, frozenset()
    # Late, because it brings the calendars of 250 places; most pages need none.
    from holidays import country_holidays  # noqa: PLC0415 - see above

    try:
        found = country_holidays(country, subdiv=subdivision or None, years=year)
    except NotImplementedError:
        if subdivision:
            # A region the package does not know still has its country's holidays.
            return _public(country, "", year)
        return USUAL_WEEKEND, frozenset()
    return frozenset(found.weekend), frozenset(found)
