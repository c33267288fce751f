"""The closed room: what is said, by topic, kept up while people talk."""

from __future__ import annotations

from contextlib import suppress
from typing import Any
from uuid import UUID, uuid4

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseNotModified
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _

from engagements.boards import door
from engagements.boards.actions import room_words
from engagements.boards.queries import room_ends, room_state, rooms
from engagements.boards.queries.boards import only_the_agenda
from engagements.boards.queries.room_quorum import quorum
from engagements.boards.queries.room_stops import stops
from engagements.boards.states import Meet, may_meet, movers_of
from engagements.boards.views import room_deeds
from engagements.boards.views.behind import for_seated, meeting_of, unplaced
from engagements.doors import by_link, closed_link
from engagements.errors import RuleError
from engagements.models import Board, BoardMeeting, BoardSeat

_AGENDA = (BoardMeeting.Phase.PLANNED, BoardMeeting.Phase.OPENING)
_CAPTURE, _LIST = "engagements/boards/capture.html", "engagements/boards/room.html"


@for_seated("GET", "HEAD", "POST")
def room(request: HttpRequest, seat: BoardSeat, pk: UUID) -> HttpResponse:
    """Everything said, and a place to say something."""
    meeting = meeting_of(seat, pk)
    if request.method == "POST":
        return room_deeds.do(
            request,
            seat,
            meeting,
            room_deeds.IN_ROOM,
            lambda error: _page(request, seat, meeting, _LIST, error),
        )
    return _page(request, seat, meeting, _LIST)


@for_seated("GET", "HEAD", "POST")
def capture(request: HttpRequest, seat: BoardSeat, pk: UUID) -> HttpResponse:
    """The facilitator writes what is said aloud: a line an Enter, on the wall."""
    if not seat.is_facilitator:
        raise PermissionDenied(_("This is for the facilitator to do."))
    meeting = meeting_of(seat, pk)
    if request.method == "POST":
        return room_deeds.do(
            request,
            seat,
            meeting,
            room_deeds.IN_ROOM,
            lambda error: _page(request, seat, meeting, _CAPTURE, error),
        )
    return _page(request, seat, meeting, _CAPTURE)


@by_link("GET", "HEAD", "POST")
def state(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The part that changes; 304 while it has not. POST says: I am still here."""
    now = timezone.now()
    found = room_state.seen(door.asked_by(request), pk, now)
    if found is None:
        return closed_link(request)
    if request.method == "POST":
        return _still_here(found, pk)
    if found.tag in request.headers.get("If-None-Match", ""):
        return HttpResponseNotModified()
    seat = BoardSeat.objects.select_related("board").get(pk=found.seat)
    context = live(seat, meeting_of(seat, pk)) | {"seat": seat}
    context["newest_first"] = "capture" in request.GET
    context["press_in"] = "say" if "say" in request.GET else "press"
    response = render(request, "engagements/boards/_room_live.html", context)
    response["ETag"] = f'"{found.tag}"'
    return response


def _still_here(found: room_state.Seen, pk: UUID) -> HttpResponse:
    seat = BoardSeat.objects.select_related("board").get(pk=found.seat)
    # Once the doors are open again there is nothing left to be heard of.
    with suppress(RuleError):
        meeting = meeting_of(seat, pk)
        room_words.come_in(by=seat, meeting=meeting, now=timezone.now())
    return HttpResponse(status=204)


def _page(
    request: HttpRequest,
    seat: BoardSeat,
    meeting: BoardMeeting,
    template: str,
    error: str = "",
) -> HttpResponse:
    unsent = room_deeds.unsent(request, room_deeds.IN_ROOM)
    context = live(seat, meeting) | {
        "seat": seat,
        "board": seat.board,
        "only_agenda": only_the_agenda(meeting.board_id),
        "may_name": seat.board.attribution == Board.Attribution.NAMED,
        "key": uuid4(),
        "topic_key": uuid4(),
        "error": error,
        "typed": request.POST if error else unsent,
        "newest_first": template == _CAPTURE,
    }
    may, closed = context["may"], context["ahead"] or context["only_agenda"]
    context["adds_topic"] = may["prepare"] and not closed
    # The form of the buttons: without script it carries along what is typed in it.
    context["press_in"] = "say" if _fields(template, context) else "press"
    if error or unsent:
        context["unplaced"] = unplaced(request, *_fields(template, context))
    return render(request, template, context, status=422 if error else 200)


def _fields(template: str, context: dict[str, Any]) -> list[str]:
    """The text fields a page has now."""
    may = context["may"]
    if template == _CAPTURE:
        return ["line"] if may["capture"] else []
    found = {"text": may["contribute"], "title": context["adds_topic"]}
    return [name for name, there in found.items() if there]


def live(seat: BoardSeat, meeting: BoardMeeting) -> dict[str, Any]:
    """What the changing part shows; before and after the room that is very little."""
    # Before everything else: what is said meanwhile is then seen at the next look.
    room = rooms.room_of(meeting)
    movers = movers_of(seat)
    may = {action.value: may_meet(action, meeting, movers) for action in Meet}
    groups = rooms.agenda(meeting) if _ahead(meeting) else []
    if may["enter"]:
        groups = rooms.groups(room, meeting, seat)
    people = rooms.people(meeting, timezone.now()) if may["enter"] else []
    present = sum(one.present for one in people)
    return {
        "meeting": meeting,
        "tag": room_state.tag_of(room.version, present, meeting.phase, seat.pk),
        "may": may,
        "ahead": _ahead(meeting),
        "groups": groups,
        "count": sum(len(group.said) for group in groups),
        "people": people,
        "stops": stops(meeting) if may["enter"] else None,
        "quorum": quorum(meeting, room) if may["enter"] else None,
        "files": rooms.files(meeting) if may["enter"] else [],
        "ends": _ends(meeting, groups if may["enter"] else None),
    }


def _ends(
    meeting: BoardMeeting, groups: list[rooms.Group] | None
) -> room_ends.Ends | None:
    """How what was said ended; counted from what the page shows, where it shows it."""
    if groups is None:
        return None if _ahead(meeting) else room_ends.ends(meeting)
    said = (row for group in groups for row in group.said)
    return room_ends.counted((row.kind, row.ends, 1) for row in said)


def _ahead(meeting: BoardMeeting) -> bool:
    return meeting.phase in _AGENDA
