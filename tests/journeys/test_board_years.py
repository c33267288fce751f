"""Two years of an advisory board of nine clients, as its people go through them.

What every member does alike is done once in a browser and by the others over the same
addresses; a year passes by moving what has happened into the past.
"""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.db.models import F
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import expect

from accounts.models import User
from engagements.boards.actions.charter import FIELDS
from engagements.boards.links import address
from engagements.models import (
    Board,
    BoardCharter,
    BoardMeeting,
    BoardSeat,
    Recommendation,
    RecommendationPromise,
)
from tests.browsing import LAPTOP, PHONE, accessibility_faults
from tests.engagements.boards.conftest import enter
from tests.factories import (
    MembershipFactory,
    RelationshipFactory,
    board_with_seats,
)

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
YEAR = timedelta(days=366)
MEMBERS = 9
ASKED = (
    "Tell us of every change before it happens",
    "One number to ring at night",
    "Train our new people together with yours",
    "Share the causes of faults across all clients",
    "Read meters from afar",
    "Plan three years ahead with us",
    "Two people know every plant",
)
AGAIN = "Say what changes next quarter, in writing"


@pytest.fixture
def board(live_server, settings) -> Board:
    """Nine clients, their facilitator, and a host with an executive who signs in."""
    settings.SITE_URL = live_server.url
    board = board_with_seats(MEMBERS)
    host = MembershipFactory(organisation=board.supplier, role="executive")
    RelationshipFactory(supplier=board.supplier)
    MembershipFactory(organisation=board.supplier, contact__name="Dan of the host")
    board.host = host.contact.user
    return board


def behind(open_page, seat: BoardSeat, size=LAPTOP, **more):
    """From the mailed link to the board."""
    page = open_page(size, **more)
    page.goto(address(seat))
    page.locator("main form button").click()
    page.wait_for_url("**/b/")
    return page


def signed_in(open_page, live_server, user: User):
    page = open_page(LAPTOP, base_url=live_server.url)
    page.goto("/accounts/login/")
    page.get_by_label("E-mail address").fill(user.email)
    page.get_by_label("Password", exact=True).fill("correct horse")
    page.get_by_role("button", name="Sign in").click()
    page.get_by_role("heading", level=1).wait_for()
    return page


def press(page, name: str) -> None:
    page.get_by_role("button", name=name, exact=True).click()
    page.wait_for_load_state()


def plan(page, title: str) -> BoardMeeting:
    """By the facilitator, from the front page of the board."""
    page.get_by_role("link", name="Plan a meeting").click()
    page.get_by_label("Title").fill(title)
    page.get_by_label("Day").fill(timezone.localdate().isoformat())
    press(page, "Save meeting")
    page.get_by_role("link", name=title).click()
    return BoardMeeting.objects.get(title=title)


def note_all(page) -> None:
    """Whoever came is ticked: without that there is no quorum."""
    away = page.locator("#live button[name='present']")
    for left in range(MEMBERS, 0, -1):
        expect(away).to_have_count(left)
        away.first.click()
    expect(away).to_have_count(0)


def capture(page, lines: tuple[str, ...]) -> None:
    """A line each Enter, strategic by one key."""
    page.get_by_role("link", name="Capture").click()
    note_all(page)
    line = page.get_by_label("One line for each thing said")
    for said in lines:
        line.fill(said)
        line.press("ArrowUp")
        line.press("Enter")
        expect(page.locator("#live")).to_contain_text(said)


def word(page, said: str, before: str = "") -> None:
    """A recommendation made from one line."""
    page.get_by_role("link", name="Word a recommendation").click()
    page.get_by_label("What we recommend").fill(said)
    page.get_by_label("What should be different").fill("Nobody is surprised")
    if before:
        choice = page.get_by_label("Asked before").locator("option")
        label = choice.filter(has_text=before).inner_text()
        page.get_by_label("Asked before").select_option(label=label)
    page.get_by_label(said, exact=True).check()
    press(page, "Save draft")


def to_read_out(page, meeting: BoardMeeting, lines, before: str = "") -> None:
    """From closed doors to the list that is read out, all of it approved by hands."""
    press(page, "Close the doors")
    capture(page, lines)
    page.get_by_role("link", name="Drafts").click()
    for said in lines:
        word(page, said, before)
    for place in range(len(lines)):
        draft = page.locator(".drafts > li").nth(place)
        draft.get_by_label("Hands").fill("8")
        draft.locator("button[name='tick']").click()
        draft.locator("button[name='untick']").wait_for()
    page.goto(meeting_page(page, meeting))
    press(page, "Start the read-out")


def ratify(lead, voters, number: int) -> None:
    """The facilitator puts the charter to the members, and so many say yes as are
    needed."""
    made = lead.post(reverse("engagements:board-charter-propose"))
    assert made.status_code == 302
    for voter in voters:
        path = reverse("engagements:board-charter-ratify")
        assert voter.post(path, {"number": number}).status_code == 302


def meeting_page(page, meeting: BoardMeeting) -> str:
    path = reverse("engagements:board-meeting-page", args=[meeting.pk])
    return f"{page.url.split('/b/')[0]}{path}"


def answer(page, row: Recommendation, said: str, why: str = "") -> None:
    page.goto(row.get_absolute_url())
    page.get_by_role("link", name="Answer the board").click()
    page.get_by_label(said).check()
    if why:
        page.get_by_label("Why").fill(why)
    press(page, "Tell the board")


def promise(page, days: int) -> None:
    """From the page of what was accepted."""
    page.get_by_role("link", name="Promise something").first.click()
    page.get_by_label("What we will do").fill("A calendar of changes")
    page.get_by_label("How the members will see it").fill("It hangs in every plant")
    page.get_by_label("Who").select_option(label="Dan of the host")
    due = timezone.localdate() + timedelta(days=days)
    page.get_by_label("Until").fill(due.isoformat())
    press(page, "Promise it")


