"""When must we decide? One row a contract, eighteen months wide."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from engagements.charts.scale import Days, months_after, place
from engagements.wording import MONTHS, long_day

QUARTERS = (1, 4, 7, 10)
# A month's name this near to "Today", in per cent, would be written over it: on wide
# places, and on narrow ones.
NEAR, NEAR_NARROW = 8, 20


@dataclass(frozen=True)
class Renewal:
    """A contract on the timeline.

    `window` is when the decision is open, `notice_by` the last day for notice. What is
    unknown is None. `amount` and `state` are words; `health` is one of the five states
    or empty.
    """

    label: str
    url: str
    ends: date | None
    amount: str
    state: str
    window: tuple[date, date] | None = None
    notice_by: date | None = None
    health: str = ""


def renewals(rows: Sequence[Renewal], today: date, months: int = 18) -> SafeString:
    """The rows as an ordered list under one scale of months, today marked."""
    return _drawn(tuple(rows), today, months, get_language() or "")


# The same dates give the same drawing; dates change a few times a day.
@lru_cache(128)
def _drawn(
    rows: tuple[Renewal, ...], today: date, months: int, _language: str
) -> SafeString:
    days = Days(today.replace(day=1), months_after(today, months))
    return format_html(
        '<div class="gr gh" aria-hidden="true"><div></div><svg class="gt">{}</svg>'
        '<div></div></div><ol class="gantt">{}</ol>',
        _scale(days, today, months),
        format_html_join("", "{}", ((_row(row, days, today),) for row in rows)),
    )


def _scale(days: Days, today: date, months: int) -> SafeString:
    here = days.at(today)
    words = [("today-word", "start", place(here), _("Today"))]
    for step in range(1, months):
        month = months_after(days.first, step)
        if month.month not in QUARTERS or abs(days.at(month) - here) < NEAR:
            continue
        name = str(MONTHS[month.month])
        label = f"{name} {month.year}" if month.month == 1 else name
        close = abs(days.at(month) - here) < NEAR_NARROW
        words.append(
            ("tick close" if close else "tick", "middle", place(days.at(month)), label)
        )
    return format_html_join(
        "", '<text class="{}" text-anchor="{}" x="{}%" y="13">{}</text>', words
    )


def _row(row: Renewal, days: Days, today: date) -> SafeString:
    mark = SafeString("")
    if row.health:
        mark = format_html(
            '<svg class="hg" viewBox="0 0 16 16" aria-hidden="true">'
            '<use href="#h-{}"/></svg>',
            row.health,
        )
    return format_html(
        '<li class="gr"><div class="nm">{}<a href="{}">{}</a></div>'
        '<svg class="gt" aria-hidden="true">{}</svg>'
        '<div class="num sm"><b>{}</b> <span class="sub">{}</span>'
        '<span class="visually-hidden">. {}</span></div></li>',
        mark,
        row.url,
        row.label,
        _bars(row, days, today),
        row.amount,
        row.state,
        _said(row),
    )


def _bars(row: Renewal, days: Days, today: date) -> SafeString:
    drawn = []
    end = days.at(row.ends) if row.ends else 100.0
    drawn.append(
        format_html('<rect class="bar" y="11" width="{}%" height="10"/>', place(end))
    )
    if row.window:
        begin, close = (days.at(day) for day in row.window)
        drawn.append(
            format_html(
                '<rect x="{}%" y="11" width="{}%" height="10" fill="url(#hatch-ink)"/>',
                place(begin),
                place(close - begin),
            )
        )
    if row.notice_by and days.holds(row.notice_by):
        drawn.append(_tick("ntc", days.at(row.notice_by), 7, 2, 18))
    if row.ends and days.holds(row.ends):
        drawn.append(_tick("endm", end, 8, 1.5, 16))
    here = place(days.at(today))
    drawn.append(
        format_html('<line class="now" x1="{}%" x2="{}%" y2="32"/>', here, here)
    )
    return format_html_join("", "{}", ((piece,) for piece in drawn))


def _tick(kind: str, at: float, top: float, width: float, height: float) -> SafeString:
    return format_html(
        '<rect class="{}" x="{}%" y="{}" width="{}" height="{}"/>',
        kind,
        place(at),
        place(top),
        place(width),
        place(height),
    )


def _said(row: Renewal) -> str:
    """The dates of the row in words, for those who do not see the bars."""
    notice = (
        _("Notice by %(day)s") % {"day": long_day(row.notice_by)}
        if row.notice_by
        else _("No notice date")
    )
    ends = (
        _("ends %(day)s") % {"day": long_day(row.ends)}
        if row.ends
        else _("no end date")
    )
    return f"{notice}, {ends}"
