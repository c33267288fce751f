"""What facilitator and chair do about what was asked: tell the board what became of
it, merge it into another, take it back."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from engagements.boards import told_mails
from engagements.boards.actions.answering import held
from engagements.boards.states import (
    LEADS,
    TAKE_IN,
    Answer,
    may_answer,
    movers_of,
    refuse_answer,
)
from engagements.errors import RuleError
from engagements.models import BoardMeeting, BoardSeat, Recommendation
from engagements.notices.ledger import owe

State = Recommendation.State


def _by(action: Answer, row: Recommendation, seat: BoardSeat) -> Recommendation:
    found = held(row)
    refuse_answer(action, found, movers_of(seat))
    return found


def _both_held(*rows: Recommendation) -> list[Recommendation]:
    """Both as they stand. Held in one order: two people who merge both ways at once
    would otherwise wait for each other for ever."""
    found = Recommendation.objects.select_for_update(no_key=True)
    ours = found.filter(pk__in=[row.pk for row in rows]).order_by("pk")
    known = {row.pk: row for row in ours}
    return [known[row.pk] for row in rows]


def _report(row: Recommendation, now: datetime) -> None:
    row.state, row.reported_back_at = State.REPORTED_BACK, now
    row.save(update_fields=["state", "reported_back_at", "updated_at"])


@transaction.atomic
def report_back(
    *, by: BoardSeat, recommendation: Recommendation, now: datetime | None = None
) -> Recommendation:
    """Tell the members what became of one thing they asked for."""
    row = _by(Answer.REPORT, recommendation, by)
    _report(row, now or timezone.now())
    owe(told_mails.reported(row))
    return row


def report_in_opening(meeting: BoardMeeting) -> None:
    """Whatever is done or turned down is told with the opening report."""
    now = timezone.now()
    rows = Recommendation.objects.select_for_update(no_key=True, of=("self",)).filter(
        board=meeting.board_id, meeting__number__lt=meeting.number
    )
    told = [row for row in rows.order_by("pk") if may_answer(Answer.REPORT, row, LEADS)]
    for row in told:
        _report(row, now)
    owe(told_mails.opened(meeting))


@transaction.atomic
def merge(
    *, by: BoardSeat, recommendation: Recommendation, into: Recommendation
) -> Recommendation:
    """It is part of another one of the same board, which is answered for both.

    Raises RuleError for one that is closed: nobody would answer for both any more.
    """
    row, other = _both_held(recommendation, into)
    refuse_answer(Answer.MERGE, row, movers_of(by))
    if other.pk == row.pk or other.board_id != row.board_id:
        raise RuleError(_("Choose another recommendation of this board."), field="into")
    if other.state not in TAKE_IN:
        words = _("Number %(number)s is closed: %(state)s. Choose one still open.")
        said = {"number": other.number, "state": other.get_state_display().lower()}
        raise RuleError(words % said, field="into")
    row.state, row.merged_into = State.MERGED, other
    row.save(update_fields=["state", "merged_into", "updated_at"])
    return row


@transaction.atomic
def withdraw(*, by: BoardSeat, recommendation: Recommendation) -> Recommendation:
    """The board asks for it no more."""
    row = _by(Answer.WITHDRAW, recommendation, by)
    row.state = State.WITHDRAWN
    row.save(update_fields=["state", "updated_at"])
    return row
