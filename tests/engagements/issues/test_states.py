"""Every state, every action, both sides, their links and the clock; everybody else is
walked in `tests/access_matrix/test_states.py`."""

from __future__ import annotations

from copy import deepcopy
from datetime import timedelta
from itertools import product

import pytest
import time_machine
from django.urls import reverse

from engagements.errors import RuleError
from engagements.issues import links
from engagements.issues.actions import closing
from engagements.issues.queries import plain_words
from engagements.issues.states import TABLE, Action, Mover, may
from engagements.models import JointIssue, Side
from engagements.seen import seen_of
from tests.engagements.commitments.conftest import seat
from tests.engagements.issues.conftest import DAY, WAYS
from tests.factories import RelationshipFactory
from tests.sitting import Client
from tests.worlds import kept

pytestmark = pytest.mark.django_db
# How each action is sent: the page's name, its argument, what is typed.
SENT = {
    Action.ACCOUNT: ("issue-account", {"text": "x", "impact": "x"}),
    Action.CONTAIN: ("issue-note", {"kind": "containment", "text": "x"}),
    Action.WORD: ("issue-facts", {"facts": "x"}),
    Action.AGREE: ("issue-agree", {"round": "1"}),
    Action.NOTE: ("issue-note", {"kind": "well", "text": "x"}),
    Action.PROMISE: ("issue-promise", {"text": "x", "due_on": "1 Dec 2027"}),
    Action.CLOSE: ("issue-close", {"outcome": "x", "check_days": "30"}),
    Action.CONFIRM: ("issue-close-answer", {"answer": "yes", "round": "1"}),
    Action.OBJECT: (
        "issue-close-answer",
        {"answer": "no", "round": "1", "reason": "x"},
    ),
    Action.CHECK: ("issue-check", {"answer": "held"}),
    Action.CORRECT: (
        "issue-correct",
        {"title": "x", "happened_on": "30 Oct 2026", "severity": "2"},
    ),
    Action.STEP_UP: ("issue-step-up", {"question": "x"}),
}


@pytest.fixture(
    scope="module",
    params=list(product(WAYS, Side)),
    ids="-".join,
)
def told(request, django_db_setup, django_db_blocker):
    """Both seats, and an issue brought into a state by the first."""
    state, own = request.param
    with kept(django_db_blocker):
        relationship = RelationshipFactory()
        seats = seat(relationship, own), seat(relationship, own.other)
        issue = WAYS[state](*seats)
        assert issue.state == state
        yield seats, issue


@pytest.fixture
def own_copy(told):
    """What a test holds in memory, no other test does."""
    return deepcopy(told)


@pytest.fixture
def seats(own_copy):
    return own_copy[0]


@pytest.fixture
def issue(own_copy):
    return own_copy[1]


def picture(issue):
    """Everything about an issue that an action could change."""
    row = JointIssue.objects.filter(pk=issue.pk).values().get()
    row.pop("updated_at")
    sides = list(issue.sides.values("side", "agreed_round", "check_answer"))
    accounts = list(issue.sides.values_list("account__text", flat=True))
    promises = issue.relationship.commitments.count()
    return row, sides, accounts, issue.notes.count(), promises


def send(issue, action, one):
    name, said = SENT[action]
    arguments = {"pk": issue.pk}
    if "kind" in said:
        arguments["kind"] = said["kind"]
    client = Client()
    client.force_login(one.user)
    extra = {"side": "client", "owner": str(one.pk)} if action == Action.PROMISE else {}
    if action == Action.CORRECT:
        extra = {"seen": seen_of(plain_words(issue))}
    return client.post(reverse(f"engagements:{name}", kwargs=arguments), said | extra)


@pytest.mark.parametrize("who", ["own", "other"])
@pytest.mark.parametrize("action", list(SENT))
def test_a_side_does_what_the_table_says(issue, seats, action, who):
    one = seats[0] if who == "own" else seats[1]
    allowed = may(action, issue, one.side)
    if allowed and action == Action.AGREE:
        allowed = False  # Nothing is in words yet.
    if action == Action.STEP_UP:
        allowed = False  # Nobody is a sponsor here.
    before = picture(issue)

    with time_machine.travel(DAY + timedelta(days=90), tick=False):
        if action == Action.PROMISE and one.side != Side.CLIENT:
            # The owner is of the side that promises.
            name, said = SENT[action]
            client = Client()
            client.force_login(one.contact.user)
            client.post(
                reverse(f"engagements:{name}", args=[issue.pk]),
                said | {"side": "supplier", "owner": str(one.contact.pk)},
            )
        else:
            send(issue, action, one.contact)

    assert (picture(issue) != before) == allowed
    issue.refresh_from_db()
    if allowed:
        assert issue.state in TABLE[action].after


@pytest.mark.parametrize("what", ["account", "agree", "yes", "no", "held", "back"])
def test_a_link_does_what_its_side_may(issue, seats, what):
    action = {
        "account": Action.ACCOUNT,
        "agree": Action.AGREE,
        "yes": Action.CONFIRM,
        "no": Action.OBJECT,
    }.get(what, Action.CHECK)
    other = seats[1]
    seat = issue.sides.get(side=other.side)
    allowed = may(action, issue, other.side) and action != Action.AGREE
    before, client = picture(issue), Client()

    with time_machine.travel(DAY + timedelta(days=90), tick=False):
        client.post(links.path(seat))
        said = {"what": what, "round": "1", "reason": "x", "text": "x", "impact": "x"}
        client.post(reverse("engagements:issue-sitting"), said)

    assert (picture(issue) != before) == allowed


def test_the_clock_closes_what_was_asked_to_close_alone(issue):
    asked, day = issue.state == JointIssue.State.CLOSING, issue.lapses_on or DAY

    assert closing.close_silent(day) == 0
    assert closing.close_silent(day + timedelta(days=1)) == asked
    assert closing.close_silent(day + timedelta(days=2)) == 0
    issue.refresh_from_db()
    assert (issue.state in TABLE[Action.LAPSE].after) or not asked


def test_the_clock_has_no_side():
    clock = [one for one, rule in TABLE.items() if rule.mover is Mover.CLOCK]
    issue = JointIssue(state="closing", closing_side="client")

    assert clock == [Action.LAPSE]
    assert may(Action.LAPSE, issue, "")
    assert not may(Action.LAPSE, issue, "client")
    assert not may(Action.CONFIRM, issue, "client")
    with pytest.raises(RuleError):
        closing.refuse_unless_may(Action.CONFIRM, issue, "client")
