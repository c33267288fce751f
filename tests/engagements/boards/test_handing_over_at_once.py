"""Two people lead a board at the same moment: handed over once, merged one way."""

from __future__ import annotations

import pytest
from django.db import connection

from engagements.boards.actions import moving, reporting
from engagements.boards.states import Meet
from engagements.errors import RuleError
from engagements.models import BoardMeeting, Notice, Recommendation
from tests.engagements.boards.conftest import note_present
from tests.engagements.parties.test_at_once import at_once
from tests.factories import (
    BoardMeetingFactory,
    MembershipFactory,
    RecommendationFactory,
    RoomDraftFactory,
    board_with_seats,
)

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]


@pytest.mark.parametrize("_time", range(5))
def test_facilitator_and_chair_hand_over_once(_time):
    assert connection.vendor == "postgresql"
    board = board_with_seats(2)
    MembershipFactory(organisation=board.supplier, role="executive")
    meeting = BoardMeetingFactory(board=board, phase=BoardMeeting.Phase.READ_OUT)
    for _ in range(3):
        RoomDraftFactory(meeting=meeting)
    note_present(meeting)
    leads = [seat for seat in board.seats.all() if seat.leads]

    results = at_once(
        *(
            lambda by=by: moving.move(by=by, meeting=meeting, action=Meet.RESPOND)
            for by in (*leads, leads[0])
        )
    )

    assert sum(isinstance(one, RuleError) for one in results) == 2
    numbers = Recommendation.objects.order_by("number").values_list("number", flat=True)
    assert list(numbers) == [1, 2, 3]
    assert Notice.objects.filter(kind="board-released").count() == 1
    assert meeting.phases.count() == 1


@pytest.mark.parametrize("_time", range(5))
def test_merging_both_ways_at_once_ends_one_way(_time):
    board = board_with_seats(2)
    meeting = BoardMeetingFactory(board=board, phase=BoardMeeting.Phase.RESPONSE)
    pair = [RecommendationFactory(meeting=meeting) for _ in range(2)]
    lead = next(seat for seat in board.seats.all() if seat.leads)

    results = at_once(
        *(
            lambda row=row, into=into: reporting.merge(
                by=lead, recommendation=row, into=into
            )
            for row, into in (pair, pair[::-1])
        )
    )

    assert sum(isinstance(one, RuleError) for one in results) == 1
    assert Recommendation.objects.filter(state="merged").count() == 1
