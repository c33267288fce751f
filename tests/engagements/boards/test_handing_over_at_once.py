"""Two people lead a board at the same moment: handed over once, merged one way."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from time import sleep

import pytest
from django.db import connection, transaction

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


def waiting(many):
    """Until so many wait for a row that somebody holds."""
    for _try in range(200):
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_stat_clear_snapshot()")
            cursor.execute(
                "SELECT count(*) FROM pg_stat_activity"
                " WHERE wait_event_type = 'Lock' AND datname = current_database()"
            )
            if cursor.fetchone()[0] == many:
                return
        sleep(0.05)
    raise AssertionError(many)


def test_merging_both_ways_at_once_ends_one_way():
    board = board_with_seats(2)
    meeting = BoardMeetingFactory(board=board, phase=BoardMeeting.Phase.RESPONSE)
    rows = [RecommendationFactory(meeting=meeting) for _ in range(2)]
    first, second = sorted(rows, key=lambda row: row.pk)
    lead = next(seat for seat in board.seats.all() if seat.leads)

    def merge(row, into):
        return at_once(lambda: reporting.merge(by=lead, recommendation=row, into=into))[
            0
        ]

    # Both want the first; whoever held the second meanwhile would wait for ever.
    with ThreadPoolExecutor(2) as pool:
        with transaction.atomic():
            Recommendation.objects.select_for_update().get(pk=first.pk)
            results = [pool.submit(merge, first, second)]
            waiting(1)
            results.append(pool.submit(merge, second, first))
            waiting(2)

        merged, refused = (one.result() for one in results)

    assert merged.merged_into == second
    assert isinstance(refused, RuleError)
    assert Recommendation.objects.filter(state="merged").count() == 1
