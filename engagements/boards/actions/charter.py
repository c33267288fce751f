"""The charter of a board: drafted, proposed to the members, ratified by them."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from engagements.boards import mails
from engagements.boards.queries import boards as read
from engagements.boards.terms import term_end
from engagements.errors import RuleError
from engagements.models import (
    Board,
    BoardCharter,
    BoardMeeting,
    BoardSeat,
    CharterRatification,
    Standing,
)
from engagements.notices.ledger import owe

FIELDS = (
    "purpose",
    "membership",
    "commitments",
    "confidentiality",
    "conflict_of_interest",
    "competition_law",
    "recommendations",
)


@transaction.atomic
def write_draft(
    *, by: BoardSeat | Standing, board: Board, competitors: bool = False, **texts: str
) -> BoardCharter:
    """Keep the draft: the host's until the facilitator is named, then theirs who lead.

    Raises RuleError for everybody else.
    """
    row = Board.objects.select_for_update(no_key=True).get(pk=board.pk)
    _refuse_writer(by, row)
    draft = row.charters.filter(proposed_on=None).first()
    if draft is None:
        last = row.charters.aggregate(last=Max("number"))["last"] or 0
        draft = BoardCharter(board=row, number=last + 1)
    for name in FIELDS:
        setattr(draft, name, texts[name].strip())
    draft.competitors = competitors
    draft.save()
    return draft


@transaction.atomic
def propose(*, by: BoardSeat) -> BoardCharter:
    """Put the draft, or once a year the same words again, to the members.

    From now on its words stay. Raises RuleError where there is neither.
    """
    board = Board.objects.select_for_update(no_key=True).get(pk=by.board_id)
    _refuse_writer(by, board)
    today = timezone.localdate()
    row = board.charters.filter(proposed_on=None).first() or _again(board)
    row.proposed_on = today
    row.save()
    owe(mails.questions(row, _members(board)))
    return row


@transaction.atomic
def ratify(*, by: BoardSeat, charter: BoardCharter) -> BoardCharter:
    """A member says yes; with the quorum it is in force, for a year.

    Raises RuleError for the facilitator, and where a newer one is proposed.
    """
    board = Board.objects.select_for_update(no_key=True).get(pk=by.board_id)
    if by.is_facilitator:
        raise RuleError(_("Members ratify."))
    newest = board.charters.exclude(proposed_on=None).order_by("-number").first()
    if newest is None or newest.pk != charter.pk:
        raise RuleError(_("Another charter is proposed now. Read that one."))
    CharterRatification.objects.get_or_create(charter=newest, seat=by)
    return take_count(board) or newest


def take_count(board: Board) -> BoardCharter | None:
    """Where so many of those who sit today have said yes, the proposed charter is in
    force: the one that came into force now.

    Asked at each yes, whenever a seat is ended, and by the clock: with fewer members
    fewer are needed.
    """
    today = timezone.localdate()
    stands = read.charter(board, _members(board), today)
    asked = stands.proposed
    if asked is None or len(stands.said_yes) < max(stands.needed, 1):
        return None
    asked.ratified_on, asked.review_on = today, term_end(today, 12)
    asked.save(update_fields=["ratified_on", "review_on", "updated_at"])
    return asked


def take_counts() -> int:
    """The same on every board with a charter that waits; says how many came into
    force."""
    waits = BoardCharter.objects.filter(proposed_on__isnull=False, ratified_on=None)
    keys = waits.order_by().values_list("board", flat=True).distinct()
    found = 0
    for pk in keys:
        with transaction.atomic():
            board = Board.objects.select_for_update(no_key=True).get(pk=pk)
            found += take_count(board) is not None
    return found


def refuse_unratified(meeting: BoardMeeting) -> None:
    """A board's first meeting may be where its charter is ratified, or not: asked."""
    if not read.has_charter(meeting.board):
        words = _(
            "No charter is ratified. What it says of confidentiality and competition "
            "holds in the room only once the members have said yes to it: let them "
            "ratify it first, or confirm that the doors close without."
        )
        raise RuleError(words)


def _again(board: Board) -> BoardCharter:
    """The same words as a new version, to be said yes to for another year."""
    last = board.charters.order_by("-number").first()
    if last is None:
        raise RuleError(_("Write the charter first."))
    if last.ratified_on is None:
        raise RuleError(_("The members are asked already."))
    return BoardCharter(board=board, number=last.number + 1, **said(last))


def said(charter: BoardCharter | None) -> dict[str, Any]:
    """What a charter says, as a next version begins with it; nothing without one."""
    if charter is None:
        return {}
    return {name: getattr(charter, name) for name in (*FIELDS, "competitors")}


def _refuse_writer(by: BoardSeat | Standing, board: Board) -> None:
    drafts = not isinstance(by, BoardSeat) and board.facilitator_id is None
    if not drafts and not (isinstance(by, BoardSeat) and by.leads):
        raise RuleError(_("The facilitator or the chair writes the charter."))


def _members(board: Board) -> list[BoardSeat]:
    rows = board.seats.current().members().neutral()
    return list(rows.select_related("contact"))
