"""Every state, every action, both sides, their links and the clock; everybody else is
walked in `tests/access_matrix/test_states.py`."""

from __future__ import annotations

from contextlib import contextmanager, suppress
from copy import deepcopy
from datetime import timedelta
from itertools import product

import pytest
import time_machine
from django.db import transaction
from django.urls import reverse

from engagements.errors import RuleError
from engagements.issues import links
from engagements.issues.actions import closing, correcting, recording
from engagements.issues.queries import facts_words, plain_words
from engagements.issues.states import (
    REPLIES,
    TABLE,
    Action,
    Fate,
    Mover,
    Reply,
    may,
    may_reply,
)
from engagements.models import IssueCorrection, JointIssue, Side
from engagements.seen import seen_of
from tests.engagements.commitments.conftest import seat
from tests.engagements.issues.conftest import DAY, WAYS, to_work
from tests.engagements.issues.test_ladder import sponsor
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
    Action.MILDER: ("issue-severity-answer", {"answer": "yes", "round": "1"}),
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
        askable(issue, *seats)
        yield seats, issue


def askable(issue, own, other):
    """All there is to answer: facts in words, a milder severity; and whom to ask."""
    if issue.state == JointIssue.State.FACTS:
        recording.word_facts(issue=issue, side=own.side, facts="It rang at nine.")
    asked_milder(issue, own)
    for one in (own, other):
        sponsor(one)
    issue.refresh_from_db()


def asked_milder(issue, one, **more):
    """The question of a side, as the database could hold it in any state."""
    said = {"state": Fate.ASKED, "what": "severity", "before": "2", "after": "3"}
    return IssueCorrection.objects.create(
        issue=issue, number=1, side=one.side, by=one.contact, said_on=DAY, **said | more
    )


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
    fates = list(issue.corrections.values_list("number", "state"))
    steps = issue.steps.count()
    return row, sides, accounts, issue.notes.count(), promises, fates, steps


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
    if action == Action.WORD:
        extra = {"seen": seen_of(facts_words(issue))}
    if action == Action.MILDER and one.pk == issue.corrections.get().by_id:
        extra = {"answer": "take_back"}
    return client.post(reverse(f"engagements:{name}", kwargs=arguments), said | extra)


@pytest.mark.parametrize("who", ["own", "other"])
@pytest.mark.parametrize("action", list(SENT))
def test_a_side_does_what_the_table_says(issue, seats, action, who):
    one = seats[0] if who == "own" else seats[1]
    allowed = may(action, issue, one.side)
    # The side that worded the facts agrees to them already.
    shows = allowed and not (action == Action.AGREE and who == "own")
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

    assert (picture(issue) != before) == shows
    issue.refresh_from_db()
    if allowed:
        assert issue.state in TABLE[action].after


BY_LINK = {
    "account": (Action.ACCOUNT, {"text": "x", "impact": "x"}),
    "facts": (Action.WORD, {"facts": "x"}),
    "agree": (Action.AGREE, {}),
    "correct": (Action.CORRECT, SENT[Action.CORRECT][1]),
    "milder": (Action.MILDER, {}),
    "as_is": (Action.MILDER, {"why": "x"}),
    "promise": (Action.PROMISE, SENT[Action.PROMISE][1]),
    "step_up": (Action.STEP_UP, {"question": "x"}),
    "close": (Action.CLOSE, SENT[Action.CLOSE][1]),
    "yes": (Action.CONFIRM, {}),
    "no": (Action.OBJECT, {"reason": "x"}),
    "held": (Action.CHECK, {}),
    "back": (Action.CHECK, {}),
}


def test_a_link_does_what_its_side_may(issue, seats):
    """Each deed from the same state: what the one before did is taken back."""
    other, client, before = seats[1], Client(), picture(issue)
    shown = {"correct": plain_words(issue), "facts": facts_words(issue)}
    done = {}

    for what, (_action, more) in BY_LINK.items():
        said = {"what": what, "round": "1", "owner": other.contact.pk} | more
        said["seen"] = seen_of(shown.get(what, {}))
        with time_machine.travel(DAY + timedelta(days=90), tick=False), taken_back():
            client.post(links.path(issue.sides.get(side=other.side)))
            client.post(reverse("engagements:issue-sitting"), said)
            done[what] = picture(issue) != before

    allowed = {
        name: may(rule, issue, other.side) for name, (rule, _) in BY_LINK.items()
    }
    assert done == allowed


@contextmanager
def taken_back():
    """As if what is done inside had never been."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


@pytest.mark.parametrize("start", Fate)
def test_asking_for_a_milder_severity_ends_as_its_table_says(start):
    """Each reply of each side, from each state it can be in."""
    pair = RelationshipFactory()
    own, other = seat(pair, Side.CLIENT), seat(pair, Side.SUPPLIER)
    issue = to_work(own, other)
    row = asked_milder(issue, own, state=start, words="Two wards waited")

    for reply, one in product(Reply, (own, other)):
        after = REPLIES[reply][1] if may_reply(reply, row, one.side) else start
        with taken_back():
            with suppress(RuleError):
                give(reply, issue, one)
            found = IssueCorrection.objects.get(pk=row.pk).state
        assert found == after, (reply, one.side == own.side)


def give(reply, issue, one):
    """Do it as it is done."""
    who = {"issue": issue, "side": one.side}
    answers = {"number": 1, "by": one.contact, **who}
    if reply == Reply.TAKE_BACK:
        correcting.take_back_milder(**answers)
    elif reply == Reply.OVERTAKE:
        said = plain_words(issue) | {"severity": "1", "reason": "x"}
        correcting.correct(by=one.contact, **who, **said)
    elif reply == Reply.END:
        closing.ask_to_close(**who, outcome="x", check_days=30, today=DAY)
        closing.close_silent(DAY + timedelta(days=60))
    else:
        correcting.answer_milder(**answers, yes=reply == Reply.AGREE, reason="x")


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
