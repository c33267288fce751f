"""Where the two sides stand on one question: the row of a table of results."""

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from engagements.charts.lines import AGREED, MARGIN
from engagements.charts.scale import place, share

HEIGHT, MIDDLE = 34, 17
GRID = (0, 25, 50, 75, 100)
# From this gap on the bar is amber.
WIDE = 20


def dumbbell_row(
    client: float | None,
    supplier: float | None,
    *,
    client_before: float | None = None,
    supplier_before: float | None = None,
) -> SafeString:
    """Both sides from 0 to 100 on a grid: disc client, ring supplier, one in the other.

    None is a side that is not shown. `…_before` is where a side stood last time, given
    only when it moved: a tick, and for the supplier a hollow one. Hidden from screen
    readers: the cells beside it hold the figures.
    """
    lines = format_html_join(
        "",
        '<line class="grid" x1="{}%" x2="{}%" y2="{}"/>',
        ((_x(at), _x(at), HEIGHT) for at in GRID),
    )
    return format_html(
        '<svg class="dumb" aria-hidden="true">{}{}{}{}</svg>',
        lines,
        _bar(client, supplier),
        _ticks(client_before, supplier_before),
        _marks(client, supplier),
    )


def _x(value: float) -> str:
    return place(MARGIN + share(value, 100) * (100 - 2 * MARGIN) / 100)


def _bar(client: float | None, supplier: float | None) -> SafeString:
    """What lies between the sides, unless they agree."""
    if client is None or supplier is None or abs(client - supplier) < AGREED:
        return SafeString("")
    return format_html(
        '<line class="gap{}" x1="{}%" x2="{}%" y1="{}" y2="{}"/>',
        " big" if abs(client - supplier) >= WIDE else "",
        _x(min(client, supplier)),
        _x(max(client, supplier)),
        MIDDLE,
        MIDDLE,
    )


def _ticks(client: float | None, supplier: float | None) -> SafeString:
    """Where the sides stood: a solid tick, and one with a hole."""
    strokes = [(client, 10, 24), (supplier, 9, 14), (supplier, 20, 25)]
    return format_html_join(
        "",
        '<line class="prev" x1="{}%" x2="{}%" y1="{}" y2="{}"/>',
        (
            (_x(value), _x(value), top, bottom)
            for value, top, bottom in strokes
            if value is not None
        ),
    )


def _marks(client: float | None, supplier: float | None) -> SafeString:
    """The disc and the ring; nested, at the ring's place, where the sides agree."""
    agree = (
        client is not None and supplier is not None and abs(client - supplier) < AGREED
    )
    disc = supplier if agree else client
    marks = [
        ("ring", supplier, "7" if agree else "5.6"),
        ("disc", disc, "2.8" if agree else "5.4"),
    ]
    return format_html_join(
        "",
        '<circle class="{}" cx="{}%" cy="{}" r="{}"/>',
        (
            (kind, _x(value), MIDDLE, radius)
            for kind, value, radius in marks
            if value is not None
        ),
    )
