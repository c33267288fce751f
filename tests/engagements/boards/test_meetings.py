"""Behind the door: the board, its meetings, and who leads them on."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from engagements.boards.links import path
from engagements.boards.states import MOVES
from engagements.models import (
    BoardCharter,
    BoardMeeting,
    BoardSeat,
    Contact,
    MeetingPhase,
    Recommendation,
)
from tests.engagements.boards.conftest import enter
from tests.factories import BoardMeetingFactory, BoardSeatFactory, MembershipFactory
from tests.sitting import Client

pytestmark = pytest.mark.django_db


def at(name, *args):
    return reverse(f"engagements:{name}", args=args)


def asked_for(meeting, **more):
    return Recommendation.objects.create(
        board=meeting.board,
        meeting=meeting,
        number=meeting.board.recommendations.count() + 1,
        wording="Answer within two days",
        support="most",
        submitted_at=timezone.now(),
        **more,
    )


def test_a_look_at_the_link_changes_nothing_and_the_button_opens_the_board(member):
    client = Client()

    answer = client.get(path(member))

    assert answer.status_code == 200
    assert not answer.cookies.get("relman_b")
    assert member.board.name in answer.content.decode()
    assert client.get("/b/").status_code == 404
    answer = enter(member).get("/b/")
    assert answer.status_code == 200
    assert answer["Referrer-Policy"] == "no-referrer"


def test_every_page_behind_the_door_is_shut_without_it(member, meeting):
    """Also for whoever is signed in at the host, with the member's cookie."""
    executive = MembershipFactory(organisation=member.supplier, role="executive")
    stranger, host = Client(), enter(member)
    host.force_login(executive.contact.user)
    pages = (
        path(member),
        at("board-home"),
        at("board-meeting-plan"),
        at("board-meeting-page", meeting.pk),
        at("board-meeting-edit", meeting.pk),
        at("board-meeting-move", meeting.pk),
        at("board-meeting-call-off", meeting.pk),
    )

    shut = [(client, page) for client in (stranger, host) for page in pages]

    shut.remove((stranger, path(member)))
    assert {client.post(page).status_code for client, page in shut} == {404}
    assert MeetingPhase.objects.count() == 0
    pages = {client.post(page).content for client, page in shut}
    assert len(pages) == 1


def test_a_signed_in_member_enters_from_the_page_of_the_board(member):
    user = MembershipFactory(organisation=member.organisation).contact.user
    BoardSeat.objects.filter(pk=member.pk).update(
        contact=user.contact, address=user.email
    )
    Contact.objects.filter(pk=user.contact.pk).update(email=user.email)
    client = Client()
    client.force_login(user)
    said = "The members ratify it behind the door"
    assert said not in client.get(at("board", member.board_id)).text
    today = timezone.localdate()
    BoardCharter.objects.create(board=member.board, number=1, proposed_on=today)
    assert said in client.get(at("board", member.board_id)).text

    answer = client.post(at("board-enter", member.board_id))

    assert answer["Location"] == "/b/"
    assert client.get("/b/").status_code == 200


def test_the_host_does_not_enter(board):
    executive = MembershipFactory(organisation=board.supplier, role="executive")
    client = Client()
    client.force_login(executive.contact.user)

    assert client.post(at("board-enter", board.pk)).status_code == 403


@pytest.mark.parametrize("who", ["facilitator", "chair"])
def test_facilitator_or_chair_plans_changes_and_calls_off(request, who):
    client = enter(request.getfixturevalue(who))
    page = at("board-meeting-plan")
    assert client.get(page).status_code == 200
    said = {"title": "Autumn", "held_on": "in 3 weeks", "place": "Leeds"}

    assert client.post(page, said).status_code == 302
    first = BoardMeeting.objects.get()
    assert (first.number, first.place, first.phase) == (1, "Leeds", "planned")
    assert "Autumn" in client.get("/b/").content.decode()
    edit = at("board-meeting-edit", first.pk)
    assert "Leeds" in client.get(edit).content.decode()
    client.post(edit, said | {"title": "Winter"})
    first.refresh_from_db()
    assert first.title == "Winter"
    assert client.post(page, said | {"held_on": "yesterday"}).status_code == 422
    early = said | {"held_on": str(timezone.localdate() - timedelta(days=3))}
    assert client.post(page, early).status_code == 422
    assert client.post(edit, early).status_code == 422
    assert client.post(at("board-meeting-call-off", first.pk)).status_code == 302
    assert not BoardMeeting.objects.exists()


