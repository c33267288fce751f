"""Who asks, and what the room was last: one question of the door, for quiet polling."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from typing import cast
from uuid import UUID

from django.db import connection
from django.db.models import Count, DateTimeField, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from engagements.boards import door
from engagements.boards.prepared import Mark, Prepared, prepare
from engagements.models import Attendance, BoardMeeting, Room

# Stand-ins that no row has.
_NO_MEETING, _NEVER = UUID(int=0x0B0A3E), datetime(1901, 2, 3, tzinfo=UTC)
# Whose page has been silent for so long is not shown as being there.
SILENT_AFTER = timedelta(minutes=3)


@dataclass(frozen=True)
class Seen:
    """A seat in front of a meeting; `tag` changes with everything it would see."""

    seat: UUID
    tag: str


def seen(asked: door.Asked | None, meeting: UUID, now: datetime) -> Seen | None:
    """What whoever asks sees of a meeting; None outside its door: one query."""
    if asked is None:
        return None
    question = _question(asked.today, connection.vendor, signed_in=asked.signed_in)
    found = question.fetch(
        **asked.values, meeting=meeting, silent_since=now - SILENT_AFTER
    )
    if not found or found[0][0] is None:
        return None
    phase, version, people = found[0]
    pk = asked.values["pk"]
    return Seen(pk, tag_of(version, people, phase, pk))


def tag_of(version: int, people: int, phase: str, seat: UUID) -> str:
    """The same as long as somebody would see the same."""
    return f"{version}-{people}-{phase}-{seat.hex[:12]}"


@lru_cache(maxsize=8)
def _question(today: date, _vendor: str, *, signed_in: bool) -> Prepared:
    rows, marks = door.let_in_on(today, signed_in=signed_in)
    theirs = BoardMeeting.objects.filter(pk=_NO_MEETING, board=OuterRef("board"))
    room = Room.objects.filter(meeting=_NO_MEETING)
    found = rows.values_list(
        Subquery(theirs.order_by().values("phase")),
        Coalesce(Subquery(room.values("version")), 0),
        Coalesce(Subquery(_counted(_NO_MEETING, _NEVER)), 0),
    )
    moment = Attendance._meta.get_field("last_seen_at")
    marks["meeting"] = Mark(_NO_MEETING, BoardMeeting._meta.pk)
    marks["silent_since"] = Mark(_NEVER, cast("DateTimeField", moment))
    return prepare(found, marks)


def here(meeting: UUID, now: datetime) -> QuerySet[Attendance]:
    """Who is in the room: ticked by the facilitator, or heard of lately."""
    return _heard_of(meeting, now - SILENT_AFTER)


def _heard_of(meeting: UUID, since: datetime) -> QuerySet[Attendance]:
    rows = Attendance.objects.filter(meeting=meeting, present=True)
    return rows.filter(Q(last_seen_at=None) | Q(last_seen_at__gte=since))


def _counted(meeting: UUID, since: datetime) -> QuerySet:
    rows = _heard_of(meeting, since).order_by().values("meeting")
    return rows.annotate(n=Count("pk")).values("n")
