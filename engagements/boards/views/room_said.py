"""One contribution: sorted, worded anew, answered, ended; and carried out."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from engagements.boards import room_authors
from engagements.boards.actions import room_issues, room_sorting
from engagements.boards.forms import room as forms
from engagements.boards.queries import rooms
from engagements.boards.states import Meet, may_meet, movers_of
from engagements.boards.views import room_deeds
from engagements.boards.views.behind import (
    NotOpenError,
    entered,
    for_seated,
    room_form,
    unplaced,
)
from engagements.boards.views.room_answers import ABOUT_ONE
from engagements.issues.actions.opening import Opening
from engagements.models import BoardMeeting, BoardSeat, Contribution
from engagements.web import carried_out


@for_seated("GET", "HEAD", "POST")
def contribution(
    request: HttpRequest, seat: BoardSeat, pk: UUID, said: UUID
) -> HttpResponse:
    """What can be done about one thing said, by whoever looks at it."""
    meeting, row = _found(seat, pk, said)

    def page(error: str = "") -> HttpResponse:
        return _page(request, seat, meeting, row, error)

    if request.method != "POST":
        return page()
    return room_deeds.do(request, seat, meeting, ABOUT_ONE, page)


def _found(seat: BoardSeat, pk: UUID, said: UUID) -> tuple[BoardMeeting, Contribution]:
    meeting = entered(seat, pk)
    rows = Contribution.objects.select_related("topic", "draft")
    return meeting, get_object_or_404(rows, meeting=meeting, pk=said)


def _page(
    request: HttpRequest,
    seat: BoardSeat,
    meeting: BoardMeeting,
    row: Contribution,
    error: str,
) -> HttpResponse:
    room = rooms.room_of(meeting)
    movers = movers_of(seat)
    sorts = may_meet(Meet.SORT, meeting, movers)
    speaks = room_authors.speaks_for(room, row, seat)
    acts = sorts or may_meet(Meet.CONTRIBUTE, meeting, movers)
    answers = speaks and acts
    words = ["wording"] if sorts and not row.ends_as else []
    context = {
        "seat": seat,
        "board": seat.board,
        "meeting": meeting,
        "row": row,
        "said": rooms.said(room, meeting, seat, row.pk),
        "sorts": sorts,
        "answers": answers,
        "asks_room": answers and not room_authors.wrote(room, row, seat),
        "withdraws": acts and room_sorting.may_withdraw(room, row, seat),
        "reopens": acts and room_sorting.may_reopen(room, row, seat),
        "carries": room_issues.may_carry(row, seat),
        "error": error,
        "typed": request.POST if error else {},
        "unplaced": unplaced(request, *words) if error else [],
    }
    status = 422 if error else 200
    return render(request, "engagements/boards/said.html", context, status=status)


@for_seated("GET", "HEAD", "POST")
def carry(request: HttpRequest, seat: BoardSeat, pk: UUID, said: UUID) -> HttpResponse:
    """Open a joint issue in the name of one's own organisation: the host sees that."""
    meeting, row = _found(seat, pk, said)
    if not room_issues.may_carry(row, seat):
        raise NotOpenError(seat, meeting, _("This is not parked for you."))
    back = reverse("engagements:board-room-said", args=[pk, said])
    form = _carry_form(request, seat, back)

    def act() -> object:
        words = dict(form.cleaned_data)
        on = words.pop("relationship", None)
        return room_issues.carry_out(
            by=seat,
            meeting=meeting,
            contribution=row.pk,
            said=Opening(**words),
            relationship=on,
        )

    if form.is_valid() and carried_out(form, act):
        return redirect(back)
    title, lead = _("Open a joint issue"), _what_the_host_reads(seat)
    return room_form(
        request, seat, form, title=title, back=(meeting.title, back), lead=lead
    )


def _carry_form(request: HttpRequest, seat: BoardSeat, back: str) -> forms.CarryForm:
    today = timezone.localdate()
    known = room_issues.relationships_of(seat)
    asked = [row for row in known if room_issues.can_be_asked(row, today)]
    initial: dict[str, Any] = {"happened_on": today}
    if len(asked) == 1:
        initial["relationship"] = asked[0].pk
    return forms.CarryForm(
        request.POST or None, known=known, asked=asked, initial=initial, back=back
    )


def _what_the_host_reads(seat: BoardSeat) -> str:
    words = _(
        "%(own)s opens it with %(host)s, in your name, outside the room. %(host)s "
        "reads the title and the day, and both are asked for their accounts. Nothing "
        "else said here goes with it."
    )
    return words % {"own": seat.organisation, "host": seat.board.supplier.name}
