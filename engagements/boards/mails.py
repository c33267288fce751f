"""What those who sit are mailed, each time with their own link.

All of it is sealed: whether somebody of a board was written to, when and how often,
tells of the room. It stands in the ledger of the person's own organisation, where no
administrator sees it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from engagements.boards import links
from engagements.models import BoardCharter, BoardMeeting, BoardSeat, Notice
from engagements.notices.kinds import Letter, about
from engagements.notices.ledger import Owed
from engagements.wording import long_day

INVITATION = "board-invitation"
MEETING = "board-meeting"
CHARTER = "board-charter"
SEALED = (INVITATION, MEETING, CHARTER)
# Days before a meeting: the invitation, and what to read before.
SIX_WEEKS, ONE_WEEK = 42, 7


def invitation(seat: BoardSeat) -> Owed:
    """The link to a seat; each version once."""
    return _owed(seat, INVITATION, seat.pk, counter=seat.version)


def invitations(
    meeting: BoardMeeting, seats: Iterable[BoardSeat], days: int
) -> Iterator[Owed]:
    """A meeting ahead: each of these who sits. Another day is told again."""
    for seat in seats:
        yield _owed(seat, MEETING, meeting.pk, threshold=days, day=meeting.held_on)


def questions(charter: BoardCharter, seats: Iterable[BoardSeat]) -> Iterator[Owed]:
    """A charter to ratify: each of these members."""
    for seat in seats:
        yield _owed(seat, CHARTER, charter.pk)


def _owed(seat: BoardSeat, kind: str, pk: UUID, **which: Any) -> Owed:
    return Owed(
        kind=kind,
        recipient=seat.contact_id,
        organisation=seat.contact.organisation_id,
        lane=Notice.Lane.ORDINARY,
        object_id=pk,
        **which,
    )


def invitation_wanted(notice: Notice) -> bool:
    """The seat is held, and no newer link was sent."""
    rows = BoardSeat.objects.reached()
    rows = rows.filter(contact=notice.recipient_id, board__archived_at=None)
    return rows.filter(pk=about(notice), version=notice.counter).exists()


def invitation_letter(notice: Notice) -> Letter:
    """To sit, or to facilitate; the board, its host, and the link."""
    rows = BoardSeat.objects.select_related(
        "board__supplier", "organisation", "contact"
    )
    seat = rows.get(pk=about(notice))
    words = _words(seat)
    if seat.is_facilitator:
        said = _(
            "You are asked to facilitate %(board)s, a board of clients of %(host)s."
        )
    else:
        said = _(
            "You are invited to sit on %(board)s, a board of clients of %(host)s, for "
            "%(organisation)s until %(until)s."
        )
    return Letter(
        _("Your place on %(board)s") % words,
        [said % words, _closed(words), _link()],
        _("Open the board"),
        links.address(seat),
    )


def meeting_wanted(notice: Notice) -> bool:
    """It is still planned for that day, and the person still sits."""
    meeting = _meeting(notice)
    planned = meeting is not None and (meeting.phase, meeting.held_on) == (
        BoardMeeting.Phase.PLANNED,
        notice.day,
    )
    return planned and _seat(notice, meeting) is not None


def meeting_letter(notice: Notice) -> Letter:
    """Six weeks before, the day; a week before, what to read."""
    meeting = _meeting(notice)
    seat = _seat(notice, meeting)
    assert meeting is not None  # noqa: S101 - asked just before
    assert seat is not None  # noqa: S101 - asked just before
    words = _words(seat) | {
        "title": meeting.title,
        "day": long_day(meeting.held_on),
        "place": meeting.place,
    }
    near = notice.threshold == ONE_WEEK
    subject = _("In a week: %(title)s") if near else _("%(title)s on %(day)s")
    said = _("%(board)s meets on %(day)s: %(title)s.")
    read = _(
        "Please read before the agenda, what was asked last time, and what became of "
        "it."
    )
    place = [_("Place: %(place)s") % words] if meeting.place else []
    ahead = [read] if near else []
    return Letter(
        subject % words,
        [said % words, *place, *ahead, _link()],
        _("Open the board"),
        links.address(seat),
    )


def charter_wanted(notice: Notice) -> bool:
    """It is the newest one, and this member has not said yes."""
    charter = _charter(notice)
    seat = _seat(notice, charter)
    if charter is None or seat is None:
        return False
    newer = charter.board.charters.filter(
        number__gt=charter.number, proposed_on__isnull=False
    )
    return not newer.exists() and not charter.ratifications.filter(seat=seat).exists()


def charter_letter(notice: Notice) -> Letter:
    """The charter to read and to ratify."""
    seat = _seat(notice, _charter(notice))
    assert seat is not None  # noqa: S101 - asked just before
    words = _words(seat)
    return Letter(
        _("A charter to ratify: %(board)s") % words,
        [
            _("The charter of %(board)s is proposed. Do you say yes to it?") % words,
            _link(),
        ],
        _("Read and answer"),
        links.address(seat),
    )


def _seat(notice: Notice, row: BoardMeeting | BoardCharter | None) -> BoardSeat | None:
    if row is None:
        return None
    rows = BoardSeat.objects.reached()
    rows = rows.filter(board=row.board_id, board__archived_at=None)
    return (
        rows.filter(contact=notice.recipient_id)
        .select_related("board__supplier", "organisation", "contact")
        .first()
    )


def _meeting(notice: Notice) -> BoardMeeting | None:
    return BoardMeeting.objects.filter(pk=about(notice)).first()


def _charter(notice: Notice) -> BoardCharter | None:
    rows = BoardCharter.objects.select_related("board")
    return rows.filter(pk=about(notice)).first()


def _words(seat: BoardSeat) -> dict[str, str]:
    return {
        "board": seat.board.name,
        "host": seat.board.supplier.name,
        "organisation": seat.organisation.name if seat.organisation else "",
        "until": long_day(seat.to_on) if seat.to_on else "",
    }


def _closed(words: dict[str, str]) -> str:
    said = _("Nobody of %(host)s can open the board's room.")
    return said % words


def _link() -> str:
    return _("The link needs no sign-in and is for you alone.")
