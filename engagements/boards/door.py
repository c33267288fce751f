"""Who enters /b/: asked again at every request, by one question to the database.

The seat is current and its link not replaced; the board is not archived, but for pages
that show what was released; the person does not belong to the host today, under this or
another entry of the same address.
Whoever is signed in as somebody else is refused, whatever cookie the browser holds: the
host's people, operators, a member's colleagues.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.contrib.auth import SESSION_KEY
from django.db import connection
from django.db.models import Exists, OuterRef, QuerySet
from django.db.models.expressions import RawSQL
from django.utils import timezone

from accounts.models import User
from engagements import links
from engagements.boards.prepared import Mark, Prepared, prepare
from engagements.links import Held, Purpose
from engagements.models import BoardSeat

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

# Stand-ins that no row has.
_NOBODY, _NO_USER, _NEVER = UUID(int=0x0B0A4D), UUID(int=0x0B0A5E), 31_013


def read(request: HttpRequest, token: str) -> BoardSeat | None:
    """Whose link it is; None for one that is not open, whatever the reason.

    It opens on an archived board too: what was released stays readable.
    """
    held = links.read(Purpose.BOARD, token)
    return _first(_seats(request, held, archived=True))


def seat_of(request: HttpRequest, *, archived: bool = False) -> BoardSeat | None:
    """Whose sitting the browser holds; None for everybody who may not be here.

    `archived`: also of a board that was put away, for pages that only show what was
    released.
    """
    held = links.held_by(request, Purpose.BOARD)
    return _first(_seats(request, held, archived=archived))


def let_in(response: HttpResponse, seat: BoardSeat) -> None:
    """Put the cookie of a sitting into the browser; it is sent to /b/ only."""
    links.let_in(response, Purpose.BOARD, Held(seat.pk, seat.version))


@dataclass(frozen=True)
class Asked:
    """What a request asks the door: on which day, and about which link and sign-in."""

    today: date
    signed_in: bool
    values: dict[str, Any]


def asked_by(request: HttpRequest) -> Asked | None:
    """What the cookie of a request asks; None without one."""
    return _asked(request, links.held_by(request, Purpose.BOARD))


def let_in_on(
    today: date, *, signed_in: bool, archived: bool = False
) -> tuple[QuerySet[BoardSeat], dict[str, Mark]]:
    """Whom the door lets in, with stand-ins for what a request asks about."""
    columns = {field.name: field for field in BoardSeat._meta.concrete_fields}
    marks = {
        "pk": Mark(_NOBODY, columns["id"]),
        "version": Mark(_NEVER, columns["version"]),
    }
    rows = BoardSeat.objects.current(today).neutral().order_by()
    rows = rows.filter(pk=_NOBODY, version=_NEVER)
    if not archived:
        rows = rows.filter(board__archived_at=None)
    if signed_in:
        marks["user"] = Mark(_NO_USER, User._meta.pk)
        rows = rows.filter(Exists(_same(_NO_USER)))
    return rows, marks


def _seats(
    request: HttpRequest, held: Held | None, *, archived: bool
) -> QuerySet[BoardSeat]:
    asked = _asked(request, held)
    if asked is None:
        return BoardSeat.objects.none()
    question = _question(
        asked.today, connection.vendor, signed_in=asked.signed_in, archived=archived
    )
    values = question.values(**asked.values)
    inside = RawSQL(question.sql, values)  # noqa: S611 - its words are the ORM's own
    return BoardSeat.objects.filter(pk__in=inside)


def _asked(request: HttpRequest, held: Held | None) -> Asked | None:
    if held is None:
        return None
    values: dict[str, Any] = {"pk": held.pk, "version": held.version}
    user = request.session.get(SESSION_KEY)
    if user is not None:
        values["user"] = User._meta.pk.to_python(user)
    return Asked(timezone.localdate(), user is not None, values)


@lru_cache(maxsize=8)
def _question(
    today: date, _vendor: str, *, signed_in: bool, archived: bool
) -> Prepared:
    rows, marks = let_in_on(today, signed_in=signed_in, archived=archived)
    return prepare(rows.values("pk"), marks)


def _same(signed_in: UUID) -> QuerySet[User]:
    """Whoever is signed in, where that is the address the seat's link went to, and
    not an entry somebody else may keep. An operator never is."""
    people = User.objects.filter(pk=signed_in, is_staff=False, is_superuser=False)
    return people.filter(email__iexact=OuterRef("address"))


def _first(rows: QuerySet[BoardSeat]) -> BoardSeat | None:
    return rows.select_related(
        "board__supplier", "board__facilitator", "organisation", "contact"
    ).first()
