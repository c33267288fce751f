"""Boards: the members are invited six weeks before a meeting, and a week before."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from engagements.boards import mails
from engagements.models import BoardMeeting, BoardSeat
from engagements.notices.ledger import Owed


def board_meetings_ahead(today: date) -> Iterator[list[Owed]]:
    """Of the two messages the last that has come: after a downtime one leaves."""
    rows = BoardMeeting.objects.filter(
        phase=BoardMeeting.Phase.PLANNED,
        held_on__gte=today,
        held_on__lte=today + timedelta(days=mails.SIX_WEEKS),
        board__archived_at=None,
    )
    for meeting in rows.order_by("held_on", "pk"):
        near = meeting.held_on <= today + timedelta(days=mails.ONE_WEEK)
        days = mails.ONE_WEEK if near else mails.SIX_WEEKS
        seats = BoardSeat.objects.reached(today)
        seats = seats.filter(board=meeting.board_id).select_related("contact")
        yield list(mails.invitations(meeting, seats, days))
