"""The signed link of a seat: /b/<token>/, for members and the facilitator alike."""

from __future__ import annotations

from engagements import links
from engagements.links import Purpose
from engagements.models import BoardSeat


def path(seat: BoardSeat) -> str:
    """The address somebody who sits is mailed, without the server's name."""
    return links.path(Purpose.BOARD, seat.pk, seat.version)


def address(seat: BoardSeat) -> str:
    """The whole address."""
    return links.address(Purpose.BOARD, seat.pk, seat.version)
