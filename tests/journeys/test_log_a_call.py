"""An account manager logs a call by keyboard, loses the tab, gets the draft back."""

import pytest
from django.test import Client
from playwright.sync_api import expect

from engagements.models import Interaction
from tests.engagements.contracts import worlds

pytestmark = [pytest.mark.browser]


@pytest.fixture
def world(transactional_db):
    return worlds.make()


@pytest.fixture
def signed_in(world, live_server, open_page):
    def opened(**options):
        person = Client()
        person.force_login(world.user("client", "account_manager"))
        page = open_page(base_url=live_server.url, **options)
        session = person.cookies["sessionid"].value
        cookie = {"name": "sessionid", "value": session, "url": live_server.url}
        page.context.add_cookies([cookie])
        page.goto(f"/relationships/{world.relationship.pk}/")
        return page

    return opened


def test_a_call_is_logged_in_three_interactions_by_keyboard(signed_in):
    page = signed_in()
    page.keyboard.press("l")
    expect(page.get_by_label("What was said")).to_be_focused()
    page.keyboard.type("Spoke about the summer rota")
    page.keyboard.press("Control+Enter")
    first = page.locator("#timeline .e").first
    expect(first).to_contain_text("Spoke about the summer rota")
    expect(page.get_by_label("What was said")).to_have_value("")


def test_a_lost_tab_gives_the_draft_back(signed_in):
    page = signed_in()
    page.get_by_label("What was said").fill("Half a sentence")
    expect(page.locator("[data-draft-state]")).to_contain_text("this device")
    again = page.context.new_page()
    address = page.url
    page.close()
    again.goto(address)
    expect(again.get_by_label("What was said")).to_have_value("Half a sentence")
    expect(again.locator("[data-draft-state]")).to_contain_text("restored")


def test_without_script_the_same_form_works_and_keeps_what_was_typed(signed_in):
    page = signed_in(java_script_enabled=False)
    page.get_by_label("What was said").fill("Kept words")
    page.get_by_label("When").fill("soonish")
    page.get_by_role("button", name="Save call").click()
    expect(page.get_by_text("There is a problem")).to_be_visible()
    expect(page.get_by_label("What was said")).to_have_value("Kept words")
    page.get_by_label("When").fill("yesterday 9:00")
    page.get_by_role("button", name="Save call").click()
    expect(page.locator("#timeline .e").first).to_contain_text("Kept words")


def test_a_double_click_saves_once(signed_in):
    page = signed_in()
    page.get_by_label("What was said").fill("Pressed twice")
    page.get_by_role("button", name="Save call").dblclick()
    expect(page.locator("#timeline .e").first).to_contain_text("Pressed twice")
    assert Interaction.objects.count() == 1
