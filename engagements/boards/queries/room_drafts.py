"""The drafts of a meeting: what they say, of what they are made, who stands behind."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from hashlib import sha256
from uuid import UUID

from django.db.models import QuerySet

from engagements.boards.support import ENDORSED
from engagements.models import (
    Attendance,
    BoardMeeting,
    BoardSeat,
    Contribution,
    DraftApproval,
    Recommendation,
    RoomDraft,
)

_WORDS = ("wording", "problem", "evidence", "desired_outcome", "benefits")


def shown_as(row: RoomDraft, made_of: Iterable[UUID] = ()) -> str:
    """A mark of a draft as a page showed it: another one once a word is another, or
    where it is made of other contributions, for whoever edits it."""
    said = [getattr(row, name) for name in _WORDS]
    parts = [*said, str(row.ancestor_id), *sorted(one.hex for one in made_of)]
    return sha256("\0".join(parts).encode()).hexdigest()[:32]


def parts_of(row: RoomDraft) -> list[UUID]:
    """The contributions a draft is made of."""
    rows = Contribution.objects.filter(draft=row).order_by()
    return list(rows.values_list("pk", flat=True))


@dataclass(frozen=True)
class Approval:
    """What those present say of a draft; nobody's name is in it."""

    present: int
    approve: int
    against: int
    dissents: tuple[str, ...]
    in_room: bool
    mine: DraftApproval | None

    @property
    def needed(self) -> int:
        """So many of those present must approve: 60 in a hundred, rounded up."""
        return max(1, -(-self.present * ENDORSED // 100))

    @property
    def endorsed(self) -> bool:
        """Enough of those present, or noted as approved in the room."""
        return self.in_room or self.approve >= self.needed


@dataclass(frozen=True)
class Drafted:
    """A draft as those who sit see it."""

    number: int
    row: RoomDraft
    approval: Approval
    made_of: list[Contribution]

    @property
    def shown(self) -> str:
        """What an approval of these words is bound to."""
        return shown_as(self.row)


def drafts(meeting: BoardMeeting, seat: BoardSeat | None = None) -> list[Drafted]:
    """Those that stand, in their order: a fixed number of queries."""
    rows = RoomDraft.objects.filter(meeting=meeting, dropped=False)
    live = list(rows.select_related("ancestor"))
    words = list(DraftApproval.objects.filter(draft__in=live))
    made = list(Contribution.objects.filter(meeting=meeting, draft__in=live))
    sit = _sit(meeting.board_id)
    there = _there(meeting, sit)
    return [
        Drafted(
            number=number,
            row=row,
            approval=_approval(
                row,
                [one for one in words if one.draft_id == row.pk],
                sit,
                there,
                seat,
            ),
            made_of=[one for one in made if one.draft_id == row.pk],
        )
        for number, row in enumerate(live, 1)
    ]


def present(draft: RoomDraft) -> int:
    """Of how many members a draft is approved, as the list shows it."""
    sit = _sit(draft.meeting.board_id)
    answered = draft.approvals.values_list("seat_id", flat=True)
    return len(_there(draft.meeting, sit) | (sit & set(answered)))


def present_or_all(board: UUID, meeting: BoardMeeting | None) -> int:
    """So many members are in the room of a meeting; all who sit where none is open, or
    nobody is noted."""
    sit = _sit(board)
    return len(sit if meeting is None else _there(meeting, sit))


def _sit(board: UUID) -> set[UUID]:
    """The members whose door is open today: a seat that was shut during the meeting is
    neither present nor does its word count."""
    rows = BoardSeat.objects.current().neutral().members()
    return set(rows.filter(board=board).values_list("pk", flat=True))


def _there(meeting: BoardMeeting, sit: set[UUID]) -> set[UUID]:
    """Those of them who are or were in the room and have not left; all of them where
    nobody is noted as present."""
    rows = Attendance.objects.filter(meeting=meeting, present=True)
    return sit & set(rows.values_list("seat_id", flat=True)) or sit


def _approval(
    row: RoomDraft,
    words: list[DraftApproval],
    sit: set[UUID],
    there: set[UUID],
    seat: BoardSeat | None,
) -> Approval:
    counted = [one for one in words if one.seat_id in sit]
    # Whoever has answered is there, whatever the list of those present says.
    there = there | {one.seat_id for one in counted}
    return Approval(
        present=len(there),
        approve=sum(one.approves for one in counted),
        against=sum(not one.approves for one in counted),
        # What was said against it stays said.
        dissents=tuple(sorted(one.dissent for one in words if one.dissent)),
        in_room=row.approved_in_room,
        mine=next((one for one in words if seat and one.seat_id == seat.pk), None),
    )


def earlier(meeting: BoardMeeting) -> QuerySet[Recommendation]:
    """What this board asked for at earlier meetings, the newest first."""
    rows = Recommendation.objects.filter(
        board=meeting.board_id, meeting__number__lt=meeting.number
    )
    return rows.order_by("-number")


def ready(meeting: BoardMeeting) -> list[Contribution]:
    """What can become part of a recommendation: open, and where another wording was
    needed, taken by its author."""
    rows = Contribution.objects.filter(meeting=meeting, ends_as="")
    rows = rows.exclude(wording_state=Contribution.Wording.PROPOSED)
    operational = Contribution.Kind.OPERATIONAL
    taken = Contribution.Wording.ACCEPTED
    return [
        row for row in rows if row.kind != operational or row.wording_state == taken
    ]
