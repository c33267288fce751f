"""Who sits on a board: put forward, invited, renewed, ended.

The host puts people forward until the facilitator is named. From then on facilitator
and chair invite, and they alone end a seat.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from engagements.boards import mails
from engagements.boards.actions.charter import take_count
from engagements.boards.terms import term_end
from engagements.errors import RuleError
from engagements.models import (
    Board,
    BoardSeat,
    Contact,
    Organisation,
    Side,
    Standing,
    acts_for,
    belongs_to,
)
from engagements.notices.ledger import owe
from engagements.parties.actions import add_contact, create_organisation
from engagements.search import name_key


@dataclass(frozen=True)
class Person:
    """Who is meant, as it was typed."""

    organisation: str
    name: str
    email: str
    job_title: str = ""


@transaction.atomic
def propose_seat(*, by: Standing, board: Board, person: Person) -> BoardSeat:
    """The host puts somebody forward; the facilitator invites or leaves it.

    Raises RuleError once the facilitator is named, and as `invite` does.
    """
    row = _locked(board)
    if row.facilitator_id is not None:
        raise RuleError(_("The facilitator invites now."))
    seat = _new_seat(by, row, person)
    _refuse_host(row, seat.contact)
    seat.save()
    return seat


@transaction.atomic
def invite(*, by: BoardSeat, person: Person, asked: bool = False) -> BoardSeat:
    """Invite somebody for an organisation that has no seat yet.

    `asked`: whoever invites knows that the person is not of the host, whose list has
    somebody of this address. Raises RuleError for the host, for whoever belongs to it,
    and for a second seat.
    """
    board = _led(by)
    seat = _new_seat(_as_host(by), board, person)
    _refuse_host(board, seat.contact, asked=asked, field="asked")
    seat.invited_on = seat.from_on
    return invite_to_sit(seat)


@transaction.atomic
def invite_proposed(
    *, by: BoardSeat, seat: BoardSeat, asked: bool = False
) -> BoardSeat:
    """Invite whom the host has put forward; the term begins today. `asked` as in
    `invite`."""
    board = _led(by)
    row = _seat(board, seat, invited_on=None)
    _refuse_host(board, row.contact, asked=asked)
    row.from_on = row.invited_on = timezone.localdate()
    row.to_on = term_end(row.from_on, board.term_months)
    return invite_to_sit(row)


@transaction.atomic
def drop_proposed(*, by: BoardSeat | Standing, board: Board, seat: BoardSeat) -> None:
    """Leave it: nothing is kept of a proposal nobody was invited for."""
    row = _led(by) if isinstance(by, BoardSeat) else _locked(board)
    _seat(row, seat, invited_on=None).delete()


@transaction.atomic
def renew(*, by: BoardSeat, seat: BoardSeat) -> BoardSeat:
    """Another term after this one, once."""
    board = _led(by)
    row = _seat(board, seat, role=BoardSeat.Role.MEMBER, invited_on__isnull=False)
    if row.renewed:
        words = _("%(name)s has had two terms.")
        raise RuleError(words % {"name": row.contact.name})
    assert row.to_on is not None  # noqa: S101 - a member's term ends, says the database
    row.to_on, row.renewed = term_end(row.to_on, board.term_months), True
    row.save(update_fields=["to_on", "renewed", "updated_at"])
    return row


@transaction.atomic
def end(*, by: BoardSeat, seat: BoardSeat) -> BoardSeat:
    """End a member's seat today: the link is shut at once."""
    row = _seat(_led(by), seat, role=BoardSeat.Role.MEMBER, invited_on__isnull=False)
    row.ended_on, row.is_chair = timezone.localdate(), False
    row.save(update_fields=["ended_on", "is_chair", "updated_at"])
    take_count(row.board)
    return row


@transaction.atomic
def make_chair(*, by: BoardSeat, seat: BoardSeat) -> BoardSeat:
    """Somebody else takes the chair."""
    board = _led(by)
    row = _seat(board, seat, role=BoardSeat.Role.MEMBER, invited_on__isnull=False)
    board.seats.filter(is_chair=True).update(is_chair=False)
    row.is_chair = True
    row.save(update_fields=["is_chair", "updated_at"])
    return row


