"""Whether enough members are in the room for what they approve to count."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Exists, OuterRef

from engagements.boards.terms import least_present
from engagements.models import (
    Attendance,
    BoardMeeting,
    BoardSeat,
    DraftApproval,
    Room,
)


@dataclass(frozen=True)
class Quorum:
    """How many of those who sit are noted as present, and how many it takes."""

    present: int
    sit: int
    # Why the facilitator goes on without it; empty otherwise.
    reason: str

    @property
    def needed(self) -> int:
        """So many members must be present."""
        return least_present(self.sit)

    @property
    def short(self) -> bool:
        """Fewer are present than it takes."""
        return self.present < self.needed

    @property
    def counts(self) -> bool:
        """What the room approves counts: enough are here, or it was said why."""
        return not self.short or bool(self.reason)


def quorum(meeting: BoardMeeting, room: Room | None = None) -> Quorum:
    """Of those who sit today: one query, two without the room.

    Whoever has a word on a draft was here, whatever the list of those present says.
    """
    noted = Attendance.objects.filter(
        meeting=meeting, present=True, seat=OuterRef("pk")
    )
    spoke = DraftApproval.objects.filter(draft__meeting=meeting, seat=OuterRef("pk"))
    sit = BoardSeat.objects.current().neutral().members().filter(board=meeting.board_id)
    there = sit.annotate(there=Exists(noted) | Exists(spoke)).order_by()
    found = list(there.values_list("there", flat=True))
    if room is None:
        room = Room.objects.filter(meeting=meeting).first()
    return Quorum(sum(found), len(found), room.below_quorum if room else "")
