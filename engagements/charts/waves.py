"""Did the gap open or close? Two lines over reviews, the gap between them shaded."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from engagements.charts.lines import AGREED
from engagements.charts.scale import place, share

MOST = 6
# The drawing, and the room in it for lines and marks; below are the names of waves,
# right of it the last figures.
WIDTH, HEIGHT = 308, 142
LEFT, RIGHT, TOP, BOTTOM = 22, 270, 16, 108
NAMES = 134
# The least height of the scale in points, so that a small step looks small.
SPAN = 50
# What a line of words takes, and a letter on average.
LINE, LETTER = 14, 5.9

Place = tuple[float, float]


@dataclass(frozen=True)
class Wave:
    """A review: its short name and both sides from 0 to 100; None is not shown.

    `fresh` says that it cannot be compared with the one before it; `printed` is what
    to write for the client and the supplier, where that is not the number: "95+".
    """

    label: str
    client: float | None
    supplier: float | None
    fresh: bool = False
    printed: tuple[str | None, str | None] = (None, None)


def two_lines(waves: Sequence[Wave], label: str) -> SafeString:
    """The last six waves, oldest first; `label` says in a sentence what is seen.

    Nothing is drawn without a reading. A side that is not shown breaks its line; a
    wave that cannot be compared breaks both, at a dotted line.
    """
    shown = list(waves)[-MOST:]
    y = _scale(shown)
    if y is None:
        return SafeString("")
    xs = _places(len(shown))
    runs = _stretches(shown)
    return format_html(
        '<svg class="plot waves" viewBox="0 0 {} {}" role="img" aria-label="{}">'
        "{}{}{}{}{}{}</svg>",
        WIDTH,
        HEIGHT,
        label,
        _gaps(shown, runs, xs, y),
        _breaks(shown, xs),
        _lines(shown, runs, xs, y),
        format_html_join(
            "", "{}", ((_marks(w, x, y),) for w, x in zip(shown, xs, strict=True))
        ),
        _last_figures(shown[-1], y),
        _names(shown, xs),
    )


def _scale(waves: Sequence[Wave]) -> Callable[[float], float] | None:
    """From points to height: whole tens, at least 50 points high, within 0 and 100."""
    values = [v for w in waves for v in (w.client, w.supplier) if v is not None]
    if not values:
        return None
    low, high = min(values) // 10 * 10, -(-max(values) // 10) * 10
    spare = max(SPAN - (high - low), 0) / 2
    low = min(max(low - spare, 0), 100 - SPAN)
    high = max(high + spare, low + SPAN)
    high = min(high, 100)
    return lambda value: BOTTOM - share(value - low, high - low) / 100 * (BOTTOM - TOP)


def _places(count: int) -> list[float]:
    """Where the waves stand: the last one always at the right."""
    steps = max(count - 1, 1)
    return [RIGHT - (count - 1 - n) * (RIGHT - LEFT) / steps for n in range(count)]


def _stretches(waves: Sequence[Wave]) -> list[range]:
    """The waves that can be compared with each other, as ranges of places."""
    starts = [0, *(n for n, wave in enumerate(waves) if wave.fresh and n)]
    ends = [*starts[1:], len(waves)]
    return [range(start, end) for start, end in zip(starts, ends, strict=True)]


def _unbroken(points: Sequence[Place | None]) -> list[list[Place]]:
    """Neighbours without a hole between them, two at least."""
    found: list[list[Place]] = [[]]
    for point in points:
        if point is None:
            found.append([])
        else:
            found[-1].append(point)
    return [run for run in found if len(run) > 1]


def _gaps(
    waves: Sequence[Wave],
    runs: Sequence[range],
    xs: Sequence[float],
    y: Callable[[float], float],
) -> SafeString:
    """What lies between the lines, where both sides are shown."""
    outlines = []
    for run in runs:
        both = [_both(waves[n], xs[n], y) for n in run]
        above = _unbroken([pair and pair[0] for pair in both])
        below = _unbroken([pair and pair[1] for pair in both])
        outlines += [
            (_path([*upper, *reversed(lower)]) + "Z",)
            for upper, lower in zip(above, below, strict=True)
        ]
    return format_html_join("", '<path class="between" d="{}"/>', outlines)


def _both(
    wave: Wave, x: float, y: Callable[[float], float]
) -> tuple[Place, Place] | None:
    if wave.client is None or wave.supplier is None:
        return None
    return (x, y(wave.client)), (x, y(wave.supplier))


def _path(points: Sequence[Place]) -> str:
    return "M" + "L".join(f"{place(x)} {place(y)}" for x, y in points)


def _breaks(waves: Sequence[Wave], xs: Sequence[float]) -> SafeString:
    """A dotted line before each wave that cannot be compared with the one before it."""
    middles = [
        (xs[n - 1] + xs[n]) / 2 for n, wave in enumerate(waves) if wave.fresh and n
    ]
    return format_html_join(
        "",
        '<path class="break" d="M{} {}V{}"/>'
        '<text class="cap" x="{}" y="9" text-anchor="middle">{}</text>',
        ((place(x), TOP - 3, BOTTOM + 8, place(x), _("break")) for x in middles),
    )


def _lines(
    waves: Sequence[Wave],
    runs: Sequence[range],
    xs: Sequence[float],
    y: Callable[[float], float],
) -> SafeString:
    drawn = []
    for run in runs:
        for side in ("client", "supplier"):
            values = [(xs[n], getattr(waves[n], side)) for n in run]
            points = [None if v is None else (x, y(v)) for x, v in values]
            drawn += [(_path(part),) for part in _unbroken(points)]
    return format_html_join("", '<path class="line" d="{}"/>', drawn)


def _marks(wave: Wave, x: float, y: Callable[[float], float]) -> SafeString:
    """Disc and ring; where the sides agree one in the other, half-way between them."""
    client, supplier = wave.client, wave.supplier
    radii = ("4.6", "4")
    if client is not None and supplier is not None and abs(client - supplier) < AGREED:
        client = supplier = (client + supplier) / 2
        radii = ("5.6", "2.4")
    marks = [("ring", supplier, radii[0]), ("disc", client, radii[1])]
    return format_html_join(
        "",
        '<circle class="{}" cx="{}" cy="{}" r="{}"/>',
        (
            (kind, place(x), place(y(value)), radius)
            for kind, value, radius in marks
            if value is not None
        ),
    )


def _last_figures(last: Wave, y: Callable[[float], float]) -> SafeString:
    """The newest figures beside their marks, moved apart where they would touch."""
    scores = (last.client, last.supplier)
    figures = [
        (y(value), words or str(round(value)))
        for value, words in zip(scores, last.printed, strict=True)
        if value is not None
    ]
    figures.sort(key=lambda figure: figure[0])
    if len(figures) == 2 and figures[1][0] - figures[0][0] < LINE:
        middle = (figures[0][0] + figures[1][0]) / 2
        heights = (middle - LINE / 2, middle + LINE / 2)
        figures = [(at, v) for at, (_old, v) in zip(heights, figures, strict=True)]
    return format_html_join(
        "",
        '<text class="lb" x="{}" y="{}">{}</text>',
        ((RIGHT + 10, place(at + 4), words) for at, words in figures),
    )


def _names(waves: Sequence[Wave], xs: Sequence[float]) -> SafeString:
    """The waves' names; from the newest back, those that would touch are left out."""
    shown, free = [], float(WIDTH)
    for wave, x in reversed(list(zip(waves, xs, strict=True))):
        half = len(wave.label) * LETTER / 2
        middle = max(min(x, WIDTH - half), half)
        if middle + half <= free:
            shown.append((place(middle), NAMES, wave.label))
            free = middle - half - 6
    return format_html_join(
        "", '<text x="{}" y="{}" text-anchor="middle">{}</text>', reversed(shown)
    )
