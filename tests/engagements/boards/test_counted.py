"""What is counted in a room, and what of it is told: by those who sit, as they are."""

from __future__ import annotations

import pytest
from django.urls import reverse
from django.utils import timezone

from engagements.boards.actions import moving
from engagements.boards.queries import room_drafts, room_ends, room_read_out
from engagements.boards.queries.room_quorum import quorum
from engagements.boards.states import Meet
from engagements.boards.support import Support
from engagements.errors import RuleError
from engagements.models import BoardMeeting, Contribution, DraftApproval
from tests.engagements.boards.conftest import enter, note_present
from tests.factories import MembershipFactory, RoomDraftFactory, UserFactory

pytestmark = pytest.mark.django_db


def ends(seat):
    """The seat is ended while the room is open."""
    type(seat).objects.filter(pk=seat.pk).update(ended_on=timezone.localdate())


def joins_the_host(seat):
    """The person takes a sign-in of the host's."""
    MembershipFactory(
        organisation=seat.supplier, contact__user=UserFactory(email=seat.address)
    )


@pytest.mark.parametrize("shut", [ends, joins_the_host])
def test_a_seat_that_was_shut_is_neither_present_nor_does_its_word_count(
    talk, chair, member, shut
):
    note_present(talk)
    third = talk.board.seats.members().exclude(pk__in=[chair.pk, member.pk]).get()
    draft = RoomDraftFactory(meeting=talk, approved_in_room=False)
    for seat, yes in ((chair, True), (member, True), (third, False)):
        words = "" if yes else "Too dear"
        DraftApproval.objects.create(
            draft=draft, seat=seat, approves=yes, dissent=words
        )

    shut(chair)

    (one,) = room_drafts.drafts(talk)
    said = one.approval
    assert (said.present, said.approve, said.against) == (2, 1, 1)
    assert said.dissents == ("Too dear",)
    assert not said.endorsed
    assert room_drafts.present(draft) == 2
    assert (quorum(talk).present, quorum(talk).sit) == (2, 2)

    shut(third)

    (one,) = room_drafts.drafts(talk)
    assert room_read_out.told_support(one) == Support("all", None)
    # What was said against it stays said.
    assert one.approval.dissents == ("Too dear",)


def test_what_was_part_of_a_draft_nobody_endorsed_became_no_strategy(talk, facilitator):
    note_present(talk)
    for endorsed in (True, False):
        draft = RoomDraftFactory(meeting=talk, approved_in_room=endorsed)
        Contribution.objects.create(
            meeting=talk,
            captured=True,
            text="Calls take weeks",
            kind="operational",
            ends_as="recommendation",
            draft=draft,
        )
    BoardMeeting.objects.update(phase="read_out")

    moving.move(by=facilitator, meeting=talk, action=Meet.RESPOND)

    found = room_ends.ends(talk)
    assert (found.recommendation, found.withdrawn, found.left_behind) == (1, 1, 1)
    assert (found.converted, found.operational) == (1, 2)
    room = reverse("engagements:board-room", args=[talk.pk])
    shown = enter(facilitator).get(room).content.decode()
    assert "1 of 2 operational ones became strategy: 50%" in shown
    assert "1 of them not endorsed" in shown


def test_nothing_is_handed_over_only_by_whoever_says_so(talk, facilitator):
    RoomDraftFactory(meeting=talk, approved_in_room=False)
    BoardMeeting.objects.update(phase="read_out")
    client = enter(facilitator)
    page = reverse("engagements:board-meeting-page", args=[talk.pk])
    move = reverse("engagements:board-meeting-move", args=[talk.pk])
    host = talk.board.supplier.name

    with pytest.raises(RuleError, match="nothing is handed over"):
        moving.move(by=facilitator, meeting=talk, action=Meet.RESPOND)
    shown = client.get(page).content.decode()
    assert "has nothing to answer. Confirm" in shown
    assert "Hand over to the host" not in shown
    client.post(move, {"move": "respond", "confirm": "1"})

    shown = client.get(page).content.decode()
    assert f"and {host} has nothing to answer" in shown
    assert "30 working days" not in shown
