"""The charter behind the door: read and ratified by members, written by who leads."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from engagements.boards.actions import charter as charters
from engagements.boards.forms.hosting import CharterForm
from engagements.boards.queries import boards as read
from engagements.boards.views.behind import (
    for_leads,
    for_seated,
    may_ratify,
    room_form,
)
from engagements.errors import RuleError
from engagements.issues.views.answering import round_of
from engagements.models import BoardSeat
from engagements.web import carried_out


@for_seated("GET", "HEAD")
def page(request: HttpRequest, seat: BoardSeat) -> HttpResponse:
    """The charter that is proposed or in force, and who has said yes."""
    return _page(request, seat)


@for_seated("POST")
def ratify(request: HttpRequest, seat: BoardSeat) -> HttpResponse:
    """A member says yes to the version that was read."""
    number = round_of(request.POST.get("number", ""))
    row = get_object_or_404(seat.board.charters, number=number)
    try:
        charters.ratify(by=seat, charter=row)
    except RuleError as refused:
        return _page(request, seat, error=refused.message)
    messages.success(request, _("You have ratified the charter."))
    return redirect("engagements:board-home-charter")


@for_leads("GET", "HEAD", "POST")
def write(request: HttpRequest, seat: BoardSeat) -> HttpResponse:
    """The draft, begun from the newest words."""
    back = _("Charter"), reverse("engagements:board-home-charter")
    start = seat.board.charters.order_by("-number").first()
    form = CharterForm(request.POST or None, initial=charters.said(start), back=back[1])
    if form.is_valid() and carried_out(
        form,
        lambda: charters.write_draft(by=seat, board=seat.board, **form.cleaned_data),
    ):
        messages.success(request, _("Saved."))
        return redirect(back[1])
    return room_form(request, seat, form, title=_("Draft of the charter"), back=back)


@for_leads("POST")
def propose(request: HttpRequest, seat: BoardSeat) -> HttpResponse:
    """Put the draft to the members, or the same words for another year."""
    try:
        charters.propose(by=seat)
    except RuleError as refused:
        return _page(request, seat, error=refused.message)
    messages.success(request, _("The members are asked."))
    return redirect("engagements:board-home-charter")


def _page(request: HttpRequest, seat: BoardSeat, error: str = "") -> HttpResponse:
    sitting = read.seats(seat.board)
    stands = read.charter(seat.board, sitting, timezone.localdate())
    shown = stands.latest
    context = {
        "seat": seat,
        "board": seat.board,
        "charter": stands,
        "shown": shown,
        "parts": read.parts(shown),
        "draft_parts": read.parts(stands.draft) if seat.leads else [],
        "answers": [
            (row, row.pk in stands.said_yes)
            for row in sitting
            if not row.is_facilitator
        ],
        "may_ratify": may_ratify(seat, stands),
        "error": error,
    }
    status = 422 if error else 200
    return render(request, "engagements/boards/charter.html", context, status=status)
