"""Who enters /b/: asked again at every request, by one question to the database.

The seat is current and its link not replaced; the board is not archived; the person
does not belong to the host today, under this or another entry of the same address.
Whoever is signed in as somebody else is refused, whatever cookie the browser holds: the
host's people, operators, a member's colleagues.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib.auth import SESSION_KEY
from django.db.models import Exists, OuterRef, Q, QuerySet

from accounts.models import User
from engagements import links
from engagements.links import Held, Purpose
from engagements.models import BoardSeat

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse


def read(request: HttpRequest, token: str) -> BoardSeat | None:
    """Whose link it is; None for one that is not open, whatever the reason."""
    return _first(_seats(request, links.read(Purpose.BOARD, token)))


def seat_of(request: HttpRequest) -> BoardSeat | None:
    """Whose sitting the browser holds; None for everybody who may not be here."""
    return _first(seats_of(request))


def seats_of(request: HttpRequest) -> QuerySet[BoardSeat]:
    """The same as rows, one or none, for whoever needs more in the same question."""
    return _seats(request, links.held_by(request, Purpose.BOARD))


def let_in(response: HttpResponse, seat: BoardSeat) -> None:
    """Put the cookie of a sitting into the browser; it is sent to /b/ only."""
    links.let_in(response, Purpose.BOARD, Held(seat.pk, seat.version))


def _seats(request: HttpRequest, held: Held | None) -> QuerySet[BoardSeat]:
    if held is None:
        return BoardSeat.objects.none()
    rows = BoardSeat.objects.current().neutral()
    rows = rows.filter(pk=held.pk, version=held.version, board__archived_at=None)
    signed_in = request.session.get(SESSION_KEY)
    return rows if signed_in is None else rows.filter(Exists(_same(signed_in)))


def _same(signed_in: str) -> QuerySet[User]:
    """Whoever is signed in, where that is the person of the seat: as this contact or
    by the same address. An operator never is."""
    people = User.objects.filter(pk=signed_in, is_staff=False, is_superuser=False)
    return people.filter(
        Q(contact=OuterRef("contact")) | Q(email=OuterRef("contact__email"))
    )


def _first(rows: QuerySet[BoardSeat]) -> BoardSeat | None:
    return rows.select_related(
        "board__supplier", "board__facilitator", "organisation", "contact"
    ).first()
