"""Saying what happened from any page: dialog, lost session, sign-out, phone."""

import os
from datetime import timedelta
from pathlib import Path

import pytest
from django.test import Client
from django.utils import timezone
from playwright.sync_api import expect

from engagements.interactions.meetings import plan_meeting
from engagements.models import Draft, Interaction, Side, Step
from tests.browsing import LAPTOP, PHONE, accessibility_faults, colour_faults
from tests.engagements.commitments.conftest import seat
from tests.engagements.interactions.conftest import logged
from tests.factories import CommitmentFactory, RelationshipFactory, StepFactory

pytestmark = [pytest.mark.browser]


@pytest.fixture
def seats(transactional_db):
    """Somebody of the client, somebody of the supplier."""
    relationship = RelationshipFactory(
        client__name="Tarnmoor Health", supplier__name="Merrow Water"
    )
    return [seat(relationship, side) for side in Side]


@pytest.fixture
def signed_in(seats, live_server, open_page):
    """A page of the client's person."""

    def opened(address, *args, **options):
        person = Client()
        person.force_login(seats[0].contact.user)
        page = open_page(*args, base_url=live_server.url, **options)
        session = person.cookies["sessionid"].value
        cookie = {"name": "sessionid", "value": session, "url": live_server.url}
        page.context.add_cookies([cookie])
        page.goto(address)
        return page

    return opened


def picture(page, name):
    """Where somebody asked for them."""
    folder = os.environ.get("PICTURES")
    if folder:
        dark = page.evaluate("matchMedia('(prefers-color-scheme: dark)').matches")
        size = page.viewport_size["width"]
        file = f"{name}-{size}{'-dark' if dark else ''}.png"
        page.screenshot(path=str(Path(folder) / file))


def look(page, name):
    """Nothing is wrong for anybody."""
    picture(page, name)
    wide = page.evaluate("document.documentElement.scrollWidth - innerWidth")
    assert wide <= 0, f"{name} is {wide} px too wide"
    assert accessibility_faults(page) == []


def words(page):
    return page.get_by_label("What was said")


def test_from_home_a_call_takes_three_interactions_too(signed_in, seats):
    logged(seats[0], people=((seats[1].contact, "supplier"),))
    page = signed_in("/home/")

    page.keyboard.press("l")
    expect(words(page)).to_be_focused()
    expect(page.get_by_role("dialog")).to_contain_text("With Merrow Water")
    expect(page.get_by_role("checkbox", name=seats[1].contact.name)).to_be_checked()
    page.keyboard.type("Spoke about the summer rota")
    look(page, "dialog")
    page.keyboard.press("Control+Enter")

    entry = page.get_by_role("heading", name="Call").first
    expect(entry).to_be_focused()
    expect(page.get_by_label("Messages")).to_contain_text("Call saved.")
    assert Interaction.objects.count() == 2


def test_the_kind_follows_the_arrows_and_the_date_is_said_in_words(signed_in, seats):
    page = signed_in(seats[0].relationship.get_absolute_url())
    page.get_by_role("radio", name="Call").focus()
    page.keyboard.press("ArrowRight")
    expect(page.get_by_role("button", name="Save meeting")).to_be_visible()
    page.get_by_label("Share", exact=True).check()
    expect(page.locator("[data-who]")).to_have_text("Merrow Water sees this too")
    words(page).fill("Agreed the rota")
    page.get_by_label("Next step", exact=True).fill("Send the rota")
    page.get_by_label("by", exact=True).fill("soonish")
    page.keyboard.press("Tab")
    echo = page.locator("#id_next_due_echo")
    expect(echo).to_contain_text("is not a date")
    page.get_by_label("by", exact=True).fill("14/1/2030")
    page.keyboard.press("Tab")
    expect(echo).to_have_text("Mon 14 Jan 2030")

    page.get_by_role("button", name="Save meeting").click()

    expect(page.get_by_label("Messages")).to_contain_text("Meeting saved.")
    assert str(Step.objects.get().due_on) == "2030-01-14"
    page.get_by_label("Messages").get_by_role("button", name="Undo").click()
    expect(page.get_by_label("Messages")).to_contain_text("Taken back.")
    assert not Interaction.objects.exists()


