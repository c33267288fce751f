"""Two people of a side write at once: neither undoes the other, no word is lost."""

from __future__ import annotations

import pytest
from django.urls import reverse

from engagements import links as tokens
from engagements.issues import links
from engagements.issues.actions import closing, correcting, recording
from engagements.links import Purpose
from engagements.models import IssueStepSide
from engagements.wording import long_day
from tests.engagements.issues.conftest import (
    DAY,
    account,
    to_accounts,
    to_closing,
    to_facts,
    to_work,
)
from tests.engagements.issues.test_ladder import ask, sponsor
from tests.sitting import Client

pytestmark = pytest.mark.django_db
OURS = {"text": "We saw it at nine", "impact": "A ward waited"}
THEIRS = {"text": "It was ten past", "impact": "A ward waited"}


def browser(one) -> Client:
    client = Client()
    client.force_login(one.contact.user)
    return client


def by_link(issue, one) -> Client:
    client = Client()
    client.post(links.path(issue.sides.get(side=one.side)))
    return client


def opened(client, address) -> str:
    """The name of what the form showed."""
    return client.get(address).context["form"]["seen"].value()


def ways(issue, own):
    """The form of an account, signed in and from the mailed link."""
    return (
        (browser(own), reverse("engagements:issue-account", args=[issue.pk]), {}),
        (
            by_link(issue, own),
            reverse("engagements:issue-sitting"),
            {"what": "account"},
        ),
    )


@pytest.mark.parametrize("way", [0, 1], ids=["signed in", "by link"])
def test_an_account_of_a_colleague_is_shown_beside_one_s_own(seats, way):
    own, other = seats
    issue = to_accounts(own, other)
    client, address, what = ways(issue, own)[way]
    seen = opened(client, address)
    account(issue, own, THEIRS["text"])

    refused = client.post(address, {**OURS, **what, "seen": seen})

    assert refused.status_code == 422
    assert "Somebody else saved this" in refused.text
    assert all(words["text"] in refused.text for words in (OURS, THEIRS))
    assert issue.sides.get(side=own.side).account.text == THEIRS["text"]
    again = refused.context["form"]["seen"].value()
    assert client.post(address, {**OURS, **what, "seen": again}).status_code == 302
    assert issue.sides.get(side=own.side).account.text == OURS["text"]


def test_the_same_words_twice_are_no_conflict(seats):
    issue = to_accounts(*seats)
    client, address, _what = ways(issue, seats[0])[0]
    twice = [client.post(address, OURS).status_code for _press in range(2)]

    assert twice == [302, 302]


@pytest.mark.parametrize("way", [0, 1], ids=["signed in", "by link"])
def test_an_account_typed_too_late_comes_back(seats, way):
    own, other = seats
    issue = to_accounts(own, other)
    client, address, what = ways(issue, own)[way]
    opened(client, address)
    account(issue, own)
    account(issue, other)

    refused = client.post(address, {**THEIRS, **what})

    assert refused.status_code == 422
    assert THEIRS["text"] in refused.text


def test_facts_worded_meanwhile_are_shown_beside_what_was_typed(seats):
    own, other = seats
    issue = to_facts(own, other)
    client = browser(own)
    address = reverse("engagements:issue-facts", args=[issue.pk])
    said = {"facts": "At nine.", "dimensions": ["COM"], "seen": opened(client, address)}
    recording.word_facts(
        issue=issue, side=other.side, facts="At ten.", dimensions=["TRU", "DEL"]
    )

    refused = client.post(address, said)

    issue.refresh_from_db()
    assert (refused.status_code, issue.facts, issue.facts_round) == (422, "At ten.", 1)
    shown = refused.context["form"].conflicts
    assert [row[1:] for row in shown] == [
        ("At ten.", "At nine."),
        (
            "Trust and reliability, Delivery and mutual obligations",
            "Communication and transparency",
        ),
    ]
    said["seen"] = refused.context["form"]["seen"].value()
    assert client.post(address, said).status_code == 302
    # The first press of a double click was it; nothing is asked anew.
    assert client.post(address, said | {"seen": "gone"}).status_code == 302
    issue.refresh_from_db()
    assert (issue.facts, issue.facts_round) == ("At nine.", 2)


