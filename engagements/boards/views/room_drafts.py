"""Drafts of recommendations: worded, approved by those who are there, dropped."""

from __future__ import annotations

from typing import Any
from uuid import UUID, uuid4

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from engagements.boards.actions import room_drafts as acts
from engagements.boards.actions.room_holding import MovedOnError
from engagements.boards.forms import room as forms
from engagements.boards.queries import room_drafts as read
from engagements.boards.queries.room_quorum import quorum
from engagements.boards.queries.room_stops import stops
from engagements.boards.states import Meet, may_meet, movers_of
from engagements.boards.views import room_deeds
from engagements.boards.views.behind import (
    NotOpenError,
    asked_beside,
    entered,
    for_leads,
    for_seated,
    refusal,
    unplaced,
)
from engagements.boards.views.room_deeds import Deed, id_of
from engagements.errors import RuleError, whole
from engagements.models import BoardMeeting, BoardSeat, Contribution, RoomDraft
from engagements.web import carried_out


@for_seated("GET", "HEAD", "POST")
def drafts(request: HttpRequest, seat: BoardSeat, pk: UUID) -> HttpResponse:
    """What the board is about to recommend, and who stands behind it, as numbers."""
    meeting = entered(seat, pk)

    def page(error: str = "") -> HttpResponse:
        return _page(request, seat, meeting, error)

    if request.method != "POST":
        return page()
    return room_deeds.do(request, seat, meeting, _DEEDS, page)


def _page(
    request: HttpRequest, seat: BoardSeat, meeting: BoardMeeting, error: str
) -> HttpResponse:
    movers = movers_of(seat)
    found = read.drafts(meeting, seat)
    may = {one.value: may_meet(one, meeting, movers) for one in Meet}
    named = {request.POST.get("approve"), request.POST.get("against")}
    placed = may["approve"] and any(str(one.row.pk) in named for one in found)
    context = {
        "seat": seat,
        "board": seat.board,
        "meeting": meeting,
        "drafts": found,
        "quorum": quorum(meeting),
        "stops": stops(meeting),
        "most": acts.MOST,
        "room_for_more": len(found) < acts.MOST,
        "may": may,
        "error": error,
        "typed": request.POST if error else {},
        "unplaced": [] if placed else unplaced(request),
    }
    status = 422 if error else 200
    return render(request, "engagements/boards/drafts.html", context, status=status)


def _approve(request: HttpRequest, by: BoardSeat, meeting: BoardMeeting) -> None:
    said, yes = request.POST, "approve" in request.POST
    acts.approve(
        by=by,
        meeting=meeting,
        draft=id_of(request, "approve" if yes else "against"),
        approves=yes,
        shown=said.get("shown", ""),
        dissent=whole(
            said.get("dissent", ""),
            _("What speaks against it"),
            field="dissent",
            most=forms.MOST_LETTERS,
        ),
    )


def _tick(request: HttpRequest, by: BoardSeat, meeting: BoardMeeting) -> None:
    said = room_deeds.typed(forms.HandsForm(request.POST))
    draft = id_of(request, "tick")
    shown = request.POST.get("shown", "")
    acts.tick(by=by, meeting=meeting, draft=draft, approved=True, shown=shown, **said)


def _untick(request: HttpRequest, by: BoardSeat, meeting: BoardMeeting) -> None:
    draft = id_of(request, "untick")
    shown = request.POST.get("shown", "")
    acts.tick(by=by, meeting=meeting, draft=draft, approved=False, shown=shown)


def _drop(request: HttpRequest, by: BoardSeat, meeting: BoardMeeting) -> None:
    shown = request.POST.get("shown", "")
    acts.drop(by=by, meeting=meeting, draft=id_of(request, "drop"), shown=shown)


_DEEDS: dict[str, Deed] = {
    "approve": _approve,
    "against": _approve,
    "tick": _tick,
    "untick": _untick,
    "drop": _drop,
}


