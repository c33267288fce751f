"""The entries of a timeline: thirty on a page, written rather than included."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from django import template
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from engagements.models import TimelineEntry, Visibility
from engagements.templatetags.look import icon
from engagements.wording import near_day

if TYPE_CHECKING:
    from engagements.dashboards.health import HealthShown
    from engagements.dashboards.timeline import Entry

register = template.Library()
_KINDS = TimelineEntry.Kind
_ICONS = {
    "call": "phone",
    "email": "mail",
    "meeting": "people",
    "visit": "people",
    "note": "note",
    _KINDS.COMMITMENT.value: "check",
    _KINDS.CONTRACT.value: "doc",
    _KINDS.REVIEW.value: "review",
    _KINDS.ISSUE.value: "knot",
    _KINDS.CHANGE.value: "pair",
    _KINDS.CHARTER.value: "pair",
    _KINDS.IDEA.value: "note",
}
_WIDEST = "engagements/dashboards/_widest.html"


@register.simple_tag
def told(entries: Iterable[Entry], health: HealthShown) -> SafeString:
    """What happened in a month, newest first; the last result with its widest gap."""
    today = timezone.localdate()
    internal = f'<span class="dim">{icon("lock", "i in")} {_("internal")}</span>'
    rows = []
    for entry in entries:
        system = " sys" if entry.kind == _KINDS.CHANGE else ""
        mark = _ICONS.get(entry.mark) or _ICONS.get(entry.kind) or "note"
        people = f", {escape(entry.people)}" if entry.people else ""
        text = f'<div class="bd typed">{escape(entry.text)}</div>' if entry.text else ""
        rows.append(
            f'<li class="e{system}"><span class="ic">{icon(mark)}</span>'
            f'<h3 class="ti">{_title(entry)} '
            f'<span class="when">{near_day(entry.day, today)}{people}</span></h3>'
            f"{text}{_gap(entry, health)}{_foot(entry, internal)}</li>\n"
        )
    return mark_safe("".join(rows))  # noqa: S308 - every part was escaped


def _title(entry: Entry) -> str:
    title = escape(entry.title)
    if not entry.address:
        return title
    return f'<a class="plain" href="{escape(entry.address)}">{title}</a>'


def _gap(entry: Entry, health: HealthShown) -> str:
    """Under the result that the head tells of, what to talk about first."""
    is_last = entry.mark == "released" and entry.address == health.url
    if not (is_last and health.widest):
        return ""
    return render_to_string(_WIDEST, {"topic": health.widest, "health": health})


def _foot(entry: Entry, internal: str) -> str:
    facts = "".join(f"<span>{escape(fact)}</span>" for fact in entry.facts)
    kept = internal if entry.visibility == Visibility.INTERNAL else ""
    return f'<div class="ft">{facts}{kept}</div>' if facts or kept else ""
