"""The states of a meeting and of a recommendation: what may be done, and by whom.

Two tables: the actions ask them, the pages show by them, a test walks every state with
every action and every kind of person.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from engagements.errors import RuleError
from engagements.models import BoardMeeting, Recommendation

if TYPE_CHECKING:
    from engagements.models import BoardSeat

Phase = BoardMeeting.Phase
State = Recommendation.State
Decision = Recommendation.Decision


class Mover(StrEnum):
    """Who does something about a board."""

    FACILITATOR = "facilitator"
    CHAIR = "chair"
    MEMBER = "member"
    HOST = "host"
    CLOCK = "clock"


LEADS = frozenset({Mover.FACILITATOR, Mover.CHAIR})
SEATED = LEADS | {Mover.MEMBER}
MEMBERS = frozenset({Mover.MEMBER})
HOST = frozenset({Mover.HOST})


class Meet(StrEnum):
    """What is done about a meeting."""

    EDIT = "edit"
    CALL_OFF = "call_off"
    # The five moves, in their order.
    OPEN = "open"
    DELIBERATE = "deliberate"
    READ_OUT = "read_out"
    RESPOND = "respond"
    CLOSE = "close"
    # In the opening report.
    VERDICT = "verdict"
    # In the closed room.
    AGENDA = "agenda"
    PREPARE = "prepare"
    ENTER = "enter"
    # Who is here, and whether that is enough.
    COUNT = "count"
    CONTRIBUTE = "contribute"
    CAPTURE = "capture"
    SORT = "sort"
    WORD = "word"
    # By everybody in the room; the facilitator goes on.
    STOP = "stop"
    LIFT = "lift"
    # Of the wording; before the read-out and while it is read.
    APPROVE = "approve"


class Answer(StrEnum):
    """What is done about a recommendation."""

    ACKNOWLEDGE = "acknowledge"
    DECIDE = "decide"
    COMMIT = "commit"
    START = "start"
    DELIVER = "deliver"
    REPORT = "report"
    # A member's vote, or hands counted in the room, sealed; then what is stated for
    # the board.
    VERIFY = "verify"
    HANDS = "hands"
    STATE = "state"
    MERGE = "merge"
    WITHDRAW = "withdraw"


@dataclass(frozen=True)
class Rule:
    """One action: from which states, by whom, and where it may lead."""

    before: tuple[str, ...]
    movers: frozenset[Mover]
    after: tuple[str, ...]


def _in_place(phases: tuple[Phase, ...], movers: frozenset[Mover]) -> Rule:
    return Rule(phases, movers, phases)


_ROOM = (Phase.DELIBERATION,)
_BEFORE_ROOM = (Phase.PLANNED, Phase.OPENING, Phase.DELIBERATION)
MEETING: dict[Meet, Rule] = {
    Meet.EDIT: _in_place((Phase.PLANNED,), LEADS),
    Meet.CALL_OFF: Rule((Phase.PLANNED,), LEADS, ()),
    Meet.OPEN: Rule((Phase.PLANNED,), LEADS, (Phase.OPENING,)),
    Meet.DELIBERATE: Rule((Phase.OPENING,), LEADS, (Phase.DELIBERATION,)),
    Meet.READ_OUT: Rule((Phase.DELIBERATION,), LEADS, (Phase.READ_OUT,)),
    Meet.RESPOND: Rule((Phase.READ_OUT,), LEADS, (Phase.RESPONSE,)),
    Meet.CLOSE: Rule((Phase.RESPONSE,), LEADS, (Phase.CLOSED,)),
    Meet.VERDICT: _in_place((Phase.OPENING,), MEMBERS),
    Meet.AGENDA: _in_place((Phase.PLANNED, Phase.OPENING), LEADS),
    Meet.PREPARE: _in_place(_BEFORE_ROOM, LEADS),
    Meet.ENTER: _in_place((*_ROOM, Phase.READ_OUT), SEATED),
    Meet.COUNT: _in_place((*_ROOM, Phase.READ_OUT), frozenset({Mover.FACILITATOR})),
    Meet.STOP: _in_place((*_ROOM, Phase.READ_OUT), SEATED),
    Meet.LIFT: _in_place((*_ROOM, Phase.READ_OUT), frozenset({Mover.FACILITATOR})),
    Meet.CONTRIBUTE: _in_place(_ROOM, MEMBERS),
    Meet.CAPTURE: _in_place(_ROOM, frozenset({Mover.FACILITATOR})),
    Meet.SORT: _in_place(_ROOM, frozenset({Mover.FACILITATOR})),
    Meet.WORD: _in_place((*_ROOM, Phase.READ_OUT), LEADS),
    Meet.APPROVE: _in_place((*_ROOM, Phase.READ_OUT), MEMBERS),
}
# The one move that leads on from each phase.
MOVES = (Meet.OPEN, Meet.DELIBERATE, Meet.READ_OUT, Meet.RESPOND, Meet.CLOSE)

_UNANSWERED = (State.SUBMITTED, State.ACKNOWLEDGED)
_PROMISED = (State.COMMITTED, State.IN_PROGRESS)
_LIVE = (*_UNANSWERED, State.DECIDED, *_PROMISED)
# Another may still be merged into these: of the rest the board was told already.
TAKE_IN = (*_LIVE, State.DELIVERED)
RECOMMENDATION: dict[Answer, Rule] = {
    Answer.ACKNOWLEDGE: Rule((State.SUBMITTED,), HOST, (State.ACKNOWLEDGED,)),
    # A second time only what was put off: see `may_answer`.
    Answer.DECIDE: Rule((*_UNANSWERED, State.DECIDED), HOST, (State.DECIDED,)),
    Answer.COMMIT: Rule(
        (State.DECIDED, *_PROMISED), HOST, (State.COMMITTED, State.IN_PROGRESS)
    ),
    Answer.START: Rule((State.COMMITTED,), HOST, (State.IN_PROGRESS,)),
    Answer.DELIVER: Rule(_PROMISED, HOST, (State.DELIVERED,)),
    # Said to the board in the opening of a later meeting.
    Answer.REPORT: Rule(
        (State.DECIDED, State.DELIVERED), LEADS, (State.REPORTED_BACK,)
    ),
    Answer.VERIFY: Rule((State.REPORTED_BACK,), MEMBERS, (State.REPORTED_BACK,)),
    Answer.HANDS: Rule(
        (State.REPORTED_BACK,),
        frozenset({Mover.FACILITATOR}),
        (State.REPORTED_BACK,),
    ),
    Answer.STATE: Rule(
        (State.REPORTED_BACK,), LEADS, (State.REPORTED_BACK, State.VERIFIED)
    ),
    Answer.MERGE: Rule(_LIVE, LEADS, (State.MERGED,)),
    Answer.WITHDRAW: Rule(_LIVE, LEADS, (State.WITHDRAWN,)),
}

_NAMES: dict[Mover, str | Promise] = {
    Mover.FACILITATOR: gettext_lazy("the facilitator"),
    Mover.CHAIR: gettext_lazy("the chair"),
    Mover.MEMBER: gettext_lazy("a member"),
    Mover.HOST: gettext_lazy("the host"),
    Mover.CLOCK: gettext_lazy("the clock"),
}


def movers_of(seat: BoardSeat) -> frozenset[Mover]:
    """What somebody who sits on the board is; the chair is a member too."""
    if seat.is_facilitator:
        return frozenset({Mover.FACILITATOR})
    return frozenset({Mover.MEMBER} | ({Mover.CHAIR} if seat.is_chair else set()))


def may_meet(action: Meet, meeting: BoardMeeting, movers: Collection[Mover]) -> bool:
    """Whether the table lets them do it now."""
    return not _against(MEETING[action], meeting.phase, movers)


def refuse_meeting(
    action: Meet, meeting: BoardMeeting, movers: Collection[Mover]
) -> None:
    """Raises RuleError, with the reason, where the table does not let them."""
    _refuse(MEETING[action], meeting.phase, movers, meeting.get_phase_display())


def may_answer(action: Answer, row: Recommendation, movers: Collection[Mover]) -> bool:
    """Whether table and decision let them do it now."""
    return not (_against(RECOMMENDATION[action], row.state, movers)) and _decided(
        action, row
    )


def refuse_answer(
    action: Answer, row: Recommendation, movers: Collection[Mover]
) -> None:
    """Raises RuleError, with the reason, where table or decision do not let them."""
    said = row.get_state_display()
    _refuse(RECOMMENDATION[action], row.state, movers, said)
    if not _decided(action, row):
        said = row.get_decision_display()
        raise RuleError(_("This cannot be done now: %(state)s.") % {"state": said})


def _decided(action: Answer, row: Recommendation) -> bool:
    """What the state alone does not say: what the host decided."""
    agreed = row.decision in {Decision.ACCEPT, Decision.PARTIAL}
    if action is Answer.DECIDE:
        return row.decision in {Decision.NONE, Decision.DEFER}
    if action is Answer.COMMIT:
        return agreed
    if action is Answer.REPORT and row.state == State.DECIDED:
        return row.decision == Decision.DECLINE
    # Nobody confirms what was never said to be there.
    verdict = action in {Answer.VERIFY, Answer.HANDS, Answer.STATE}
    return not verdict or row.delivered_on is not None


def _against(rule: Rule, state: str, movers: Collection[Mover]) -> str:
    """What stands against it: "state", "person" or nothing."""
    if state not in rule.before:
        return "state"
    return "" if rule.movers & set(movers) else "person"


def _refuse(rule: Rule, state: str, movers: Collection[Mover], said: str) -> None:
    against = _against(rule, state, movers)
    if against == "state":
        raise RuleError(_("This cannot be done now: %(state)s.") % {"state": said})
    if against:
        who = _(" or ").join(str(_NAMES[one]) for one in Mover if one in rule.movers)
        raise RuleError(_("This is for %(who)s to do.") % {"who": who})