@transaction.atomic
def new_link(*, by: BoardSeat, seat: BoardSeat) -> BoardSeat:
    """Send a new link; every earlier one is shut.

    Raises RuleError where another address was written into the person's entry since,
    and it is one of the host's.
    """
    board = _led(by)
    row = _seat(board, seat, invited_on__isnull=False)
    if row.contact.email != row.address:
        _refuse_host(board, row.contact)
    row.version += 1
    return invite_to_sit(row)


def invite_to_sit(seat: BoardSeat) -> BoardSeat:
    """Save a seat and owe its person the link, at the address known now."""
    seat.address = seat.contact.email
    seat.save()
    owe([mails.invitation(seat)])
    return seat


def _new_seat(by: Standing, board: Board, person: Person) -> BoardSeat:
    place = _organisation(by, board, person.organisation)
    if board.seats.filter(organisation=place, ended_on=None).exists():
        words = _("%(name)s already has its seat.")
        raise RuleError(words % {"name": place.name}, field="organisation")
    contact = _contact(by, place, person)
    _refuse_facilitator_s(board, place)
    today = timezone.localdate()
    return BoardSeat(
        board=board,
        supplier_id=board.supplier_id,
        organisation=place,
        contact=contact,
        from_on=today,
        to_on=term_end(today, board.term_months),
    )


def _organisation(by: Standing, board: Board, typed: str) -> Organisation:
    """A client the host knows by this name; else a new one, which the host keeps."""
    key = name_key(typed)
    if key == board.supplier.name_key:
        raise RuleError(
            _("The host has no seat on its own board."), field="organisation"
        )
    clients = Q(sides__side=Side.CLIENT, sides__relationship__supplier=board.supplier)
    known = Organisation.objects.filter(
        clients | Q(kept_by=board.supplier), name_key=key, archived_at=None
    )
    found = known.order_by("claimed_at", "pk").first()
    return found or create_organisation(by=by, name=typed)


def _contact(by: Standing, place: Organisation, person: Person) -> Contact:
    email = person.email.strip().lower()
    known = Contact.objects.present().filter(organisation=place, email=email)
    return known.first() or add_contact(
        by=by,
        organisation=place,
        name=person.name,
        email=email,
        job_title=person.job_title,
    )


def _refuse_host(
    board: Board, contact: Contact, *, asked: bool = False, field: str = "email"
) -> None:
    said = {"name": contact.name, "host": board.supplier.name}
    if acts_for(contact, board.supplier):
        words = _("%(name)s belongs to %(host)s, whose board it is.")
        raise RuleError(words % said, field="email")
    # Typed by the host: true or not, only the person can say.
    if not asked and belongs_to(contact, board.supplier):
        words = _(
            "%(host)s, whose board it is, has the address of %(name)s in the list of "
            "its own people. Ask first whether it is so."
        )
        raise RuleError(words % said, field=field)


def _refuse_facilitator_s(board: Board, place: Organisation) -> None:
    """A seat would make a member of whom the facilitator belongs to, by work, by role
    or by another entry of the address."""
    guide = board.facilitator
    if guide is None:
        return
    same = guide.organisation.name_key == place.name_key
    if same or belongs_to(guide, place):
        words = _(
            "%(name)s, who facilitates the board, belongs to %(place)s. A facilitator "
            "works for no member."
        )
        said = {"name": guide.name, "place": place.name}
        raise RuleError(words % said, field="organisation")


def _as_host(by: BoardSeat) -> Standing:
    """New organisations and people are kept by the host, who sees who sits anyway."""
    return Standing(by.contact, by.board.supplier, "facilitator")


def _led(by: BoardSeat) -> Board:
    """The board of whoever leads it, locked; RuleError for everybody else."""
    if not by.leads:
        raise RuleError(_("This is for the facilitator or the chair to do."))
    return _locked(by.board)


def _locked(board: Board) -> Board:
    rows = Board.objects.select_for_update(no_key=True, of=("self",))
    related = "supplier", "facilitator__organisation"
    return rows.select_related(*related).get(pk=board.pk)


def _seat(board: Board, seat: BoardSeat, **found: Any) -> BoardSeat:
    rows = board.seats.select_related("contact", "organisation")
    row = rows.filter(pk=seat.pk, ended_on=None, **found).first()
    if row is None:
        raise RuleError(_("This seat has changed meanwhile. Look again."))
    return row
