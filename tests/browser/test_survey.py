"""Answering on a phone in a corridor: with script and without, by thumb and by keys."""

from __future__ import annotations

import gzip
import re

import pytest

from engagements.reviews import sitting
from engagements.reviews.actions import answering, asking
from engagements.reviews.responses import response_of
from tests.browsing import LAPTOP, PHONE, accessibility_faults, colour_faults
from tests.engagements.reviews.sittings import answers, door
from tests.engagements.reviews.waves import after_closing, raters, still_asking
from tests.factories import ContactFactory, OrganisationFactory, RelationshipFactory

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
MOST_BYTES = 90 * 1024
NARROW = (320, 640)


@pytest.fixture
def rater():
    relationship = RelationshipFactory(
        client=OrganisationFactory(name="Hollin Vale Hospitals"),
        supplier=OrganisationFactory(name="Tarnmoor Engineering Services"),
    )
    review = still_asking(
        relationship=relationship,
        mirror=True,
        facilitator=ContactFactory(name="Ines Keller"),
        facilitator_disclosure="Formerly of Tarnmoor Engineering Services.",
    )
    return raters(review)[0]


@pytest.fixture
def begin(live_server, open_page, rater):
    """Open the mailed link and press its button."""

    def begun(size=PHONE, theme="light", **options):
        page = open_page(size, theme, **options)
        page.goto(live_server.url + door(rater))
        page.get_by_role("button", name=re.compile("Begin|Carry on")).click()
        page.wait_for_url("**/a/*/")
        return page

    return begun


def is_saved(page) -> None:
    """Waits until the page says so."""
    page.locator('[data-state="saved"]', has_text=re.compile("^Saved$")).wait_for()


def scrolls(page) -> str:
    """How the page scrolls, if it does."""
    return page.evaluate(
        "(document.documentElement.scrollHeight > innerHeight ? 'down ' : '')"
        " + (document.documentElement.scrollWidth > innerWidth ? 'sideways' : '')"
    )


def test_every_choice_is_saved_by_thumb_and_the_last_one_holds(begin, rater):
    page = begin()
    # Quicker than the server answers.
    for label in ("Mostly", "Partly", "Not at all", "Almost fully"):
        page.get_by_text(label, exact=True).click()
    is_saved(page)

    assert answers(rater) == {"TRU1": 6}
    page.reload()
    assert page.get_by_label("Almost fully").is_checked()
    page.get_by_text("Very little").click()
    # At once, before anything says saved.
    page.get_by_role("button", name="Next").click()
    page.wait_for_url("**/a/2/")
    assert answers(rater) == {"TRU1": 2}


def test_every_statement_fits_a_phone_without_scrolling(begin, live_server, rater):
    page = begin()
    asked = sitting.statements(rater)
    found = {}
    for number, item in enumerate(asked, 1):
        page.goto(f"{live_server.url}/a/{number}/")
        if scrolls(page):
            found[item.key] = scrolls(page)

    assert len(asked) == 45
    assert found == {}
    heights = page.locator(".likert label").evaluate_all(
        "rows => rows.map(row => row.getBoundingClientRect().height)"
    )
    assert len(heights) == 8
    assert min(heights) >= 48


def test_without_script_next_and_back_save(begin, rater):
    page = begin(java_script_enabled=False)
    page.get_by_text("Partly").click()
    page.get_by_role("button", name="Next").click()
    page.get_by_text("I can't say").click()
    page.get_by_role("button", name="Back").click()
    page.wait_for_url("**/a/1/")
    assert page.get_by_label("Partly").is_checked()
    page.goto(page.url.replace("/a/1/", "/a/words/"))
    page.get_by_label("What should we keep doing?").fill("Ring\nearly")
    page.get_by_role("button", name="Check my answers").click()
    page.get_by_role("button", name="Send my answers").click()
    page.get_by_role("heading", name="Thank you, your answers are in").wait_for()

    response = response_of(rater)
    assert response.answers == {"TRU1": 4, "TRU2": "cannot_say"}
    assert response.words == {"OPEN1": "Ring\nearly"}
    assert response.sent


