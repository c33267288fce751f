"""Planning a meeting of a board: day, place, title; its phases are `moving`."""

from __future__ import annotations

from datetime import date

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from engagements.boards.states import Meet, movers_of, refuse_meeting
from engagements.errors import RuleError
from engagements.models import Board, BoardMeeting, BoardSeat


@transaction.atomic
def plan(
    *, by: BoardSeat, title: str, held_on: date, place: str, today: date
) -> BoardMeeting:
    """A next meeting, counted. Raises RuleError for a day that has passed."""
    _refuse_past(held_on, today)
    board = Board.objects.select_for_update(no_key=True).get(pk=by.board_id)
    last = board.meetings.aggregate(last=Max("number"))["last"] or 0
    return BoardMeeting.objects.create(
        board=board,
        number=last + 1,
        title=title.strip(),
        held_on=held_on,
        place=place.strip(),
    )


@transaction.atomic
def change(
    *,
    by: BoardSeat,
    meeting: BoardMeeting,
    title: str,
    held_on: date,
    place: str,
    today: date,
) -> BoardMeeting:
    """Another day, place or title, while it is planned."""
    row = _planned(by, meeting, Meet.EDIT)
    if held_on != row.held_on:
        _refuse_past(held_on, today)
    row.title, row.held_on, row.place = title.strip(), held_on, place.strip()
    row.save(update_fields=["title", "held_on", "place"])
    return row


@transaction.atomic
def call_off(*, by: BoardSeat, meeting: BoardMeeting) -> None:
    """Take a planned meeting away; nothing was said in it."""
    _planned(by, meeting, Meet.CALL_OFF).delete()


def _planned(by: BoardSeat, meeting: BoardMeeting, action: Meet) -> BoardMeeting:
    row = BoardMeeting.objects.select_for_update(no_key=True).get(pk=meeting.pk)
    refuse_meeting(action, row, movers_of(by))
    return row


def _refuse_past(held_on: date, today: date) -> None:
    if held_on < today:
        raise RuleError(_("Choose today or a later day."), field="held_on")
