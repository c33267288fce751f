"""The pages of a charter, as people of both sides use them."""

from __future__ import annotations

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext

from engagements.charters.actions import drafting
from engagements.models import Charter
from tests.engagements.charters import charters
from tests.engagements.charters.goals import set_goal
from tests.engagements.charters.test_mirror import write


def here(pair) -> str:
    return f"/relationships/{pair.relationship.pk}/charter/"


def shown(pair, side=None, role="executive") -> str:
    return pair.browser(side, role).get(here(pair)).content.decode()


def test_from_draft_to_accepted_on_pages(pair):
    manager = pair.browser()
    words = {
        "purpose": "Quiet theatres",
        "values": "Care",
        "principles": "Say it early",
    }

    manager.post(f"{here(pair)}write/", words)
    charter = Charter.objects.get()
    assert "Quiet theatres" in shown(pair)
    assert "Quiet theatres" not in shown(pair, pair.other)
    named = charters.people(pair)
    people = {f"{side}_person": contact.pk for side, contact in named.items()}
    address = f"/charters/{charter.pk}/propose/"
    people["seen"] = manager.get(address).context["form"]["seen"].value()
    manager.post(address, people)
    assert "Quiet theatres" in shown(pair, pair.other)
    for side in (pair.own, pair.other):
        row = charters.asked(charter, side)
        browser = pair.browser(side, "executive")
        assert f"/acceptances/{row.pk}/" in browser.get(here(pair)).content.decode()
        browser.post(f"/acceptances/{row.pk}/", {"answer": "yes"})

    assert "In force: version 1" in shown(pair, pair.other)
    version = pair.browser(pair.other).get(f"/charters/{charter.pk}/").content.decode()
    assert "accepted by both sides" in version
    assert named[pair.own.value].name in version


def test_only_the_person_named_sees_the_buttons(pair):
    charter = charters.proposed(pair)

    buttons = f'action="/acceptances/{charters.asked(charter, pair.own).pk}/"'
    assert buttons in shown(pair)
    assert buttons not in shown(pair, role="administrator")
    assert buttons not in shown(pair, pair.other)


def test_a_no_without_a_reason_on_the_page(pair):
    row = charters.asked(charters.proposed(pair), pair.own)
    browser = pair.browser(role="executive")

    answer = browser.post(f"/acceptances/{row.pk}/", {"answer": "no"}, follow=True)

    assert "Say what should be different" in answer.content.decode()


def test_somebody_else_is_named_on_the_page(pair):
    row = charters.asked(charters.proposed(pair), pair.own)
    somebody = pair.by(role="administrator").contact

    pair.browser().post(f"/acceptances/{row.pk}/person/", {"contact": somebody.pk})

    row.refresh_from_db()
    assert row.contact == somebody
    assert "Asked on" in shown(pair, pair.other)


def test_the_draft_begins_with_the_version_in_force(pair):
    charters.accepted(pair)

    page = pair.browser(pair.other).get(f"{here(pair)}write/").content.decode()

    assert charters.PURPOSE in page


def test_a_colleague_s_draft_is_shown_beside_one_s_own(pair):
    manager, address = pair.browser(), f"{here(pair)}write/"
    charters.draft(pair, purpose="What stood there")
    seen = manager.get(address).context["form"]["seen"].value()
    row = charters.draft(pair, purpose="A colleague's words")
    said = {"purpose": "Words of my own", "values": "Care", "seen": seen}

    refused = manager.post(address, said)

    row.refresh_from_db()
    assert (refused.status_code, row.purpose) == (422, "A colleague's words")
    assert "A colleague&#x27;s words" in refused.text
    assert "Words of my own" in refused.text
    said["seen"] = refused.context["form"]["seen"].value()
    for _double_click in range(2):
        assert manager.post(address, said).status_code == 302
        said["seen"] = seen
    row.refresh_from_db()
    assert row.purpose == "Words of my own"


def test_withdrawn_and_dropped(pair):
    charter = charters.proposed(pair)
    manager = pair.browser()

    # Each is asked first.
    assert "with the answers given so far" in manager.get(here(pair)).text
    manager.post(f"/charters/{charter.pk}/take-back/")
    draft = charters.draft(pair, purpose="Never shown")
    assert "All its words and goals are lost." in manager.get(here(pair)).text
    manager.post(f"/charters/{draft.pk}/take-back/")

    assert "Withdrawn" in shown(pair, pair.other)
    assert "Never shown" not in shown(pair, pair.other) + shown(pair)
    again = manager.post(f"/charters/{charter.pk}/take-back/", follow=True)
    assert "can no longer be changed" in again.content.decode()


def test_a_second_proposal_is_refused_on_its_page(pair):
    charters.proposed(pair)
    theirs = charters.draft(pair, pair.other)
    named = charters.people(pair)

    response = pair.browser(pair.other).post(
        f"/charters/{theirs.pk}/propose/",
        {f"{side}_person": contact.pk for side, contact in named.items()},
    )

    assert response.status_code == 422
    assert "Another proposal waits" in response.content.decode()


@pytest.mark.parametrize(
    ("day", "words"),
    [
        ("2026-06-01", "Holds until 27 Nov 2026"),
        ("2026-11-01", "both sides are asked whether it still does"),
        ("2026-11-28", "Lapsed after 27 Nov 2026: not yet confirmed by both sides"),
    ],
)
def test_how_it_stands_is_said_to_both_sides_alike(pair, day, words):
    with time_machine.travel("2025-11-27 10:00", tick=False):
        charters.accepted(pair)

    with time_machine.travel(f"{day} 10:00", tick=False):
        for side in (pair.own, pair.other):
            assert words in shown(pair, side)
            assert words in pair.page(side)


def test_the_pages_cost_the_same_however_much_there_is(pair):
    browser = pair.browser(role="executive")

    def cost(page: str) -> int:
        browser.get(page)
        with CaptureQueriesContext(
            connection,
        ) as queries:
            assert browser.get(page).status_code == 200
        return len(queries)

    def all_costs() -> list[int]:
        start = f"/relationships/{pair.relationship.pk}/"
        return [cost(f"{start}{page}") for page in ("", "charter/", "mirror/")]

    def fill() -> None:
        charters.accepted(pair)
        set_goal(pair)
        write(pair)
        write(pair, pair.other)

    fill()
    drafting.propose(
        by=pair.by(), charter=charters.draft(pair), people=charters.people(pair)
    )
    before = all_costs()
    drafting.take_back(by=pair.by(), charter=Charter.objects.get(state="proposed"))
    for _time in range(3):
        fill()
    charters.proposed(pair)

    assert all_costs() == before
