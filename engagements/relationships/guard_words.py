"""What a side's guards say, a sentence each; nobody is at fault in them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any, Protocol
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from engagements.models import Side
from engagements.relationships.guards import (
    IMPROVEMENT_DAYS,
    THREAD_DAYS,
    Guard,
)
from engagements.wording import long_day

# Where a sentence leads, by name of the page.
_PAGES = {
    Guard.HANDOVER: "handover",
    Guard.CHARTER: "charter",
    Guard.ISSUE: "relationship-issues",
}


class OfASide(Protocol):
    """The row of a side, or what a page reads of it."""

    @property
    def side(self) -> str: ...
    @property
    def relationship_id(self) -> UUID: ...
    @property
    def guards(self) -> str: ...
    @property
    def guard_facts(self) -> dict[str, Any]: ...


@dataclass(frozen=True)
class Guarded:
    """A sentence and the page where something can be done about it, if there is one."""

    words: str
    url: str = ""


def guarded(row: OfASide) -> list[Guarded]:
    """What stands on a side's row, in the order of its letters: no query."""
    return [
        Guarded(words, _url(row, Guard(letter)))
        for letter in row.guards
        for words in _sentences(row, Guard(letter), row.guard_facts[letter])
    ]


def leaving(row: OfASide, ahead: dict[str, dict[str, str]]) -> list[Guarded]:
    """What is said of last days kept and not over (`handovers.ahead`)."""
    return [
        Guarded(_leaves(Side(side) == row.side, facts), _url(row, Guard.HANDOVER))
        for side, facts in ahead.items()
    ]


def _leaves(ours: bool, facts: dict[str, str]) -> str:  # noqa: FBT001 - ours or theirs
    names = facts | {"day": long_day(date.fromisoformat(facts["on"]))}
    if facts["now"] and ours:
        words = _("Our interface person %(left)s leaves on %(day)s; %(now)s follows.")
    elif facts["now"]:
        words = _("Their interface person %(left)s leaves on %(day)s; %(now)s follows.")
    elif ours:
        words = _("Our interface person %(left)s leaves on %(day)s; name who follows.")
    else:
        words = _(
            "Their interface person %(left)s leaves on %(day)s; nobody follows yet."
        )
    return words % names


def _url(row: OfASide, guard: Guard) -> str:
    if guard not in _PAGES:
        return ""
    return reverse(f"engagements:{_PAGES[guard]}", args=[row.relationship_id])


def _sentences(row: OfASide, guard: Guard, facts: dict[str, Any]) -> Iterator[str]:
    if guard is Guard.COMMODITY:
        yield from _commodity(facts)
    elif guard is Guard.THREAD:
        words = _(
            "%(share)d%% of %(of)d contacts in %(days)d days went through "
            "%(client)s and %(supplier)s alone."
        )
        yield words % (facts | {"days": THREAD_DAYS})
    elif guard is Guard.HANDOVER:
        for side, left in facts.items():
            yield _handover(Side(side) == row.side, left)
    elif guard is Guard.CHARTER:
        day = long_day(date.fromisoformat(facts["until"]))
        yield _("The charter has lapsed on %(day)s.") % {"day": day}
    else:
        yield _severe(facts)


def _commodity(facts: dict[str, Any]) -> Iterator[str]:
    if "price" in facts:
        words = _("%(price)d of the last %(of)d contacts were about price.")
        yield words % facts
    if "improvement" in facts:
        words = _("No contact was about improvement in %(days)d days.")
        yield words % {"days": IMPROVEMENT_DAYS}


def _handover(ours: bool, left: dict[str, str]) -> str:  # noqa: FBT001 - ours or theirs
    names = left | {"day": long_day(date.fromisoformat(left["on"]))}
    if not left["now"]:
        if ours:
            words = _("Our interface person %(left)s left on %(day)s; nobody follows.")
        else:
            words = _(
                "Their interface person %(left)s left on %(day)s; nobody follows."
            )
    elif ours:
        words = _(
            "Our interface person is unconfirmed: %(now)s follows %(left)s and has "
            "not spoken to the other side yet."
        )
    else:
        words = _(
            "Their interface person is unconfirmed: no contact yet with %(now)s, who "
            "follows %(left)s."
        )
    return words % names


def _severe(facts: dict[str, Any]) -> str:
    day = long_day(date.fromisoformat(facts["since"]))
    words = ngettext(
        "%(count)d joint issue of severity 1 is open, since %(day)s.",
        "%(count)d joint issues of severity 1 are open, the first since %(day)s.",
        facts["count"],
    )
    return words % {"count": facts["count"], "day": day}
