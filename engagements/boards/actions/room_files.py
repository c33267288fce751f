"""Files of the room: checked as contract documents are, kept under a random name."""

from __future__ import annotations

from uuid import UUID

from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _

from engagements.boards.actions.room_holding import (
    facilitators_or,
    row_of,
    writing,
)
from engagements.boards.actions.room_stops import refuse_stopped
from engagements.boards.states import Meet
from engagements.contracts.actions.documents import clean_name
from engagements.contracts.uploads import content_type
from engagements.errors import RuleError
from engagements.models import BoardMeeting, BoardSeat, RoomFile

MOST = 20


def add_file(*, by: BoardSeat, meeting: BoardMeeting, file: UploadedFile) -> RoomFile:
    """Keep a file in the room. Raises RuleError for one that may not come in."""
    name = clean_name(str(file.name))
    content_type(name, file.size or 0, file)
    file.seek(0)
    row = RoomFile(meeting=meeting, name=name, added_by=by)
    row.file.save(name, file, save=False)
    try:
        with writing(meeting, by, facilitators_or(by, Meet.CONTRIBUTE)):
            refuse_stopped(meeting)
            _refuse_too_many(meeting)
            row.save(force_insert=True)
    except Exception:
        # Nothing names the file: it must not stay behind.
        row.file.delete(save=False)
        raise
    return row


def _refuse_too_many(meeting: BoardMeeting) -> None:
    if RoomFile.objects.filter(meeting=meeting).count() >= MOST:
        words = _("A room keeps %(most)d files at most.")
        raise RuleError(words % {"most": MOST}, field="file")


def remove_file(*, by: BoardSeat, meeting: BoardMeeting, file: UUID) -> None:
    """Take a file away for good: whoever brought it, facilitator or chair."""
    with writing(meeting, by, facilitators_or(by, Meet.CONTRIBUTE)):
        row = row_of(RoomFile, meeting, file)
        if not may_remove(row, by):
            raise RuleError(_("Whoever brought it takes it away, or the chair."))
        row.delete()


def may_remove(row: RoomFile, seat: BoardSeat) -> bool:
    """Whoever brought it, facilitator or chair."""
    return row.added_by_id == seat.pk or seat.leads