@pytest.mark.parametrize("way", ["signed in", "by link"])
@pytest.mark.parametrize("closed", [False, True])
def test_what_is_still_open_comes_back_when_it_is_refused(seats, way, closed):
    own, other = seats
    issue = to_closing(own, other)
    address = reverse("engagements:issue-close-answer", args=[issue.pk])
    said = {"answer": "no", "what": "no", "reason": "The list", "round": "9"}
    if way == "signed in":
        client = browser(other)
    else:
        client, address = by_link(issue, other), reverse("engagements:issue-sitting")
    if closed:
        closing.answer_closing(
            issue=issue, side=other.side, yes=True, today=DAY, round_=1
        )

    refused = client.post(address, said)

    assert refused.status_code == 422
    assert "The list" in refused.text
    assert ("it was not kept" in refused.text) == closed
    too_long = client.post(address, said | {"round": "1", "reason": "x" * 301})
    assert ("300 characters at most" in too_long.text) == (not closed)
    assert "x" * 301 in too_long.text


@pytest.mark.parametrize("closed", [False, True])
def test_an_answer_further_up_comes_back_when_it_is_refused(seats, closed):
    people = [sponsor(one) for one in seats]
    issue = to_work(*seats)
    step = ask(issue, seats[0])
    row = step.people.get(contact=people[0])
    link, address = Client(), reverse("engagements:issue-step-sitting")
    link.post(f"/i/up/{tokens.token_of(Purpose.STEP, row.pk, 1)}/")
    if closed:
        asked = closing.ask_to_close(
            issue=issue, side=seats[0].side, outcome="x", check_days=30, today=DAY
        )
        closing.answer_closing(
            issue=asked, side=seats[1].side, yes=True, today=DAY, round_=1
        )
    words = "We decide on Friday. " * (1 if closed else 20)

    refused = link.post(address, {"answer": "yes", "words": words})

    assert refused.status_code == 422
    assert words in refused.text
    assert not IssueStepSide.objects.get(pk=row.pk).answer


@pytest.mark.parametrize("answered", [False, True])
def test_signed_in_an_answer_further_up_comes_back_too(seats, answered):
    people = [sponsor(one) for one in seats]
    issue = to_work(*seats)
    row = ask(issue, seats[0]).people.get(contact=people[0])
    IssueStepSide.objects.filter(pk=row.pk).update(
        contact=seats[0].contact, answer="no" if answered else ""
    )
    address = reverse("engagements:issue-step-answer", args=[row.pk])
    words = "We decide on Friday. " * 20

    refused = browser(seats[0]).post(address, {"answer": "yes", "words": words})

    assert refused.status_code == 422
    assert words.strip() in refused.text
    assert ("it was not kept" in refused.text) == answered
    assert (f'<a href="#words-{row.pk}">What follows' in refused.text) != answered
    again = browser(seats[0]).get(address)
    assert again["Location"] == issue.get_absolute_url()


def test_an_opened_link_says_what_was_done_and_what_is_asked(seats):
    own, other = seats
    issue = to_accounts(own, other)
    seat = issue.sides.get(side=own.side)

    def door() -> str:
        return Client().get(links.path(seat)).text

    assert "is asked about a joint issue" in door()
    account(issue, own)
    assert "Nothing is asked of" in door()
    assert "Account of your side handed in on" in door()
    account(issue, other)
    recording.word_facts(issue=issue, side=other.side, facts="At nine.")
    assert "is asked about a joint issue" in door()
    recording.agree_facts(issue=issue, side=own.side, round_=1)
    assert "Facts agreed by both on" in door()
    asked = closing.ask_to_close(
        issue=issue, side=own.side, outcome="x", check_days=30, today=DAY
    )
    assert "Your side asked to close it on 2 Nov 2026." in door()
    closing.answer_closing(issue=asked, side=other.side, yes=True, today=DAY, round_=1)
    assert "Closed by both, 2 Nov 2026." in door()


def test_what_means_the_same_is_no_conflict(seats):
    """A day and a number are compared as such, not as they were typed."""
    own, other = seats
    issue = to_facts(own, other)
    client, day = browser(own), issue.happened_on
    address = reverse("engagements:issue-correct", args=[issue.pk])
    said = {"title": "Mine", "happened_on": f"{day:%d/%m/%Y}", "severity": "2"}
    said["seen"] = opened(client, address)
    more = {"happened_on": day, "severity": "2"}
    correcting.correct(
        issue=issue, side=other.side, by=other.contact, title="Theirs", **more
    )

    same = client.post(address, said)
    day_too = client.post(address, said | {"happened_on": "1 Oct 2026"})

    title = ("What it is about", "Theirs", "Mine")
    assert same.context["form"].conflicts == [title]
    days = ("Happened on", long_day(day), "1 Oct 2026")
    assert day_too.context["form"].conflicts == [title, days]
