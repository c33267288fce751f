"""Three people in one closed room: what one does the others see, without a reload."""

from __future__ import annotations

import re

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from engagements.models import BoardMeeting, BoardSeat, Contribution, Topic
from tests.browsing import LAPTOP, PHONE, accessibility_faults
from tests.engagements.boards.conftest import enter
from tests.factories import BoardMeetingFactory, RoomDraftFactory, board_with_seats

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
NARROW = (320, 640)
# A look each three seconds, and another for a server that serves three.
SOON = 10_000
PAGES = ("board-room", "board-capture", "board-drafts", "board-meeting-page")


@pytest.fixture
def meeting() -> BoardMeeting:
    """The doors are closed; a draft is worded already."""
    board = board_with_seats(2)
    found = BoardMeetingFactory(board=board, number=1, phase="deliberation")
    Topic.objects.create(meeting=found, title="Verwaltungsgesellschaftsbeteiligungen")
    RoomDraftFactory(meeting=found, approved_in_room=False, problem="Weeks " * 40)
    return found


@pytest.fixture
def sitting(live_server, open_page):
    """A page in the browser of somebody who sits."""

    def opened(seat: BoardSeat, name: str, meeting: BoardMeeting, size, theme):
        page = open_page(size, theme, base_url=live_server.url)
        url = live_server.url
        cookies = [
            {"name": name, "value": one.value, "url": f"{url}{one['path']}"}
            for name, one in enter(seat).cookies.items()
        ]
        page.context.add_cookies(cookies)
        page.goto(reverse(f"engagements:{name}", args=[meeting.pk]))
        # Gone with a reload.
        page.evaluate("window.opened = true")
        return page

    return opened


def soon(page, words: str, within: str = "#live") -> None:
    expect(page.locator(within)).to_contain_text(words, timeout=SOON)


def say(page, words: str) -> None:
    page.get_by_label("What would you say?").fill(words)
    page.get_by_role("button", name="Put it into the room").click()


def test_three_people_talk(meeting, sitting, open_page):
    seats = meeting.board.seats
    (first, second), leads = seats.members(), seats.get(role="facilitator")
    laptop = sitting(first, "board-room", meeting, LAPTOP, "light")
    expect(laptop.locator("#live li.away")).to_have_count(2)
    phone = sitting(second, "board-room", meeting, PHONE, "dark")
    wall = sitting(leads, "board-capture", meeting, LAPTOP, "light")

    # Who came in is here, and what is typed stays while the page is kept up.
    expect(laptop.locator("#live li.away")).to_have_count(0, timeout=SOON)
    phone.get_by_label("What would you say?").fill("Half a sent")
    say(laptop, "We wait for weeks")
    soon(phone, "We wait for weeks")
    soon(wall, "We wait for weeks")
    expect(phone.locator("#text")).to_have_value("Half a sent")
    expect(phone.locator("#text")).to_be_focused()

    # By keys alone: words, kind, the hands for them.
    wall.keyboard.type("Invoices come late")
    wall.keyboard.press("ArrowUp")
    wall.keyboard.press("Enter")
    soon(wall, "Invoices come late")
    wall.keyboard.type("2")
    wall.keyboard.press("Enter")
    soon(laptop, "2 hands")
    row = Contribution.objects.get(captured=True)
    assert (row.text, row.kind, row.hands) == ("Invoices come late", "strategic", 2)

    phone.get_by_role("button", name=re.compile("^Support")).first.click()
    soon(laptop, "Support 1")

    # The network fails: it is said, what was typed stays, and goes once it is back.
    phone.context.set_offline(True)
    say(phone, "Nobody rings back")
    soon(phone, "No connection", "main")
    expect(phone.locator("#text")).to_have_value("Nobody rings back")
    phone.context.set_offline(False)
    phone.get_by_role("button", name="Put it into the room").click()
    soon(laptop, "Nobody rings back")
    expect(phone.locator("#text")).to_have_value("")

    for page in (laptop, phone, wall):
        assert page.evaluate("window.opened")
    looked_at(wall, meeting)
    lines = open_page.complaints.lines
    lines[:] = [one for one in lines if "ERR_INTERNET_DISCONNECTED" not in one]


def looked_at(page, meeting: BoardMeeting) -> None:
    """No page of it breaks a rule, or runs over where it is narrow."""
    found = {}
    for name in PAGES:
        page.goto(reverse(f"engagements:{name}", args=[meeting.pk]))
        for size, theme in ((LAPTOP, "light"), (PHONE, "dark"), (NARROW, "dark")):
            page.set_viewport_size({"width": size[0], "height": size[1]})
            page.emulate_media(color_scheme=theme)
            width = page.evaluate("document.documentElement.scrollWidth")
            faults = [] if width <= size[0] else [f"{width} wide"]
            faults += [] if size == NARROW else accessibility_faults(page)
            found |= {(name, size): faults} if faults else {}
    assert found == {}
