"""A board, reached as those who sit reach it: by the mailed link."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from engagements.boards.links import path
from engagements.models import Attendance, BoardSeat
from tests.factories import BoardMeetingFactory, board_with_seats
from tests.sitting import Client


def enter(seat: BoardSeat) -> Client:
    """A browser behind the door of a seat."""
    client = Client()
    answer = client.post(path(seat))
    assert answer.status_code == 302
    assert answer["Location"] == "/b/"
    return client


def note_present(meeting, seats=None):
    """Note these members as being in the room; all who sit, where none are named."""
    for seat in meeting.board.seats.members() if seats is None else seats:
        Attendance.objects.create(meeting=meeting, seat=seat, present=True)


def ratified(board):
    """A charter the members have said yes to."""
    today = timezone.localdate()
    return board.charters.create(
        number=1,
        proposed_on=today,
        ratified_on=today,
        review_on=today + timedelta(days=365),
    )


@pytest.fixture
def board():
    """Facilitator, chair and two more members."""
    return board_with_seats(3)


@pytest.fixture
def facilitator(board):
    return board.seats.get(role="facilitator")


@pytest.fixture
def chair(board):
    return board.seats.get(is_chair=True)


@pytest.fixture
def member(board):
    return board.seats.members().filter(is_chair=False).first()


@pytest.fixture
def meeting(board):
    return BoardMeetingFactory(board=board, number=1)


@pytest.fixture
def talk(meeting):
    """The meeting while its doors are closed."""
    meeting.phase = meeting.Phase.DELIBERATION
    meeting.save()
    return meeting
