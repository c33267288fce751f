"""Who asks, and what the room was last: one question of the door, for quiet polling."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import Count, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from engagements.models import Attendance, BoardMeeting, BoardSeat, Room

# Whose page has been silent for so long is not shown as being there.
SILENT_AFTER = timedelta(minutes=3)


@dataclass(frozen=True)
class Seen:
    """A seat in front of a meeting; `tag` changes with everything it would see."""

    seat: BoardSeat
    phase: str
    tag: str


def seen(at_the_door: QuerySet[BoardSeat], meeting: UUID, now: datetime) -> Seen | None:
    """What is seen of a meeting; None where nobody is let in: one query."""
    theirs = BoardMeeting.objects.filter(pk=meeting, board=OuterRef("board"))
    room = Room.objects.filter(meeting=meeting)
    found = at_the_door.annotate(
        room_phase=Subquery(theirs.values("phase")[:1]),
        room_version=Coalesce(Subquery(room.values("version")[:1]), 0),
        room_people=Coalesce(Subquery(_counted(meeting, now)), 0),
    )
    seat = found.select_related("board").first()
    if seat is None or seat.room_phase is None:
        return None
    parts = (seat.room_version, seat.room_people, seat.room_phase, seat.pk.hex[:12])
    return Seen(seat, seat.room_phase, "-".join(map(str, parts)))


def here(meeting: UUID, now: datetime) -> QuerySet[Attendance]:
    """Who is in the room: ticked by the facilitator, or heard of lately."""
    rows = Attendance.objects.filter(meeting=meeting, present=True)
    lately = Q(last_seen_at=None) | Q(last_seen_at__gte=now - SILENT_AFTER)
    return rows.filter(lately)


def _counted(meeting: UUID, now: datetime) -> QuerySet:
    rows = here(meeting, now).order_by().values("meeting")
    return rows.annotate(n=Count("pk")).values("n")
