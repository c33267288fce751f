"""The states of an idea: what may be done in each, by which side, and what follows.

One table: the actions ask it, the pages show by it, a test walks it from every state
with every action.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from django.utils.translation import gettext as _

from engagements.errors import RuleError
from engagements.models import Idea

State = Idea.State


class Action(StrEnum):
    """What is done about an idea."""

    TRY = "try"
    LATER = "later"
    DECLINE = "decline"
    KEEP = "keep"
    STOP = "stop"
    WITHDRAW = "withdraw"
    # A colleague answers instead; nothing was said to it yet.
    HAND_ON = "hand_on"


class Mover(StrEnum):
    """Who does it: the side it comes from, the other side, or either."""

    GIVER = "giver"
    OTHER = "other"
    EITHER = "either"


@dataclass(frozen=True)
class Rule:
    """One action: from which states, by whom, and where it leads."""

    before: tuple[State, ...]
    mover: Mover
    # None leaves it where it is.
    after: State | None


_WAITING = (State.OPEN, State.LATER)
TABLE: dict[Action, Rule] = {
    Action.TRY: Rule(_WAITING, Mover.OTHER, State.TRIED),
    # Once: what was put off is answered with yes or no.
    Action.LATER: Rule((State.OPEN,), Mover.OTHER, State.LATER),
    Action.DECLINE: Rule(_WAITING, Mover.OTHER, State.DECLINED),
    Action.KEEP: Rule((State.TRIED,), Mover.EITHER, State.KEPT),
    Action.STOP: Rule((State.TRIED,), Mover.EITHER, State.STOPPED),
    Action.WITHDRAW: Rule(_WAITING, Mover.GIVER, State.WITHDRAWN),
    Action.HAND_ON: Rule(_WAITING, Mover.OTHER, None),
}


def may(action: Action, idea: Idea, side: str) -> bool:
    """Whether the table lets a side do it now."""
    rule = TABLE[action]
    if idea.state not in rule.before or not side:
        return False
    is_giver = side == idea.side
    return rule.mover is Mover.EITHER or is_giver == (rule.mover is Mover.GIVER)


def refuse_unless_may(action: Action, idea: Idea, side: str) -> None:
    """Raises RuleError where the table does not let a side do it."""
    if may(action, idea, side):
        return
    if idea.state in TABLE[action].before and TABLE[action].mover is Mover.OTHER:
        raise RuleError(_("The other side answers first."))
    raise RuleError(
        _("This cannot be done now: %(state)s.")
        % {"state": str(idea.get_state_display()).lower()}
    )
