"""The shell's own tags: what every page loads, icons, marks."""

import json
from functools import cache

from django import template
from django.conf import settings
from django.forms import BoundField
from django.template.loader import render_to_string
from django.templatetags.static import static
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from engagements.folding import fixed

register = template.Library()

STYLES = (
    "vendor/bootstrap.min.css",
    "css/base.css",
    "css/components.css",
    "css/charts.css",
)
MODULES = ("js/layers.js", "js/forms.js", "js/palette.js", "js/requests.js")
# No inline styles, no eval, no other site; 409 and 422 answers are shown.
HTMX = {
    "includeIndicatorStyles": False,
    "allowEval": False,
    "selfRequestsOnly": True,
    "historyCacheSize": 0,
    "responseHandling": [
        {"code": "204", "swap": False},
        {"code": "[23]..", "swap": True},
        {"code": "409|422", "swap": True},
        {"code": "[45]..", "swap": False, "error": True},
    ],
}
BRAND = mark_safe(
    '<svg viewBox="0 0 24 24" aria-hidden="true"><circle cx="12" cy="12" r="9.4" '
    'fill="none" stroke="currentColor" stroke-width="2.6"/>'
    '<circle cx="12" cy="12" r="4.4" fill="currentColor"/></svg>'
)
MARKS = mark_safe(
    '<svg class="marks" width="0" height="0" aria-hidden="true">'
    '<symbol id="h-strong" viewBox="0 0 16 16">'
    '<circle class="f-strong" cx="8" cy="8" r="7.5"/>'
    '<path class="k" d="m4.7 8.2 2.3 2.3 4.4-4.7"/></symbol>'
    '<symbol id="h-steady" viewBox="0 0 16 16">'
    '<circle class="f-steady" cx="8" cy="8" r="7.5"/>'
    '<path class="k" d="M4.8 8h6.4"/></symbol>'
    '<symbol id="h-watch" viewBox="0 0 16 16">'
    '<path class="f-watch" d="M8 .8 15.7 14.6H.3z"/>'
    '<path class="k" d="M8 5.8v4M8 12.3v.1"/></symbol>'
    '<symbol id="h-risk" viewBox="0 0 16 16">'
    '<path class="f-risk" d="M8 0l8 8-8 8-8-8z"/>'
    '<path class="k" d="M8 4.2v4.4M8 11.5v.1"/></symbol>'
    '<symbol id="h-none" viewBox="0 0 16 16">'
    '<circle class="f-none" cx="8" cy="8" r="6.5"/></symbol>'
    '<symbol id="h-few" viewBox="0 0 16 16">'
    '<circle class="f-none" cx="8" cy="8" r="6.5"/>'
    '<path class="f-few" d="M5.8 8v.1M10.2 8v.1"/></symbol>'
    '<symbol id="h-stale-strong" viewBox="0 0 16 16">'
    '<circle class="f-stale" cx="8" cy="8" r="7"/></symbol>'
    '<symbol id="h-stale-steady" viewBox="0 0 16 16">'
    '<circle class="f-stale" cx="8" cy="8" r="7"/></symbol>'
    '<symbol id="h-stale-watch" viewBox="0 0 16 16">'
    '<path class="f-stale" d="M8 1.6 15 14.1H1z"/></symbol>'
    '<symbol id="h-stale-risk" viewBox="0 0 16 16">'
    '<path class="f-stale" d="M8 .7 15.3 8 8 15.3.7 8z"/></symbol>'
    '<pattern id="hatch-ink" width="5" height="5" patternUnits="userSpaceOnUse" '
    'patternTransform="rotate(45)"><path class="hatch-ink" d="M1 0v5"/></pattern>'
    '<pattern id="hatch-accent" width="6" height="6" patternUnits="userSpaceOnUse" '
    'patternTransform="rotate(45)"><path class="hatch-accent" d="M1 0v6"/></pattern>'
    "</svg>"
)


@cache
def _assets() -> SafeString:
    """Styles, scripts and fonts of a page; the same for the life of a process."""
    styles = format_html_join(
        "\n",
        '<link rel="stylesheet" href="{}">',
        ((static(path),) for path in STYLES),
    )
    modules = format_html_join(
        "\n",
        '<link rel="modulepreload" href="{}">',
        ((static(path),) for path in MODULES),
    )
    return format_html(
        '<meta name="htmx-config" content="{config}">\n'
        '<script src="{theme}"></script>\n'
        '<link rel="preload" href="{font}" as="font" type="font/woff2" crossorigin>\n'
        "{styles}\n"
        '<link rel="icon" href="{icon}" type="image/svg+xml">\n'
        '<script src="{htmx}" defer></script>\n'
        "{modules}\n"
        '<script src="{app}" type="module"></script>',
        config=json.dumps(HTMX),
        theme=static("js/theme.js"),
        font=static("fonts/hanken.woff2"),
        styles=styles,
        icon=static("img/favicon.svg"),
        htmx=static("django_htmx/htmx-2.min.js"),
        modules=modules,
        app=static("js/app.js"),
    )


