"""Mails to those who sit: the list that was handed over, and what became of it.

Sealed as all of theirs: whom a board writes to, and when, is nobody else's business.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext as _

from engagements.boards import links
from engagements.models import Board, BoardMeeting, BoardSeat, Notice, Recommendation
from engagements.notices.kinds import Letter, about
from engagements.notices.ledger import Owed
from engagements.wording import day_of

LIST = "board-list"
OPENED = "board-opened"
REPORTED = "board-reported"
ARCHIVED = "board-archived"
RULES = "board-rules"
SEALED = (LIST, OPENED, REPORTED, ARCHIVED, RULES)


def _to_seated(
    board: UUID, kind: str, pk: UUID, day: date | None = None, counter: int = 0
) -> Iterator[Owed]:
    seats = BoardSeat.objects.reached().filter(board=board)
    for seat in seats.select_related("contact"):
        yield Owed(
            kind=kind,
            recipient=seat.contact_id,
            organisation=seat.contact.organisation_id,
            lane=Notice.Lane.ORDINARY,
            object_id=pk,
            day=day,
            counter=counter,
        )


def released(meeting: BoardMeeting) -> list[Owed]:
    """The list that was handed over."""
    return list(_to_seated(meeting.board_id, LIST, meeting.pk))


def opened(meeting: BoardMeeting) -> list[Owed]:
    """The opening report of a meeting is there, where something was asked before."""
    earlier = Recommendation.objects.filter(
        board=meeting.board_id, meeting__number__lt=meeting.number
    )
    if not earlier.exists():
        return []
    return list(_to_seated(meeting.board_id, OPENED, meeting.pk))


def reported(row: Recommendation) -> list[Owed]:
    """What became of one thing, between two meetings."""
    return list(_to_seated(row.board_id, REPORTED, row.pk))


def archived(board: Board) -> list[Owed]:
    """The board was put away; what it released stays readable."""
    assert board.archived_at is not None  # noqa: S101 - it was just put away
    day = day_of(board.archived_at)
    return list(_to_seated(board.pk, ARCHIVED, board.pk, day))


def rules(board: Board) -> list[Owed]:
    """The host changed a rule the members had agreed to: told once for each rule and
    day."""
    named = board.attribution == Board.Attribution.NAMED
    rule, today = 2 * board.term_months + named, timezone.localdate()
    return list(_to_seated(board.pk, RULES, board.pk, today, rule))


def seated_wanted(notice: Notice) -> bool:
    """The person still sits."""
    return _seat(notice) is not None


def _board(notice: Notice) -> UUID | None:
    if notice.kind == ARCHIVED:
        # Not any more where the archiving was taken back meanwhile.
        boards = Board.objects.filter(pk=about(notice), archived_at__isnull=False)
        return boards.values_list("pk", flat=True).first()
    if notice.kind == RULES:
        boards = Board.objects.filter(pk=about(notice), archived_at=None)
        return boards.values_list("pk", flat=True).first()
    about_one = notice.kind == REPORTED
    rows = Recommendation.objects if about_one else BoardMeeting.objects
    found = rows.filter(pk=about(notice), board__archived_at=None)
    return found.values_list("board_id", flat=True).first()


def _seat(notice: Notice) -> BoardSeat | None:
    rows = BoardSeat.objects.reached()
    rows = rows.filter(contact=notice.recipient_id, board=_board(notice))
    return rows.select_related("board__supplier").first()


def seated_letter(notice: Notice) -> Letter:
    """The list, the opening report, or one thing reported back; with the own link."""
    seat = _seat(notice)
    assert seat is not None  # noqa: S101 - asked just before
    words = {
        "board": seat.board.name,
        "host": seat.board.supplier.name,
        "names": seat.board.get_attribution_display(),
        "months": seat.board.term_months,
    }
    subject, said, button = _seated_words(notice.kind)
    return Letter(
        subject % words,
        [
            said % words,
            _("The link needs no sign-in and is for you alone."),
        ],
        button,
        links.address(seat),
    )


def _of_board(kind: str) -> tuple[str, str, str]:
    if kind == ARCHIVED:
        return (
            _("%(board)s has ended"),
            _(
                "%(host)s has archived %(board)s: its room is closed. What was "
                "released, and what %(host)s answered, stays readable behind your link."
            ),
            _("Read what was released"),
        )
    return (
        _("A rule of %(board)s has changed"),
        _(
            "%(host)s has changed how %(board)s works. From its next meeting on: "
            "%(names)s. A term that begins or is renewed from now on lasts "
            "%(months)d months; one that runs keeps its length. If the charter you "
            "ratified says something else, facilitator and chair can put a new one "
            "to you."
        ),
        _("Open the board"),
    )


def _seated_words(kind: str) -> tuple[str, str, str]:
    if kind in {ARCHIVED, RULES}:
        return _of_board(kind)
    if kind == LIST:
        return (
            _("What %(board)s recommends"),
            _(
                "The list of the last meeting of %(board)s went to %(host)s, in the "
                "words that you approved. You can read it and take it along as PDF."
            ),
            _("Read the list"),
        )
    if kind == OPENED:
        return (
            _("You asked, we did: %(board)s"),
            _(
                "A meeting of %(board)s is open. Its report shows what was asked "
                "before and what %(host)s says became of it. Is it so? Your vote is "
                "seen by nobody else."
            ),
            _("Read and vote"),
        )
    return (
        _("What became of one thing: %(board)s"),
        _(
            "%(host)s has reported back on one recommendation of %(board)s. You read "
            "there what became of it."
        ),
        _("Read it"),
    )
