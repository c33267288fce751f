"""The signed link of a side of an issue: account, facts, closing, check; no account."""

from __future__ import annotations

from typing import TYPE_CHECKING

from engagements import links
from engagements.links import Held, Purpose
from engagements.models import IssueSide, reachable

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse


def path(seat: IssueSide) -> str:
    """The address a person of that side is mailed, without the server's name."""
    return links.path(Purpose.ISSUE, seat.pk, seat.version)


def address(seat: IssueSide) -> str:
    """The whole address."""
    return links.address(Purpose.ISSUE, seat.pk, seat.version)


def read(token: str) -> IssueSide | None:
    """Whose link it is; None for one that is not open, whatever the reason."""
    return _seat(links.read(Purpose.ISSUE, token))


def let_in(response: HttpResponse, seat: IssueSide) -> None:
    """Put the cookie of a sitting into the browser; it is sent to these pages only."""
    links.let_in(response, Purpose.ISSUE, Held(seat.pk, seat.version))


def held_by(request: HttpRequest) -> IssueSide | None:
    """Whose sitting the browser of a request holds; None without a valid cookie."""
    return _seat(links.held_by(request, Purpose.ISSUE))


def _seat(held: Held | None) -> IssueSide | None:
    if held is None:
        return None
    rows = IssueSide.objects.filter(
        reachable("contact__"),
        pk=held.pk,
        version=held.version,
        issue__relationship__archived_at=None,
    )
    return rows.select_related(
        "contact", "issue__relationship__client", "issue__relationship__supplier"
    ).first()
