"""Seats behind the door: facilitator and chair invite, renew, end."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from engagements.boards.actions import seats
from engagements.boards.forms.hosting import SeatForm, Sure
from engagements.boards.queries import boards as read
from engagements.boards.terms import size_warning
from engagements.boards.views.behind import for_leads, room_form
from engagements.errors import RuleError
from engagements.models import BoardSeat
from engagements.web import carried_out

Act = Callable[[BoardSeat, BoardSeat, bool], object]
# What a button on the page of seats does, by its name.
ACTS: dict[str, Act] = {
    "invite": lambda by, seat, asked: seats.invite_proposed(
        by=by, seat=seat, asked=asked
    ),
    "drop": lambda by, seat, _: seats.drop_proposed(by=by, board=by.board, seat=seat),
    "renew": lambda by, seat, _: seats.renew(by=by, seat=seat),
    "chair": lambda by, seat, _: seats.make_chair(by=by, seat=seat),
    "link": lambda by, seat, _: seats.new_link(by=by, seat=seat),
}


@for_leads("GET", "HEAD")
def page(request: HttpRequest, seat: BoardSeat) -> HttpResponse:
    """Who sits, who was put forward, whose term has passed."""
    return _page(request, seat)


@for_leads("GET", "HEAD", "POST")
def invite(request: HttpRequest, seat: BoardSeat) -> HttpResponse:
    """Invite somebody for an organisation without a seat."""
    back = _("Seats"), reverse("engagements:board-seats")
    form = SeatForm(request.POST or None, button=_("Invite"), back=back[1])

    def act() -> object:
        asked = form.cleaned_data["asked"]
        return seats.invite(by=seat, person=form.person, asked=asked)

    if form.is_valid() and carried_out(form, act):
        messages.success(request, _("The invitation is on its way."))
        return redirect(back[1])
    lead = _("The person gets a link to the board. The host sees who sits.")
    title = _("Invite a member")
    return room_form(request, seat, form, title=title, back=back, lead=lead)


@for_leads("GET", "HEAD", "POST")
def end(request: HttpRequest, seat: BoardSeat, pk: UUID) -> HttpResponse:
    """End a member's seat, after a second look: it cannot be taken back."""
    rows = seat.board.seats.members().select_related("contact", "organisation")
    row = get_object_or_404(rows.filter(ended_on=None), pk=pk)
    back = _("Seats"), reverse("engagements:board-seats")
    form = Sure(request.POST or None, button=_("End the seat"), back=back[1])
    if request.method == "POST":
        try:
            seats.end(by=seat, seat=row)
        except RuleError as refused:
            return _page(request, seat, error=refused.message)
        messages.success(request, _("The seat has ended."))
        return redirect(back[1])
    words = {"name": row.contact.name, "place": row.organisation}
    title = _("End the seat of %(name)s?") % words
    lead = _("The link is shut at once. %(place)s may be invited again.") % words
    return room_form(request, seat, form, title=title, back=back, lead=lead)


@for_leads("POST")
def act(request: HttpRequest, seat: BoardSeat, pk: UUID, what: str) -> HttpResponse:
    """One button on one seat; a refusal says why, on the page of seats."""
    row = get_object_or_404(seat.board.seats.filter(ended_on=None), pk=pk)
    try:
        ACTS[what](seat, row, "asked" in request.POST)
    except RuleError as refused:
        return _page(request, seat, error=refused.message)
    messages.success(request, _("Done."))
    return redirect("engagements:board-seats")


def _page(request: HttpRequest, seat: BoardSeat, error: str = "") -> HttpResponse:
    today = timezone.localdate()
    sitting = read.seats(seat.board)
    doubts = read.doubts(seat.board)
    members = [(row, doubts.get(row.pk)) for row in sitting if not row.is_facilitator]
    context = {
        "seat": seat,
        "board": seat.board,
        "members": members,
        "stale": read.stale(seat.board, today),
        "proposed": [(row, doubts.get(row.pk)) for row in read.proposed(seat.board)],
        "warning": size_warning(len(members)),
        "today": today,
        "error": error,
    }
    status = 422 if error else 200
    return render(request, "engagements/boards/seats.html", context, status=status)
