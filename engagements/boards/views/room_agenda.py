"""The agenda of a meeting, written line by line."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from engagements.boards.actions import room_agenda as acts
from engagements.boards.agenda import written
from engagements.boards.forms.room import AgendaForm
from engagements.boards.queries.room_agenda import points
from engagements.boards.states import Meet, may_meet, movers_of
from engagements.boards.views.behind import (
    NotOpenError,
    for_leads,
    meeting_of,
    room_form,
)
from engagements.boards.views.meetings import address
from engagements.models import BoardSeat
from engagements.web import carried_out


@for_leads("GET", "HEAD", "POST")
def write(request: HttpRequest, seat: BoardSeat, pk: UUID) -> HttpResponse:
    """All topics at once, before the doors close."""
    meeting = meeting_of(seat, pk)
    if not may_meet(Meet.AGENDA, meeting, movers_of(seat)):
        raise NotOpenError(seat, meeting, _("The agenda is fixed by now."))
    text = written(points(meeting))
    back = address(meeting)
    form = AgendaForm(
        request.POST or None, initial={"lines": text, "shown": text}, back=back
    )
    if form.is_valid() and carried_out(
        form, lambda: acts.write(by=seat, meeting=meeting, **form.points)
    ):
        return redirect(back)
    lead = _("Those who sit read it behind this door. The host does not.")
    title = _("Agenda")
    return room_form(
        request, seat, form, title=title, back=(meeting.title, back), lead=lead
    )
