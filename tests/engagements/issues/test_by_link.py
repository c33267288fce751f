"""A side that never signs in does behind its link what the other does signed in."""

from __future__ import annotations

import pytest
from django.urls import reverse
from django.utils import timezone

from engagements.issues import links, queries
from engagements.issues.actions import recording
from engagements.models import Commitment, IssueStep, JointIssue, Notice
from engagements.notices.kinds import known
from tests.engagements.issues.conftest import to_closed, to_facts, to_work
from tests.engagements.issues.test_ladder import QUESTION, sponsor
from tests.sitting import Client

pytestmark = pytest.mark.django_db
PROMISE = {"what": "promise", "text": "Ring both desks", "due_on": "4 Jan 2027"}


def behind_link(issue, one) -> Client:
    client = Client()
    client.post(links.path(issue.sides.get(side=one.side)))
    return client


def send(client, **said):
    return client.post(reverse("engagements:issue-sitting"), said)


def shown(client) -> str:
    return client.get(reverse("engagements:issue-sitting")).text


def test_facts_are_put_otherwise_and_the_other_side_is_asked(seats):
    own, other = seats
    issue = to_facts(own, other)
    guest = behind_link(issue, other)
    before = shown(guest)
    recording.word_facts(issue=issue, side=own.side, facts="It rang at nine.")
    asked, context = shown(guest), guest.get("/i/").context
    seen = context["forms"]["facts"]["seen"].value()

    empty = send(guest, what="facts", facts="", seen=seen)
    kept = send(guest, what="facts", facts="At ten.", dimensions=["COM"], seen=seen)

    assert "one of the two sides puts the facts into words" in before
    assert "Put the facts into words" in before
    assert "agrees to these words or puts them otherwise" in asked
    assert "Not so: put it in your words" in asked
    assert (empty.status_code, kept.status_code) == (422, 302)
    issue.refresh_from_db()
    assert (issue.facts, issue.facts_round, issue.dimensions) == ("At ten.", 2, ["COM"])
    assert issue.sides.get(side=own.side).agreed_round == 1
    told = Notice.objects.filter(kind="issue-facts", counter=2)
    assert [one.side for one in told] == [own.side.value]
    assert "or puts them otherwise and you get a mail" in shown(guest)


def test_a_side_promises_asks_further_up_and_to_close(seats):
    own, other = seats
    issue = to_work(own, other)
    guest = behind_link(issue, other)
    nobody = shown(guest)
    refused = send(guest, what="step_up", question=QUESTION)
    for one in seats:
        sponsor(one)

    send(guest, **PROMISE, owner=other.contact.pk)
    foreign = send(guest, **PROMISE, owner=own.contact.pk)
    send(guest, what="step_up", question=QUESTION)
    send(guest, what="close", outcome="Both desks ring", check_days="30")
    late = send(guest, **PROMISE, owner=other.contact.pk)

    assert "has no sponsor who can be asked" in nobody
    assert QUESTION in refused.text
    assert (refused.status_code, foreign.status_code) == (422, 422)
    made = Commitment.objects.get()
    assert (made.side, made.owner) == (other.side, other.contact)
    assert IssueStep.objects.get().question == QUESTION
    issue.refresh_from_db()
    assert (issue.state, issue.closing_side) == (JointIssue.State.CLOSING, other.side)
    assert late.status_code == 422
    assert "Ring both desks" in late.text
    assert "asked to close it. Next:" in late.text


def test_two_answers_to_the_check_are_told_to_both_once(seats):
    own, other = seats
    issue = to_closed(own, other)
    JointIssue.objects.update(check_on=timezone.localdate())
    guests = [behind_link(issue, one) for one in seats]
    send(guests[0], what="held")
    before = shown(guests[1])

    for _twice in range(2):
        send(guests[1], what="back")

    told = Notice.objects.filter(kind="issue-differ")
    assert sorted(one.side for one in told) == ["client", "supplier"]
    assert len({known(one.kind).letter(one).paragraphs[0] for one in told}) == 1
    signed_in = Client()
    signed_in.force_login(own.contact.user)
    pages = [shown(guests[0]), signed_in.get(issue.get_absolute_url()).text]
    assert "answer differently" not in before
    assert all("answer differently" in text for text in pages)
    assert all("It has come back" in text for text in pages)
    assert "both sides had looked again" in pages[1]
    assert queries.figures(JointIssue.objects.all()).recurred == 1


def test_words_are_kept_of_the_issue_that_was_shown(seats):
    """One browser, two links: what is typed on the first page is not the second's."""
    own, other = seats
    first, second = to_facts(own, other), to_facts(own, other)
    recording.word_facts(issue=second, side=own.side, facts="Of another day")
    guest = behind_link(first, other)
    form = guest.get("/i/").context
    guest.post(links.path(second.sides.get(side=other.side)))

    seen = form["forms"]["facts"]["seen"].value()
    said = {"facts": "It rang at nine.", "seen": seen, "of": form["of"]}
    wrong = send(guest, what="facts", **said)

    assert wrong.status_code == 404
    assert "It rang at nine." in wrong.text
    second.refresh_from_db()
    assert second.facts == "Of another day"
    page = shown(guest)
    assert page.count('name="of"') == page.count("<form")


def test_what_is_wrong_behind_a_link_is_said_at_the_top(seats):
    own, other = seats
    guest = behind_link(to_work(own, other), other)

    page = send(guest, what="promise", text="Ring", owner="", due_on="soon").text

    assert "<title>Error:" in page
    summary = page.partition("There is a problem")[2].partition("</ul>")[0]
    assert '<a href="#promise_owner">' in summary
    assert '<a href="#promise_due_on">' in summary
    assert "Ring" in page