@for_leads("GET", "HEAD", "POST")
def start(request: HttpRequest, seat: BoardSeat, pk: UUID) -> HttpResponse:
    """A new draft, made from what was said."""
    meeting = entered(seat, pk)
    form = _form(request, meeting, initial={"key": uuid4()})

    def act() -> object:
        chosen = form.cleaned_data["contributions"].values_list("pk", flat=True)
        return acts.start(
            by=seat,
            meeting=meeting,
            key=form.cleaned_data["key"],
            words=form.words,
            contributions=list(chosen),
        )

    return _carry(request, seat, meeting, form, act, title=_("Word a recommendation"))


@for_leads("GET", "HEAD", "POST")
def change(
    request: HttpRequest, seat: BoardSeat, pk: UUID, draft: UUID
) -> HttpResponse:
    """Another wording of a draft: it is approved anew."""
    meeting = entered(seat, pk)
    row = get_object_or_404(RoomDraft, meeting=meeting, pk=draft)
    if row.dropped:
        raise NotOpenError(seat, meeting, _("This draft was dropped."))
    form = _form(request, meeting, row=row, initial=_written(row))

    def act() -> object:
        chosen = form.cleaned_data["contributions"].values_list("pk", flat=True)
        return acts.change(
            by=seat,
            meeting=meeting,
            draft=row.pk,
            shown=form.cleaned_data["shown"],
            words=form.words,
            contributions=list(chosen),
        )

    said = {"title": _("Change the wording"), "lead": _lead_of_change(meeting)}
    return _carry(request, seat, meeting, form, act, row=row, **said)


def _lead_of_change(meeting: BoardMeeting) -> str:
    lead = _("Another wording is approved anew.")
    if meeting.phase == BoardMeeting.Phase.READ_OUT:
        lead += " " + _("What you untick is withdrawn.")
    return lead


def _form(
    request: HttpRequest,
    meeting: BoardMeeting,
    *,
    initial: dict[str, Any],
    row: RoomDraft | None = None,
) -> forms.DraftForm:
    before = read.earlier(meeting)
    ready = [one.pk for one in read.ready(meeting)]
    rows = Contribution.objects.filter(pk__in=ready)
    if row is not None:
        rows = rows | Contribution.objects.filter(draft=row)
    back = reverse("engagements:board-drafts", args=[meeting.pk])
    return forms.DraftForm(
        request.POST or None,
        initial=initial,
        before=before,
        contributions=rows,
        back=back,
    )


def _written(row: RoomDraft) -> dict[str, Any]:
    names = ("wording", "problem", "evidence", "desired_outcome", "benefits")
    made_of = read.parts_of(row)
    return {name: getattr(row, name) for name in names} | {
        "key": row.pk,
        "shown": read.shown_as(row, made_of),
        "ancestor": row.ancestor_id,
        "contributions": made_of,
    }


def _carry(
    request: HttpRequest,
    seat: BoardSeat,
    meeting: BoardMeeting,
    form: forms.DraftForm,
    act: Any,
    *,
    title: str,
    lead: str = "",
    row: RoomDraft | None = None,
) -> HttpResponse:
    done = form.is_valid() and carried_out(form, act)
    other = None if done or row is None else _other(form, row)
    if asked_beside(request):
        return _answer_beside(form, done=done, moved_on=other is not None)
    if done:
        return redirect(form.back)
    context = {
        "seat": seat,
        "meeting": meeting,
        "form": form,
        "title": title,
        "back": (_("Drafts"), form.back),
        "lead": lead,
        "other": other,
    }
    status = 422 if form.is_bound else 200
    return render(request, "engagements/boards/room_form.html", context, status=status)


def _other(form: forms.DraftForm, row: RoomDraft) -> RoomDraft | None:
    """The draft as it is by now, where somebody changed it since the form was opened;
    sent again, what was typed replaces it."""
    if not form.is_bound:
        return None
    row.refresh_from_db()
    mark = read.shown_as(row, read.parts_of(row))
    if form["shown"].value() == mark:
        return None
    form.shows(mark)
    return row


def _answer_beside(
    form: forms.DraftForm, *, done: bool, moved_on: bool
) -> HttpResponse:
    if done:
        return HttpResponse(status=204)
    said = " ".join(str(words) for errors in form.errors.values() for words in errors)
    # What is wrong with a field is said by the page, which leads to it.
    comes_again = moved_on or any(name in form.fields for name in form.errors)
    return refusal(MovedOnError(said) if comes_again else RuleError(said))
