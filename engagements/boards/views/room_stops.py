"""The log of a room's stops, and how it goes on."""

from __future__ import annotations

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from engagements.boards.actions import room_stops as acts
from engagements.boards.forms.room import LiftForm
from engagements.boards.queries.room_stops import stops
from engagements.boards.states import Meet, may_meet, movers_of
from engagements.boards.views.behind import NotOpenError, for_seated, meeting_of
from engagements.models import BoardSeat
from engagements.web import carried_out


@for_seated("GET", "HEAD", "POST")
def log(request: HttpRequest, seat: BoardSeat, pk: UUID) -> HttpResponse:
    """Each stop and how it was lifted; the facilitator lifts the one that stands."""
    meeting = meeting_of(seat, pk)
    form = LiftForm(request.POST or None)
    if request.method == "POST":
        if not may_meet(Meet.LIFT, meeting, movers_of(seat)):
            if not seat.is_facilitator:
                raise Http404
            raise NotOpenError(seat, meeting, _("The room is not open now."))
        if form.is_valid() and carried_out(
            form, lambda: acts.lift(by=seat, meeting=meeting, **form.cleaned_data)
        ):
            return redirect("engagements:board-room", pk=pk)
    context = {
        "seat": seat,
        "meeting": meeting,
        "stops": stops(meeting),
        "form": form if may_meet(Meet.LIFT, meeting, movers_of(seat)) else None,
    }
    status = 422 if form.is_bound else 200
    return render(request, "engagements/boards/stops.html", context, status=status)
