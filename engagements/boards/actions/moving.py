"""Moving a meeting of a board through its phases, by a person who sits on it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from engagements.boards.actions import (
    charter,
    room_business,
    room_closing,
    room_quorum,
    room_stops,
)
from engagements.boards.actions.reporting import report_in_opening
from engagements.boards.actions.room_release import release
from engagements.boards.queries import boards as read
from engagements.boards.states import MEETING, MOVES, Meet, movers_of, refuse_meeting
from engagements.errors import RuleError
from engagements.models import Board, BoardMeeting, BoardSeat, MeetingPhase

Phase = BoardMeeting.Phase
Step = Callable[[BoardMeeting], None]


@transaction.atomic
def move(
    *, by: BoardSeat, meeting: BoardMeeting, action: Meet, confirmed: bool = False
) -> BoardMeeting:
    """Lead a meeting into its next phase, with the moment and the person.

    `confirmed`: whoever leads knows what is lost by going on.
    Raises RuleError, with the reason, where states or circumstances are against it.
    """
    # Two meetings of a board must not both find that no other is open.
    Board.objects.select_for_update(no_key=True).get(pk=meeting.board_id)
    row = BoardMeeting.objects.select_for_update(no_key=True).get(pk=meeting.pk)
    refuse_meeting(action, row, movers_of(by))
    for guard in BEFORE.get(action, ()):
        guard(row)
    for guard in () if confirmed else UNLESS_CONFIRMED.get(action, ()):
        guard(row)
    now = timezone.now()
    _end_phase(row, now)
    (row.phase,) = MEETING[action].after
    row.save(update_fields=["phase"])
    MeetingPhase.objects.create(
        meeting=row,
        phase=row.phase,
        started_at=now,
        ended_at=now if row.phase == Phase.CLOSED else None,
        moved_by=by,
    )
    for effect in AFTER.get(action, ()):
        effect(row)
    return row


def next_move(meeting: BoardMeeting) -> Meet | None:
    """The one move that leads on; None once a meeting is closed."""
    moves = (move for move in MOVES if meeting.phase in MEETING[move].before)
    return next(moves, None)


def to_confirm(meeting: BoardMeeting, action: Meet) -> list[str]:
    """What whoever leads on is asked to confirm before it."""
    found = []
    for guard in UNLESS_CONFIRMED.get(action, ()):
        try:
            guard(meeting)
        except RuleError as asked:
            found.append(asked.message)
    return found


def _end_phase(meeting: BoardMeeting, now: datetime) -> None:
    MeetingPhase.objects.filter(
        meeting=meeting, phase=meeting.phase, ended_at=None
    ).update(ended_at=now)


def refuse_unanswered(meeting: BoardMeeting) -> None:
    """A meeting does not open while something asked before has no answer."""
    waiting = read.unanswered(meeting)
    if waiting:
        words = "; ".join(f"{row.number}, {row.wording}" for row in waiting)
        raise RuleError(
            _("The host has not answered yet: %(asked)s.") % {"asked": words}
        )


def refuse_a_second(meeting: BoardMeeting) -> None:
    """One meeting of a board is open at a time."""
    other = read.open_meeting(meeting.board_id)
    if other is not None:
        words = _("Another meeting is open: %(title)s.")
        raise RuleError(words % {"title": other.title})


# What must hold before a move, and what follows from it, in this order.
BEFORE: dict[Meet, tuple[Step, ...]] = {
    Meet.OPEN: (refuse_a_second, refuse_unanswered),
    Meet.DELIBERATE: (room_business.refuse_without_agenda,),
    Meet.READ_OUT: (room_stops.refuse_stopped, room_closing.refuse_open_ends),
    Meet.RESPOND: (
        room_stops.refuse_stopped,
        room_closing.refuse_open_ends,
        room_quorum.refuse_below,
    ),
}
UNLESS_CONFIRMED: dict[Meet, tuple[Step, ...]] = {
    Meet.DELIBERATE: (charter.refuse_unratified,),
    Meet.RESPOND: (room_closing.refuse_empty, room_closing.refuse_unopened),
}
AFTER: dict[Meet, tuple[Step, ...]] = {
    Meet.OPEN: (report_in_opening,),
    Meet.READ_OUT: (room_closing.forget_authors,),
    Meet.RESPOND: (
        room_closing.withdraw_unopened,
        room_closing.withdraw_left_behind,
        room_quorum.keep_if_needed,
        release,
    ),
}
