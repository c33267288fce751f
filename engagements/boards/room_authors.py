"""Who said what nobody's name stands beside: known by a key while the room is open."""

from __future__ import annotations

import hmac

from engagements.models import Attendance, BoardSeat, Contribution, Room


def key_of(room: Room, seat: BoardSeat) -> str:
    """The key a seat's unattributed words carry; empty once the secret is gone."""
    if room.secret is None:
        return ""
    return hmac.new(bytes(room.secret), seat.pk.bytes, "sha256").hexdigest()


def wrote(room: Room, row: Contribution, seat: BoardSeat) -> bool:
    """Whether these are the seat's own words, with or without its name."""
    if row.seat_id is not None:
        return row.seat_id == seat.pk
    key = key_of(room, seat)
    return bool(key) and hmac.compare_digest(row.author_key, key)


def speaks_for(room: Room, row: Contribution, seat: BoardSeat) -> bool:
    """The author. The facilitator, who asks the room, for what was captured; for what
    a member wrote without a name only once no member is there to say it."""
    if wrote(room, row, seat):
        return True
    if not seat.is_facilitator or row.seat_id is not None:
        return False
    return row.captured or not _anybody_there(row)


def _anybody_there(row: Contribution) -> bool:
    # Never ask for the author alone: noting one member after the other as away would
    # tell who it is.
    there = Attendance.objects.filter(meeting=row.meeting_id, present=True)
    return there.filter(seat__role=BoardSeat.Role.MEMBER).exists()
