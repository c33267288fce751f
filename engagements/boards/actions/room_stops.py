"""Everybody in the room can stop it; the facilitator goes on, with a sentence."""

from __future__ import annotations

from django.utils.translation import gettext as _

from engagements.boards.actions.room_holding import next_position, writing
from engagements.boards.queries.room_stops import stops
from engagements.boards.states import Meet
from engagements.errors import RuleError
from engagements.models import BoardMeeting, BoardSeat, RoomStop


def stop(*, by: BoardSeat, meeting: BoardMeeting) -> None:
    """Nothing is added from now on; twice is once. Who pressed is kept nowhere."""
    with writing(meeting, by, Meet.STOP):
        if not stops(meeting).stopped:
            position = next_position(RoomStop, meeting)
            RoomStop.objects.create(meeting=meeting, position=position)


def lift(*, by: BoardSeat, meeting: BoardMeeting, sentence: str) -> None:
    """The room goes on, and how. Raises RuleError where it is not stopped."""
    with writing(meeting, by, Meet.LIFT):
        found = stops(meeting)
        if not found.stopped:
            raise RuleError(_("The room is not stopped."))
        row = found.rows[-1]
        row.sentence = sentence
        row.save(update_fields=["sentence"])


def refuse_stopped(meeting: BoardMeeting) -> None:
    """While the room is stopped nothing is added, worded or approved, and nobody leads
    on."""
    if stops(meeting).stopped:
        words = _(
            "Somebody said stop. Nothing is added until the facilitator goes on with a "
            "sentence."
        )
        raise RuleError(words)
