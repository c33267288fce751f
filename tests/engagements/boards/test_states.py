"""Every state, every action, every kind of person; and what the database refuses."""

from __future__ import annotations

import itertools

import pytest

from engagements.boards.states import (
    MEETING,
    MOVES,
    RECOMMENDATION,
    Answer,
    Meet,
    Mover,
    Phase,
    State,
    may_answer,
    may_meet,
    movers_of,
    refuse_answer,
    refuse_meeting,
)
from engagements.errors import RuleError
from engagements.models import BoardMeeting, BoardSeat, Recommendation

# Who may do it, written out once more by hand: the phases, then the people.
ROOM, READ = "deliberation", "read_out"
MEET = {
    Meet.EDIT: ("planned", "facilitator chair"),
    Meet.CALL_OFF: ("planned", "facilitator chair"),
    Meet.OPEN: ("planned", "facilitator chair"),
    Meet.DELIBERATE: ("opening", "facilitator chair"),
    Meet.READ_OUT: (ROOM, "facilitator chair"),
    Meet.RESPOND: (READ, "facilitator chair"),
    Meet.CLOSE: ("response", "facilitator chair"),
    Meet.VERDICT: ("opening", "member chair"),
    Meet.AGENDA: ("planned opening", "facilitator chair"),
    Meet.PREPARE: (f"planned opening {ROOM}", "facilitator chair"),
    Meet.ENTER: (f"{ROOM} {READ}", "facilitator chair member"),
    Meet.COUNT: (f"{ROOM} {READ}", "facilitator"),
    Meet.STOP: (f"{ROOM} {READ}", "facilitator chair member"),
    Meet.LIFT: (f"{ROOM} {READ}", "facilitator"),
    Meet.CONTRIBUTE: (ROOM, "member chair"),
    Meet.CAPTURE: (ROOM, "facilitator"),
    Meet.SORT: (ROOM, "facilitator"),
    Meet.WORD: (f"{ROOM} {READ}", "facilitator chair"),
    Meet.APPROVE: (f"{ROOM} {READ}", "member chair"),
}
# The same of a recommendation: states with the decision they need, then the people.
AGREED = ("accept", "partial")
ANYHOW = ("", "accept", "partial", "decline", "defer")
LIVE = ("submitted", "acknowledged", "decided", "committed", "in_progress")
ANSWER = {
    Answer.ACKNOWLEDGE: ({"submitted": ANYHOW}, "host"),
    Answer.DECIDE: (dict.fromkeys(LIVE[:3], ("", "defer")), "host"),
    Answer.COMMIT: (dict.fromkeys(LIVE[2:], AGREED), "host"),
    Answer.START: ({"committed": ANYHOW}, "host"),
    Answer.DELIVER: (dict.fromkeys(LIVE[3:], ANYHOW), "host"),
    Answer.REPORT: ({"decided": ("decline",), "delivered": ANYHOW}, "lead"),
    Answer.VERIFY: ({"reported_back": ANYHOW}, "member"),
    Answer.HANDS: ({"reported_back": ANYHOW}, "facilitator"),
    Answer.STATE: ({"reported_back": ANYHOW}, "lead"),
    Answer.MERGE: (dict.fromkeys(LIVE, ANYHOW), "lead"),
    Answer.WITHDRAW: (dict.fromkeys(LIVE, ANYHOW), "lead"),
}
PEOPLE = {
    "facilitator": movers_of(BoardSeat(role="facilitator")),
    "chair": movers_of(BoardSeat(role="member", is_chair=True)),
    "member": movers_of(BoardSeat(role="member")),
    "host": frozenset({Mover.HOST}),
    "clock": frozenset({Mover.CLOCK}),
    "nobody": frozenset(),
}


def refused(refuse, *asked):
    try:
        refuse(*asked)
    except RuleError as error:
        return error.message
    return ""


@pytest.mark.parametrize("action", list(Meet))
def test_a_meeting_lets_whom_it_says_do_what_it_says(action):
    phases, people = (words.split() for words in MEET[action])

    for phase, (who, movers) in itertools.product(Phase, PEOPLE.items()):
        meeting = BoardMeeting(phase=phase)
        allowed = phase in phases and who in people
        assert may_meet(action, meeting, movers) is allowed, (phase, who)
        assert bool(refused(refuse_meeting, action, meeting, movers)) is not allowed


def people_of(group):
    return {
        "facilitator": {"facilitator"},
        "lead": {"facilitator", "chair"},
        "member": {"member", "chair"},
        "host": {"host"},
    }[group]


@pytest.mark.parametrize("action", list(Answer))
def test_a_recommendation_lets_whom_it_says_do_what_it_says(action):
    states, group = ANSWER[action]

    for state, decision, (who, movers) in itertools.product(
        State, ANYHOW, PEOPLE.items()
    ):
        row = Recommendation(state=state, decision=decision, delivered_on="2026-11-01")
        allowed = decision in states.get(state, ()) and who in people_of(group)
        assert may_answer(action, row, movers) is allowed, (state, decision, who)
        assert bool(refused(refuse_answer, action, row, movers)) is not allowed


def test_the_members_confirm_what_was_said_to_be_delivered_only():
    row = Recommendation(state="reported_back", decision="decline")

    assert not may_answer(Answer.VERIFY, row, PEOPLE["member"])
    assert not may_answer(Answer.STATE, row, PEOPLE["chair"])


def test_the_moves_lead_through_all_phases_and_never_back():
    phase = Phase.PLANNED
    for move in MOVES:
        assert MEETING[move].before == (phase,)
        (phase,) = MEETING[move].after

    assert phase == Phase.CLOSED
    assert not any(phase in rule.before for rule in MEETING.values())


def test_a_refusal_says_whose_turn_it_is_or_what_stands_against_it():
    planned = BoardMeeting(phase="planned")

    found = refused(refuse_meeting, Meet.OPEN, planned, PEOPLE["member"])
    assert found == "This is for the facilitator or the chair to do."
    found = refused(refuse_meeting, Meet.CLOSE, planned, PEOPLE["chair"])
    assert found == "This cannot be done now: Planned."
    declined = Recommendation(state="decided", decision="decline")
    found = refused(refuse_answer, Answer.COMMIT, declined, PEOPLE["host"])
    assert found == "This cannot be done now: Declined."


def test_everything_that_is_over_stays_over():
    over = [*Recommendation.OVER]

    assert {
        rule for rule in RECOMMENDATION.values() if set(rule.before) & set(over)
    } == set()
