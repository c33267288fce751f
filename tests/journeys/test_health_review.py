"""A health review from the first page to a verified action, as people go through it.

Mails go through a real server, links are taken out of them, rounds move the clock.
"""

from __future__ import annotations

import re
from datetime import UTC, datetime, time, timedelta

import pytest
import time_machine
from django.utils import timezone

from accounts.models import User
from engagements.demo import names
from engagements.demo.actions import DEMO_PASSWORD, address, seed_demo
from engagements.models import (
    Commitment,
    Contact,
    HealthReview,
    Relationship,
    ReviewAction,
)
from engagements.parties.calendars import joint_calendar
from engagements.reminders import rounds
from tests.browsing import LAPTOP, PHONE
from tests.engagements.reviews.mailing import sink  # noqa: F401 - a fixture
from tests.factories import MembershipFactory
from tests.sitting import Client

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
CLIENT, SUPPLIER = "Priya Raman", "Dan Whitlock"
CORE = 24


@pytest.fixture
def relationship(live_server, settings):
    """The demo's relationship in which both sides sign in; four people a side."""
    settings.SITE_URL = live_server.url
    size = {"relationships": 10, "interactions": 40, "contracts": 12, "seed": 3}
    seed_demo(**size, today=timezone.localdate(), reviewed=range(1))
    found = Relationship.objects.get(
        client__name=names.PARTNER, supplier__name=names.HOST
    )
    HealthReview.objects.filter(relationship=found, opened_at=None).delete()
    running = HealthReview.objects.filter(relationship=found)
    assert not running.running().exists()
    for place in (found.client, found.supplier):
        for number in range(4):
            Contact.objects.create(
                organisation=place,
                name=f"Rater {number} of {place.name}",
                email=f"rater{number}@{place.pk.hex[:8]}.example",
            )
    return found


def ahead(relationship: Relationship) -> datetime:
    """The morning of the next day on which both sides work."""
    both = joint_calendar(relationship.client, relationship.supplier)
    day = both.on_or_after(timezone.localdate())
    return datetime.combine(day, time(7), tzinfo=UTC)


def round_at(moment: datetime) -> None:
    """What the clock and one worker do at a moment."""
    with time_machine.travel(moment, tick=False):
        rounds.run(moment)


