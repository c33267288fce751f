"""Whoever proposes, changes or closes has seen the words it is about."""

from __future__ import annotations

from decimal import Decimal

from engagements.charters.actions import goals
from engagements.models import Charter, Goal
from tests.engagements.charters import charters
from tests.engagements.charters.goals import said, set_goal


def filled(browser, address: str) -> dict:
    """What the form of a page sends, as it was shown."""
    form = browser.get(address).context["form"]
    return {field.name: field.value() or "" for field in form}


def test_a_draft_is_proposed_in_the_words_that_were_shown(pair):
    draft, goal = charters.draft(pair), set_goal(pair)
    address, manager = f"/charters/{draft.pk}/propose/", pair.browser()
    named = charters.people(pair).items()
    people = {f"{side}_person": contact.pk for side, contact in named}
    before = manager.get(address)
    sent = filled(manager, address) | people
    charters.draft(pair, purpose="Another purpose", values="")
    goals.change_goal(
        by=pair.by(), goal=goal, values=said(pair, expected=Decimal(90)), reason="More"
    )

    stale = manager.post(address, sent)

    assert charters.PURPOSE in before.text
    assert "Fewer call-outs" in before.text
    draft.refresh_from_db()
    assert (stale.status_code, draft.state) == (422, Charter.State.DRAFT)
    assert stale.context["form"].changed == ["purpose", "values", "goals"]
    assert "This was changed since you opened the page" in stale.text
    assert "Another purpose" in stale.text
    assert "90 call-outs a month" in stale.text
    assert stale.text.count("Changed</b>") == 3
    # Whoever has seen those may go on.
    sent["seen"] = stale.context["form"]["seen"].value()
    assert manager.post(address, sent).status_code == 302
    draft.refresh_from_db()
    assert (draft.state, draft.purpose) == ("proposed", "Another purpose")


def test_a_draft_is_dropped_in_the_words_that_were_shown(pair):
    draft, manager = charters.draft(pair), pair.browser()
    page = f"/relationships/{pair.relationship.pk}/charter/"
    address = f"/charters/{draft.pk}/take-back/"
    seen = manager.get(page).context["draft_seen"]
    charters.draft(pair, purpose="A colleague wrote on")

    stale = manager.post(address, {"seen": seen}, follow=True)

    draft.refresh_from_db()
    assert draft.state == Charter.State.DRAFT
    assert "This was changed since you opened the page" in stale.text
    manager.post(address, {"seen": stale.context["draft_seen"]})
    draft.refresh_from_db()
    assert draft.state == Charter.State.DROPPED


def test_two_who_change_a_goal_at_once_see_both_wordings(pair):
    goal = set_goal(pair)
    address, manager = f"/goals/{goal.pk}/edit/", pair.browser()
    sent = filled(manager, address) | {"title": "Quiet nights", "reason": "Clearer"}
    day = goal.due_on
    same = {"expected": "50.0", "due_on": f"{day:%d/%m/%Y}"}
    theirs = said(pair, title="Fewer calls", expected=Decimal(50))
    goals.change_goal(by=pair.by(pair.other), goal=goal, values=theirs, reason="More")

    stale = manager.post(address, sent)
    alike = manager.post(address, sent | same)

    goal.refresh_from_db()
    assert (stale.status_code, goal.title) == (422, "Fewer calls")
    assert alike.context["form"].conflicts == [("Goal", "Fewer calls", "Quiet nights")]
    rows = stale.context["form"].conflicts
    assert rows == [
        ("Goal", "Fewer calls", "Quiet nights"),
        ("Expected value", "50", "40"),
    ]
    sent["seen"] = stale.context["form"]["seen"].value()
    assert manager.post(address, sent).status_code == 302
    goal.refresh_from_db()
    assert (goal.title, goal.expected) == ("Quiet nights", 40)


def test_a_goal_is_closed_as_it_was_shown(pair):
    goal = set_goal(pair)
    address, manager = f"/goals/{goal.pk}/close/", pair.browser()
    sent = filled(manager, address) | {"outcome": "reached", "reason": "All done"}
    day = goal.created_at.date()
    goals.add_value(
        by=pair.by(), goal=goal, side=pair.own, amount=Decimal(7), on=day, note="List"
    )

    stale = manager.post(address, sent)

    assert (stale.status_code, Goal.objects.get().outcome) == (422, "")
    assert stale.context["form"].changed == ["realised"]
    assert "All done" in stale.text
    sent["seen"] = stale.context["form"]["seen"].value()
    assert manager.post(address, sent).status_code == 302
    assert Goal.objects.get().outcome == Goal.Outcome.REACHED
    # Its forms could only be refused now.
    for form in ("close", "edit", "values/new", "promises/new"):
        again = manager.get(f"/goals/{goal.pk}/{form}/")
        assert again["Location"] == goal.get_absolute_url()
    assert "Nothing was promised." in manager.get(goal.get_absolute_url()).text


def test_a_refused_answer_keeps_what_was_typed(pair):
    charter = charters.proposed(pair)
    row = charters.asked(charter, pair.own)
    browser = pair.browser(role="executive")
    address = f"/acceptances/{row.pk}/"

    empty = browser.post(address, {"answer": "no", "reason": " "})
    browser.post(address, {"answer": "yes"})
    late = browser.post(address, {"answer": "no", "reason": "Name the wards"})

    assert (empty.status_code, late.status_code) == (422, 422)
    assert "Say what should be different." in empty.text
    assert "<title>Error:" in empty.text
    assert "This was answered already." in late.text
    assert "Name the wards" in late.text
