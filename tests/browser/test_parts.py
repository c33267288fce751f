"""Partial page updates: what is swapped, what is said, what is never lost."""

import re
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Page, expect

from tests.factories import OrganisationFactory

EXPECTED = re.compile(r"Failed to load resource|htmx:|Response Status Error")
pytestmark = [pytest.mark.browser]


@pytest.fixture
def page(settings, transactional_db, live_server, open_page) -> Iterator[Page]:
    OrganisationFactory()
    settings.ROOT_URLCONF = "tests.styleguide.urls"
    folders = [*settings.TEMPLATES[0]["DIRS"], settings.BASE_DIR / "tests/styleguide"]
    settings.TEMPLATES = [{**settings.TEMPLATES[0], "DIRS": folders}]
    page = open_page(base_url=live_server.url)
    page.goto("/parts/")
    yield page
    # Requests fail here on purpose, and browser and htmx note that on the console.
    lines = open_page.complaints.lines
    lines[:] = [line for line in lines if not EXPECTED.match(line)]


@pytest.fixture
def save(page: Page) -> Callable[[str], None]:
    def saved(text: str) -> None:
        page.get_by_label("Text").fill(text)
        page.get_by_role("button", name="Save text").click()

    return saved


def test_the_answer_names_where_the_focus_goes_and_what_is_said(page: Page, save):
    save("hello")
    expect(page.get_by_role("heading", name="Saved: hello")).to_be_focused()
    expect(page.locator("#status")).to_have_text("1 thing saved")


def test_a_faulty_answer_is_shown_and_its_summary_gets_the_focus(page: Page, save):
    save("faulty")
    expect(page.locator(".problem")).to_be_focused()
    expect(page.get_by_label("Text")).to_have_value("faulty")


def test_waiting_shows_after_a_moment_and_ends(page: Page, save):
    save("slow")
    expect(page.locator("#part")).to_have_attribute("aria-busy", "true")
    expect(page.locator("html")).to_have_class(re.compile(r"\bwaiting\b"))
    expect(page.get_by_role("heading", name="Saved: slow")).to_be_visible()
    expect(page.locator("html")).not_to_have_class(re.compile(r"\bwaiting\b"))
    expect(page.locator("#part")).not_to_have_attribute("aria-busy", "true")


def test_a_quick_answer_shows_no_waiting(page: Page, save):
    page.evaluate(
        "new MutationObserver(() => { if (document.documentElement.classList"
        ".contains('waiting')) window.waited = true })"
        ".observe(document.documentElement, {attributes: true})"
    )
    save("hello")
    expect(page.get_by_role("heading", name="Saved: hello")).to_be_visible()
    assert page.evaluate("window.waited") is None


def test_who_was_signed_out_signs_in_and_carries_on(page: Page, save):
    save("signed out")
    gate = page.get_by_role("dialog", name="You were signed out")
    expect(gate).to_be_visible()
    expect(page.get_by_label("Text")).to_have_value("signed out")
    page.context.add_cookies([{"name": "back", "value": "1", "url": page.url}])
    gate.get_by_role("button", name="Carry on").click()
    expect(page.get_by_role("heading", name="Saved: signed out")).to_be_visible()


def test_a_broken_server_leaves_everything_in_place_and_offers_another_try(page, save):
    save("broken")
    expect(page.locator("#flash")).to_contain_text("Something broke on our side")
    expect(page.get_by_label("Text")).to_have_value("broken")
    page.get_by_label("Text").fill("mended")
    page.get_by_role("button", name="Try again").click()
    expect(page.get_by_role("heading", name="Saved: mended")).to_be_visible()


def test_without_network_nothing_is_lost(page: Page, save):
    page.route("**/parts/save/", lambda route: route.abort())
    save("hello")
    expect(page.locator("#flash")).to_contain_text("Not sent.")
    page.unroute("**/parts/save/")
    page.get_by_role("button", name="Try again").click()
    expect(page.get_by_role("heading", name="Saved: hello")).to_be_visible()


def test_a_token_renewed_elsewhere_is_used(page: Page, save):
    page.evaluate(
        "document.querySelector('[name=csrfmiddlewaretoken]').value = 'x'.repeat(64)"
    )
    save("hello")
    expect(page.get_by_role("heading", name="Saved: hello")).to_be_visible()
