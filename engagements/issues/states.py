"""The states of a joint issue: what may be done in each, by whom, and what follows.

One table: the actions ask it, the pages show by it, a test walks it from every state
with every action. A second, as small, says how asking for a milder severity ends.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from django.utils.translation import gettext as _

from engagements.errors import RuleError
from engagements.models import IssueCorrection, JointIssue

State = JointIssue.State


class Action(StrEnum):
    """What is done about an issue."""

    ACCOUNT = "account"
    CONTAIN = "contain"
    WORD = "word"
    AGREE = "agree"
    NOTE = "note"
    PROMISE = "promise"
    CLOSE = "close"
    CONFIRM = "confirm"
    OBJECT = "object"
    LAPSE = "lapse"
    CHECK = "check"
    STEP_UP = "step_up"
    STEP_SAID = "step_said"
    CORRECT = "correct"
    MILDER = "milder"


class Mover(StrEnum):
    """Who does it: either side, the side that was asked, that asks, or the clock."""

    SIDE = "side"
    ASKED = "asked"
    ASKER = "asker"
    CLOCK = "clock"


@dataclass(frozen=True)
class Rule:
    """One action: from which states, by whom, and where it may lead."""

    before: tuple[State, ...]
    mover: Mover
    after: tuple[State, ...]


_OPEN = (State.ACCOUNTS, State.FACTS, State.WORK)
_SHOWN = (State.FACTS, State.WORK)
TABLE: dict[Action, Rule] = {
    Action.ACCOUNT: Rule((State.ACCOUNTS,), Mover.SIDE, (State.ACCOUNTS, State.FACTS)),
    # What is done at once does not wait for the accounts.
    Action.CONTAIN: Rule(_OPEN, Mover.SIDE, _OPEN),
    Action.WORD: Rule((State.FACTS,), Mover.SIDE, (State.FACTS,)),
    Action.AGREE: Rule((State.FACTS,), Mover.SIDE, (State.FACTS, State.WORK)),
    Action.NOTE: Rule(_SHOWN, Mover.SIDE, _SHOWN),
    Action.PROMISE: Rule(_SHOWN, Mover.SIDE, _SHOWN),
    # In pairs only: `ladder` says who.
    Action.STEP_UP: Rule(_OPEN, Mover.SIDE, _OPEN),
    # What the pair says may be what the asked side confirms closing on.
    Action.STEP_SAID: Rule(
        (*_OPEN, State.CLOSING), Mover.SIDE, (*_OPEN, State.CLOSING)
    ),
    # Not while closing is asked: whoever confirms, confirms what was read.
    Action.CORRECT: Rule(_OPEN, Mover.SIDE, _OPEN),
    # Answer a milder severity or take it back: `actions.correcting` says which side.
    Action.MILDER: Rule((*_OPEN, State.CLOSING), Mover.SIDE, (*_OPEN, State.CLOSING)),
    Action.CLOSE: Rule(_OPEN, Mover.SIDE, (State.CLOSING,)),
    Action.CONFIRM: Rule((State.CLOSING,), Mover.ASKED, (State.CLOSED,)),
    Action.OBJECT: Rule((State.CLOSING,), Mover.ASKED, _OPEN),
    Action.LAPSE: Rule((State.CLOSING,), Mover.CLOCK, (State.UNCONFIRMED,)),
    Action.CHECK: Rule(
        (State.CLOSED, State.UNCONFIRMED),
        Mover.SIDE,
        (State.CLOSED, State.UNCONFIRMED, State.CHECKED),
    ),
}


def may(action: Action, issue: JointIssue, side: str) -> bool:
    """Whether the table lets a side do it now; the clock has no side."""
    rule = TABLE[action]
    if issue.state not in rule.before:
        return False
    if rule.mover is Mover.CLOCK:
        return side == ""
    return bool(side) and (rule.mover is Mover.SIDE or side != issue.closing_side)


def refuse_unless_may(action: Action, issue: JointIssue, side: str) -> None:
    """Raises RuleError where the table does not let a side do it."""
    if not may(action, issue, side):
        raise RuleError(
            _("This cannot be done now: %(state)s.")
            % {"state": issue.get_state_display().lower()}
        )


def working_state(issue: JointIssue) -> State:
    """Where an issue goes on when closing it was not agreed to."""
    if issue.facts_agreed_at is not None:
        return State.WORK
    return State.ACCOUNTS if issue.revealed_at is None else State.FACTS


Fate = IssueCorrection.State


class Reply(StrEnum):
    """How asking for a milder severity ends."""

    AGREE = "agree"
    DECLINE = "decline"
    TAKE_BACK = "take_back"
    OVERTAKE = "overtake"
    END = "end"


# Only from asked; whatever it ended as, it stays.
REPLIES: dict[Reply, tuple[Mover, Fate]] = {
    Reply.AGREE: (Mover.ASKED, Fate.KEPT),
    Reply.DECLINE: (Mover.ASKED, Fate.DECLINED),
    Reply.TAKE_BACK: (Mover.ASKER, Fate.WITHDRAWN),
    # By a more serious reading, and by closing the issue, whoever does that.
    Reply.OVERTAKE: (Mover.SIDE, Fate.OVERTAKEN),
    Reply.END: (Mover.SIDE, Fate.ENDED),
}


def may_reply(reply: Reply, row: IssueCorrection, side: str) -> bool:
    """Whether that table lets a side do it now."""
    movers = {Mover.SIDE, Mover.ASKER if side == row.side else Mover.ASKED}
    return row.is_asked and REPLIES[reply][0] in movers


def end_asking(issue: JointIssue, reply: Reply) -> None:
    """What is asked about it ends by something else that is done."""
    asked = issue.corrections.filter(state=Fate.ASKED)
    asked.update(state=REPLIES[reply][1])
