"""Goals: expected and realised, with an owner on each side."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta
from decimal import Decimal

import pytest
import time_machine
from django.utils import timezone

from engagements.charters.actions import goals
from engagements.charters.queries.goals import goals as goals_of
from engagements.charters.queries.goals import realised
from engagements.errors import RuleError
from engagements.models import Commitment, Goal, GoalValue, Notice
from engagements.notices.kinds import known
from engagements.reminders.planning import plan
from tests.engagements.charters.goals import said, set_goal


def enter(pair, goal, amount, side=None):
    return goals.add_value(
        by=pair.by(side),
        goal=goal,
        side=side or pair.own,
        amount=Decimal(amount),
        on=timezone.localdate(),
        note="Both desks' lists",
    )


def charter_page(pair) -> str:
    address = f"/relationships/{pair.relationship.pk}/charter/"
    return pair.browser(pair.other).get(address).content.decode()


def typed(pair, **values) -> dict:
    owners = {
        name: value.pk for name, value in said(pair).items() if name.endswith("_owner")
    }
    return said(pair) | owners | {"due_on": "31 Mar 2027"} | values


def test_nothing_entered_is_not_nought(pair):
    goal = set_goal(pair)

    assert realised(goal) is None
    assert goals_of(pair.relationship.pk)[0].realised is None
    assert "nothing entered yet" in charter_page(pair)
    assert "1 goal under way" in pair.page(pair.other)


def test_both_sides_enter_what_it_brought_and_correct_it(pair):
    goal = set_goal(pair)

    enter(pair, goal, 12)
    enter(pair, goal, "7.5", pair.other)
    enter(pair, goal, -2)

    assert realised(goal) == Decimal("17.5")
    assert "17.50 of 40 call-outs a month realised" in charter_page(pair)


def test_what_cannot_be_is_refused(pair):
    goal = set_goal(pair)
    tomorrow = timezone.localdate() + timedelta(days=1)
    wrong = {"by": pair.by(), "goal": goal, "side": pair.own, "note": "x"}

    with pytest.raises(RuleError, match="has come"):
        goals.add_value(amount=Decimal(1), on=tomorrow, **wrong)
    with pytest.raises(RuleError, match="other than 0"):
        goals.add_value(amount=Decimal(0), on=timezone.localdate(), **wrong)
    with pytest.raises(RuleError, match="more than 0"):
        set_goal(pair, expected=Decimal(0))
    stranger = pair.world.people["bystander", "executive"].contact
    with pytest.raises(RuleError, match="does not speak") as refused:
        set_goal(pair, **{f"{pair.other.value}_owner": stranger})
    assert refused.value.field == f"{pair.other.value}_owner"
    assert not GoalValue.objects.exists()


def test_a_change_keeps_what_it_said_before_and_why(pair):
    goal = set_goal(pair)
    browser = pair.browser(pair.other)

    said = typed(pair, expected="50", reason="Two more sites")
    browser.post(f"/goals/{goal.pk}/edit/", said | shown_by(browser, goal, "edit"))

    page = pair.browser().get(f"/goals/{goal.pk}/").content.decode()
    assert "50 call-outs a month" in page
    assert "40.00 → 50" in page
    assert "Two more sites" in page


def test_a_closed_goal_says_how_it_ended_and_stays_so(pair):
    goal = set_goal(pair)

    goals.close_goal(by=pair.by(), goal=goal, outcome="reached", reason="Quiet nights")

    assert pair.entries() == [
        "Goal reached: Fewer call-outs",
        "Goal set: Fewer call-outs",
    ]
    assert "No goal under way" in pair.page(pair.other)
    with pytest.raises(RuleError, match="closed"):
        enter(pair, goal, 1)
    page = pair.browser(pair.other).get(f"/goals/{goal.pk}/").content.decode()
    assert "Quiet nights" in page
    assert "Enter value" not in page


def shown_by(browser, goal, page) -> dict:
    """What a form sends of the words it showed."""
    form = browser.get(f"/goals/{goal.pk}/{page}/").context["form"]
    return {"seen": form["seen"].value()}


def test_set_enter_and_close_on_pages(pair):
    browser = pair.browser()
    start = f"/relationships/{pair.relationship.pk}/"

    assert browser.post(f"{start}goals/new/", typed(pair)).status_code == 302
    goal = Goal.objects.get()
    here = f"/goals/{goal.pk}/"
    value = {"amount": "12", "on": "today", "note": "Both lists"}
    assert browser.post(f"{here}values/new/", value).status_code == 302
    assert "Both lists" in browser.get(here).content.decode()
    ended = {"outcome": "let_go", "reason": "The site closed"}
    ended |= shown_by(browser, goal, "close")
    assert browser.post(f"{here}close/", ended).status_code == 302

    goal.refresh_from_db()
    assert (goal.outcome, goal.reason) == ("let_go", "The site closed")
    wrong = browser.post(f"{start}goals/new/", typed(pair, expected="0"))
    assert wrong.status_code == 422
    assert "Expect more than 0" in wrong.content.decode()


def test_a_promise_for_a_goal_is_a_promise_like_any_other(pair):
    goal = set_goal(pair)
    promised = {
        "side": pair.own.value,
        "owner": str(pair.by().contact.pk),
        "text": "Check the filters at night",
        "due_on": "31 Mar 2030",
        "measure": "The log says so",
    }

    pair.browser().post(f"/goals/{goal.pk}/promises/new/", promised)

    row = Commitment.objects.get(origin_kind="goal", origin_id=goal.pk)
    assert (row.side, row.visibility) == (pair.own, "shared")
    for side in (pair.own, pair.other):
        page = pair.browser(side).get(f"/goals/{goal.pk}/").content.decode()
        assert "Check the filters at night" in page


def test_both_owners_hear_once_that_the_day_of_a_goal_has_passed(pair):
    goal = set_goal(pair)
    noon = datetime.combine(goal.due_on, time(12), UTC)
    for days in (0, 1, 2, 9):
        plan(noon + timedelta(days=days))

    told = list(Notice.objects.filter(kind="goal-past"))
    people = {goal.client_owner_id, goal.supplier_owner_id}
    assert {row.recipient_id for row in told} == people
    assert len({(row.recipient_id, row.channel) for row in told}) == len(told)
    kind = known("goal-past")
    with time_machine.travel(noon + timedelta(days=1)):
        assert all(kind.still_wanted(row) for row in told)
        assert len({tuple(kind.letter(row).paragraphs) for row in told}) == 1
    assert not kind.still_wanted(told[0])
