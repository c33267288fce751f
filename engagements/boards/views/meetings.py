"""Meetings behind the door: planned, then moved on from phase to phase."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from engagements.boards.actions import moving, planning
from engagements.boards.forms.meetings import MeetingForm
from engagements.boards.queries.room_agenda import topics
from engagements.boards.states import Meet, may_meet, movers_of
from engagements.boards.views.behind import (
    for_leads,
    for_seated,
    meeting_of,
    room_form,
)
from engagements.boards.views.phases import context_of
from engagements.errors import RuleError
from engagements.models import BoardMeeting, BoardSeat
from engagements.web import carried_out


@for_leads("GET", "HEAD", "POST")
def plan(request: HttpRequest, seat: BoardSeat) -> HttpResponse:
    """A next meeting: the members are invited six weeks before."""
    back = seat.board.name, reverse("engagements:board-home")
    form = MeetingForm(request.POST or None, back=back[1])
    today = timezone.localdate()
    if form.is_valid() and carried_out(
        form, lambda: planning.plan(by=seat, today=today, **form.cleaned_data)
    ):
        messages.success(request, _("The meeting is planned."))
        return redirect(back[1])
    lead = _("Members are invited six weeks before, and reminded a week before.")
    title = _("Plan a meeting")
    return room_form(request, seat, form, title=title, back=back, lead=lead)


@for_leads("GET", "HEAD", "POST")
def edit(request: HttpRequest, seat: BoardSeat, pk: UUID) -> HttpResponse:
    """Another day, place or title, while it is planned."""
    meeting = meeting_of(seat, pk)
    back = meeting.title, address(meeting)
    said = {name: getattr(meeting, name) for name in ("title", "held_on", "place")}
    form = MeetingForm(request.POST or None, initial=said, back=back[1])
    known: dict[str, Any] = {"by": seat, "meeting": meeting}
    known["today"] = timezone.localdate()
    if form.is_valid() and carried_out(
        form, lambda: planning.change(**known, **form.cleaned_data)
    ):
        messages.success(request, _("Saved."))
        return redirect(back[1])
    return room_form(request, seat, form, title=_("Change the meeting"), back=back)


@for_leads("GET", "HEAD", "POST")
def call_off(request: HttpRequest, seat: BoardSeat, pk: UUID) -> HttpResponse:
    """Take a planned meeting away; asked first, with what goes with it."""
    meeting = meeting_of(seat, pk)
    if request.method != "POST":
        return _ask_to_call_off(request, seat, meeting)
    try:
        planning.call_off(by=seat, meeting=meeting)
    except RuleError as refused:
        return _page(request, seat, meeting, error=refused.message)
    messages.success(request, _("The meeting is called off."))
    return redirect("engagements:board-home")


def _ask_to_call_off(
    request: HttpRequest, seat: BoardSeat, meeting: BoardMeeting
) -> HttpResponse:
    if not may_meet(Meet.CALL_OFF, meeting, movers_of(seat)):
        return redirect(address(meeting))
    context = {"seat": seat, "meeting": meeting, "agenda": topics(meeting)}
    return render(request, "engagements/boards/call_off.html", context)


@for_seated("GET", "HEAD")
def meeting(request: HttpRequest, seat: BoardSeat, pk: UUID) -> HttpResponse:
    """A meeting by its phase, and who moves it on."""
    return _page(request, seat, meeting_of(seat, pk))


@for_seated("POST")
def move(request: HttpRequest, seat: BoardSeat, pk: UUID) -> HttpResponse:
    """Into the next phase; a refusal says why, on the page it was asked from."""
    row = meeting_of(seat, pk)
    asked = request.POST.get("move", "")
    if asked not in moving.MOVES:
        return _page(request, seat, row, error=_("Choose what to do."))
    try:
        sure = "confirm" in request.POST
        moving.move(by=seat, meeting=row, action=Meet(asked), confirmed=sure)
    except RuleError as refused:
        return _page(request, seat, row, error=refused.message)
    return redirect(address(row))


def address(meeting: BoardMeeting) -> str:
    """Where a meeting is behind the door."""
    return reverse("engagements:board-meeting-page", args=[meeting.pk])


def _page(
    request: HttpRequest, seat: BoardSeat, meeting: BoardMeeting, error: str = ""
) -> HttpResponse:
    movers = movers_of(seat)
    following = moving.next_move(meeting)
    leads_on = following if following and may_meet(following, meeting, movers) else None
    context = {
        "seat": seat,
        "board": seat.board,
        "meeting": meeting,
        "phases": meeting.phases.select_related("moved_by__contact"),
        "part": f"engagements/boards/phases/{meeting.phase}.html",
        "may": {action.value: may_meet(action, meeting, movers) for action in Meet},
        "next": leads_on or "",
        "asks": moving.to_confirm(meeting, leads_on) if leads_on else [],
        "error": error,
    } | context_of(request, seat, meeting)
    status = 422 if error else 200
    return render(request, "engagements/boards/meeting.html", context, status=status)