def test_by_keys_alone(live_server, open_page, rater):
    page = open_page(LAPTOP)
    page.goto(live_server.url + door(rater))
    # Past the link that skips to the content.
    for key in ("Tab", "Tab", "Enter"):
        page.keyboard.press(key)
    page.wait_for_url("**/a/1/")

    for key in ("Tab", "Tab", "Space", "ArrowDown", "ArrowDown", "Enter"):
        page.keyboard.press(key)
    page.wait_for_url("**/a/2/")

    assert answers(rater) == {"TRU1": 3}


def test_a_lost_connection_is_said_and_nothing_is_lost(begin, open_page, rater):
    page = begin()
    page.context.set_offline(True)
    page.get_by_text("Completely").click()
    page.locator("#saved", has_text="Not saved yet. Check the connection").wait_for()
    page.get_by_role("button", name="Next").click()
    # It waits where it is, and says so.
    page.wait_for_timeout(300)
    assert page.url.endswith("/a/1/")
    assert page.get_by_label("Completely").is_checked()

    page.context.set_offline(False)
    is_saved(page)

    assert answers(rater) == {"TRU1": 7}
    # The browser notes that it was offline.
    open_page.complaints.lines.clear()


def test_words_are_saved_a_second_after_typing(begin, live_server, rater):
    page = begin()
    page.goto(f"{live_server.url}/a/words/")
    # Written on another device since this page was opened.
    answering.save_words(rater=rater, words={"OPEN2": "From the train"})
    page.get_by_label("What should we keep doing?").fill("Ring the ward early")
    is_saved(page)

    kept = {"OPEN1": "Ring the ward early", "OPEN2": "From the train"}
    assert response_of(rater).words == kept
    page.get_by_label("What should we keep doing?").fill("Ring the ward")
    page.get_by_role("button", name="Check my answers").click()
    page.get_by_text("Ring the ward", exact=True).wait_for()
    assert response_of(rater).words == kept | {"OPEN1": "Ring the ward"}


def test_what_comes_after_closing_is_refused_in_words(begin, open_page, rater):
    page = begin()
    asking.close_review(review=rater.review, now=after_closing(rater.review))

    page.get_by_text("Completely").click()
    page.locator("#saved", has_text="This review has closed").wait_for()
    page.get_by_role("button", name="Next").click()

    page.get_by_role("heading", name="This review has closed").wait_for()
    open_page.complaints.lines.clear()


def test_every_screen_is_accessible_and_overflows_nowhere(
    live_server, open_page, rater
):
    found = {}
    answering.save_answer(rater=rater, item="TRU2", value="5")
    words = "Ring the ward manager as soon as the alarm goes off. " * 3
    answering.save_words(rater=rater, words={"OPEN1": words + "x" * 90})
    for size in (PHONE, LAPTOP, NARROW):
        page = open_page(size)
        page.goto(live_server.url + door(rater))
        for name in ("start", "1", "2", "2/?check", "words", "check", "done", "x"):
            if name == "1":
                page.locator("button.btn-primary").click()
                page.wait_for_url("**/a/*/")
                page.goto(f"{live_server.url}/a/1/")
            elif name != "start":
                page.goto(f"{live_server.url}/a/{name}{'' if '?' in name else '/'}")
            faults = accessibility_faults(page)
            if "sideways" in scrolls(page):
                faults.append("scrolls sideways")
            faults += colour_faults(page, "dark")
            page.emulate_media(color_scheme="light")
            if faults:
                found[name, size] = faults
            if name == "check":
                answering.send(rater=rater)

    assert found == {}
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
    page.goto(live_server.url + door(rater))
    page.get_by_role("button", name="Begin").click()
    page.wait_for_url("**/a/1/")
    page.wait_for_load_state("networkidle")

    assert any(name.endswith("survey.js") for name in sizes)
    assert any(name.endswith(".woff2") for name in sizes)
    assert sum(sizes.values()) <= MOST_BYTES
