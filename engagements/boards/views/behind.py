"""Pages behind the door: who sits is asked again at every request."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.forms import BaseForm
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from engagements.boards import door
from engagements.boards.actions.room_holding import MovedOnError
from engagements.boards.queries.boards import Standing
from engagements.boards.states import Meet, may_meet, movers_of
from engagements.doors import View, by_link, closed_link, unplaced
from engagements.errors import RuleError
from engagements.models import BoardMeeting, BoardSeat


class NotOpenError(Http404):
    """The page is open no more: its room, or what it is about."""

    def __init__(self, seat: BoardSeat, meeting: BoardMeeting, why: str) -> None:
        super().__init__(why)
        self.seat, self.meeting, self.why = seat, meeting, why


def for_seated(*methods: str) -> Callable[[View], View]:
    """Only with the cookie of a seat that is held today; the view is given the seat.

    The door comes before the method: outside it every address answers alike.
    """
    return _through(methods, archived=False)


def for_readers(*methods: str) -> Callable[[View], View]:
    """The same, also once the board is archived: what was released stays readable."""
    return _through(methods, archived=True)


def _through(methods: tuple[str, ...], *, archived: bool) -> Callable[[View], View]:
    def decorate(view: View) -> View:
        checked = require_http_methods(methods)(view)

        @wraps(view)
        def inner(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            seat = door.seat_of(request, archived=archived)
            if seat is None:
                return closed_link(request)
            try:
                return checked(request, seat, *args, **kwargs)
            except NotOpenError as closed:
                return _given_back(request, closed)

        return by_link("GET", "HEAD", "POST")(inner)

    return decorate


def _given_back(request: HttpRequest, closed: NotOpenError) -> HttpResponse:
    typed = unplaced(request)
    if not typed:
        raise closed
    if asked_beside(request):
        return refusal(RuleError(closed.why))
    context = {
        "seat": closed.seat,
        "meeting": closed.meeting,
        "error": closed.why,
        "unplaced": typed,
    }
    page = "engagements/boards/room_not_open.html"
    return render(request, page, context, status=422)


def asked_beside(request: HttpRequest) -> bool:
    """Whether the page stays where it is and only wants to know how it went."""
    return "X-Room" in request.headers


def refusal(refused: RuleError) -> HttpResponse:
    """The words for a page that stays where it is; 409 asks it to come again, since it
    shows what is not so any more, or not yet which field is wrong."""
    status = 409 if isinstance(refused, MovedOnError) else 422
    plain = "text/plain; charset=utf-8"
    return HttpResponse(refused.message, status=status, content_type=plain)


def for_leads(*methods: str) -> Callable[[View], View]:
    """The same for the facilitator and the chair; a member is told why not."""

    def decorate(view: View) -> View:
        @wraps(view)
        def inner(
            request: HttpRequest, seat: BoardSeat, *args: Any, **kwargs: Any
        ) -> HttpResponseBase:
            if not seat.leads:
                raise PermissionDenied(
                    _("This is for the facilitator or the chair to do.")
                )
            return view(request, seat, *args, **kwargs)

        return for_seated(*methods)(inner)

    return decorate


def may_ratify(seat: BoardSeat, stands: Standing) -> bool:
    """A member who has not said yes to the charter that is asked about or in force."""
    asked = stands.latest is not None and not seat.is_facilitator
    return asked and seat.pk not in stands.said_yes


def meeting_of(seat: BoardSeat, pk: UUID) -> BoardMeeting:
    """A meeting of the board one sits on; 404 for any other."""
    return get_object_or_404(seat.board.meetings, pk=pk)


def entered(seat: BoardSeat, pk: UUID) -> BoardMeeting:
    """A meeting whose room is open to the seat now; 404 for any other."""
    meeting = meeting_of(seat, pk)
    if not may_meet(Meet.ENTER, meeting, movers_of(seat)):
        raise NotOpenError(seat, meeting, _("The room is not open now."))
    return meeting


def room_form(
    request: HttpRequest,
    seat: BoardSeat,
    form: BaseForm,
    *,
    title: str,
    back: tuple[str, str],
    lead: str = "",
) -> HttpResponse:
    """A page with one form behind the door; `back` is a label and an address."""
    context = {"seat": seat, "form": form, "title": title, "back": back, "lead": lead}
    status = 422 if form.is_bound else 200
    return render(request, "engagements/boards/door_form.html", context, status=status)
