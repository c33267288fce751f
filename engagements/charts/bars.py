"""Bars: a figure against its target, parts of a whole."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from engagements.charts.scale import place, share

SHADES = 5


# The same figures give the same drawing.
@lru_cache(1024)
def bullet(
    value: float,
    target: float | None = None,
    *,
    top: float = 100,
    bands: tuple[float, float] = (0.6, 0.8),
) -> SafeString:
    """One figure on three neutral ranges, with a tick at the target.

    `top` is the value at the right end; `bands` are the ends of the two darker ranges
    as parts of the whole. Hidden from screen readers: the words beside it say it all.
    """
    tick = SafeString("")
    if target is not None:
        tick = format_html(
            '<rect class="t" x="{}%" y="1" width="2" height="10" transform='
            '"translate(-1)"/>',
            place(share(target, top)),
        )
    return format_html(
        '<svg class="bul" aria-hidden="true">'
        '<rect class="b3" width="100%" height="12"/>'
        '<rect class="b2" width="{}%" height="12"/>'
        '<rect class="b1" width="{}%" height="12"/>'
        '<rect class="m" y="4" width="{}%" height="4"/>{}</svg>',
        place(share(bands[1], 1)),
        place(share(bands[0], 1)),
        place(share(value, top)),
        tick,
    )


@dataclass(frozen=True)
class Segment:
    """One part of a whole: its name, how many, and the list it opens."""

    label: str
    count: int
    url: str = ""


def segments(parts: Sequence[Segment]) -> SafeString:
    """One bar cut into at most five shades, and the list of parts with their counts."""
    if len(parts) > SHADES:
        message = f"A bar has at most {SHADES} parts, not {len(parts)}."
        raise ValueError(message)
    whole = sum(part.count for part in parts)
    bars, begin = [], 0.0
    for shade, part in enumerate(parts, start=1):
        width = share(part.count, whole)
        if width:
            bars.append((shade, place(begin), place(width)))
        begin += width
    drawn = format_html_join(
        "", '<rect class="s{}" x="{}%" width="{}%" height="14"/>', bars
    )
    return format_html(
        '<svg class="stack-bar" aria-hidden="true">{}<rect class="edge" width="100%" '
        'height="14"/></svg><ul class="key">{}</ul>',
        drawn,
        format_html_join("", "{}", ((_entry(n, p),) for n, p in enumerate(parts, 1))),
    )


def _entry(shade: int, part: Segment) -> SafeString:
    words = format_html("<b>{}</b> {}", part.count, part.label)
    if part.url:
        words = format_html('<a href="{}">{}</a>', part.url, words)
    return format_html('<li><i class="sw s{}"></i>{}</li>', shade, words)
