"""From criticism to strategy: sorted, worded anew, taken or kept, ended as one thing.

The facilitator sorts and proposes. The author answers; for what was captured the
facilitator ticks what the room says.
"""

from __future__ import annotations

from datetime import date
from uuid import UUID

from django.utils.translation import gettext as _

from engagements.boards import room_authors
from engagements.boards.actions.room_holding import (
    facilitators_or,
    open_one,
    row_of,
    writing,
)
from engagements.boards.actions.room_stops import refuse_stopped
from engagements.boards.states import Meet
from engagements.errors import RuleError
from engagements.models import (
    Attendance,
    BoardMeeting,
    BoardSeat,
    Contribution,
    Room,
)

End, Kind, Wording = Contribution.End, Contribution.Kind, Contribution.Wording


def sort(
    *, by: BoardSeat, meeting: BoardMeeting, contribution: UUID, kind: str
) -> Contribution:
    """Operational or strategic. Raises RuleError once it has ended."""
    with writing(meeting, by, Meet.SORT):
        row = open_one(meeting, contribution)
        row.kind = Kind(kind)
        row.save(update_fields=["kind"])
        return row


def propose(
    *, by: BoardSeat, meeting: BoardMeeting, contribution: UUID, wording: str
) -> Contribution:
    """Say the same as strategy; the author answers. No words take the proposal back."""
    with writing(meeting, by, Meet.SORT):
        row = open_one(meeting, contribution)
        if wording:
            refuse_stopped(meeting)
        row.strategic_wording = wording
        row.wording_state = Wording.PROPOSED if wording else Wording.NONE
        row.save(update_fields=["strategic_wording", "wording_state"])
        return row


def answer_wording(
    *,
    by: BoardSeat,
    meeting: BoardMeeting,
    contribution: UUID,
    wording: str,
    takes: bool,
) -> Contribution:
    """Take the proposed wording as it was shown, or keep one's own words."""
    with writing(meeting, by, facilitators_or(by, Meet.CONTRIBUTE)) as room:
        row = _own(room, by, open_one(meeting, contribution))
        if takes:
            refuse_stopped(meeting)
        if row.wording_state == Wording.NONE or row.strategic_wording != wording:
            raise RuleError(_("There is another wording by now. Read it first."))
        row.wording_state = Wording.ACCEPTED if takes else Wording.KEPT
        row.save(update_fields=["wording_state"])
        return row


def park(
    *, by: BoardSeat, meeting: BoardMeeting, contribution: UUID, today: date
) -> Contribution:
    """What is operational goes to a joint issue, with its author's consent."""
    with writing(meeting, by, facilitators_or(by, Meet.CONTRIBUTE)) as room:
        row = _own(room, by, open_one(meeting, contribution))
        if row.kind != Kind.OPERATIONAL:
            raise RuleError(_("Only what is operational goes to a joint issue."))
        row.ends_as, row.consent_on = End.ISSUE, today
        row.save(update_fields=["ends_as", "consent_on"])
        return row


def withdraw(
    *, by: BoardSeat, meeting: BoardMeeting, contribution: UUID
) -> Contribution:
    """Take it back. Where a named author is not in the room the facilitator may."""
    with writing(meeting, by, facilitators_or(by, Meet.CONTRIBUTE)) as room:
        row = open_one(meeting, contribution)
        if not may_withdraw(room, row, by):
            raise RuleError(_("This is for its author to say."))
        row.ends_as = End.WITHDRAWN
        row.save(update_fields=["ends_as"])
        return row


def reopen(*, by: BoardSeat, meeting: BoardMeeting, contribution: UUID) -> Contribution:
    """Take an end back, while nothing has left the room."""
    with writing(meeting, by, facilitators_or(by, Meet.CONTRIBUTE)) as room:
        row = row_of(Contribution, meeting, contribution)
        if row.issue_id is not None:
            raise RuleError(_("A joint issue is open about it."))
        if not may_reopen(room, row, by):
            raise RuleError(_("This is for its author to say."))
        row.ends_as, row.consent_on, row.draft = End.NONE, None, None
        row.save(update_fields=["ends_as", "consent_on", "draft"])
        return row


def may_withdraw(room: Room, row: Contribution, seat: BoardSeat) -> bool:
    """Its author may; the facilitator where a named author is not in the room."""
    if seat.is_facilitator and _author_is_away(row):
        return True
    return room_authors.speaks_for(room, row, seat)


def may_reopen(room: Room, row: Contribution, seat: BoardSeat) -> bool:
    """Its author may, and the facilitator for what was captured or sorted alone."""
    sorted_only = row.captured or row.ends_as == End.RECOMMENDATION
    return (seat.is_facilitator and sorted_only) or room_authors.wrote(room, row, seat)


def _own(room: Room, by: BoardSeat, row: Contribution) -> Contribution:
    if not room_authors.speaks_for(room, row, by):
        raise RuleError(_("This is for its author to say."))
    return row


def _author_is_away(row: Contribution) -> bool:
    if row.seat_id is None:
        return False
    here = Attendance.objects.filter(meeting=row.meeting_id, seat=row.seat_id)
    return not here.filter(present=True).exists()
