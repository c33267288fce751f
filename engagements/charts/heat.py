"""One cell of a table of health: relationship by dimension, the lower side's number."""

from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

# Below the first it is at risk, below the second on watch; from the third on strong.
RISK, WATCH, STRONG = 40, 60, 80
# The other side is told from this distance on, and loudly from the second.
TOLD, LOUD = 10, 20


def heat(
    client: int | None, supplier: int | None, *, state: str = "", stale: str = ""
) -> SafeString:
    """A whole `td` of a `table.heat`; a side's None is a side that is not shown.

    `state` is a health state that was found elsewhere: it gives tint and shape, as in
    the column "Overall"; without it the lower side says. `stale` is the age of an old
    reading in words: the cell is hatched and the words are heard.
    """
    sides = [("client", client), ("supplier", supplier)]
    known = sorted(
        ((value, side) for side, value in sides if value is not None),
        key=lambda found: found[0],
    )
    tint = state or _state([value for value, _side in known])
    return format_html(
        '<td class="hc t-{}{}"><span>{}{}{}</span></td>',
        tint,
        " stale" if stale and known else "",
        _shape(tint) if state or not known else "",
        _figures(known, bold=bool(state)),
        format_html('<span class="visually-hidden">, {}</span>', stale)
        if stale and known
        else "",
    )


def _state(values: list[int]) -> str:
    """What the lower side makes of it; with one side alone there is no reading."""
    if len(values) < 2:
        return "none"
    if values[0] < RISK:
        return "risk"
    if values[0] < WATCH:
        return "watch"
    return "strong" if values[0] >= STRONG else "steady"


def _shape(state: str) -> SafeString:
    return format_html(
        '<svg class="hg" viewBox="0 0 16 16" aria-hidden="true"><use href="#h-{}"/>'
        "</svg>",
        state,
    )


def _figures(known: list[tuple[int, str]], *, bold: bool) -> SafeString:
    """The lower number, and the other side where it is far higher."""
    if not known:
        return format_html('<span class="visually-hidden">{}</span>', _("No reading"))
    value, side = known[0]
    number = format_html("<b>{}</b>" if bold else "{}", value)
    if len(known) == 1:
        return format_html("{}{}", _mark(side, _alone(side)), number)
    higher, other = known[1]
    if higher - value < TOLD:
        return number
    return format_html(
        '{}<span class="o">{}{}</span>',
        number,
        _mark(other, _says(other)),
        format_html("<b>{}</b>" if higher - value >= LOUD else "{}", higher),
    )


def _mark(side: str, words: str) -> SafeString:
    """Disc or ring, and for those who do not see it what it means."""
    return format_html(
        '<i class="mk{}" aria-hidden="true"></i>'
        '<span class="visually-hidden">{} </span>',
        " s" if side == "supplier" else "",
        words,
    )


def _says(side: str) -> str:
    return _("supplier says") if side == "supplier" else _("client says")


def _alone(side: str) -> str:
    return _("supplier only") if side == "supplier" else _("client only")
