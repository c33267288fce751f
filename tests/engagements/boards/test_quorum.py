"""Below the quorum no list leaves the room, unless the facilitator says why it does."""

from __future__ import annotations

import pytest
from django.urls import reverse

from engagements.boards.actions import moving, room_quorum
from engagements.boards.queries.room_quorum import quorum
from engagements.boards.states import Meet
from engagements.boards.terms import least_present
from engagements.errors import RuleError
from engagements.models import (
    Attendance,
    BoardMeeting,
    DraftApproval,
    Recommendation,
    Room,
    RoomDraft,
)
from tests.engagements.boards.conftest import enter, note_present
from tests.factories import RoomDraftFactory

pytestmark = pytest.mark.django_db
SHORT = "2 of 3 members are noted as here"


def at(meeting, name):
    return reverse(f"engagements:board-{name}", args=[meeting.pk])


@pytest.fixture
def reading(talk, chair, member):
    """A draft the room has approved; one of three members has left."""
    note_present(talk, [chair, member])
    RoomDraftFactory(meeting=talk)
    BoardMeeting.objects.update(phase="read_out")
    return BoardMeeting.objects.get()


def go_on(by, meeting, reason="One of us is ill; the others are agreed"):
    room_quorum.go_on(by=by, meeting=meeting, reason=reason)


def hand_over(by, meeting):
    moving.move(by=by, meeting=meeting, action=Meet.RESPOND, confirmed=True)
    return Recommendation.objects.count()


@pytest.mark.parametrize(
    ("sit", "needed"), [(0, 0), (3, 3), (5, 5), (6, 6), (9, 6), (10, 6), (11, 7)]
)
def test_six_and_sixty_in_a_hundred_are_needed(sit, needed):
    assert least_present(sit) == needed


def test_without_the_quorum_nothing_is_handed_over(reading, facilitator, chair):
    with pytest.raises(RuleError, match=f"{SHORT}, and 3 make the quorum"):
        hand_over(facilitator, reading)
    assert Recommendation.objects.count() == 0
    page = enter(chair).get(at(reading, "drafts")).content.decode()
    assert SHORT in page
    assert "Endorsed</span>" not in page

    # The third comes back.
    note_present(reading, reading.board.seats.members().exclude(is_chair=True)[1:])

    assert hand_over(facilitator, reading) == 1


def test_where_nothing_is_approved_nobody_has_to_be_there(reading, facilitator):
    RoomDraft.objects.update(approved_in_room=False)

    assert hand_over(facilitator, reading) == 0


def test_the_facilitator_goes_on_and_says_why(reading, facilitator, chair, member):
    client, page = enter(facilitator), at(reading, "room-quorum")
    assert SHORT in client.get(page).content.decode()
    assert client.post(page, {"reason": "Ice on the roads"}).status_code == 302
    for name in ("drafts", "meeting-page", "room"):
        shown = enter(member).get(at(reading, name)).content.decode()
        assert "Ice on the roads" in shown
        assert page not in shown
    assert "Endorsed</span>" in enter(chair).get(at(reading, "drafts")).content.decode()
    assert enter(chair).post(page, {"reason": "x"}).status_code == 403

    assert hand_over(facilitator, reading) == 1
    shown = enter(member).get(at(reading, "meeting-page")).content.decode()
    assert "handed over without the quorum" in shown
    assert "Ice on the roads" in shown
    assert client.get(page).status_code == 404


def test_a_reason_is_taken_back_and_needs_a_gap(reading, facilitator, member):
    go_on(facilitator, reading)
    assert quorum(reading).counts
    go_on(facilitator, reading, "")
    assert not quorum(reading).counts
    go_on(facilitator, reading)
    note_present(reading, reading.board.seats.members().exclude(is_chair=True)[1:])

    with pytest.raises(RuleError, match="no reason is needed"):
        go_on(facilitator, reading)
    answer = enter(facilitator).post(at(reading, "room-quorum"), {"reason": "x"})
    assert answer.status_code == 422
    with pytest.raises(RuleError, match="for the facilitator to do"):
        go_on(member, reading)
    # What was said before it was needed no more is not kept with the meeting.
    hand_over(facilitator, reading)
    assert Room.objects.get().below_quorum == ""


def test_who_has_a_word_on_a_draft_is_here_and_whose_seat_ended_is_not(
    reading, chair, member
):
    third = reading.board.seats.members().exclude(pk__in=[chair.pk, member.pk]).get()
    draft = RoomDraft.objects.get()
    DraftApproval.objects.create(draft=draft, seat=third, approves=False)
    assert (quorum(reading).present, quorum(reading).sit) == (3, 3)

    third.ended_on = third.from_on
    third.save()

    assert (quorum(reading).present, quorum(reading).sit) == (2, 2)


def test_presence_is_noted_while_the_list_is_read(reading, facilitator, member):
    client, room = enter(facilitator), at(reading, "room")
    shown = client.get(room).content.decode()
    assert 'name="absent"' in shown

    client.post(room, {"absent": member.pk})

    assert not Attendance.objects.get(seat=member).present
    assert "1 of 3 members are noted" in client.get(room).content.decode()
