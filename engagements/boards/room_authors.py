"""Who said what nobody's name stands beside: known by a key while the room is open."""

from __future__ import annotations

import hmac

from engagements.models import BoardSeat, Contribution, Room


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
    """The author, and for words without a name the facilitator, who asks the room."""
    if wrote(room, row, seat):
        return True
    return seat.is_facilitator and row.seat_id is None
