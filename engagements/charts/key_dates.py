"""The dates of a contract on a rail: the whole term, and the part that matters."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from engagements.charts.scale import Days, place
from engagements.wording import day_words, month_words

# The width of a label, in per cent of the narrowest rail that is drawn across.
LABEL = 15.0
# Beyond this the label stands to the left of its mark.
RIGHT = 84.0
AXIS, ROW = 50, 56
# Free room at either end, as a part of the time shown.
AIR = 0.09


@dataclass(frozen=True)
class KeyDate:
    """One date: legal ones (diamond) bind, others (square) may be moved."""

    on: date
    label: str
    legal: bool = False
    url: str = ""


@dataclass(frozen=True)
class Option:
    """A further term that may follow."""

    begins: date
    ends: date
    label: str


@dataclass(frozen=True)
class Rail:
    """What the rail shows. Unknown is None; nothing is drawn for it."""

    today: date
    points: tuple[KeyDate, ...]
    begins: date | None = None
    ends: date | None = None
    term_label: str = ""
    window: tuple[date, date] | None = None
    options: tuple[Option, ...] = ()


def key_date_rail(rail: Rail) -> SafeString:
    """The rail, an ordered list: across on wide places, downwards on narrow ones."""
    if not rail.points:
        return SafeString("")
    zoom = _lens(rail)
    return format_html(
        '<div class="rl"><div class="across">{}{}</div>{}{}</div>',
        _whole(rail, zoom),
        _across(rail, zoom),
        _down(rail),
        _window_words(rail),
    )


def _lens(rail: Rail) -> Days:
    """The stretch of time that holds every point and today.

    A decision open for long begins at its edge: what is past would only take room.
    """
    days = [point.on for point in rail.points] + [rail.today]
    days += rail.window[1:] if rail.window else ()
    if rail.window and rail.window[0] > rail.today:
        days.append(rail.window[0])
    first, last = min(days), max(days)
    air = timedelta(days=max(round((last - first).days * AIR), 7))
    return Days(first - air, last + air)


def _whole(rail: Rail, zoom: Days) -> SafeString:
    """The term and its options as one thin bar; left out when the lens is all of it."""
    ends = [option.ends for option in rail.options] + ([rail.ends] if rail.ends else [])
    if not rail.begins or not ends:
        return SafeString("")
    days = Days(rail.begins, max(ends))
    left, right = days.at(zoom.first), days.at(zoom.last)
    if right - left > 80 or right == left:
        return SafeString("")
    pieces = [
        format_html('<text y="12">{}</text>', month_words(rail.begins)),
        _span("term", 0, days.at(rail.ends) if rail.ends else 0, 20, 12),
    ]
    if rail.term_label and rail.ends:
        pieces.append(
            format_html(
                '<text x="{}%" y="12" text-anchor="end" dx="-8">{}</text>',
                place(left if left > 25 else days.at(rail.ends)),
                rail.term_label,
            )
        )
    for option in rail.options:
        begin, end = days.at(option.begins), days.at(option.ends)
        pieces.append(_span("option", begin, end, 20.5, 11))
        pieces.append(
            format_html(
                '<text x="{}%" y="12" dx="6">{}</text>',
                place(max(begin, right)),
                option.label,
            )
        )
    pieces.append(_span("lens", left, right, 15, 22))
    return format_html(
        '<svg class="whole" height="46" aria-hidden="true">{}</svg>'
        '<svg class="fun" height="26" viewBox="0 0 100 26" preserveAspectRatio="none" '
        'aria-hidden="true"><path class="funnel" d="M{} 0H{}L100 26H0z"/></svg>',
        format_html_join("", "{}", ((piece,) for piece in pieces)),
        place(left),
        place(right),
    )


def _span(
    kind: str, left: float, right: float, top: float, height: float
) -> SafeString:
    return format_html(
        '<rect class="{}" x="{}%" y="{}" width="{}%" height="{}" rx="2"/>',
        kind,
        place(left),
        place(top),
        place(max(right - left, 0)),
        height,
    )


def _across(rail: Rail, zoom: Days) -> SafeString:
    points = sorted(rail.points, key=lambda point: point.on)
    rows = _rows([zoom.at(point.on) for point in points])
    height = AXIS + 20 + (max(rows) + 1) * ROW
    return format_html(
        '<div class="zoom"><svg height="{}" aria-hidden="true">{}</svg>'
        "<ol>{}</ol></div>",
        height,
        _ground(rail, zoom, height),
        format_html_join(
            "",
            '<li><svg height="{}">{}</svg></li>',
            (
                (height, _point(point, rail.today, zoom.at(point.on), row))
                for point, row in zip(points, rows, strict=True)
            ),
        ),
    )


def _ground(rail: Rail, zoom: Days, height: float) -> SafeString:
    """Axis, decision window and today: what lies under the dates."""
    window = SafeString("")
    if rail.window:
        begin, end = (max(zoom.at(day), 0) for day in rail.window)
        window = format_html(
            '<rect class="window" x="{}%" y="{}" width="{}%" height="12" '
            'fill="url(#hatch-accent)"/>',
            place(begin),
            AXIS - 6,
            place(end - begin),
        )
    here = zoom.at(rail.today)
    left = here > RIGHT
    return format_html(
        '<line class="axis" x2="100%" y1="{}" y2="{}"/>{}'
        '<line class="today" x1="{}%" x2="{}%" y1="8" y2="{}"/>'
        '<text class="today-word" x="{}%" y="20" dx="{}" text-anchor="{}">{}</text>',
        AXIS,
        AXIS,
        window,
        place(here),
        place(here),
        height - 8,
        place(here),
        -7 if left else 7,
        "end" if left else "start",
        _("Today, %(day)s") % {"day": day_words(rail.today, rail.today)},
    )


def _rows(places: list[float]) -> list[int]:
    """For each label the first row where it covers no other.

    From right to left, so that the thin line of a lower label passes beside the words
    above it and not through them.
    """
    free: list[float] = []
    rows = []
    for at in reversed(places):
        begin = at - LABEL if at > RIGHT else at
        end = begin + LABEL
        row = next((n for n, start in enumerate(free) if end <= start), len(free))
        if row == len(free):
            free.append(begin)
        free[row] = begin
        rows.append(row)
    return rows[::-1]


def _point(point: KeyDate, today: date, at: float, row: int) -> SafeString:
    """The mark and its words; a label further down hangs on a thin line."""
    end = at > RIGHT
    top = AXIS + 14 + row * ROW
    leader = SafeString("")
    if row:
        leader = format_html('<line class="base" y1="{}" y2="{}"/>', AXIS + 8, top + 2)
    return format_html(
        '<svg x="{}%" overflow="visible"><g{}>{}{}</g>'
        '<foreignObject x="{}" y="{}" width="132" height="{}">'
        '<div class="words{}"><b>{}</b>{}</div></foreignObject></svg>',
        place(at),
        SafeString(' class="done"') if point.on < today else "",
        leader,
        _mark(point),
        -124 if end else -6,
        top,
        ROW,
        " end" if end else "",
        day_words(point.on, today),
        _linked(point),
    )


def _mark(point: KeyDate) -> SafeString:
    if point.legal:
        return format_html(
            '<rect class="diamond" x="-5" y="{}" width="10" height="10" rx="1.5" '
            'transform="rotate(45 0 {})"/>',
            AXIS - 5,
            AXIS,
        )
    return format_html(
        '<rect class="square" x="-5" y="{}" width="10" height="10" rx="2"/>', AXIS - 5
    )


def _linked(point: KeyDate) -> SafeString:
    if point.url:
        return format_html('<a href="{}">{}</a>', point.url, point.label)
    return format_html("{}", point.label)


def _down(rail: Rail) -> SafeString:
    """The same dates below each other, today among them."""
    points = sorted(rail.points, key=lambda point: point.on)
    entries = [_entry(point, rail.today) for point in points]
    now = format_html(
        '<li class="now">{}</li>',
        _("Today, %(day)s") % {"day": day_words(rail.today, rail.today)},
    )
    entries.insert(sum(point.on < rail.today for point in points), now)
    return format_html(
        '<ol class="down">{}</ol>',
        format_html_join("", "{}", ((entry,) for entry in entries)),
    )


def _entry(point: KeyDate, today: date) -> SafeString:
    kinds = ["hard"] if point.legal else []
    if point.on < today:
        kinds.append("done")
    return format_html(
        '<li class="{}"><b>{}</b>{}</li>',
        " ".join(kinds),
        day_words(point.on, today),
        _linked(point),
    )


def _window_words(rail: Rail) -> SafeString:
    if not rail.window:
        return SafeString("")
    begin, end = (day_words(day, rail.today) for day in rail.window)
    return format_html(
        '<p class="visually-hidden">{}</p>',
        _("The decision is open from %(begin)s to %(end)s.")
        % {"begin": begin, "end": end},
    )
