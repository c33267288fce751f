"""Behind the door: report, list on paper, votes and the verdict, in a browser."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from engagements.boards.queries.room_verdicts import own_votes
from engagements.models import BoardMeeting, Recommendation
from tests.engagements.boards.conftest import enter, note_present
from tests.factories import (
    BoardMeetingFactory,
    RecommendationFactory,
    RoomDraftFactory,
    board_with_seats,
)

pytestmark = pytest.mark.django_db


def at(name, *args):
    return reverse(f"engagements:board-door-{name}", args=args)


def page(client, address):
    answer = client.get(address)
    assert answer.status_code == 200
    return answer.content.decode()


@pytest.fixture
def told(board):
    """Delivered, says the host, and reported back."""
    now = timezone.now()
    return RecommendationFactory(
        meeting=BoardMeetingFactory(board=board, number=1, phase="response"),
        state="reported_back",
        decision="accept",
        decided_at=now,
        reported_back_at=now,
        delivered_on=now.date() - timedelta(days=3),
        support_count=5,
    )


def test_a_member_reads_the_report_and_votes_in_secret(told, member):
    client = enter(member)

    shown = page(client, at("report"))
    assert told.wording in shown
    assert "Vote on 1" in shown
    shown = page(client, at("recommendation", told.pk))
    assert "Partly done" in shown
    assert "Most of those present (5)" in shown
    # Only who leads the board states its verdict.
    assert "State the verdict" not in shown
    client.post(at("vote", told.pk), {"verdict": "partly"})
    assert own_votes(member, [told]) == {told.pk: "partly"}
    assert 'aria-pressed="true"' in page(client, at("recommendation", told.pk))
    assert "You voted" in page(client, at("report"))
    facilitator = told.board.seats.get(role="facilitator")
    assert "Vote on 1" not in page(enter(facilitator), at("report"))
    assert client.post(at("verdict", told.pk)).status_code == 403


def test_the_chair_states_what_more_than_half_say(told, chair):
    seats = list(told.board.seats.members())
    client = enter(chair)
    answer = client.post(at("verdict", told.pk))
    assert answer.status_code == 422
    assert "three members" in answer.content.decode()
    for seat in seats:
        enter(seat).post(at("vote", told.pk), {"verdict": "done"})
    client.post(at("verdict", told.pk))

    told.refresh_from_db()
    assert (told.state, told.verdict) == ("verified", "done")


def test_who_leads_tells_merges_and_withdraws(told, facilitator, member):
    declined = RecommendationFactory(
        meeting=told.meeting,
        state="decided",
        decision="decline",
        reason="It costs more than it helps",
        decided_at=timezone.now(),
    )
    one, other = (RecommendationFactory(meeting=told.meeting) for _ in range(2))
    client = enter(facilitator)

    client.post(at("told", declined.pk))
    shown = page(client, at("merge", one.pk))
    assert other.wording in shown
    client.post(at("merge", one.pk), {"into": other.pk})
    client.post(at("withdraw", other.pk))
    states = dict(Recommendation.objects.values_list("pk", "state"))
    assert states[declined.pk] == "reported_back"
    assert (states[one.pk], states[other.pk]) == ("merged", "withdrawn")
    assert client.post(at("withdraw", other.pk)).status_code == 422
    for name in ("told", "withdraw", "merge"):
        assert enter(member).post(at(name, declined.pk)).status_code == 403


def test_the_meeting_page_shows_each_phase(told, facilitator):
    board = told.board
    meeting = BoardMeetingFactory(board=board, number=2)
    note_present(meeting)
    draft = RoomDraftFactory(meeting=meeting, desired_outcome="No surprises")
    RoomDraftFactory(meeting=meeting, approved_in_room=False)
    client = enter(facilitator)
    address = reverse("engagements:board-meeting-page", args=[meeting.pk])
    move = reverse("engagements:board-meeting-move", args=[meeting.pk])

    client.post(move, {"move": "open"})
    assert told.wording in page(client, address)
    BoardMeeting.objects.filter(pk=meeting.pk).update(phase="read_out")
    shown = page(client, address)
    assert draft.wording in shown
    assert "1 draft is not endorsed" in shown
    client.post(move, {"move": "respond"})
    shown = page(client, address)
    assert draft.wording in shown
    client.post(move, {"move": "close"})
    assert "No surprises" in page(client, address)
    assert BoardMeeting.objects.get(pk=meeting.pk).phase == "closed"


def test_list_and_report_are_sheets_of_paper(told, member, pdf_text):
    for _ in range(6):
        RecommendationFactory(
            meeting=told.meeting,
            wording="Tell us of a change before it happens. " * 5,
            desired_outcome="Nobody is surprised by one again. " * 4,
        )
    client = enter(member)

    listed = pdf_text(client.get(at("list-pdf", told.meeting.pk)).content)
    report = pdf_text(client.get(at("report-pdf")).content)

    # Seven of the usual length fit on one page.
    assert listed.count("\f") == 1
    assert told.wording in listed
    assert "Members'" in report
    assert "not known" in report


def test_every_page_is_shut_without_the_cookie_and_for_another_board(told, client):
    stranger = enter(board_with_seats(1).seats.members().get())
    of_board = {"report", "report-pdf"}
    for name in (*sorted(of_board), "recommendation", "merge", "list-pdf"):
        pk = told.meeting.pk if name == "list-pdf" else told.pk
        address = at(name) if name in of_board else at(name, pk)
        assert client.get(address).status_code == 404
        if name not in of_board:
            assert stranger.get(address).status_code in {403, 404}
    for name in ("vote", "hands", "verdict", "told", "withdraw", "merge"):
        assert client.post(at(name, told.pk)).status_code == 404
        assert stranger.post(at(name, told.pk)).status_code in {403, 404}


@pytest.mark.parametrize("more", [0, 5])
def test_the_pages_read_as_often_whatever_was_asked(
    told, member, more, django_assert_max_num_queries
):
    for _ in range(more):
        RecommendationFactory(meeting=told.meeting, ancestor=told)
    client = enter(member)

    with django_assert_max_num_queries(5):
        client.get(at("report"))
    with django_assert_max_num_queries(8):
        client.get(at("recommendation", told.pk))
