"""The list of relationships as rows of a spreadsheet: as the viewer's side sees it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from engagements.dashboards import health
from engagements.dashboards.lists import SORTS, Asked, narrowed
from engagements.models import Health, Relationship, Side
from engagements.reviews.health_words import health_reason, score_words
from engagements.wording import day_of

HEADS: tuple[str | Promise, ...] = (
    _("With"),
    _("Scope"),
    _("Our side"),
    _("Segment"),
    _("Owner"),
    _("Health"),
    _("Why"),
    _("Health of both"),
    _("Client"),
    _("Supplier"),
    _("Gap"),
    _("Last review"),
    _("Last contact"),
    _("Last contact with"),
    _("Next meeting"),
    _("We act by"),
    _("Next review"),
    _("A year"),
    _("Currency"),
)
_FIELDS = (
    "counterpart",
    "relationship__scope",
    "side",
    "segment",
    "owner__name",
    "last_contact_at",
    "last_contact_with__name",
    "next_contact_at",
    "act_by",
    "relationship__next_review_on",
    "annual_value",
    "currency",
    "health_why",
    "health_basis",
    *health.LINE,
)
_SIDES = dict(Side.choices)
_SEGMENTS = dict(Relationship.Segment.choices)


def rows(user: User, asked: Asked, today: date) -> Iterator[list[str]]:
    """What the list shows, all of it, in its order: one query. Unknown is empty."""
    found = narrowed(user, asked, today).order_by(*SORTS[asked.sort])
    for row in found.values_list(*_FIELDS):
        yield [_text(value) for value in _cells(row, today)]


def _cells(row: tuple[Any, ...], today: date) -> list[Any]:
    (name, scope, side, segment, owner, last_at, last_with, next_at, act_by, review_on,
     value, currency, why, basis, *line) = row  # fmt: skip
    return [
        *(name, scope, _SIDES[side], _SEGMENTS[segment], owner),
        *_health(why, basis, line, today),
        *(last_at, last_with, next_at, act_by, review_on, value, currency),
    ]


def _health(why: list[str], basis: str, line: list[Any], today: date) -> list[Any]:
    """Word and reason, then the figures as both sides read them."""
    state, last, score, client, supplier, gap, reviewed_on = line
    reason = health_reason(
        state,
        why,
        last=last,
        basis=basis,
        reviewed_on=reviewed_on,
        today=today,
        most=len(why),
    )
    figures = [score_words(one) for one in (score, client, supplier)]
    apart = None if gap is None else abs(gap)
    return [Health(state).label, reason, *figures, apart, reviewed_on]


def _text(value: Any) -> str:
    """As a spreadsheet reads it: days as 2026-11-27, nothing for what is unknown."""
    if value is None:
        return ""
    return day_of(value).isoformat() if isinstance(value, date) else str(value)
