"""The door itself: the mailed link, and the board as those who sit on it see it."""

from __future__ import annotations

from uuid import UUID

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from engagements.boards import door, rights
from engagements.boards.queries import boards as read
from engagements.boards.terms import size_warning
from engagements.boards.views.behind import for_readers, may_ratify
from engagements.doors import by_link, closed_link
from engagements.models import Board, BoardSeat
from engagements.web import SignedInRequest


@by_link("GET", "HEAD", "POST")
def enter(request: HttpRequest, token: str) -> HttpResponse:
    """What the mailed link opens; its button goes on to the board."""
    seat = door.read(request, token)
    if seat is None:
        return closed_link(request)
    if request.method == "POST":
        return _let_in(seat)
    context = {"seat": seat, "run_by": settings.RUN_BY, "host": request.get_host()}
    return render(request, "engagements/boards/door.html", context)


@require_POST
def enter_signed_in(request: SignedInRequest, pk: UUID) -> HttpResponse:
    """Whoever is signed in and sits goes on by the same door."""
    board = get_object_or_404(Board.objects.visible_to(request.user), pk=pk)
    seat = rights.seat_on(request.user, board)
    if seat is None:
        raise PermissionDenied(_("The room is for those who sit."))
    return _let_in(seat)


def _let_in(seat: BoardSeat) -> HttpResponse:
    onward = redirect("engagements:board-home")
    door.let_in(onward, seat)
    return onward


def _facilitator_s(doubts: dict[UUID, str], sitting: list[BoardSeat]) -> str:
    """Whether the host counts the facilitator among its own people: all may read it."""
    leading = (row for row in sitting if row.is_facilitator)
    return next((doubts.get(row.pk, "") for row in leading), "")


@for_readers("GET", "HEAD")
def home(request: HttpRequest, seat: BoardSeat) -> HttpResponse:
    """The board as its members see it: what is asked, meetings, who else sits."""
    if seat.board.archived_at is not None:
        return _put_away(request, seat)
    today = timezone.localdate()
    sitting = read.seats(seat.board)
    stands = read.charter(seat.board, sitting, today)
    meetings = list(seat.board.meetings.all())
    context = {
        "seat": seat,
        "board": seat.board,
        "seats": sitting,
        "doubt": _facilitator_s(read.doubts(seat.board), sitting),
        "charter": stands,
        "warning": size_warning(stands.members) if seat.leads else "",
        "may_ratify": may_ratify(seat, stands),
        "meetings": meetings,
        "running": next((row for row in meetings if row.phase in read.UNDER_WAY), None),
        "today": today,
    }
    return render(request, "engagements/boards/home.html", context)


def _put_away(request: HttpRequest, seat: BoardSeat) -> HttpResponse:
    """Of an archived board: what was released, to read."""
    context = {
        "seat": seat,
        "board": seat.board,
        "asked": read.released(seat.board),
        "meetings": seat.board.meetings.filter(
            recommendations__isnull=False
        ).distinct(),
        "behind": True,
    }
    return render(request, "engagements/boards/door_archived.html", context)