def signed_in(open_page, live_server, name: str):
    page = open_page(LAPTOP, base_url=live_server.url)
    page.goto("/accounts/login/")
    page.get_by_label("E-mail address").fill(address(name))
    page.get_by_label("Password", exact=True).fill(DEMO_PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    page.get_by_role("heading", level=1).wait_for()
    return page


def links(mailbox, letter: str) -> dict[str, str]:
    """Who was mailed a link to /a/, /c/ or /f/, and the newest link."""
    found = {}
    for mail in mailbox.messages:
        words = mail.get_body(("plain",)).get_content()
        if match := re.search(rf"https?://\S+/{letter}/\S+", words):
            found[mail["To"]] = match[0]
    return found


def name_people(page, review: HealthReview, side: str) -> None:
    """Tick the raters of one side, and nobody else."""
    page.goto(f"/reviews/{review.pk}/people/{side}/")
    for box in page.get_by_role("checkbox").all():
        box.set_checked(False)
    for row in page.get_by_role("row").filter(has_text="Rater").all():
        row.get_by_role("checkbox").check()
    page.get_by_role("button", name="Save these people").click()
    page.get_by_text("4 people asked").first.wait_for()


def answer(page, link: str, word: str) -> None:
    """From the mail to the thanks, one statement after the other."""
    page.goto(link)
    page.get_by_role("button", name="Begin").click()
    for number in range(1, CORE + 1):
        page.wait_for_url(f"**/a/{number}/")
        page.locator("label", has_text=re.compile(f"^{word}$")).click()
        page.get_by_role("button", name="Next").click()
    page.wait_for_url(f"**/a/{CORE + 1}/")
    page.goto("/a/check/")
    page.get_by_role("button", name="Send my answers").click()
    page.get_by_role("heading", name="Thank you").wait_for()


@pytest.mark.timeout(600)
def test_from_setting_up_to_a_verified_action(
    relationship,
    live_server,
    open_page,
    sink,  # noqa: F811 - the fixture
):
    client = signed_in(open_page, live_server, CLIENT)
    supplier = signed_in(open_page, live_server, SUPPLIER)
    morning = ahead(relationship)
    review = set_up(client, supplier, relationship, sink, morning)

    round_at(morning)
    review.refresh_from_db()
    assert review.state == "open"
    everybody = links(sink, "a")
    assert len(everybody) == 8

    for number, (mail, link) in enumerate(sorted(everybody.items())):
        own = mail.endswith(f"{relationship.client_id.hex[:8]}.example")
        plain = number == 0
        phone = open_page(
            PHONE, base_url=live_server.url, java_script_enabled=not plain
        )
        answer(phone, link, "Partly" if own else "Almost fully")
        phone.context.close()

    round_at(review.closes_at + timedelta(minutes=1))
    review.refresh_from_db()
    assert review.state == "closed"
    assert "Where each side stands" not in shown(client, review)
    publish = datetime.combine(review.publish_by, time(7), tzinfo=UTC)
    round_at(publish)

    for page in (client, supplier):
        result = shown(page, review)
        assert "50" in result
        assert "83" in result
        assert "3\N{EN DASH}4 people" in result
    stranger = Client()
    stranger.force_login(MembershipFactory().contact.user)
    assert stranger.get(review.get_absolute_url()).status_code == 404

    # What follows happens the day after, for the server as well.
    with time_machine.travel(publish + timedelta(days=1)):
        neutral = open_page(LAPTOP, base_url=live_server.url)
        record_talk(neutral, links(sink, "f")["nora@neutral.example"])
        # Weeks went by, and sessions ended.
        client, supplier = (
            signed_in(open_page, live_server, name) for name in (CLIENT, SUPPLIER)
        )
        agree_actions(client, supplier, review)
        verify_one(client, supplier, review)


def set_up(client, supplier, relationship, mailbox, morning) -> HealthReview:
    """Form and day by one side, people by each, confirmed by both."""
    client.goto(f"/reviews/new/?r={relationship.pk}")
    client.get_by_role("radio", name=re.compile("^Full review")).check()
    client.get_by_label("Opens on").fill(morning.strftime("%d/%m/%Y"))
    client.get_by_role("button", name="Choose the people").click()
    client.wait_for_url("**/reviews/*-*/")
    review = HealthReview.objects.get(
        relationship=relationship, state="draft", set_up_at__isnull=False
    )
    name_people(client, review, "client")
    name_people(supplier, review, "supplier")
    client.goto(f"/reviews/{review.pk}/facilitator/")
    client.get_by_label("Name", exact=True).fill("Nora Neutral")
    client.get_by_label("E-mail address").fill("nora@neutral.example")
    client.get_by_label("Works for").fill("Neutral Ground")
    client.get_by_role("button", name="Choose as facilitator").click()
    client.get_by_role("button", name="Ask both sides to confirm").click()
    client.get_by_text("no answer").first.wait_for()
    # Whoever coordinates a side and asks has said yes by asking.
    for page in (client, supplier):
        page.goto(f"/reviews/{review.pk}/")
        button = page.get_by_role("button", name="Confirm", exact=True)
        if button.count():
            button.click()
            page.wait_for_load_state()
    review.refresh_from_db()
    assert review.state == "scheduled"
    return review


def shown(page, review: HealthReview) -> str:
    page.goto(f"/reviews/{review.pk}/")
    return page.locator("main").inner_text()


def record_talk(page, link: str) -> None:
    """The facilitator, who has no account, says who talked."""
    page.goto(link)
    page.get_by_role("button", name="Show the review").click()
    page.get_by_role("link", name="It was held").click()
    for people in page.get_by_role("group").all():
        people.get_by_role("checkbox").first.check()
    page.get_by_label("Minutes").fill("Both told what a late call costs them.")
    page.get_by_role("button", name="Record the conversation").click()
    page.get_by_text("Recorded. Both sides read it").wait_for()


def agree_actions(client, supplier, review: HealthReview) -> None:
    """Three actions; both sides agree."""
    due = timezone.localdate() + timedelta(days=30)
    for number in range(3):
        client.goto(f"/reviews/{review.pk}/actions/new/")
        client.get_by_label("What will be done").fill(f"Ring sooner, part {number}")
        client.get_by_label("Topic").select_option(index=1)
        client.get_by_label("Owner").select_option(index=1)
        client.get_by_label("Due on").fill(due.strftime("%d/%m/%Y"))
        client.get_by_label("How we will notice").fill("Wards say so")
        client.get_by_role("button", name="Save action").click()
        client.wait_for_url("**/conversation/")
    client.get_by_role("button", name="Ask both sides to agree").click()
    for page in (client, supplier):
        page.goto(f"/reviews/{review.pk}/conversation/")
        page.get_by_role("button", name="We agree").click()
    review.refresh_from_db()
    assert review.state == "agreed"
    agreed = ReviewAction.objects.filter(review=review).exclude(commitment=None)
    assert agreed.count() == 3


def verify_one(client, supplier, review: HealthReview) -> None:
    """The side that promised says it is done; the other verifies it."""
    promise = Commitment.objects.filter(review_action__review=review).first()
    pages = {"client": client, "supplier": supplier}
    own = pages.pop(promise.side)
    (other,) = pages.values()
    own.goto(f"/commitments/{promise.pk}/done/")
    own.get_by_role("main").get_by_role("button").first.click()
    own.wait_for_load_state()
    other.goto(promise.get_absolute_url())
    other.get_by_role("button", name=re.compile("erif")).click()
    other.wait_for_load_state()

    promise.refresh_from_db()
    assert promise.verified_at is not None
    assert User.objects.filter(contact=promise.verified_by).exists()
