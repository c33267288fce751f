"""Somebody else of the side that was asked answers; the clock goes on."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta

import pytest
import time_machine
from django.utils import timezone

from engagements.errors import RuleError
from engagements.ideas import actions
from engagements.models import RelationshipSide
from engagements.relationships.figures import refresh_ideas
from engagements.reminders.rules import ideas as rules
from tests.engagements.ideas.conftest import TITLE, declined, given, later, tried
from tests.engagements.ideas.test_ideas import HERE, browser, door, opened
from tests.engagements.reviews.mailing import addresses, post, round_at, sink, text
from tests.factories import ContactFactory, TeamRoleFactory

__all__ = ["sink"]
pytestmark = pytest.mark.django_db


@pytest.fixture
def colleague(seats):
    """Somebody of the other side who never signs in, on the team."""
    other = seats[1]
    person = ContactFactory(
        organisation=getattr(other.relationship, other.side.value),
        name="Ada Reed",
        email="ada@example.org",
    )
    TeamRoleFactory(
        relationship=other.relationship, side=other.side, contact=person, role="legal"
    )
    return person


def owed(rule, day) -> list:
    return [row for rows in rule(day) for row in rows]


def test_passed_on_signed_in_it_is_answered_by_the_colleague_s_link(
    seats, colleague, sink
):
    own, other = seats
    began = timezone.now() - timedelta(days=4)
    with time_machine.travel(began, tick=False):
        idea = given(own, other)
    round_at(datetime.now(UTC))
    earlier = opened(idea)
    address = f"{idea.get_absolute_url()}pass-on/"
    assert address in browser(other).get(idea.get_absolute_url()).text

    sent = browser(other).post(address, {"to": colleague.pk})
    round_at(datetime.now(UTC))

    assert sent.status_code == 302
    assert earlier.get(HERE).status_code == 404
    (mail,) = post(sink, colleague.email)
    assert f"{other.contact.name} was asked and passed it on to you." in text(mail)
    (link,) = addresses(mail, "c")
    client = browser(own)
    assert "Ada Reed" in client.get(idea.get_absolute_url()).text
    client.post(link)
    client.post(HERE, {"answer": "try"})
    idea.refresh_from_db()
    assert (idea.state, idea.try_owner) == ("tried", colleague)
    # From the day it was given, whoever answers.
    assert idea.days_to_answer == 4


def test_passed_on_by_link_and_the_page_says_to_whom(seats, colleague):
    idea = given(*seats)
    client = opened(idea)
    nobody = client.post(HERE, {"answer": "hand_on", "reason": "Not my field"})
    before = client.get(HERE).text

    passed = client.post(HERE, {"answer": "hand_on", "to": colleague.pk})

    assert nobody.status_code == 422
    assert "Choose who answers instead." in nobody.text
    assert "Not my field" in nobody.text
    assert "Ada Reed" in before
    assert (passed.status_code, "Ada Reed is asked now" in passed.text) == (200, True)
    assert client.get(HERE).status_code == 404
    idea.refresh_from_db()
    assert (idea.asked, idea.passed_by) == (colleague, seats[1].contact)


def test_behind_a_link_only_the_team_is_shown(seats):
    other = seats[1]
    place = getattr(other.relationship, other.side.value)
    person = ContactFactory(organisation=place, name="Bo", email="bo@example.org")
    idea = given(*seats)

    page = opened(idea).get(HERE).text
    refused = opened(idea).post(HERE, {"answer": "hand_on", "to": person.pk})

    assert "hand_on" not in page
    assert refused.status_code == 422
    # Signed in, all people of the side may be asked.
    assert "Bo" in browser(other).get(f"{idea.get_absolute_url()}pass-on/").text


def test_who_cannot_be_asked_and_who_may_not_pass_on(seats, colleague):
    own, other = seats
    idea = given(own, other)
    silent = ContactFactory(
        organisation=getattr(other.relationship, other.side.value), email=""
    )

    def refused(words, to, *, side=other.side, of=idea):
        with pytest.raises(RuleError, match=words):
            actions.pass_on(idea=of, side=side, to=to, by=other.contact)

    refused("is asked already", other.contact)
    refused("cannot be asked by mail", silent)
    refused("cannot be asked by mail", own.contact)
    refused("other side answers first", colleague, side=own.side)
    refused("cannot be done now", colleague, of=declined(own, other))


def test_the_colleague_has_ten_working_days_before_being_asked_again(seats, colleague):
    own, other = seats
    monday = datetime(2026, 11, 2, 10, tzinfo=UTC)
    with time_machine.travel(monday, tick=False):
        idea = given(own, other)
    with time_machine.travel(monday + timedelta(days=14), tick=False):
        actions.pass_on(idea=idea, side=other.side, to=colleague, by=other.contact)

    days = (14, 27, 28)
    again = [
        owed(rules.ideas_unanswered, (monday + timedelta(days=n)).date()) for n in days
    ]

    assert [len(rows) for rows in again] == [0, 0, 1]
    assert again[2][0].recipient == colleague.pk


def test_an_idea_put_off_is_asked_of_the_colleague_on_its_day(seats, colleague, sink):
    own, other = seats
    idea = later(own, other)
    passed = actions.pass_on(idea=idea, side=other.side, to=colleague, by=other.contact)
    round_at(datetime.now(UTC))
    early = post(sink, colleague.email)

    morning = datetime.combine(idea.later_until, time(9), UTC)
    with time_machine.travel(morning, tick=False):
        (again,) = owed(rules.ideas_put_off, idea.later_until)
        actions.pass_on(idea=passed, side=other.side, to=other.contact, by=colleague)
        round_at(datetime.now(UTC))
        mails = post(sink, other.contact.email)

    assert early == []
    assert again.recipient == colleague.pk
    assert [mail for mail in mails if "An idea to answer" in mail["Subject"]]


@pytest.mark.parametrize(
    ("way", "words"),
    [
        (tried, "has answered the idea"),
        (declined, "Declined, first answered on"),
        (later, "Put off on"),
    ],
)
def test_an_opened_link_says_what_was_answered(seats, way, words):
    idea = way(*seats)

    page = browser(seats[0]).get(door(idea)).text

    assert words in page
    assert ("is asked about an idea" in page) == (way is later)
    assert TITLE not in page


def test_a_side_knows_since_when_an_idea_waits_for_it(seats):
    own, other = seats
    sides = RelationshipSide.objects.order_by("side")

    def since() -> dict:
        return dict(sides.values_list("side", "idea_since"))

    with time_machine.travel(timezone.now() - timedelta(days=3), tick=False):
        old = given(own, other)
    new = given(own, other)
    waits = since()
    page = browser(other).get("/portfolio/").text
    listed = browser(other).get("/relationships/?view=ideas").context["page"]
    actions.decline(idea=old, side=other.side, reason="x")
    then = since()
    actions.withdraw(idea=new, side=own.side)

    assert waits == {own.side: None, other.side: old.given_on}
    assert '<a class="plain" href="/relationships/?view=ideas">1</a>' in page
    assert listed.paginator.count == 1
    assert then == {own.side: None, other.side: new.given_on}
    assert since() == dict.fromkeys((own.side, other.side))
    # What is kept is what would be counted.
    assert refresh_ideas(None) == sides.count()
    assert since() == dict.fromkeys((own.side, other.side))