@cache
def _icon(name: str, classes: str) -> SafeString:
    return format_html(
        '<svg class="{}" aria-hidden="true"><use href="{}#i-{}"/></svg>',
        classes,
        static("img/icons.svg"),
        name,
    )


@register.simple_tag
@fixed
def page_assets() -> SafeString:
    """Everything a page loads, in the order that paints soonest."""
    return _assets()


@register.simple_tag
@fixed
def icon(name: str, classes: str = "i") -> SafeString:
    """A 16-pixel icon of static/img/icons.svg, hidden from screen readers."""
    return _icon(name, classes)


@register.simple_tag
@fixed
def brand_mark() -> SafeString:
    """The disc inside the ring: both sides, agreeing."""
    return BRAND


@register.simple_tag
@fixed
def health_marks() -> SafeString:
    """The health shapes, once a page; `<use href="#h-watch"/>` draws one."""
    return MARKS


@register.simple_tag
@fixed
def shell_part(name: str) -> SafeString:
    """A part of the frame that is the same for everybody: rendered once a language."""
    language = get_language() or ""
    if settings.DEBUG:
        return _shell_part.__wrapped__(name, language)
    return _shell_part(name, language)


@cache
def _shell_part(name: str, language: str) -> SafeString:
    return render_to_string(f"shell/_{name}.html")


@register.simple_tag
@fixed
def address(name: str) -> str:
    """The address of a page without arguments; looked up once."""
    return _address(name)


@cache
def _address(name: str) -> str:
    return reverse(name)


@register.filter
def initials(name: str) -> str:
    """Up to two letters that stand for a person: "Ingrid Sørensen" gives "IS"."""
    words = str(name).split()
    if not words:
        return "?"
    return (words[0][0] + (words[-1][0] if len(words) > 1 else "")).upper()


@register.filter
def last_word(path: str) -> str:
    """The last readable piece of an address: "/contracts/hv-17/" gives "hv 17"."""
    pieces = [piece for piece in str(path).split("/") if piece and len(piece) < 32]
    return pieces[-1].replace("-", " ").replace("_", " ")[:60] if pieces else ""


@register.filter
def named(error: str, field: BoundField) -> str:
    """An error as the summary says it: with the field's name, unless it has it."""
    label = str(field.label)
    if label.casefold() in str(error).casefold():
        return str(error)
    return f"{label}: {error}"


HEALTH_WORDS = {
    "strong": _("Strong"),
    "steady": _("Steady"),
    "watch": _("Watch"),
    "risk": _("At risk"),
    "stale": _("Stale"),
    "few": _("Too few answers"),
    "none": _("No reading"),
}


def health_shape(state: str, last: str = "") -> str:
    """The name of a state's shape; an old reading keeps the one it had, hatched."""
    if state == "stale" and last in HEALTH_WORDS:
        return f"stale-{last}"
    return state if state in HEALTH_WORDS and state != "stale" else "none"


@register.simple_tag
@fixed
def health(state: str, last: str = "") -> SafeString:
    """Shape and word of a state: strong, steady, watch, risk, few, none.

    And stale: with what it was before.
    """
    return format_html(
        '<span class="h"><svg class="hg" viewBox="0 0 16 16" aria-hidden="true">'
        '<use href="#h-{}"/></svg>{}</span>',
        health_shape(state, last),
        HEALTH_WORDS.get(state, HEALTH_WORDS["none"]),
    )


@register.simple_tag
@fixed
def health_mark(state: str, last: str = "") -> SafeString:
    """The shape alone, for a narrow place; its word is for screen readers."""
    return format_html(
        '<svg class="hg" viewBox="0 0 16 16" aria-hidden="true"><use href="#h-{}"/>'
        '</svg><span class="visually-hidden">{}: </span>',
        health_shape(state, last),
        HEALTH_WORDS.get(state, HEALTH_WORDS["none"]),
    )


SIDE_MARKS = {
    "client": (mark_safe('<i class="mk" aria-hidden="true"></i>'), _("Client")),
    "supplier": (mark_safe('<i class="mk s" aria-hidden="true"></i>'), _("Supplier")),
    "both": (
        mark_safe('<i class="mk both" aria-hidden="true"></i>'),
        _("Both sides"),
    ),
}


@register.simple_tag
@fixed
def side_mark(side: str) -> SafeString:
    """Disc for the client, ring for the supplier, disc in ring for both; no words."""
    return SIDE_MARKS[str(side)][0]


@register.simple_tag
@fixed
def side(side: str, name: str = "") -> SafeString:
    """The mark of a side with its word, or with the organisation's name."""
    mark, word = SIDE_MARKS[str(side)]
    return format_html('<span class="side">{} {}</span>', mark, name or word)
