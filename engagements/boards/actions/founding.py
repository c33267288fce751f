"""The host founds a board, names its facilitator, puts it away."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from engagements.boards import told_mails
from engagements.boards.actions.seats import invite_to_sit
from engagements.boards.figures import waits_for_answer
from engagements.boards.queries.boards import open_meeting
from engagements.errors import RuleError
from engagements.history import differences, record_change
from engagements.models import (
    Board,
    BoardSeat,
    Contact,
    Organisation,
    Recommendation,
    Standing,
    belongs_to,
)
from engagements.notices.ledger import owe
from engagements.parties.actions import outsider
from engagements.search import name_key


@transaction.atomic
def found_board(
    *, by: Standing, name: str, attribution: str, term_months: int
) -> Board:
    """A board of the own organisation; nobody sits on it yet."""
    _refuse_taken(by, name)
    board = Board.objects.create(
        supplier=by.organisation,
        name=_stripped(name),
        attribution=attribution,
        term_months=term_months,
        founded_by=by.contact,
    )
    record_change(board, {"name": [None, board.name]}, by=by)
    return board


@transaction.atomic
def change_board(
    *, by: Standing, board: Board, name: str, attribution: str, term_months: int
) -> Board:
    """Another name or rule; a term that runs keeps its length.

    Those who sit are told of another rule, which holds from the next meeting on. Raises
    RuleError for another one about names while a meeting is open: whoever said
    something then said it under the one that held.
    """
    row = _locked(board)
    _refuse_taken(by, name, row)
    facts = {
        "name": _stripped(name),
        "attribution": attribution,
        "term_months": term_months,
    }
    changed = differences(row, facts)
    if "attribution" in changed:
        _refuse_during_a_meeting(row, field="attribution")
    for field in changed:
        setattr(row, field, facts[field])
    row.save(update_fields=[*changed, "updated_at"])
    record_change(row, changed, by=by)
    if {"attribution", "term_months"} & set(changed):
        owe(told_mails.rules(row))
    return row


@transaction.atomic
def archive_board(*, by: Standing, board: Board) -> Board:
    """Put a board away: its room is shut, what it released stays readable.

    Raises RuleError during a meeting, while the board waits for an answer, and while
    something promised to it is under way.
    """
    row = _locked(board)
    _refuse_during_a_meeting(row)
    _refuse_unanswered(row)
    _refuse_unfinished(row)
    row.archived_at = timezone.now()
    row.save(update_fields=["archived_at", "updated_at"])
    record_change(row, {"archived_at": [None, str(row.archived_at.date())]}, by=by)
    owe(told_mails.archived(row))
    return row


@transaction.atomic
def restore_board(*, by: Standing, board: Board) -> Board:
    """Take it out of the archive: its room opens again.

    Raises RuleError where another board has its name by now.
    """
    row = _locked(board)
    if row.archived_at is None:
        return row
    _refuse_taken(by, row.name, row)
    before = str(row.archived_at.date())
    row.archived_at = None
    row.save(update_fields=["archived_at", "updated_at"])
    record_change(row, {"archived_at": [before, None]}, by=by)
    return row


@transaction.atomic
def name_facilitator(
    *,
    by: Standing,
    board: Board,
    name: str,
    email: str,
    works_for: str,
    paid_by: str,
    formerly: str = "",
) -> BoardSeat:
    """Who leads the board: somebody who belongs to nobody on it.

    Whoever led it before leaves. Raises RuleError for somebody of the host or of a
    member, and while a meeting is open.
    """
    row = _locked(board)
    _refuse_partisan_employer(row, works_for)
    contact = outsider(
        by=by, name=name, email=email.strip().lower(), works_for=works_for
    )
    _refuse_partisan(row, contact)
    told = {
        "facilitator_paid_by": paid_by.strip(),
        "facilitator_formerly": formerly.strip(),
    }
    changed = differences(row, told | {"facilitator": contact})
    if "facilitator" in changed or _moved_on(row, contact):
        _refuse_during_a_meeting(row)
    row.facilitator = contact
    row.facilitator_paid_by = told["facilitator_paid_by"]
    row.facilitator_formerly = told["facilitator_formerly"]
    row.save(update_fields=[*told, "facilitator", "updated_at"])
    record_change(row, changed, by=by)
    return _seat_of(row, contact)


def _seat_of(board: Board, contact: Contact) -> BoardSeat:
    """The facilitator's seat, kept where it is the same person's; at another address
    by now a new link goes there."""
    today = timezone.localdate()
    held = board.seats.filter(role=BoardSeat.Role.FACILITATOR, ended_on=None)
    if kept := held.filter(contact=contact).select_related("contact").first():
        if kept.address == contact.email:
            return kept
        kept.version += 1
        return invite_to_sit(kept)
    held.update(ended_on=today)
    return invite_to_sit(
        BoardSeat(
            board=board,
            supplier_id=board.supplier_id,
            contact=contact,
            role=BoardSeat.Role.FACILITATOR,
            from_on=today,
            invited_on=today,
        )
    )


def _moved_on(board: Board, contact: Contact) -> bool:
    """The facilitator stays the same person and has another address by now."""
    rows = board.seats.filter(role=BoardSeat.Role.FACILITATOR, ended_on=None)
    return rows.filter(contact=contact).exclude(address=contact.email).exists()


def _refuse_partisan_employer(board: Board, works_for: str) -> None:
    """The name of the host or a member would found a second organisation called like
    it, and the person would pass for somebody of neither."""
    given = name_key(works_for)
    for place in (board.supplier, *_members(board)):
        if name_key(place.name) == given:
            words = _(
                "%(name)s is on the board. A facilitator works for neither the host "
                "nor a member."
            )
            raise RuleError(words % {"name": place.name}, field="works_for")


def _members(board: Board) -> list[Organisation]:
    seats = board.seats.members().filter(ended_on=None).select_related("organisation")
    return [seat.organisation for seat in seats if seat.organisation]


def _refuse_partisan(board: Board, contact: Contact) -> None:
    if belongs_to(contact, board.supplier):
        words = _(
            "%(name)s belongs to %(host)s. A facilitator speaks for nobody of the "
            "board: the members say there what they would not say to the host."
        )
        said = {"name": contact.name, "host": board.supplier.name}
        raise RuleError(words % said, field="email")
    for place in _members(board):
        if belongs_to(contact, place):
            words = _("%(name)s belongs to %(member)s, which has a seat.")
            said = {"name": contact.name, "member": place.name}
            raise RuleError(words % said, field="email")


def _refuse_during_a_meeting(board: Board, field: str = "") -> None:
    meeting = open_meeting(board.pk)
    if meeting is not None:
        words = _("A meeting is open: %(title)s. Wait until it is over.")
        raise RuleError(words % {"title": meeting.title}, field=field)


def _refuse_unanswered(board: Board) -> None:
    """Behind a shut door nobody would read an answer, or learn that none came."""
    rows = Recommendation.objects.filter(board=board).order_by("number")
    waiting = [row for row in rows if waits_for_answer(row)]
    if waiting:
        words = _("Say yes or no first to what the board asked for: %(asked)s.")
        asked = "; ".join(f"{row.number}, {row.wording}" for row in waiting)
        raise RuleError(words % {"asked": asked})


def _refuse_unfinished(board: Board) -> None:
    """Nobody could say any more that it is done, or be told so."""
    state = Recommendation.State
    rows = Recommendation.objects.filter(
        board=board, state__in=[state.COMMITTED, state.IN_PROGRESS]
    )
    asked = "; ".join(f"{row.number}, {row.wording}" for row in rows.order_by("number"))
    if asked:
        words = _(
            "Promised to the board and under way: %(asked)s. Finish it first, and say "
            "that it is done; or the facilitator withdraws what is asked for no more."
        )
        raise RuleError(words % {"asked": asked})


def _refuse_taken(by: Standing, name: str, board: Board | None = None) -> None:
    others = Board.objects.filter(
        supplier=by.organisation, name=_stripped(name), archived_at=None
    )
    if board is not None:
        others = others.exclude(pk=board.pk)
    if others.exists():
        raise RuleError(_("There is a board of this name already."), field="name")


def _stripped(name: str) -> str:
    return " ".join(name.split())


def _locked(board: Board) -> Board:
    rows = Board.objects.select_for_update(no_key=True, of=("self",))
    return rows.select_related("supplier").get(pk=board.pk)
