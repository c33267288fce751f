"""Lines: which way a figure goes, how far the two sides are apart."""

from collections.abc import Sequence
from functools import lru_cache

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from engagements.charts.scale import place, share

# Drawing surface and margin of a sparkline, in pixels.
WIDTH, HEIGHT, EDGE = 76, 30, 3
# A dumbbell keeps this much free at either end, in per cent.
MARGIN = 4
# Sides nearer than this agree.
AGREED = 5
# A path of no length, drawn as a dot by its round ends.
DOT = "h0"


def sparkline(
    values: Sequence[float | None], threshold: float | None = None
) -> SafeString:
    """How a figure went, oldest first, on its own scale; the last one as a dot.

    None is a time without a reading: the line breaks there. Without any reading
    nothing is drawn. The words beside it hold the figures.
    """
    known = [value for value in values if value is not None]
    if not known:
        return SafeString("")
    scale = [*known, threshold] if threshold is not None else known
    low, high = min(scale), max(scale)

    def x(index: int) -> str:
        steps = max(len(values) - 1, 1)
        return place(EDGE + index * (WIDTH - 2 * EDGE) / steps)

    def y(value: float) -> str:
        part = share(value - low, high - low) / 100 if high > low else 0.5
        return place(HEIGHT - EDGE - 1 - part * (HEIGHT - 2 * EDGE - 2))

    runs = _runs(values)
    line = format_html_join(
        "",
        '<path d="M{}"/>',
        (
            ("L".join(f"{x(i)} {y(v)}" for i, v in run) + DOT * (len(run) == 1),)
            for run in runs
        ),
    )
    mark = SafeString("")
    if threshold is not None:
        mark = format_html('<path class="g" d="M0 {}H{}"/>', y(threshold), WIDTH)
    last_index, last_value = runs[-1][-1]
    return format_html(
        '<svg class="spark" viewBox="0 0 {} {}" aria-hidden="true">{}{}'
        '<circle class="e" cx="{}" cy="{}" r="2.6"/></svg>',
        WIDTH,
        HEIGHT,
        mark,
        line,
        x(last_index),
        y(last_value),
    )


def _runs(values: Sequence[float | None]) -> list[list[tuple[int, float]]]:
    """Stretches of readings without a break, each with its place in the row."""
    runs: list[list[tuple[int, float]]] = []
    fresh = True
    for index, value in enumerate(values):
        if value is None:
            fresh = True
            continue
        if fresh:
            runs.append([])
            fresh = False
        runs[-1].append((index, value))
    return runs


# The same figures give the same drawing.
@lru_cache(1024)
def dumbbell(
    client: float | None,
    supplier: float | None,
    *,
    low: float = 0,
    high: float = 100,
    wide_from: float = 20,
) -> SafeString:
    """Where each side stands on a fixed axis: disc client, ring supplier.

    A gap of `wide_from` or more gets the amber bar; within 5 the disc sits inside the
    ring. A side without a reading is left out. The words beside it hold the figures.
    """

    def x(value: float) -> str:
        return place(MARGIN + share(value - low, high - low) * (100 - 2 * MARGIN) / 100)

    marks = [
        format_html(
            '<line class="base" x1="{}%" x2="{}%" y1="8" y2="8"/>', MARGIN, 100 - MARGIN
        )
    ]
    apart: float = AGREED
    if client is not None and supplier is not None:
        apart = abs(client - supplier)
    if client is not None and supplier is not None and apart >= AGREED:
        ends = sorted((client, supplier))
        marks.append(
            format_html(
                '<line class="gap{}" x1="{}%" x2="{}%" y1="8" y2="8"/>',
                " big" if apart >= wide_from else "",
                x(ends[0]),
                x(ends[1]),
            )
        )
    if supplier is not None:
        marks.append(
            format_html(
                '<circle class="ring" cx="{}%" cy="8" r="{}"/>',
                x(supplier),
                "5.2" if apart >= AGREED else "6.4",
            )
        )
    if client is not None:
        marks.append(
            format_html(
                '<circle class="disc" cx="{}%" cy="8" r="{}"/>',
                x(client if apart >= AGREED else (supplier or client)),
                "4.6" if apart >= AGREED else "2.6",
            )
        )
    return format_html(
        '<svg class="mini" aria-hidden="true">{}</svg>',
        format_html_join("", "{}", ((mark,) for mark in marks)),
    )
