"""Who to protect? Health across, value a year upwards on a logarithmic scale.

Only a picture: nothing in it takes the focus, the table it stands beside holds every
figure. Across, places are percentages, so that words keep their size at any width;
upwards they are pixels. Labels are placed so that none lies on another, nor on a mark,
at any of the widths the chart is drawn at.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from math import ceil, floor, log10
from statistics import median

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.text import Truncator
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from engagements.charts.labels import Box, overlaps
from engagements.charts.scale import place, share
from engagements.wording import compact_money

HEIGHT, TOP, BOTTOM = 372, 4, 332
# The left edge of the plot and its right one, in per cent of the drawing.
LEFT, RIGHT = 12, 99
# From here on the lower side is no longer weak.
SPLIT = 60
# The axis begins here, unless somebody stands lower.
USUAL_LOW = 20
MARK = 16
# Widths in pixels the labels are placed for: a phone, a column, a whole page.
WIDTHS = (288, 360, 440, 520, 680)
LONGEST, SHORT = 24, 13
_LETTER, _LINE = 6.3, 14
_ROOM = 0.115


@dataclass(frozen=True)
class Spot:
    """A relationship on the chart.

    `at` is the lower side's score, `was` the one of the review before; `health` names a
    shape. `named` asks for a label; the earlier in the row, the sooner it gets one.
    """

    label: str
    health: str
    at: float
    value: float
    was: float | None = None
    named: bool = False


@dataclass(frozen=True)
class _Plot:
    """From figures to places."""

    low: float
    least: float
    most: float
    half: float

    def x(self, score: float) -> float:
        return LEFT + share(score - self.low, 100 - self.low) * (RIGHT - LEFT) / 100

    def y(self, value: float) -> float:
        part = share(log10(value) - self.least, self.most - self.least) / 100
        return BOTTOM - part * (BOTTOM - TOP)


def quadrant(spots: Sequence[Spot], currency: str, summary: str) -> SafeString:
    """The spots between four corners that say what to do; without any, nothing.

    `summary` says in words what the chart shows, for those who do not see it.
    """
    return _drawn(tuple(spots), currency, summary, get_language() or "")


# The same figures give the same drawing; figures change a few times a day.
@lru_cache(128)
def _drawn(
    spots: tuple[Spot, ...], currency: str, summary: str, _language: str
) -> SafeString:
    drawn = [one for one in spots if one.value > 0]
    if not drawn:
        return SafeString("")
    plot = _plot(drawn)
    return format_html(
        '<svg class="plot" height="{}" role="img" aria-labelledby="quad-t quad-d">'
        '<title id="quad-t">{}</title><desc id="quad-d">{}</desc>{}{}{}{}</svg>',
        HEIGHT,
        _("Relationships by health and value a year"),
        summary,
        _frame(plot, currency),
        _joined(_tail(one, plot) for one in drawn),
        _joined(_mark(one, plot) for one in drawn),
        _joined(_labels(drawn, plot)),
    )


def _plot(spots: Sequence[Spot]) -> _Plot:
    values = [one.value for one in spots]
    places = [x for one in spots for x in (one.at, one.was) if x is not None]
    # Above and below room for the words in the corners; at least a factor of four.
    least, most = log10(min(values)), log10(max(values))
    missing = max(_ROOM * (most - least), (0.6 - (most - least)) / 2)
    return _Plot(
        low=0 if min(places) < USUAL_LOW else USUAL_LOW,
        least=least - missing,
        most=most + missing,
        half=median(values),
    )


def _frame(plot: _Plot, currency: str) -> SafeString:
    middle, half = plot.x(SPLIT), plot.y(plot.half)
    scores = range(int(plot.low), 101, 20)
    return format_html(
        '<rect class="zone" x="{left}%" y="{top}" width="{width}%" height="{height}"/>'
        "{lines}{scores}{values}{corners}"
        '<text x="{centre}%" y="{foot}" text-anchor="middle">{axis}</text>',
        left=LEFT,
        top=TOP,
        width=place(middle - LEFT),
        height=place(half - TOP),
        lines=_lines(middle, half),
        scores=_texts(
            (plot.x(n), BOTTOM + 15, "end" if n == 100 else "middle", n) for n in scores
        ),
        values=_texts(
            (LEFT - 1.5, plot.y(value) + 4, "end", compact_money(value, currency))
            for value in _ticks(plot)
        ),
        corners=_corners(middle),
        centre=place((LEFT + RIGHT) / 2),
        foot=BOTTOM + 33,
        axis=_("Health, the lower of the two sides"),
    )


def _lines(middle: float, half: float) -> SafeString:
    ends = [
        (LEFT, LEFT, TOP, BOTTOM),
        (LEFT, RIGHT, BOTTOM, BOTTOM),
        (middle, middle, TOP, BOTTOM),
        (LEFT, RIGHT, half, half),
    ]
    return format_html_join(
        "",
        '<line class="ax" x1="{}%" x2="{}%" y1="{}" y2="{}"/>',
        (tuple(place(end) for end in line) for line in ends),
    )


def _texts(words: Iterable[tuple[float, float, str, object]]) -> SafeString:
    return format_html_join(
        "",
        '<text x="{}%" y="{}" text-anchor="{}">{}</text>',
        ((place(x), place(y), anchor, said) for x, y, anchor, said in words),
    )


def _ticks(plot: _Plot) -> list[int]:
    """Round amounts on the axis: 1, 2, 5 of each power of ten; of many powers, 1."""
    first, last = floor(plot.least), ceil(plot.most)
    steps = (1, 2, 5) if last - first <= 3 else (1,)
    found = [n * 10**power for power in range(max(first, 0), last + 1) for n in steps]
    return [one for one in found if plot.least <= log10(one) <= plot.most]


def _corners(middle: float) -> SafeString:
    return format_html_join(
        "",
        '<text class="cap" x="{}%" y="{}">{}</text>',
        ((place(x + 1.5), y, words) for x, y, words in _said(middle)),
    )


def _said(middle: float) -> list[tuple[float, int, str]]:
    return [
        (LEFT, TOP + 16, _("Protect now")),
        (middle, TOP + 16, _("Keep and grow")),
        (LEFT, BOTTOM - 8, _("Fix or rethink")),
        (middle, BOTTOM - 8, _("Look after lightly")),
    ]


def _tail(spot: Spot, plot: _Plot) -> SafeString:
    """Where it stood, and the way from there."""
    if spot.was is None:
        return SafeString("")
    was, y = place(plot.x(spot.was)), place(plot.y(spot.value))
    return format_html(
        '<line class="tail" x1="{}%" x2="{}%" y1="{}" y2="{}"/>'
        '<circle class="was" cx="{}%" cy="{}" r="2"/>',
        was, place(plot.x(spot.at)), y, y, was, y,
    )  # fmt: skip


def _mark(spot: Spot, plot: _Plot) -> SafeString:
    return format_html(
        '<use href="#h-{}" x="{}%" y="{}" width="{}" height="{}" '
        'transform="translate(-{})"><title>{}</title></use>',
        spot.health,
        place(plot.x(spot.at)),
        place(plot.y(spot.value) - MARK / 2),
        MARK, MARK, MARK // 2, spot.label,
    )  # fmt: skip


def _joined(pieces: Iterable[SafeString]) -> SafeString:
    return format_html_join("", "{}", ((piece,) for piece in pieces))


def _labels(spots: Sequence[Spot], plot: _Plot) -> list[SafeString]:
    """A label for each that asks for one, where there is room for it."""
    taken = [box for one in spots for box in _taken(one, plot)]
    taken += [
        Box(x + 1.5, 0, y - 10, len(words) * _LETTER, _LINE)
        for x, y, words in _said(plot.x(SPLIT))
    ]
    drawn = []
    for one in spots:
        if one.named:
            x, y = plot.x(one.at), plot.y(one.value)
            for words in _names(one.label):
                found = _room(x, y, words, taken)
                if found is not None:
                    box, anchor, dx = found
                    taken.append(box)
                    drawn.append(_label(x, box.y, anchor, dx, words))
                    break
    return drawn


def _names(label: str) -> list[str]:
    """The name, and where there is no room for it its beginning."""
    cut = (Truncator(label).chars(most) for most in (LONGEST, SHORT))
    return [words.replace(" …", "…") for words in cut]


def _label(x: float, y: float, anchor: str, dx: float, words: str) -> SafeString:
    return format_html(
        '<text class="lb" x="{}%" y="{}" dx="{}" text-anchor="{}">{}</text>',
        place(x), place(y + 11), place(dx), anchor, words,
    )  # fmt: skip


def _taken(spot: Spot, plot: _Plot) -> list[Box]:
    """The room of a mark and of its tail; a tail is as long as the width makes it."""
    x, y = plot.x(spot.at), plot.y(spot.value)
    boxes = [Box(x, -MARK / 2, y - MARK / 2, MARK, MARK)]
    if spot.was is not None:
        ends = sorted((x, plot.x(spot.was)))
        boxes.append(Box(ends[0], 0, y - 2, 0, 4, ends[1] - ends[0]))
    return boxes


def _room(
    x: float, y: float, words: str, taken: Sequence[Box]
) -> tuple[Box, str, float] | None:
    """Right of the mark, left of it, then above and below: the first that is free."""
    width, side = len(words) * _LETTER, MARK / 2 + 4
    middle = y - _LINE / 2
    tried = [("start", side, middle), ("end", -side, middle)]
    for top in (y - MARK / 2 - _LINE - 1, y + MARK / 2 + 1):
        tried += [("middle", 0, top), ("start", -side, top), ("end", side, top)]
    begins = {"start": 0.0, "middle": -width / 2, "end": -width}
    for anchor, dx, top in tried:
        box = Box(x, dx + begins[anchor], top, width, _LINE)
        if _inside(box) and not any(overlaps(box, one, WIDTHS) for one in taken):
            return box, anchor, dx
    return None


def _inside(box: Box) -> bool:
    if box.y < TOP or box.y + box.height > BOTTOM:
        return False
    spans = (box.across(width) for width in WIDTHS)
    return all(
        LEFT / 100 * width <= start and end <= width
        for width, (start, end) in zip(WIDTHS, spans, strict=True)
    )
