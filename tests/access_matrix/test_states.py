"""Every state, every action, everybody: who may not moves nothing, whatever the state.

What a table lets somebody do hangs on what they are found to be: that is asked of all
personas, and by page in every state of one for each reason to be refused.

What the table of an issue and of an idea lets the two sides do is walked beside them,
`tests/engagements/issues/test_states.py` and `tests/engagements/ideas/test_ideas.py`.
Of charters and recommendations those who may are walked here too. Meetings are moved
behind the door alone: `tests/engagements/boards/test_room_closed.py`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import models, transaction
from django.urls import reverse
from django.utils import timezone

from engagements import access
from engagements.boards import rights
from engagements.boards.states import HOST as ANSWERS
from engagements.boards.states import Answer, may_answer
from engagements.models import (
    Charter,
    CharterAcceptance,
    Idea,
    IssueStep,
    IssueStepSide,
    JointIssue,
    Recommendation,
    Side,
)
from tests.access_matrix.board_table import HOST
from tests.access_matrix.sessions import client
from tests.access_matrix.table import EDITORS
from tests.access_matrix.test_matrix import digest, outcome
from tests.access_matrix.world import World
from tests.engagements.commitments.conftest import Seat
from tests.engagements.ideas.conftest import WAYS as IDEAS
from tests.engagements.ideas.test_ideas import SENT as TO_IDEAS
from tests.engagements.issues.conftest import WAYS as ISSUES
from tests.engagements.issues.test_states import SENT as TO_ISSUES
from tests.factories import RecommendationFactory

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.parametrize("world", [Side.CLIENT], indirect=True),
]
DENIED = {"refused", "missing", "sign in"}
# One for each reason to refuse: reads only, does not know of it, belongs to nobody.
ONE_OF_EACH = frozenset(
    {
        "own_executive",
        "own_elsewhere",
        "outsider",
        "operator",
        "own_former",
        "anonymous",
    }
)
# Account manager of the host; a member who sits; a colleague of that member.
AT_BOARDS = frozenset(
    {"own_manager", "other_manager", "other_administrator", "operator", "outsider"}
)
DAY = "1 Dec 2030"


@dataclass(frozen=True)
class Act:
    """What is sent about a row: the address and the words."""

    name: str
    said: dict[str, Any] = field(default_factory=dict)
    more: dict[str, Any] = field(default_factory=dict)

    def sent(self, world: World, persona: str, row: models.Model):
        about = {"pk": row.pk, **self.more}
        if isinstance(row, Recommendation):
            about["board"] = row.board_id
        address = reverse(f"engagements:{self.name}", kwargs=about)
        return client(world, persona).post(address, self.said)


def issues(world: World) -> Iterator[JointIssue]:
    yield from (way(*_seats(world)) for way in ISSUES.values())


def ideas(world: World) -> Iterator[Idea]:
    yield from (way(*_seats(world)) for way in IDEAS.values())


def _seats(world: World) -> tuple[Seat, Seat]:
    relationship, own = world.rows["relationship"], world.own_side
    manager, other = world.rows["own_manager"], world.rows["other_manager"]
    return Seat(own, manager, relationship), Seat(own.other, other, relationship)


def charters(world: World) -> Iterator[Charter]:
    """The draft and the proposal that are there, and one of each other state."""
    day, made = date(2026, 1, 1), world.rows["charter"]
    yield from (world.rows["charter_draft"], made)
    written = {name: getattr(made, name) for name in ("relationship", "organisation")}
    written |= {"side": made.side, "written_by": made.written_by, "purpose": "x"}
    states = [one for one in Charter.State if one not in {"draft", "proposed"}]
    for number, state in enumerate(states, 1):
        days = {"accepted_on": day, "holds_until": day}
        yield Charter.objects.create(state=state, number=number, **days, **written)


def acceptances(world: World) -> Iterator[CharterAcceptance]:
    """The question to the own side about each of them."""
    for charter in charters(world):
        found, _made = CharterAcceptance.objects.get_or_create(
            charter=charter,
            side=world.own_side,
            defaults={
                "contact": world.rows["own_manager"],
                "asked_on": date(2026, 3, 1),
            },
        )
        yield found


def steps(world: World) -> Iterator[IssueStepSide]:
    """A question up the ladder, in each state of its issue."""
    for issue in issues(world):
        step = IssueStep.objects.create(
            issue=issue,
            level="sponsor",
            question="Who pays?",
            asked_on=date(2026, 3, 9),
        )
        yield IssueStepSide.objects.create(
            step=step, side=world.own_side, contact=world.rows["own_manager"]
        )


def recommendations(world: World) -> Iterator[Recommendation]:
    """One of each state, with the answer that leads there."""
    first, now = world.rows["recommendation"], timezone.now()
    over = {"verdict": "done", "verdict_on": now.date()}
    for state in Recommendation.State:
        answered = state not in {"submitted", "acknowledged"}
        yield RecommendationFactory(
            meeting=first.meeting,
            state=state,
            decision="accept" if answered else "",
            decided_at=now if answered else None,
            merged_into=first if state == "merged" else None,
            **(over if state == "verified" else {}),
        )


def _issue_act(name: str, said: dict[str, Any]) -> Act:
    more = {"kind": said["kind"]} if name == "issue-note" else {}
    return Act(name, said, more)


PROMISE = {"text": "x", "measure": "x", "due_on": DAY}
# Who may not is refused before the words are read: once an address.
_ISSUES = {(name, said.get("kind")): said for name, said in TO_ISSUES.values()}
ABOUT_ISSUES = [_issue_act(name, said) for (name, _kind), said in _ISSUES.items()]
ABOUT_IDEAS = [
    Act(f"idea-{name}", said) for name, said in dict(TO_IDEAS.values()).items()
]
ABOUT_CHARTERS = [Act(f"charter-{one}") for one in ("propose", "take-back")]
ABOUT_ACCEPTANCES = [Act("charter-answer", {"answer": "yes"}), Act("charter-person")]
ABOUT_STEPS = [Act("issue-step-answer", {"answer": "yes", "words": "x"})]
TO_RECOMMENDATIONS = {
    Answer.ACKNOWLEDGE: Act("board-acknowledge"),
    Answer.DECIDE: Act("board-answer", {"decision": "accept"}),
    Answer.COMMIT: Act("board-promise", PROMISE),
    Answer.START: Act("board-start"),
    Answer.DELIVER: Act("board-deliver"),
}
# Who may not, beside those who may; of the other side where only the own side may.
OTHERS = ONE_OF_EACH | {"other_manager"}
KINDS: dict[str, tuple[Callable, list[Act], frozenset[str]]] = {
    "issue": (issues, ABOUT_ISSUES, ONE_OF_EACH),
    "escalation": (steps, ABOUT_STEPS, OTHERS | {"own_administrator"}),
    "idea": (ideas, ABOUT_IDEAS, ONE_OF_EACH),
    "charter": (charters, ABOUT_CHARTERS, OTHERS),
    "acceptance": (acceptances, ABOUT_ACCEPTANCES, OTHERS),
    "recommendation": (recommendations, [*TO_RECOMMENDATIONS.values()], AT_BOARDS),
}


def test_what_everybody_is_found_to_be(world):
    """Who works on issues, ideas and charters, for which side; who answers a board."""
    relationship, board = world.rows["relationship"], world.rows["board"]
    works, answers, sits = set(), set(), set()
    for persona, user in world.users.items():
        found = user or AnonymousUser()
        if access.can_edit_relationship(found, relationship):
            works.add((persona, access.side_of(found, relationship)))
        answers |= (
            {persona} if rights.can_answer_recommendation(found, board) else set()
        )
        sits |= {persona} if rights.can_enter_room(found, board) else set()

    own, other = world.own_side, world.own_side.other
    team = {"own_disabled", "other_disabled"}
    assert works == {
        (one, own if one.startswith("own") else other) for one in EDITORS | team
    }
    assert answers == HOST
    assert sits == {"other_manager"}


@pytest.mark.parametrize("kind", KINDS)
def test_who_may_not_moves_nothing_in_any_state(world, kind):
    made, acts, denied = KINDS[kind]
    rows, reached = list(made(world)), []
    before = digest()

    for persona in sorted(denied):
        for row in rows:
            for act in acts:
                found = outcome(act.sent(world, persona, row))
                if found not in DENIED:
                    reached.append((persona, act.name, str(row)))

    assert reached == []
    assert digest() == before


def moves(world: World, persona: str, row: models.Model, act: Act) -> bool:
    """Whether something sent changes the row; taken back afterwards."""
    mine = type(row)._default_manager.filter(pk=row.pk)
    before = list(mine.values())
    with transaction.atomic():
        act.sent(world, persona, row)
        changed = list(mine.values()) != before
        transaction.set_rollback(True)
    return changed


@pytest.mark.parametrize("persona", sorted(HOST))
def test_the_host_does_what_the_table_of_recommendations_says(world, persona):
    for row in recommendations(world):
        for action, act in TO_RECOMMENDATIONS.items():
            if action is not Answer.COMMIT:
                allowed = may_answer(action, row, ANSWERS)
                assert moves(world, persona, row, act) == allowed, (row.state, action)


def test_whoever_wrote_it_takes_a_charter_back_while_it_waits(world):
    take_back = ABOUT_CHARTERS[1]
    found = {row.state: moves(world, "own_manager", row, take_back)
             for row in charters(world)}  # fmt: skip

    assert {state for state, moved in found.items() if moved} == {"draft", "proposed"}


def test_the_person_named_answers_while_a_charter_waits(world):
    answer = ABOUT_ACCEPTANCES[0]
    found = {row.charter.state: moves(world, "own_manager", row, answer)
             for row in acceptances(world)}  # fmt: skip

    # What is in force asks anew after a year: another question.
    assert {state for state, moved in found.items() if moved} == {"proposed"}


def test_the_person_asked_answers_a_step_while_its_issue_is_open(world):
    found = {row.step.issue.state: moves(world, "own_manager", row, ABOUT_STEPS[0])
             for row in steps(world)}  # fmt: skip

    assert {state for state, moved in found.items() if moved} == {
        "accounts", "facts", "work", "closing"}  # fmt: skip
