"""Answering on a phone in a corridor: with script and without, by thumb and by keys."""

from __future__ import annotations

import gzip
import re

import pytest
from django.urls import reverse

from engagements.reviews import links
from engagements.reviews.instrument.library import rhr_8
from engagements.reviews.links import Purpose
from engagements.reviews.responses import response_of
from tests.browsing import LAPTOP, PHONE, accessibility_faults
from tests.engagements.reviews.waves import raters, still_asking
from tests.factories import OrganisationFactory, RelationshipFactory

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
MOST_BYTES = 90 * 1024


@pytest.fixture
def rater():
    relationship = RelationshipFactory(
        client=OrganisationFactory(name="Hollin Vale Hospitals"),
        supplier=OrganisationFactory(name="Tarnmoor Engineering Services"),
    )
    return raters(still_asking(relationship=relationship))[0]


def door(live_server, rater) -> str:
    token = links.token_of(Purpose.ANSWER, rater.pk, rater.link_version)
    return live_server.url + reverse("engagements:answer", args=[token])


def answers(rater) -> dict:
    response = response_of(rater)
    return response.answers if response else {}


def scrolls(page) -> bool:
    return page.evaluate(
        "document.documentElement.scrollHeight > innerHeight"
        " || document.documentElement.scrollWidth > innerWidth"
    )


def test_every_choice_is_saved_by_thumb(live_server, open_page, rater):
    page = open_page(PHONE)
    page.goto(door(live_server, rater))
    page.get_by_role("button", name="Begin").click()

    page.get_by_text("Mostly").click()
    page.locator("#saved", has_text=re.compile("Saved")).wait_for()

    assert answers(rater) == {"TRU1": 5}
    page.get_by_role("button", name="Next").click()
    page.wait_for_url("**/a/2/")


def test_the_longest_statement_fits_a_phone_without_scrolling(
    live_server, open_page, rater
):
    page = open_page(PHONE)
    page.goto(door(live_server, rater))
    page.get_by_role("button", name="Begin").click()
    rated = [one for one in rhr_8().asked("full") if not one.is_open]

    too_long = []
    for number, item in enumerate(rated, 1):
        page.goto(f"{live_server.url}/a/{number}/")
        if scrolls(page):
            too_long.append(item.key)

    assert too_long == []


def test_without_script_next_saves(live_server, open_page, rater):
    page = open_page(PHONE, java_script_enabled=False)
    page.goto(door(live_server, rater))
    page.get_by_role("button", name="Begin").click()
    page.get_by_text("Partly").click()
    page.get_by_role("button", name="Next").click()
    page.get_by_text("I can't say").click()
    page.get_by_role("button", name="Next").click()

    assert answers(rater) == {"TRU1": 4, "TRU2": "cannot_say"}


def test_by_keys_alone(live_server, open_page, rater):
    page = open_page(LAPTOP)
    page.goto(door(live_server, rater))
    page.get_by_role("button", name="Begin").focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/a/1/")
    page.locator("input[name=value]").first.focus()
    page.keyboard.press("ArrowDown")
    page.locator("#saved", has_text=re.compile("Saved")).wait_for()

    page.keyboard.press("Enter")

    page.wait_for_url("**/a/**")
    assert answers(rater) == {"TRU1": 2}


def test_a_lost_connection_is_said_and_nothing_is_lost(live_server, open_page, rater):
    page = open_page(PHONE)
    page.goto(door(live_server, rater))
    page.get_by_role("button", name="Begin").click()
    page.wait_for_url("**/a/1/")
    page.context.set_offline(True)
    page.get_by_text("Completely").click()
    page.locator("#saved", has_text="Not saved yet").wait_for()

    page.context.set_offline(False)
    page.locator("#saved", has_text=re.compile("^Saved$")).wait_for()

    assert answers(rater) == {"TRU1": 7}
    # The browser notes that it was offline.
    open_page.complaints.lines.clear()


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("size", [PHONE, LAPTOP, (320, 640)])
def test_every_screen_is_accessible_and_overflows_nowhere(
    live_server, open_page, rater, size, theme
):
    page = open_page(size, theme)
    faults, wide = {}, []
    page.goto(door(live_server, rater))
    for name in ("start", "1", "words", "check", "done"):
        if name != "start":
            page.goto(f"{live_server.url}/a/{name}/")
        else:
            faults[name] = accessibility_faults(page)
            page.get_by_role("button", name="Begin").click()
            page.wait_for_url("**/a/1/")
        faults[name] = faults.get(name, []) + accessibility_faults(page)
        if page.evaluate("document.documentElement.scrollWidth > innerWidth"):
            wide.append(name)
    page.goto(f"{live_server.url}/a/nonsense/")
    faults["closed"] = accessibility_faults(page)

    assert {name: found for name, found in faults.items() if found} == {}
    assert wide == []
    open_page.complaints.lines.clear()  # the closed link is a 404, as it should be


def test_a_first_visit_is_light(live_server, open_page, rater):
    page = open_page(PHONE)
    sizes: dict[str, int] = {}
    page.on(
        "response",
        lambda response: (
            sizes.update({response.url: len(gzip.compress(response.body(), 6))})
            if response.status == 200
            else None
        ),
    )
    page.goto(door(live_server, rater))
    page.get_by_role("button", name="Begin").click()
    page.wait_for_url("**/a/1/")
    page.wait_for_load_state("networkidle")

    assert sizes
    assert sum(sizes.values()) <= MOST_BYTES
