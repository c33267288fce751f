"""A verdict where nobody touches a keyboard: hands, typed as numbers."""

from __future__ import annotations

import pytest
from django.urls import reverse
from django.utils import timezone

from engagements.boards.actions.room_verdicts import count_hands, state, vote
from engagements.errors import RuleError
from engagements.models import VerdictHands
from tests.engagements.boards.conftest import enter, note_present
from tests.factories import (
    BoardMeetingFactory,
    MembershipFactory,
    RecommendationFactory,
    board_with_seats,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def board():
    return board_with_seats(9)


@pytest.fixture
def told(board):
    """Delivered, says the host; asked at a meeting while the next one opens."""
    now = timezone.now()
    row = RecommendationFactory(
        meeting=BoardMeetingFactory(board=board, number=1, phase="response"),
        state="reported_back",
        decision="accept",
        decided_at=now,
        reported_back_at=now,
        delivered_on=now.date(),
    )
    BoardMeetingFactory(board=board, number=2, phase="opening")
    return row


def at(name, row):
    return reverse(f"engagements:board-door-{name}", args=[row.pk])


def page(client, row):
    return client.get(at("recommendation", row)).content.decode()


def hands(by, row, done=0, partly=0, undone=0):
    count_hands(by=by, recommendation=row, done=done, partly=partly, undone=undone)


def test_hands_stand_for_the_votes_by_link(told, facilitator, member):
    seats = list(told.board.seats.members())
    for seat in seats[:4]:
        vote(by=seat, recommendation=told, verdict="not")
    client = enter(facilitator)

    sent = client.post(at("hands", told), {"done": "5", "partly": "2", "undone": ""})
    assert sent.status_code == 302
    shown = page(client, told)
    assert "5 done, 2 partly done, 0 not done" in shown
    assert "members have voted" not in shown
    assert "They stand for the votes by link" in page(enter(member), told)
    assert "State that the members are divided" not in shown
    client.post(at("verdict", told))

    told.refresh_from_db()
    assert (told.state, told.verdict) == ("verified", "done")


def test_without_hands_the_votes_by_link_count_again(told, facilitator):
    for seat in list(told.board.seats.members())[:4]:
        vote(by=seat, recommendation=told, verdict="not")
    hands(facilitator, told, done=9)

    hands(facilitator, told)

    assert not VerdictHands.objects.exists()
    row = state(by=facilitator, recommendation=told, today=timezone.localdate())
    assert (row.state, row.verdict) == ("reported_back", "not")


def test_there_are_three_hands_and_no_more_than_members_present(told, facilitator):
    with pytest.raises(RuleError, match="three members"):
        hands(facilitator, told, done=2)
    with pytest.raises(RuleError, match="10 hands are more than the 9 members"):
        hands(facilitator, told, done=4, partly=3, undone=3)
    meeting = told.board.meetings.get(number=2)
    note_present(meeting, list(told.board.seats.members())[:5])
    with pytest.raises(RuleError, match="6 hands are more than the 5 members"):
        hands(facilitator, told, done=6)
    answer = enter(facilitator).post(at("hands", told), {"done": "6", "partly": "x"})
    assert answer.status_code == 422
    assert 'value="x"' in answer.content.decode()
    told.board.meetings.filter(number=2).delete()
    hands(facilitator, told, done=9)


def test_hands_are_the_facilitator_s_to_count(told, chair, member):
    with pytest.raises(RuleError, match="the facilitator"):
        hands(chair, told, done=3)
    assert enter(member).post(at("hands", told), {"done": "3"}).status_code == 403
    assert "Save hands" not in page(enter(chair), told)


def test_three_three_three_is_no_verdict_and_told_so(told, facilitator, client):
    hands(facilitator, told, done=3, partly=3, undone=3)
    browser, verdict = enter(facilitator), at("verdict", told)
    assert "there is no verdict, and the members are divided" in page(browser, told)
    refused = browser.post(verdict)
    assert refused.status_code == 422
    assert "What you can state is that there is no verdict" in refused.content.decode()

    assert browser.post(verdict, {"divided": "1"}).status_code == 302

    told.refresh_from_db()
    assert (told.state, told.verdict) == ("reported_back", "split")
    host = MembershipFactory(organisation=told.board.supplier, role="executive")
    client.force_login(host.contact.user)
    report = client.get(reverse("engagements:board-report", args=[told.board.pk]))
    assert "No verdict: the members are divided" in report.content.decode()
    # They may be asked again.
    hands(facilitator, told, done=5, partly=4)
    row = state(by=facilitator, recommendation=told, today=timezone.localdate())
    assert (row.state, row.verdict) == ("verified", "done")


def test_by_link_a_tie_is_told_to_whoever_asks_for_the_verdict(told, facilitator):
    words = ("done", "done", "not", "not")
    for seat, said in zip(told.board.seats.members(), words, strict=False):
        vote(by=seat, recommendation=told, verdict=said)
    browser = enter(facilitator)
    assert "divided" not in page(browser, told)

    refused = browser.post(at("verdict", told)).content.decode()

    assert "State that the members are divided" in refused