def test_a_lost_session_asks_to_sign_in_and_then_saves(signed_in, seats):
    page = signed_in(seats[0].relationship.get_absolute_url())
    words(page).fill("Not lost")
    [session] = [c for c in page.context.cookies() if c["name"] == "sessionid"]
    page.context.clear_cookies(name="sessionid")

    page.get_by_role("button", name="Save call").click()
    expect(page.get_by_role("heading", name="You were signed out")).to_be_visible()
    expect(words(page)).to_have_value("Not lost")
    look(page, "signed-out")
    page.context.add_cookies([session])
    page.get_by_role("button", name="Carry on").click()

    expect(page.locator("#timeline .e").first).to_contain_text("Not lost")


def test_offline_the_words_stay_and_are_sent_later(signed_in, seats):
    page = signed_in(seats[0].relationship.get_absolute_url())
    words(page).fill("Written in a tunnel")
    page.context.set_offline(True)
    page.get_by_role("button", name="Save call").click()
    expect(page.locator("[data-draft-state]")).to_contain_text("Kept on this device")
    page.context.set_offline(False)
    page.get_by_role("button", name="Save call").click()

    expect(page.locator("#timeline .e").first).to_contain_text("Written in a tunnel")


def test_signing_out_takes_drafts_to_the_server_and_off_the_device(signed_in, seats):
    page = signed_in(seats[0].relationship.get_absolute_url())
    words(page).fill("Half a sentence")
    state = page.locator("[data-draft-state]")
    expect(state).to_contain_text("kept on this device")

    page.locator("details.me summary").click()
    page.get_by_role("button", name="Sign out").click()
    page.wait_for_url("**/accounts/**")

    assert Draft.objects.get().payload["text"] == "Half a sentence"
    kept = "Object.keys(localStorage).filter((key) => key.startsWith('draft:'))"
    assert page.evaluate(kept) == []


def test_on_a_phone_a_call_is_four_taps(signed_in, seats):
    logged(seats[0])
    page = signed_in("/home/", PHONE)
    page.get_by_role("link", name="Log interaction").last.click()
    words(page).fill("Spoke in the corridor")
    look(page, "phone-dialog")
    save = page.get_by_role("button", name="Save call")
    assert save.bounding_box()["height"] >= 44
    save.click()

    expect(page.locator("#timeline .e").first).to_contain_text("corridor")


@pytest.mark.parametrize("size", [LAPTOP, PHONE])
def test_every_page_of_conversations_and_promises_is_fit_to_use(signed_in, seats, size):
    own, other = seats
    text = "Priya is happy with the repair but heard of the alarm from the ward."
    entry = logged(own, text, people=((other.contact, "supplier"),), shared=True)
    page_of = own.relationship.get_absolute_url()
    promise = CommitmentFactory(relationship=own.relationship, owner=own.contact)
    CommitmentFactory(relationship=own.relationship, side="supplier")
    StepFactory(relationship=own.relationship, owner=own.contact)
    plan = {
        "title": "Monthly service meeting",
        "starts_at": timezone.now() + timedelta(days=3),
    }
    meeting = plan_meeting(
        by=own.by, own=own.own, values=plan, people=[(own.contact, "client")]
    )
    page = signed_in(page_of, size)
    pages = {
        "relationship": page_of,
        "as-other": f"{page_of}?as=other",
        "log": f"/log/?r={own.relationship.pk}",
        "choose": "/log/?choose=1",
        "entry": entry.get_absolute_url(),
        "correct": f"{entry.get_absolute_url()}correct/",
        "meetings": "/meetings/",
        "meeting": meeting.get_absolute_url(),
        "plan": f"/meetings/new/?r={own.relationship.pk}",
        "promises": f"/commitments/?relationship={own.relationship.pk}",
        "promise": promise.get_absolute_url(),
        "record": f"/relationships/{own.relationship.pk}/commitments/new/",
    }
    for name, address in pages.items():
        assert page.goto(address).status == 200, name
        look(page, name)
        assert colour_faults(page, "dark") == []
        picture(page, name)
        page.emulate_media(color_scheme="light")
