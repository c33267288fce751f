"""A problem of severity 1, from two accounts to the check that it has not come back.

The client signs in; nobody of the supplier does: all it does comes out of its mails.
"""

from __future__ import annotations

import re
from datetime import UTC, datetime, time, timedelta

import pytest
import time_machine
from django.utils import timezone

from engagements.models import Commitment, IssueStep, JointIssue, Side, TeamRole
from engagements.parties.calendars import joint_calendar
from tests.browsing import LAPTOP, PHONE
from tests.engagements.reviews.mailing import round_at, sink  # noqa: F401 - a fixture
from tests.factories import (
    ContactFactory,
    MembershipFactory,
    RelationshipFactory,
    TeamRoleFactory,
)

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
OURS, THEIRS = "The ward waited for an hour", "The desk had no rota that night"
QUESTION = "Who keeps the rota from now on?"


@pytest.fixture
def relationship(live_server, settings):
    """An interface person and a sponsor a side; one of the four signs in."""
    settings.SITE_URL = live_server.url
    found = RelationshipFactory(
        client__name="Tarnmoor Health", supplier__name="Merrow Water"
    )
    signs_in = MembershipFactory(
        organisation=found.client,
        role="account_manager",
        contact__name="Priya Raman",
        contact__email="priya@tarnmoor.example",
        contact__user__email="priya@tarnmoor.example",
    ).contact
    TeamRoleFactory(relationship=found, side=Side.CLIENT, contact=signs_in)
    by_mail = (
        (found.supplier, Side.SUPPLIER, TeamRole.Role.INTERFACE, "dan"),
        (found.client, Side.CLIENT, TeamRole.Role.SPONSOR, "asha"),
        (found.supplier, Side.SUPPLIER, TeamRole.Role.SPONSOR, "lena"),
    )
    for place, side, role, name in by_mail:
        person = ContactFactory(
            organisation=place, name=name.title(), email=f"{name}@mail.example"
        )
        TeamRoleFactory(relationship=found, side=side, contact=person, role=role)
    return found


def mailed(mailbox, name: str, door: str = "i") -> str:
    """The newest link of a round's mails to somebody."""
    round_at(timezone.now())
    found = [mail for mail in mailbox.messages if mail["To"] == f"{name}@mail.example"]
    words = found[-1].get_body(("plain",)).get_content()
    return re.search(rf"https?://\S+/{door}/\S+", words)[0]


def press(page, name: str) -> None:
    page.get_by_role("button", name=name, exact=True).click()
    page.wait_for_load_state()


def opened(page, link: str, button: str = "Show the issue"):
    page.goto(link)
    press(page, button)
    return page


def write(page, link: str, button: str, **said: str) -> None:
    """A form behind a link of the issue's page: filled, sent, back on the page."""
    page.get_by_role("link", name=link, exact=True).click()
    page.get_by_role("button", name=button, exact=True).wait_for()
    for name, value in said.items():
        box = page.locator(f"form [name={name}]")
        if box.evaluate("box => box.tagName") == "SELECT":
            box.select_option(value)
        else:
            box.fill(value)
    press(page, button)
    done = re.compile(r"Saved\.|Asked .+; it counts once they say yes")
    page.get_by_text(done).first.wait_for()


def signed_in(open_page, live_server, path: str):
    page = open_page(LAPTOP, base_url=live_server.url)
    page.goto(path)
    page.get_by_label("E-mail address").fill("priya@tarnmoor.example")
    page.get_by_label("Password", exact=True).fill("correct horse")
    press(page, "Sign in")
    return page


@pytest.mark.timeout(180)
def test_from_two_accounts_to_the_prevention_check(
    relationship,
    live_server,
    open_page,
    sink,  # noqa: F811 - the fixture
):
    both = joint_calendar(relationship.client, relationship.supplier)
    day = both.on_or_after(timezone.localdate() + timedelta(days=1))
    with time_machine.travel(datetime.combine(day, time(9), tzinfo=UTC)):
        address = f"/relationships/{relationship.pk}/issues/"
        client = signed_in(open_page, live_server, address)
        supplier = open_page(PHONE, base_url=live_server.url)
        issue = two_accounts(client, supplier, sink)
        one_record(client, supplier, issue, sink)
        one_level_up(client, supplier, sink)
        close(client, supplier, issue, sink)

    later = datetime.combine(issue.check_on, time(9), tzinfo=UTC)
    later = datetime.combine(both.on_or_after(later.date()), time(9), tzinfo=UTC)
    with time_machine.travel(later):
        press(opened(supplier, mailed(sink, "dan")), "It has not come back")
        client = signed_in(open_page, live_server, issue.get_absolute_url())
        press(client, "It has not come back")
        client.get_by_text("Closed and checked").first.wait_for()
    issue.refresh_from_db()
    answers = set(issue.sides.values_list("check_answer", flat=True))
    assert (issue.state, answers) == (JointIssue.State.CHECKED, {"held"})


