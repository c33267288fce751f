"""Which state of a charter leads to which, and how an accepted one stands on a day."""

from __future__ import annotations

from datetime import date, timedelta
from enum import StrEnum

from engagements.contracts.terms import add_months
from engagements.models import Charter

_State = Charter.State
# What may become of a charter. An accepted one is never written on again.
LEADS_TO: dict[str, frozenset[str]] = {
    _State.DRAFT: frozenset({_State.PROPOSED, _State.DROPPED}),
    _State.PROPOSED: frozenset({_State.ACCEPTED, _State.DECLINED, _State.WITHDRAWN}),
    _State.ACCEPTED: frozenset({_State.SUPERSEDED}),
    _State.SUPERSEDED: frozenset(),
    _State.DECLINED: frozenset(),
    _State.WITHDRAWN: frozenset(),
    _State.DROPPED: frozenset(),
}
# So many days before the year is over both sides are asked whether it still holds.
ASK_BEFORE = 30
_YEAR = 12


class Standing(StrEnum):
    """How a charter in force stands: it holds, both are asked, or its year is over."""

    HOLDS = "holds"
    ASKED = "asked"
    LAPSED = "lapsed"


def holds_for(day: date) -> date:
    """Until when a charter holds that both sides said yes to on a day: a year."""
    return add_months(day, _YEAR)


def ask_from(holds_until: date) -> date:
    """The first day on which it can be confirmed for another year."""
    return holds_until - timedelta(days=ASK_BEFORE)


def standing_on(holds_until: date, today: date) -> Standing:
    """How it stands on a day; on its last day it still holds."""
    if today > holds_until:
        return Standing.LAPSED
    return Standing.ASKED if today >= ask_from(holds_until) else Standing.HOLDS
