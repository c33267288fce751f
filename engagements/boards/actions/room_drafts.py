"""Drafts of recommendations: made of what was said, approved by those who are there.

A new wording is approved anew.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from uuid import UUID

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from engagements.boards.actions.room_holding import (
    MovedOnError,
    next_position,
    row_of,
    writing,
)
from engagements.boards.actions.room_stops import refuse_stopped
from engagements.boards.actions.room_words import refuse_more_than_sit
from engagements.boards.queries.room_drafts import parts_of, present, shown_as
from engagements.boards.states import Meet
from engagements.boards.support import ENDORSED, is_endorsed
from engagements.errors import RuleError
from engagements.models import (
    BoardMeeting,
    BoardSeat,
    Contribution,
    DraftApproval,
    Recommendation,
    RoomDraft,
)

# So many are released a meeting at most.
MOST = 7
End = Contribution.End


@dataclass(frozen=True)
class Words:
    """What a draft says; `ancestor` is what was asked before and is asked again."""

    wording: str
    problem: str = ""
    evidence: str = ""
    desired_outcome: str = ""
    benefits: str = ""
    ancestor: Recommendation | None = None


def start(
    *,
    by: BoardSeat,
    meeting: BoardMeeting,
    key: UUID,
    words: Words,
    contributions: Collection[UUID] = (),
) -> RoomDraft:
    """Word a recommendation. Raises RuleError for an eighth."""
    with writing(meeting, by, Meet.WORD):
        sent = RoomDraft.objects.filter(meeting=meeting, pk=key).first()
        if sent is not None:
            return sent
        refuse_stopped(meeting)
        live = RoomDraft.objects.filter(meeting=meeting, dropped=False)
        if live.count() >= MOST:
            words_ = _("At most %(most)d are released. Merge or drop one first.")
            raise RuleError(words_ % {"most": MOST})
        _refuse_foreign(meeting, words)
        draft = RoomDraft.objects.create(
            pk=key,
            meeting=meeting,
            position=next_position(RoomDraft, meeting),
            **vars(words),
        )
        _gather(draft, contributions)
        return draft


def change(
    *,
    by: BoardSeat,
    meeting: BoardMeeting,
    draft: UUID,
    shown: str,
    words: Words,
    contributions: Collection[UUID] | None = None,
) -> RoomDraft:
    """Another wording, which is approved anew; and of what it is made. What is left
    out ends as in `drop`.

    `shown` marks what was edited, parts included. Raises MovedOnError where somebody
    has changed it since.
    """
    with writing(meeting, by, Meet.WORD) as room:
        row = _live(meeting, draft)
        if shown != shown_as(row, parts_of(row)):
            words_ = _(
                "Somebody changed this draft meanwhile. What it says now stands beside "
                "your words; save again to replace it."
            )
            raise MovedOnError(words_)
        refuse_stopped(meeting)
        _refuse_foreign(meeting, words)
        differs = any(getattr(row, name) != said for name, said in vars(words).items())
        if differs:
            for name, said in vars(words).items():
                setattr(row, name, said)
            row.approved_in_room, row.hands = False, None
            row.save(force_update=True)
            row.approvals.all().delete()
        if contributions is not None:
            left = Contribution.objects.filter(draft=row).exclude(pk__in=contributions)
            _release(left, room.meeting)
            _gather(row, contributions)
        return row


def drop(*, by: BoardSeat, meeting: BoardMeeting, draft: UUID, shown: str) -> None:
    """Take a draft off. What it was made of is open again, in the read-out withdrawn:
    nothing can be said about it then. `shown` as in `approve`."""
    with writing(meeting, by, Meet.WORD) as room:
        row = _as_shown(_live(meeting, draft), shown)
        row.dropped = True
        row.save(update_fields=["dropped"])
        _release(Contribution.objects.filter(draft=row), room.meeting)


def approve(
    *,
    by: BoardSeat,
    meeting: BoardMeeting,
    draft: UUID,
    approves: bool,
    shown: str,
    dissent: str = "",
) -> None:
    """A member's word on a draft; what speaks against it leaves the room without a
    name.

    `shown` marks the words that were read. Raises MovedOnError for another wording by
    now, and RuleError for an approval with words against it.
    """
    with writing(meeting, by, Meet.APPROVE):
        refuse_stopped(meeting)
        row = _as_shown(_live(meeting, draft), shown)
        if approves and dissent:
            words = _(
                "You wrote what speaks against it. Press “I am against it”, or empty "
                "the field to approve."
            )
            raise RuleError(words)
        DraftApproval.objects.update_or_create(
            draft=row, seat=by, defaults={"approves": approves, "dissent": dissent}
        )


def tick(
    *,
    by: BoardSeat,
    meeting: BoardMeeting,
    draft: UUID,
    approved: bool,
    shown: str,
    hands: int | None = None,
) -> None:
    """Note that the room approved a wording, with the hands that were counted.

    Raises RuleError for more hands than there are members, and for too few; `shown` as
    in `approve`.
    """
    with writing(meeting, by, Meet.WORD):
        if approved:
            refuse_stopped(meeting)
        row = _as_shown(_live(meeting, draft), shown)
        row.approved_in_room = approved
        row.hands = hands if approved else None
        if row.hands is not None:
            _refuse_hands(row, refuse_more_than_sit(by.board_id, row.hands))
        row.save(update_fields=["approved_in_room", "hands"])


def _refuse_hands(row: RoomDraft, hands: int) -> None:
    there = present(row)
    said = {"hands": hands, "present": there, "share": ENDORSED}
    if hands > there:
        words = _(
            "There are more hands (%(hands)d) than members noted as present "
            "(%(present)d). Note first who is here."
        )
        raise RuleError(words % said)
    if not is_endorsed(hands, there):
        words = _(
            "%(hands)d of %(present)d hands are fewer than %(share)d in a hundred: "
            "the draft is not approved."
        )
        raise RuleError(words % said)


def _live(meeting: BoardMeeting, pk: UUID) -> RoomDraft:
    row = row_of(RoomDraft, meeting, pk)
    if row.dropped:
        raise RuleError(_("This draft was dropped."))
    return row


def _as_shown(row: RoomDraft, shown: str) -> RoomDraft:
    if shown_as(row) != shown:
        words = _("There is another wording by now. Read it first.")
        raise MovedOnError(words)
    return row


def _refuse_foreign(meeting: BoardMeeting, words: Words) -> None:
    asked = words.ancestor
    if asked is not None and (
        asked.board_id != meeting.board_id or asked.meeting_id == meeting.pk
    ):
        raise RuleError(_("This was not asked before by this board."), field="ancestor")


def _release(rows: QuerySet[Contribution], held: BoardMeeting) -> None:
    talking = held.phase == BoardMeeting.Phase.DELIBERATION
    rows.update(draft=None, ends_as=End.NONE if talking else End.WITHDRAWN)


def _gather(draft: RoomDraft, contributions: Collection[UUID]) -> None:
    rows = Contribution.objects.filter(meeting=draft.meeting_id, pk__in=contributions)
    for row in rows.exclude(draft=draft):
        _refuse_unready(row)
        row.draft, row.ends_as = draft, End.RECOMMENDATION
        row.save(update_fields=["draft", "ends_as"])


def _refuse_unready(row: Contribution) -> None:
    if row.ends_as:
        words = _("This has ended already: %(how)s.")
        raise RuleError(words % {"how": row.get_ends_as_display().lower()})
    taken = row.wording_state == Contribution.Wording.ACCEPTED
    asked = row.wording_state == Contribution.Wording.PROPOSED
    if asked or (row.kind == Contribution.Kind.OPERATIONAL and not taken):
        words = _("The author has not taken a strategic wording yet: “%(said)s”.")
        raise RuleError(words % {"said": row.text[:80]})