def two_accounts(client, supplier, mailbox) -> JointIssue:
    """Each writes alone; with the second, both are shown to both."""
    day = timezone.localdate().strftime("%d/%m/%Y")
    said = {"title": "The alarm came late", "happened_on": day, "severity": "1"}
    write(client, "Open joint issue", "Open for both sides", **said, because="severity")
    opened(supplier, mailed(mailbox, "dan"))
    supplier.get_by_label("What happened, as we saw it").fill(THEIRS)
    supplier.get_by_label("What it meant for us").fill("We lost a night")
    press(supplier, "Hand in account")
    client.reload()
    client.get_by_text("It is shown when both accounts are there").wait_for()
    assert THEIRS not in client.locator("main").inner_text()

    write(
        client, "Write our account", "Hand in account", text=OURS, impact="Nobody slept"
    )
    supplier.reload()
    for page in (client, supplier):
        page.get_by_text(OURS).wait_for()
        page.get_by_text(THEIRS).wait_for()
    return JointIssue.objects.get(severity="1")


def one_record(client, supplier, issue: JointIssue, mailbox) -> None:
    """Facts both agree to; lines without a side; a promise of each side."""
    write(client, "Word the facts", "Ask other side to agree", facts="It rang at nine.")
    supplier.reload()
    press(supplier, "Agree to the facts")
    client.reload()
    client.get_by_text("Agreed by both on").wait_for()

    lines = {
        "containment": "Both desks are rung",
        "what went well": "One call sufficed",
    }
    for part, text in lines.items():
        write(client, f"Add a line: {part}", "Add line", text=text)
    factor = {"text": "Nobody held the rota", "factor": "handover"}
    write(client, "Add a line: contributing factors", "Add line", **factor)
    due = (timezone.localdate() + timedelta(days=20)).strftime("%d/%m/%Y")
    for side in Side:
        owner = issue.sides.get(side=side).contact_id
        said = {"text": f"The {side} rings", "side": side, "owner": str(owner)}
        write(client, "Record promise", "Save promise", **said, due_on=due)
    opened(supplier, mailed(mailbox, "dan", "c/promise"), "Show the promise")
    press(supplier, "Yes, we do that")
    supplier.goto("/i/")
    for text in (*lines.values(), factor["text"]):
        supplier.get_by_text(text).wait_for()
    promised = Commitment.objects.filter(origin_id=issue.pk)
    assert set(promised.values_list("side", flat=True)) == {"client", "supplier"}


def one_level_up(client, supplier, mailbox) -> None:
    """Both sponsors are asked at once, and both settle it from their mails."""
    write(client, "Ask one level up", "Ask both", question=QUESTION)
    for name in ("asha", "lena"):
        page = opened(supplier, mailed(mailbox, name), "Show the question")
        page.get_by_text(QUESTION).wait_for()
        page.get_by_label("What follows, in a sentence").fill("Both desks, in turn")
        press(page, "Settled")
    answers = IssueStep.objects.get().people.values_list("answer", flat=True)
    assert list(answers) == ["yes", "yes"]


def close(client, supplier, issue: JointIssue, mailbox) -> None:
    """One side asks, the other confirms from its mail."""
    said = {"outcome": "The rota has two keepers", "check_days": "30"}
    write(client, "Ask to close", "Ask other side to close", **said)
    opened(supplier, mailed(mailbox, "dan"))
    press(supplier, "Confirm closing")
    issue.refresh_from_db()
    assert issue.state == JointIssue.State.CLOSED
    assert (issue.check_on - issue.closed_on).days == 30
