"""What facilitator and chair are told without asking: a charter whose year ends, a term
that ends, what the host answered. Sealed as all that goes to those who sit."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from engagements.boards import links
from engagements.models import BoardCharter, BoardSeat, Notice, Recommendation
from engagements.notices.kinds import Letter, about
from engagements.notices.ledger import Owed
from engagements.wording import day_of, long_day

YEAR, TERM, ANSWERED = "board-charter-year", "board-term", "board-answered"
SEALED = (YEAR, TERM, ANSWERED)
# Days before the end of a charter's year, and of a term; on the day itself.
AHEAD, ON_THE_DAY = 60, 0
# What is older is told of no more.
OLDEST = timedelta(days=60)


def _sitting() -> QuerySet[BoardSeat]:
    rows = BoardSeat.objects.current().neutral().filter(board__archived_at=None)
    return rows.select_related("contact", "organisation", "board__supplier")


def _leading() -> QuerySet[BoardSeat]:
    return _sitting().filter(Q(role=BoardSeat.Role.FACILITATOR) | Q(is_chair=True))


def _owed(kind: str, pk: UUID, seats: Iterable[BoardSeat], **which: Any) -> list[Owed]:
    return [
        Owed(
            kind=kind,
            recipient=seat.contact_id,
            organisation=seat.contact.organisation_id,
            lane=Notice.Lane.ORDINARY,
            object_id=pk,
            **which,
        )
        for seat in seats
    ]


def year_ends(charter: BoardCharter, threshold: int) -> list[Owed]:
    """To those who lead the board: its charter lapses soon, or has."""
    leads = _leading().filter(board=charter.board_id)
    which = {"threshold": threshold, "day": charter.review_on}
    return _owed(YEAR, charter.pk, leads, **which)


def term_ends(seat: BoardSeat) -> list[Owed]:
    """To the member and the facilitator; another last day is told again."""
    board = _sitting().filter(board=seat.board_id)
    told = board.filter(Q(pk=seat.pk) | Q(role=BoardSeat.Role.FACILITATOR))
    return _owed(TERM, seat.pk, told, threshold=AHEAD, day=seat.to_on)


def answers_told(board: UUID, day: date) -> list[Owed]:
    """To the facilitator, once a day: what the host answered until then."""
    leads = _leading().filter(board=board, role=BoardSeat.Role.FACILITATOR)
    return _owed(ANSWERED, board, leads, day=day)


def _newer(row: BoardCharter) -> QuerySet[BoardCharter]:
    rows = BoardCharter.objects.filter(board=row.board_id, number__gt=row.number)
    return rows.filter(proposed_on__isnull=False)


def wanted(notice: Notice) -> bool:
    """It is still so, and the person still sits where it matters."""
    if notice.kind == TERM:
        found = _ending(notice)
        return found is not None and found.to_on == notice.day and bool(_own(notice))
    if _own(notice) is None:
        return False
    if notice.kind == ANSWERED:
        return bool(_answered(notice))
    row = BoardCharter.objects.get(pk=about(notice))
    newer = _newer(row)
    # Whoever has asked the members again needs no reminder to do so.
    asked = newer if notice.threshold else newer.filter(ratified_on__isnull=False)
    return not asked.exists()


def _own(notice: Notice) -> BoardSeat | None:
    """By which seat the person is written to today."""
    rows = _sitting().filter(contact=notice.recipient_id)
    if notice.kind == TERM:
        board = BoardSeat.objects.filter(pk=about(notice)).values("board")
        facilitates = Q(role=BoardSeat.Role.FACILITATOR)
        return rows.filter(Q(pk=about(notice)) | facilitates, board__in=board).first()
    if notice.kind == ANSWERED:
        facilitates = Q(role=BoardSeat.Role.FACILITATOR)
        return rows.filter(facilitates, board=about(notice)).first()
    theirs = BoardCharter.objects.filter(pk=about(notice)).values("board")
    return _leading().filter(contact=notice.recipient_id, board__in=theirs).first()


def _ending(notice: Notice) -> BoardSeat | None:
    return _sitting().filter(pk=about(notice)).first()


def year_letter(notice: Notice) -> Letter:
    """The year of a charter ends, or is over."""
    seat = _seat(notice)
    row = BoardCharter.objects.get(pk=about(notice))
    assert row.review_on is not None  # noqa: S101 - one in force has it
    words = {"board": seat.board.name, "day": long_day(row.review_on)}
    if notice.threshold:
        subject = _("The charter of %(board)s ends on %(day)s")
        said = _(
            "The charter of %(board)s is agreed until %(day)s. Look at it together, "
            "and ask the members to say yes for another year."
        )
    else:
        subject = _("The charter of %(board)s has lapsed")
        said = _(
            "The charter of %(board)s was agreed until %(day)s, and the members have "
            "not said yes again. The board goes on; its pages say that it has lapsed."
        )
    return _letter(seat, subject % words, [said % words])


def term_letter(notice: Notice) -> Letter:
    """A term ends: to the person, and to the facilitator about the person."""
    seat, ending = _seat(notice), _ending(notice)
    assert ending is not None  # noqa: S101 - asked just before
    assert ending.to_on is not None  # noqa: S101 - the same
    words = {
        "board": seat.board.name,
        "day": long_day(ending.to_on),
        "name": ending.contact.name,
        "place": str(ending.organisation),
    }
    own = ending.pk == seat.pk
    subject = (
        _("Your term on %(board)s ends on %(day)s")
        if own
        else _("A term on %(board)s ends on %(day)s")
    )
    said = (
        _("You sit on %(board)s for %(place)s until %(day)s.")
        if own
        else _("%(name)s sits on %(board)s for %(place)s until %(day)s.")
    )
    after = (
        _("The term was renewed once: another person can follow.")
        if ending.renewed
        else _("The facilitator or the chair can renew the term, once.")
    )
    return _letter(seat, subject % words, [said % words, after])


def answered_letter(notice: Notice) -> Letter:
    """What the host said since the last such message, a paragraph each."""
    seat = _seat(notice)
    words = {"board": seat.board.name, "host": seat.board.supplier.name}
    return _letter(
        seat,
        _("%(host)s has answered %(board)s") % words,
        [
            _("%(host)s has answered what %(board)s recommends.") % words,
            *(_said(row) for row in _answered(notice)),
        ],
    )


def _said(row: Recommendation) -> str:
    words = {
        "number": row.number,
        "wording": row.wording,
        "answer": row.get_decision_display(),
    }
    if row.decision == Recommendation.Decision.DEFER and row.deferred_until:
        words["day"] = long_day(row.deferred_until)
        return _("%(number)d. %(wording)s: %(answer)s until %(day)s.") % words
    return _("%(number)d. %(wording)s: %(answer)s.") % words


def _answered(notice: Notice) -> list[Recommendation]:
    """Answered until the day of the message, and not told of in an earlier one."""
    assert notice.day is not None  # noqa: S101 - this kind always has one
    earlier = Notice.objects.filter(
        kind=ANSWERED,
        object_id=about(notice),
        recipient=notice.recipient_id,
        day__lt=notice.day,
    )
    told = earlier.order_by("-day").values_list("day", flat=True).first()
    since = told or notice.day - OLDEST
    rows = Recommendation.objects.filter(
        board=about(notice), decided_at__isnull=False
    ).exclude(state=Recommendation.State.WITHDRAWN)
    return [
        row
        for row in rows.order_by("number")
        if row.decided_at and since < day_of(row.decided_at) <= notice.day
    ]


def _seat(notice: Notice) -> BoardSeat:
    seat = _own(notice)
    assert seat is not None  # noqa: S101 - asked just before
    return seat


def _letter(seat: BoardSeat, subject: str, paragraphs: list[str]) -> Letter:
    return Letter(
        subject,
        [*paragraphs, _("The link needs no sign-in and is for you alone.")],
        _("Open the board"),
        links.address(seat),
    )
