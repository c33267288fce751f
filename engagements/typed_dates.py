"""Dates and times as people type them: "fri", "in 3 weeks", "14/1", "yesterday 9am".

Pure: the day and the reader's order of day and month come in as arguments. A day
without a year is the next such day (or the last one, for what has happened).
"""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.utils.translation import gettext as _

_WEEKDAYS = {name.lower(): n for n, name in enumerate(calendar.day_name)}
_WEEKDAYS |= {name[:3]: n for name, n in tuple(_WEEKDAYS.items())}
_WEEKDAYS |= {"tues": 1, "weds": 2, "thur": 3, "thurs": 3}
_MONTHS = {name.lower(): n for n, name in enumerate(calendar.month_name) if name}
_MONTHS |= {name[:3]: n for name, n in tuple(_MONTHS.items())}
_MONTHS["sept"] = 9
_UNITS = {"d": 1, "day": 1, "days": 1, "w": 7, "week": 7, "weeks": 7}
_MONTH_UNITS = {"m", "month", "months"}
_RELATIVE = re.compile(r"^(?:in )?(\d{1,3}|a|an|one|two|three) ?([a-z]+)$")
# The years a file may have as well; beyond them no calendar of holidays helps.
_FIRST_YEAR, _LAST_YEAR = 1900, 2200
_COUNTS = {"a": 1, "an": 1, "one": 1, "two": 2, "three": 3}
_ISO = re.compile(r"^(\d{4})-(\d{1,2})-(\d{1,2})$")
_DIGITS = re.compile(r"^(\d{1,2})[/.](\d{1,2})(?:[/.](\d{2}|\d{4})?)?\.?$")
_NAMED = re.compile(r"^(\d{1,2})(?:st|nd|rd|th)? ([a-z]+)(?: (\d{4}))?$")
_NAMED_FIRST = re.compile(r"^([a-z]+) (\d{1,2})(?:st|nd|rd|th)?(?:,? (\d{4}))?$")
_END_OF = re.compile(r"^end of ([a-z]+)(?: (\d{4}))?$")
# Not the beginning of 20.11.2026, nor of 20.11. with its last dot.
_CLOCK = re.compile(
    r"(?<![\d.])(?:(\d{1,2})(?:[:.](\d{2}))? ?(am|pm)\b"
    r"|(\d{1,2})[:.](\d{2})(?![\w.]))"
)
_LENGTH = re.compile(
    r"(?<![\d.])(\d{1,2}(?:\.\d{1,2})?) ?h(?:ours?|rs?)?"
    r"(?: ?(\d{1,2})(?: ?m(?:in)?)?)?\b"
    r"|\b(\d{1,3}) ?m(?:in(?:utes?|s)?)?\b"
)


class TypedDateError(ValueError):
    """What was typed is no date; the message says what would be one."""


@dataclass(frozen=True)
class When:
    """A moment where the writer is, and how long it took if that was said."""

    at: datetime
    minutes: int | None


def parse_day(
    text: str, today: date, *, day_first: bool = True, past: bool = False
) -> date:
    """The day somebody typed. Raises TypedDateError in words."""
    typed = " ".join(text.lower().replace(",", " ").split())
    readers = (_word, _weekday, _relative, _iso, _end_of)
    for reader in readers:
        day = reader(typed, today, past)
        if day is not None:
            return day
    parts = _parts(typed, day_first=day_first)
    if parts is None:
        raise _no_date(text)
    day = _of_parts(parts, today, past=past)
    if day is None:
        raise _no_such_day(parts, text, day_first=day_first or "." in typed)
    return day


def _no_date(text: str) -> TypedDateError:
    words = _("“%(typed)s” is not a date. Try “fri”, “14/1” or “in 3 weeks”.")
    return TypedDateError(words % {"typed": text.strip()[:40]})


def _word(typed: str, today: date, past: bool) -> date | None:  # noqa: FBT001 - one shape for all readers
    if typed in {"today", "now"}:
        return today
    if typed in {"tomorrow", "tom"}:
        return today + timedelta(days=1)
    if typed == "yesterday":
        return today - timedelta(days=1)
    if typed in {"eom", "end of month", "month end"}:
        return _last_of(today.year, today.month)
    return None


def _weekday(typed: str, today: date, past: bool) -> date | None:  # noqa: FBT001 - as above
    words = typed.split()
    later = len(words) == 2 and words[0] == "next"
    earlier = len(words) == 2 and words[0] == "last"
    if (
        words[-1:] == []
        or words[-1] not in _WEEKDAYS
        or len(words) > 1 + later + earlier
    ):
        return None
    ahead = (_WEEKDAYS[words[-1]] - today.weekday()) % 7
    if earlier or (past and not later):
        return today - timedelta(days=(7 - ahead) % 7 or (7 if earlier else 0))
    if later:
        # "Next Friday" is the one of next week, whatever today is.
        monday = today + timedelta(days=7 - today.weekday())
        return monday + timedelta(days=_WEEKDAYS[words[-1]])
    return today + timedelta(days=ahead)


def _relative(typed: str, today: date, past: bool) -> date | None:  # noqa: FBT001 - as above
    ago = typed.endswith(" ago")
    found = _RELATIVE.match(typed.removesuffix(" ago"))
    if found is None:
        return None
    count = _COUNTS.get(found[1]) or (int(found[1]) if found[1].isdigit() else 0)
    sign = -1 if ago else 1
    if found[2] in _UNITS:
        return today + timedelta(days=sign * count * _UNITS[found[2]])
    if found[2] in _MONTH_UNITS:
        return _months_on(today, sign * count)
    return None


