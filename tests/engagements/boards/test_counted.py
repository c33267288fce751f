"""What is counted in a room, and what of it is told: by those who sit, as they are."""

from __future__ import annotations

import pytest
from django.utils import timezone

from engagements.boards.queries import room_drafts, room_read_out
from engagements.boards.queries.room_quorum import quorum
from engagements.boards.support import Support
from engagements.models import DraftApproval
from tests.engagements.boards.conftest import note_present
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
