"""One cell of a table of health: relationship by dimension, the lower side's number."""

from functools import lru_cache

from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext as _

# Below the first it is at risk, below the second on watch; from the third on strong.
RISK, WATCH, STRONG = 40, 60, 80
# The other side is told from this distance on.
WIDE = 20
# A score as printed: "95+" where it is cut off; None is not shown.
Score = int | str | None


def heat(
    client: Score, supplier: Score, *, state: str = "", stale: str = ""
) -> SafeString:
    """A whole `td` of a `table.heat`, scores as printed.

    `state` is a health state that was found elsewhere: it gives tint and shape, as in
    the column "Overall"; without it the lower side says. `stale` is the age of an old
    reading in words: the cell is hatched and the words are heard.
    """
    return _cell(client, supplier, state, stale, get_language() or "")


@lru_cache(2048)
def _cell(
    client: Score, supplier: Score, state: str, stale: str, _language: str
) -> SafeString:
    """A table is made of the same few cells again and again."""
    sides = [("client", client), ("supplier", supplier)]
    known = sorted(
        (_place(shown), shown, side) for side, shown in sides if shown is not None
    )
    tint = state or _state([value for value, *_rest in known])
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


def not_asked() -> SafeString:
    """A cell of a topic that the last review did not ask about."""
    return format_html('<td class="hc t-none"><span>{}</span></td>', _("Not asked"))


def _place(shown: int | str) -> int:
    """Where a printed score stands: "95+" at 95."""
    return int(str(shown).rstrip("+-"))


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


def _figures(known: list[tuple[int, int | str, str]], *, bold: bool) -> SafeString:
    """The lower number, and the other side where it is far higher."""
    if not known:
        return format_html('<span class="visually-hidden">{}</span>', _("No reading"))
    value, shown, side = known[0]
    number = format_html("<b>{}</b>" if bold else "{}", shown)
    if len(known) == 1:
        return format_html("{}{}", _mark(side, _alone(side)), number)
    higher, told, other = known[1]
    if higher - value < WIDE:
        return number
    return format_html(
        '{}<span class="o">{}{}</span>', number, _mark(other, _says(other)), told
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
