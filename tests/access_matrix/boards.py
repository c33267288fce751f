"""A board of the own organisation, on which one person of the other sits."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils import timezone

from engagements.models import RecommendationPromise
from tests.factories import (
    BoardFactory,
    BoardMeetingFactory,
    BoardSeatFactory,
    RecommendationFactory,
    board_with_seats,
)

if TYPE_CHECKING:
    from tests.access_matrix.world import World


def add_board(world: World) -> None:
    """The member is the other side's manager; the colleagues do not know of it."""
    rows = world.rows
    rows["board"] = board = board_with_seats(2, supplier=rows["own"])
    # Of this one nobody of the other side knows.
    rows["new_board"] = new = BoardFactory(supplier=rows["own"])
    rows["archived_board"] = BoardFactory(
        supplier=rows["own"], archived_at=timezone.now()
    )
    rows["proposed_seat"] = BoardSeatFactory(board=new, invited_on=None)
    rows["board_meeting"] = BoardMeetingFactory(board=board)
    rows["recommendation"] = asked = RecommendationFactory(
        meeting=rows["board_meeting"],
        state="committed",
        decision="accept",
        decided_at=timezone.now(),
    )
    rows["board_promise"] = RecommendationPromise.objects.create(
        recommendation=asked,
        # An account manager of the host who knows nothing else of the board.
        owner=world.users["own_elsewhere"].contact,
        text="A calendar of changes",
        measure="It hangs there",
        original_due_on=asked.submitted_at.date(),
        due_on=asked.submitted_at.date(),
    )
    member = rows["other_manager"]
    # The link went to the address of the sign-in.
    member.email = member.user.email
    member.save(update_fields=["email"])
    rows["board_seat"] = BoardSeatFactory(
        board=board, organisation=rows["other"], contact=member
    )
