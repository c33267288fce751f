"""One timeline of everything that happened on a relationship, a month at a time."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import NamedTuple

from django.db.models import Q
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from engagements.dashboards.relationship import Viewpoint
from engagements.models import TimelineEntry, Visibility
from engagements.wording import day_of, month_words

ENTRIES = 30
# Digits of a number that nobody typed.
_LONG = 5
_KINDS = TimelineEntry.Kind
# The filter chips: name in the address, words, kinds shown.
FILTERS: dict[str, tuple[str | Promise, tuple[str, ...]]] = {
    "conversations": (_("Conversations"), (_KINDS.INTERACTION, _KINDS.MEETING)),
    "promises": (_("Promises"), (_KINDS.COMMITMENT,)),
    "issues": (_("Issues"), (_KINDS.ISSUE,)),
    "contract": (_("Contract"), (_KINDS.CONTRACT,)),
    "changes": (
        _("Changes"),
        (_KINDS.CHANGE, _KINDS.REVIEW, _KINDS.CHARTER, _KINDS.IDEA),
    ),
}


class Entry(NamedTuple):
    """One thing that happened, as the page prints it; plain, for there are thirty."""

    day: date
    kind: str
    mark: str
    visibility: str
    address: str
    title: str
    people: str
    text: str
    facts: list[str]


_PRINTED = ("at", *Entry._fields[1:])


@dataclass(frozen=True)
class Month:
    """The entries of one month."""

    name: str
    entries: list[Entry]


@dataclass(frozen=True)
class Stretch:
    """What is shown of the timeline at once."""

    number: int
    months: list[Month]
    has_older: bool


def timeline(view: Viewpoint, *, only: str, page: str) -> Stretch:
    """A stretch of the timeline, newest first, by month: one query.

    Nothing is counted: a long relationship has thousands of entries. What is no page
    is the first.
    """
    entries = TimelineEntry.objects.filter(
        _readable(view), relationship=view.own.relationship_id
    )
    if only in FILTERS:
        entries = entries.filter(kind__in=FILTERS[only][1])
    number = max(int(page), 1) if page.isdecimal() and len(page) < _LONG else 1
    start = (number - 1) * ENTRIES
    # One more than is shown says whether older ones follow.
    rows = list(entries.values_list(*_PRINTED)[start : start + ENTRIES + 1])
    shown = (Entry(day_of(at), *rest) for at, *rest in rows[:ENTRIES])
    return Stretch(number, _months(shown), len(rows) > ENTRIES)


def _readable(view: Viewpoint) -> Q:
    shared = Q(visibility=Visibility.SHARED)
    if view.as_other:
        return shared
    return shared | Q(visibility=Visibility.INTERNAL, organisation=view.own.acted_by_id)


def _months(entries: Iterable[Entry]) -> list[Month]:
    grouped = groupby(entries, key=lambda entry: entry.day.replace(day=1))
    return [Month(month_words(first), list(rows)) for first, rows in grouped]
