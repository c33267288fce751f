"""Ideas from either side: every state, every answer, by page and by link."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from engagements import links
from engagements.errors import RuleError
from engagements.ideas import actions, queries
from engagements.ideas.states import TABLE, Action, may
from engagements.links import Purpose
from engagements.models import Idea, Notice, TimelineEntry
from engagements.reminders.rules import ideas as rules
from tests.engagements.ideas.conftest import (
    TITLE,
    declined,
    given,
    kept,
    later,
    seat,
    tried,
    withdrawn,
)
from tests.engagements.reviews.mailing import addresses, post, round_at, sink
from tests.factories import MembershipFactory
from tests.sitting import Client

__all__ = ["sink"]
pytestmark = pytest.mark.django_db
HERE = "/c/idea/"
SENT = {
    Action.TRY: ("answer", {"answer": "try", "day": "1 Dec 2030"}),
    Action.LATER: (
        "answer",
        {"answer": "later", "day": "1 Dec 2030", "reason": "After the move"},
    ),
    Action.DECLINE: ("answer", {"answer": "decline", "reason": "No dry room"}),
    Action.KEEP: ("end", {"answer": "keep", "outcome": "Fewer calls"}),
    Action.STOP: ("end", {"answer": "stop", "outcome": "Too dear"}),
    Action.WITHDRAW: ("withdraw", {}),
    Action.HAND_ON: ("pass-on", {}),
}


def browser(one) -> Client:
    client = Client()
    client.force_login(one.contact.user)
    return client


def send(idea, action, one):
    name, said = SENT[action]
    address = reverse(f"engagements:idea-{name}", args=[idea.pk])
    return browser(one).post(address, said | {"owner": str(one.contact.pk)})


def door(idea) -> str:
    token = links.token_of(Purpose.IDEA, idea.pk, idea.version)
    return reverse("engagements:idea-link", args=[token])


def opened(idea) -> Client:
    client = Client()
    assert client.post(door(idea))["Location"] == HERE
    return client


def shown(relationship, one) -> str:
    return browser(one).get(f"/relationships/{relationship.pk}/ideas/").text


def test_each_side_does_what_the_table_says(idea, seats):
    row = Idea.objects.filter(pk=idea.pk)
    (before,) = row.values()
    found, wanted = {}, {}

    for one in seats:
        for action in Action:
            case = (one.side, action)
            allowed = may(action, idea, one.side)
            wanted[case] = (allowed and TABLE[action].after) or idea.state
            send(idea, action, one)
            found[case] = row.get().state
            row.update(**before)

    assert found == wanted


def test_nobody_answers_an_idea_of_their_own(seats):
    own, other = seats
    idea = given(own, other)

    with pytest.raises(RuleError, match="other side answers first"):
        actions.decline(idea=idea, side=own.side, reason="x")
    with pytest.raises(RuleError, match="cannot be done now"):
        actions.end(idea=idea, side=other.side, kept=True, outcome="x")


def test_who_only_reads_writes_nothing(seats):
    own, other = seats
    idea = given(own, other)
    place = getattr(own.relationship, other.side.value)
    reader = Client()
    reader.force_login(
        MembershipFactory(organisation=place, role="executive").contact.user
    )

    page = reader.get(idea.get_absolute_url())
    answer = reader.post(f"{idea.get_absolute_url()}answer/", {"answer": "decline"})

    assert page.status_code == 200
    assert f"{idea.get_absolute_url()}answer/" not in page.text
    assert answer.status_code == 403


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ({"answer": "decline"}, "Say why."),
        ({"answer": "decline", "reason": "  "}, "Say why."),
        ({"answer": "later", "reason": "x"}, "Say a day."),
        ({"answer": "later", "day": "1 Dec 2030"}, "Say why."),
        ({"answer": "later", "day": "1 Jan 2020", "reason": "x"}, "Say a day to come"),
        ({"answer": "try", "day": "1 Dec 2030"}, "Say who looks after it."),
        ({"answer": "try"}, "Say a day."),
    ],
)
def test_an_answer_without_what_it_needs_is_refused(seats, said, words):
    idea = given(*seats)

    page = browser(seats[1]).post(f"{idea.get_absolute_url()}answer/", said)

    assert page.status_code == 422
    assert words in page.text
    idea.refresh_from_db()
    assert idea.state == "open"


def test_a_trial_begins_after_the_idea_and_ends_with_words(seats):
    own, other = seats
    idea = given(own, other)
    before = timezone.localdate() - timedelta(days=1)

    with pytest.raises(RuleError, match="before the idea"):
        actions.try_it(idea=idea, side=other.side, from_on=before, owner=other.contact)
    with pytest.raises(RuleError, match="what came of it"):
        actions.end(idea=tried(own, other), side=own.side, kept=True, outcome=" ")


def test_given_on_a_page_and_read_by_both(seats):
    own, other = seats
    said = {"title": TITLE, "text": "Nobody reads numbers aloud at night"}
    address = f"/relationships/{own.relationship.pk}/ideas/new/"

    browser(own).post(address, said)
    idea = Idea.objects.get()

    assert idea.asked == other.contact
    for one in seats:
        assert "Nobody reads numbers" in browser(one).get(f"/ideas/{idea.pk}/").text
        assert TITLE in shown(own.relationship, one)
        page = browser(one).get(f"/relationships/{own.relationship.pk}/").text
        assert "1 without an answer since" in page
        assert f"Idea: {TITLE}" in page
    assert TimelineEntry.objects.get(object_id=idea.pk).visibility == "shared"


def test_where_nobody_can_be_asked_the_form_says_so(client_seat):
    place = client_seat.relationship
    address = f"/relationships/{place.pk}/ideas/new/"

    page = browser(client_seat).post(address, {"title": TITLE})

    assert "can be asked" in page.text
    assert not Idea.objects.exists()


def test_figures_are_per_direction_and_unknown_is_not_nought(seats):
    own, other = seats
    relationship = own.relationship
    empty = shown(relationship, own)
    declined(own, other)
    kept(own, other)
    withdrawn(own, other)
    later(own, other)
    with time_machine.travel(timezone.now() - timedelta(days=5), tick=False):
        early = given(own, other)
    actions.decline(idea=early, side=other.side, reason="No")
    given(other, own)

    rows = list(queries.ideas(relationship.pk))
    found = {row.side: row for row in queries.directions(relationship, rows)}

    assert empty.count("Not known: none is answered") == 2
    ours, theirs = found[own.side], found[other.side]
    assert (ours.given, ours.answered, ours.days) == (4, 4, 0)
    assert (ours.tried, ours.decided, ours.share) == (1, 3, 33)
    assert (theirs.given, theirs.waiting) == (1, 1)
    assert theirs.days is None
    assert theirs.share is None
    assert shown(relationship, own).count("none is answered") == 1


def test_the_other_side_answers_by_link_with_two_buttons(seats, sink):
    own, other = seats
    idea = given(own, other)
    round_at(datetime.now(UTC))
    (mail,) = post(sink, other.contact.email)
    (link,) = addresses(mail, "c")
    client = Client()
    first = client.get(link).text
    client.post(link)

    refused = client.post(HERE, {"answer": "decline"})
    client.post(HERE, {"answer": "try", "reason": "Gladly"})

    assert TITLE not in first
    assert refused.status_code == 422
    assert "Say why." in refused.text
    idea.refresh_from_db()
    assert (idea.state, idea.try_owner) == ("tried", other.contact)
    assert idea.try_from == timezone.localdate()
    assert 'name="answer"' not in client.get(HERE).text
    round_at(datetime.now(UTC))
    assert Notice.objects.filter(
        kind="idea-answered", recipient=own.contact, object_id=idea.pk
    ).exists()


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ({"answer": "later", "reason": "x"}, "Say a day."),
        ({"answer": "later", "day": "nonsense", "reason": "x"}, "nonsense"),
        ({"reason": "x"}, "Press one of the buttons."),
    ],
)
def test_wrong_input_behind_a_link_is_given_back(seats, said, words):
    client = opened(given(*seats))

    page = client.post(HERE, said)

    assert page.status_code == 422
    assert words in page.text


def test_put_off_and_declined_by_link(seats):
    idea = given(*seats)
    client = opened(idea)
    client.post(HERE, {"answer": "later", "day": "1 Dec 2030", "reason": "Busy"})
    idea.refresh_from_db()
    state, page = idea.state, client.get(HERE).text

    client.post(HERE, {"answer": "decline", "reason": "No room"})

    idea.refresh_from_db()
    assert (state, idea.state) == ("later", "declined")
    assert 'value="later"' not in page
    assert idea.later_until is None


def test_dead_links_show_the_one_page(seats):
    idea = given(*seats)
    gone = withdrawn(*seats)
    replaced = door(idea)
    Idea.objects.filter(pk=idea.pk).update(version=2)

    answers = [
        Client().get(address)
        for address in (door(gone), replaced, f"{HERE}nonsense/", HERE)
    ]

    assert {answer.status_code for answer in answers} == {404}


def test_an_unanswered_idea_is_asked_about_once_more(seats, sink):
    own, other = seats
    began = datetime(2026, 11, 2, 10, 0, tzinfo=UTC)
    with time_machine.travel(began, tick=False):
        given(own, other)
    for days in (0, 11, 13, 14, 15, 40):
        round_at(began + timedelta(days=days))

    mails = post(sink, other.contact.email)

    about = [mail for mail in mails if "An idea to answer" in mail["Subject"]]
    assert len(about) == 2


def test_what_was_put_off_is_asked_on_its_day(seats):
    own, other = seats
    idea = later(own, other)
    before = [row for rows in rules.ideas_put_off(timezone.localdate()) for row in rows]

    (owed,) = [row for rows in rules.ideas_put_off(idea.later_until) for row in rows]

    assert before == []
    assert (owed.recipient, owed.object_id) == (other.contact.pk, idea.pk)


def test_the_pages_ask_the_same_at_two_sizes(seats):
    own, other = seats
    client, counts = browser(own), []
    for many in (1, 8):
        for _one in range(many):
            tried(own, other)
            given(other, own)
        with CaptureQueriesContext(connection) as asked:
            client.get(f"/relationships/{own.relationship.pk}/ideas/")
        counts.append(len(asked))

    assert counts[0] == counts[1] <= 12


def test_somebody_of_a_third_side_finds_nothing(seats):
    idea = given(*seats)
    stranger = Client()
    stranger.force_login(MembershipFactory(role="executive").contact.user)

    assert stranger.get(idea.get_absolute_url()).status_code == 404
    assert seat is not None
