"""One write in the room at a time; the room's version rises with each.

Nothing outside the sealed tables is written. The meeting is locked, not changed: the
move that leads out of the room waits for whoever is writing in it.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TypeVar
from uuid import UUID

from django.db import DataError, IntegrityError, models, transaction
from django.db.models import F, Max
from django.utils.translation import gettext as _

from engagements.boards.states import Meet, movers_of, refuse_meeting
from engagements.errors import RuleError
from engagements.models import BoardMeeting, BoardSeat, Contribution, Room


class MovedOnError(RuleError):
    """What a page showed is another by now: whoever pressed has to see it first."""


Kept = TypeVar("Kept", bound=models.Model)


@contextmanager
def writing(
    meeting: BoardMeeting, seat: BoardSeat, action: Meet, *, quiet: bool = False
) -> Iterator[Room]:
    """The room, held for one write that the table of phases allows.

    Its `meeting` is the locked one: the one passed in may have moved on since it was
    read. `quiet`: nobody has to look again. Raises RuleError with the reason.
    """
    try:
        with transaction.atomic():
            rows = BoardMeeting.objects.select_for_update(no_key=True)
            row = rows.get(pk=meeting.pk)
            refuse_meeting(action, row, movers_of(seat))
            room, _created = Room.objects.get_or_create(meeting=row)
            room.meeting = row
            yield room
            if not quiet:
                mine = Room.objects.filter(pk=room.pk)
                mine.update(version=F("version") + 1)
    except (IntegrityError, DataError):
        # A database quotes what it refuses: that must not reach a log.
        raise RuleError(_("This could not be kept.")) from None


def facilitators_or(seat: BoardSeat, action: Meet) -> Meet:
    """Members do it as the action says, the facilitator as part of sorting."""
    return Meet.SORT if seat.is_facilitator else action


def row_of(rows: type[Kept], meeting: BoardMeeting, pk: UUID) -> Kept:
    """A row of this room. Raises RuleError where it is gone, or was never here."""
    found = rows._default_manager.filter(meeting=meeting, pk=pk).first()
    if found is None:
        raise RuleError(_("This is not in the room any more."))
    return found


def next_position(rows: type[models.Model], meeting: BoardMeeting) -> int:
    """The place after the last of a meeting's rows."""
    found = rows._default_manager.filter(meeting=meeting)
    return (found.aggregate(last=Max("position"))["last"] or 0) + 1


def open_one(meeting: BoardMeeting, pk: UUID) -> Contribution:
    """A contribution that has not ended yet. Raises RuleError otherwise."""
    row = row_of(Contribution, meeting, pk)
    if row.ends_as:
        words = _("This has ended already: %(how)s.")
        raise RuleError(words % {"how": row.get_ends_as_display().lower()})
    return row
