"""The log of a room's stops, in their order; whoever pressed is nowhere in it."""

from __future__ import annotations

from dataclasses import dataclass

from engagements.models import BoardMeeting, RoomStop


@dataclass(frozen=True)
class Stops:
    """What the log of one meeting says."""

    rows: list[RoomStop]

    @property
    def stopped(self) -> bool:
        """The last one is not lifted."""
        return bool(self.rows) and not self.rows[-1].sentence

    @property
    def went_on(self) -> RoomStop | None:
        """The last one, once the facilitator went on with a sentence."""
        return self.rows[-1] if self.rows and not self.stopped else None


def stops(meeting: BoardMeeting) -> Stops:
    """One query."""
    return Stops(list(RoomStop.objects.filter(meeting=meeting)))