def _iso(typed: str, today: date, past: bool) -> date | None:  # noqa: FBT001 - as above
    found = _ISO.match(typed)
    if found is None:
        return None
    parts = int(found[3]), int(found[2]), int(found[1])
    day = _of_parts(parts, today, past=past)
    if day is None:
        raise _no_such_day(parts, typed, day_first=True)
    return day


def _end_of(typed: str, today: date, past: bool) -> date | None:  # noqa: FBT001 - as above
    found = _END_OF.match(typed)
    if found is None or found[1] not in _MONTHS:
        return None
    month = _MONTHS[found[1]]
    if found[2]:
        year = int(found[2])
        _check_year(year, typed)
        return _last_of(year, month)
    day = _last_of(today.year, month)
    if past and day > today:
        return _last_of(today.year - 1, month)
    return day if past or day >= today else _last_of(today.year + 1, month)


def _parts(typed: str, *, day_first: bool) -> tuple[int, int, int | None] | None:
    """Day, month and year as typed; None where it has another shape."""
    if found := _DIGITS.match(typed):
        first, second, year = int(found[1]), int(found[2]), found[3]
        # A dot is only written by people who put the day first.
        day, month = (first, second) if day_first or "." in typed else (second, first)
        return day, month, _year(year)
    if found := _NAMED.match(typed):
        named = found[2], found[1], found[3]
    elif found := _NAMED_FIRST.match(typed):
        named = found[1], found[2], found[3]
    else:
        return None
    month_name, day_digits, year = named
    if month_name not in _MONTHS:
        return None
    return int(day_digits), _MONTHS[month_name], _year(year)


def _year(digits: str | None) -> int | None:
    if not digits:
        return None
    return int(digits) + (2000 if len(digits) == 2 else 0)


def _of_parts(
    parts: tuple[int, int, int | None], today: date, *, past: bool
) -> date | None:
    day, month, year = parts
    if year is not None:
        _check_year(year, str(year))
        return date(year, month, day) if _exists(year, month, day) else None
    # 29 February may need a look a few years on.
    step = -1 if past else 1
    for candidate in range(today.year, today.year + 9 * step, step):
        if _exists(candidate, month, day):
            found = date(candidate, month, day)
            if (found <= today) if past else (found >= today):
                return found
    return None


def _check_year(year: int, typed: str) -> None:
    if not _FIRST_YEAR <= year <= _LAST_YEAR:
        words = _("“%(typed)s” is not a date here. Try a year between %(a)d and %(b)d.")
        given = {"typed": typed.strip()[:40], "a": _FIRST_YEAR, "b": _LAST_YEAR}
        raise TypedDateError(words % given)


def _exists(year: int, month: int, day: int) -> bool:
    if not 1 <= month <= 12:
        return False
    return 1 <= day <= calendar.monthrange(year, month)[1]


def _no_such_day(
    parts: tuple[int, int, int | None], text: str, *, day_first: bool
) -> TypedDateError:
    """The last day of that month, in the order the reader writes it."""
    month = parts[1]
    if not 1 <= month <= 12:
        return _no_date(text)
    # Without a year February is said with the days it always has.
    last = calendar.monthrange(parts[2] or 2027, month)[1]
    between = "." if re.search(r"\d\.", text) else "/"
    near = [str(last), str(month)] if day_first else [str(month), str(last)]
    better = between.join(near) + ("." if between == "." else "")
    words = _("“%(typed)s” is not a date. Try %(better)s or “end of %(name)s”.")
    return TypedDateError(
        words
        % {
            "typed": text.strip()[:40],
            "better": better,
            "name": calendar.month_name[month],
        }
    )


def _last_of(year: int, month: int) -> date:
    return date(year, month, calendar.monthrange(year, month)[1])


def _months_on(day: date, months: int) -> date:
    index = day.year * 12 + day.month - 1 + months
    year, month = index // 12, index % 12 + 1
    return date(year, month, min(day.day, calendar.monthrange(year, month)[1]))


def parse_when(text: str, now: datetime, *, day_first: bool = True) -> When:
    """A moment that has been, with its length: "yesterday 9am, 18 min".

    `now` is where the writer is. Without a time of day it is now on that day. Raises
    TypedDateError.
    """
    typed = " ".join(text.lower().replace(",", " ").split())
    clock = _clock(typed)
    if clock is not None:
        typed = _CLOCK.sub(" ", typed, count=1)
    minutes = _length(typed)
    if minutes is not None:
        typed = _LENGTH.sub(" ", typed, count=1)
    typed = " ".join(typed.replace(" at ", " ").split())
    today = now.date()
    day = parse_day(typed, today, day_first=day_first, past=True) if typed else today
    at = datetime.combine(day, clock or now.time().replace(microsecond=0), now.tzinfo)
    return When(at, minutes)


def _clock(typed: str) -> time | None:
    found = _CLOCK.search(typed)
    if found is None:
        return None
    hour, minute = int(found[1] or found[4]), int(found[2] or found[5] or 0)
    if found[3]:
        if not 1 <= hour <= 12:
            raise _no_date(typed)
        hour = hour % 12 + (12 if found[3] == "pm" else 0)
    if hour > 23 or minute > 59:
        raise _no_date(typed)
    return time(hour, minute)


def _length(typed: str) -> int | None:
    found = _LENGTH.search(typed)
    if found is None:
        return None
    if found[3]:
        return int(found[3])
    return round(float(found[1]) * 60) + int(found[2] or 0)