def by_address(client, row: Recommendation, name: str, *more, **said) -> None:
    args = [row.board_id, row.pk, *more]
    made = client.post(reverse(f"engagements:board-{name}", args=args), said)
    assert made.status_code == 302


def a_year_passes() -> None:
    """What has happened is a year old; the seats are held on."""
    Recommendation.objects.update(
        submitted_at=F("submitted_at") - YEAR,
        decided_at=F("decided_at") - YEAR,
        answered_at=F("answered_at") - YEAR,
        delivered_on=F("delivered_on") - YEAR,
    )
    RecommendationPromise.objects.update(
        created_at=F("created_at") - YEAR,
        original_due_on=F("original_due_on") - YEAR,
        due_on=F("due_on") - YEAR,
    )
    BoardCharter.objects.update(
        proposed_on=F("proposed_on") - YEAR,
        ratified_on=F("ratified_on") - YEAR,
        review_on=F("review_on") - YEAR,
    )
    for meeting in BoardMeeting.objects.all():
        meeting.held_on -= YEAR
        meeting.save(update_fields=["held_on"])


def test_two_years_of_a_board(board, live_server, open_page, client):
    guide = board.seats.get(role="facilitator")
    lead, by_guide = behind(open_page, guide), enter(guide)
    # All that are needed of nine; the others neither sign nor vote.
    members = list(board.seats.members())[:6]
    voters = [enter(seat) for seat in members]
    said = dict.fromkeys(FIELDS, "As we agreed")
    by_guide.post(reverse("engagements:board-charter-write"), said)
    ratify(by_guide, voters, 1)
    first = plan(lead, "First annual meeting")
    press(lead, "Open the meeting")
    to_read_out(lead, first, ASKED)
    expect(lead.locator("main ol.ls").first.locator("li")).to_have_count(len(ASKED))
    assert accessibility_faults(lead) == []
    press(lead, "Hand over to the host")

    # The host reads seven, in words and without a name, and answers six.
    host = signed_in(open_page, live_server, board.host)
    rows = list(Recommendation.objects.order_by("number"))
    assert [row.wording for row in rows] == list(ASKED)
    shown = reverse("engagements:board-read-out", args=[board.pk, first.pk])
    host.goto(shown)
    expect(host.locator("main ol.ls li")).to_have_count(len(ASKED))
    assert "(8)" not in host.locator("main").inner_text()
    answer(host, rows[0], "We will do it")
    promise(host, days=90)
    answer(host, rows[6], "We will not do it", "It costs more than it helps")
    client.force_login(board.host)
    for row in rows[1:5]:
        by_address(client, row, "answer", decision="accept")
    press_done(host, rows[1], days=30)
    press(lead, "Close the meeting")

    a_year_passes()
    lead.goto(f"{live_server.url}/b/")
    expect(lead.locator("main")).to_contain_text("lapsed")
    ratify(by_guide, voters, 2)
    second = plan(lead, "Second annual meeting")
    press(lead, "Open the meeting")
    # One has no answer: the refusal names it.
    expect(lead.get_by_role("alert")).to_contain_text(ASKED[5])
    # A year after it was asked it cannot be put off any more.
    answer(host, rows[5], "We will do a part of it", "What the budget allows")
    lead.goto(meeting_page(lead, second))
    press(lead, "Open the meeting")

    # You asked, we did: the day first promised stands beside what is late.
    report = lead.locator("main table").first
    late = report.get_by_role("row").filter(has_text=ASKED[0])
    expect(late).to_contain_text("late, first promised for")
    assert accessibility_faults(lead) == []
    votes(open_page, members[0], voters[1:], rows[1])
    lead.get_by_role("link", name=re.compile(ASKED[1])).click()
    press(lead, "State the verdict")
    host.goto(rows[1].get_absolute_url())
    expect(host.locator("main")).to_contain_text("Confirmed by the members")

    # One thing is asked again, and rises on the executive's page.
    lead.goto(meeting_page(lead, second))
    to_read_out(lead, second, (AGAIN,), before=ASKED[0])
    press(lead, "Hand over to the host")
    host.goto("/portfolio/")
    needs = host.get_by_role("region", name="Needs your attention")
    expect(needs).to_contain_text("Asked again: first in")
    needs.get_by_role("link", name=AGAIN).click()
    expect(host.get_by_role("region", name="Asked more than once")).to_contain_text(
        ASKED[0]
    )
    assert accessibility_faults(host) == []
    host.goto(reverse("engagements:board-report", args=[board.pk]))
    loop = host.get_by_role("region", name="How the loop closes")
    expect(loop.get_by_role("row").filter(has_text="Loop closed")).to_contain_text("29")
    assert accessibility_faults(host) == []


def press_done(page, row: Recommendation, days: int) -> None:
    """Promised, kept and said to be there."""
    page.goto(row.get_absolute_url())
    promise(page, days=days)
    page.get_by_role("button", name="Done: A calendar of changes").click()
    press(page, "It is done")


def votes(open_page, first: BoardSeat, others, row: Recommendation) -> None:
    """One member on a phone, the others over the same address."""
    phone = behind(open_page, first, PHONE, theme="dark")
    path = reverse("engagements:board-door-recommendation", args=[row.pk])
    phone.goto(f"{phone.url.split('/b/')[0]}{path}")
    assert accessibility_faults(phone) == []
    press(phone, "Done")
    expect(phone.get_by_text("Your vote is kept.")).to_be_visible()
    for voter in others:
        vote = reverse("engagements:board-door-vote", args=[row.pk])
        assert voter.post(vote, {"verdict": "done"}).status_code == 302