def test_a_member_neither_plans_nor_moves_and_is_told_whose_turn_it_is(member, meeting):
    client = enter(member)

    assert client.get(at("board-meeting-plan")).status_code == 403
    page = client.get(at("board-meeting-page", meeting.pk)).content.decode()
    assert "The facilitator or the chair moves the meeting on." in page
    answer = client.post(at("board-meeting-move", meeting.pk), {"move": "open"})
    assert answer.status_code == 422
    assert "for the facilitator or the chair to do" in answer.content.decode()


def test_another_board_s_meeting_does_not_exist(facilitator):
    other = BoardMeetingFactory()

    for name in ("board-meeting-page", "board-meeting-edit"):
        assert enter(facilitator).get(at(name, other.pk)).status_code == 404


def test_each_phase_has_its_page_its_moment_and_its_mover(facilitator, chair, meeting):
    browsers = {seat: enter(seat) for seat in (facilitator, chair)}
    movers = [facilitator, chair, facilitator, chair, facilitator]
    front = []

    for move, seat in zip(MOVES, movers, strict=True):
        page = at("board-meeting-page", meeting.pk)
        assert f'value="{move}"' in browsers[seat].get(page).content.decode()
        # There is neither a charter nor a list here, which is asked.
        asked = {"move": move.value, "confirm": "1"}
        answer = browsers[seat].post(at("board-meeting-move", meeting.pk), asked)
        assert answer["Location"] == page
        shown = browsers[chair].get(at("board-home")).content.decode()
        ways = ("Go to the meeting", "Enter the room")
        front.append([words for words in ways if words in shown])

    # The way in stands on the front while there is one.
    assert front == [[ways[0]], [ways[1]], [ways[0]], [], []]
    rows = list(meeting.phases.order_by("started_at"))
    assert [row.phase for row in rows] == [
        phase for phase in BoardMeeting.Phase if phase != "planned"
    ]
    assert [row.moved_by for row in rows] == movers
    assert all(row.ended_at for row in rows)
    assert "Closed" in browsers[chair].get(page).content.decode()
    again = browsers[chair].post(at("board-meeting-call-off", meeting.pk))
    assert again.status_code == 422


def test_a_move_that_is_none_is_refused(facilitator, meeting):
    answer = enter(facilitator).post(
        at("board-meeting-move", meeting.pk), {"move": "capture"}
    )

    assert answer.status_code == 422


def test_a_meeting_does_not_open_while_something_asked_has_no_answer(
    facilitator, meeting
):
    waiting = asked_for(meeting)
    asked_for(meeting, state="withdrawn")
    asked_for(meeting, decision="accept", decided_at=timezone.now(), state="decided")
    BoardMeeting.objects.filter(pk=meeting.pk).update(phase="response")
    second = BoardMeetingFactory(board=meeting.board, number=2)
    client, page = enter(facilitator), at("board-meeting-move", second.pk)

    answer = client.post(page, {"move": "open"})

    said = answer.content.decode()
    assert answer.status_code == 422
    assert f"{waiting.number}, {waiting.wording}." in said
    assert said.count(at("board-door-recommendation", waiting.pk)) == 1
    assert said.count("/b/recommendations/") == 1
    waiting.decision, waiting.decided_at = "partial", timezone.now()
    waiting.save()
    assert client.post(page, {"move": "open"}).status_code == 302


def test_one_meeting_of_a_board_is_open_at_a_time(facilitator, meeting):
    BoardMeeting.objects.filter(pk=meeting.pk).update(phase="read_out")
    second = BoardMeetingFactory(board=meeting.board, number=2, title="Second")

    answer = enter(facilitator).post(
        at("board-meeting-move", second.pk), {"move": "open"}
    )

    assert "Another meeting is open: Annual meeting." in answer.content.decode()


@pytest.mark.parametrize("size", [8, 15])
def test_the_board_costs_the_same_whatever_its_size(
    facilitator, meeting, size, django_assert_max_num_queries
):
    for _n in range(size - BoardSeat.objects.members().count()):
        BoardSeatFactory(board=meeting.board)
    client = enter(facilitator)

    with django_assert_max_num_queries(5):
        client.get("/b/")
    with django_assert_max_num_queries(5):
        client.get(at("board-meeting-page", meeting.pk))
