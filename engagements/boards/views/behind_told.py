"""Behind the door: the list, the report, one recommendation, votes and the verdict."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from engagements.boards.actions import reporting, room_verdicts
from engagements.boards.forms.answering import MergeForm
from engagements.boards.forms.room import VerdictHandsForm
from engagements.boards.queries import report as read
from engagements.boards.queries.room_verdicts import (
    Votes,
    own_votes,
    voted,
    votes_for,
)
from engagements.boards.states import TAKE_IN, Answer, may_answer, movers_of
from engagements.boards.views.behind import (
    for_leads,
    for_readers,
    for_seated,
    meeting_of,
    room_form,
)
from engagements.boards.views.room_deeds import typed
from engagements.boards.views.sheets import list_sheet, report_sheet
from engagements.errors import RuleError
from engagements.models import BoardSeat, Recommendation
from engagements.parties.calendars import joint_calendar
from engagements.web import carried_out


def one_of(seat: BoardSeat, pk: UUID) -> Recommendation:
    """A recommendation of the board one sits on; 404 for any other."""
    return get_object_or_404(read.recommendations(seat.board), pk=pk)


def page_of(row: Recommendation) -> str:
    """Where a recommendation is behind the door."""
    return reverse("engagements:board-door-recommendation", args=[row.pk])


@for_readers("GET", "HEAD")
def report(request: HttpRequest, seat: BoardSeat) -> HttpResponse:
    """You asked, we did."""
    found = read.report(seat.board, timezone.localdate())
    context = {"seat": seat, "board": seat.board, "report": found, "behind": True}
    context["votes"] = voted(seat, found)
    return render(request, "engagements/boards/door_report.html", context)


@for_readers("GET", "HEAD")
def report_on_paper(request: HttpRequest, seat: BoardSeat) -> HttpResponse:
    """The same on paper."""
    found = read.report(seat.board, timezone.localdate())
    back = reverse("engagements:board-door-report")
    return report_sheet(request, seat.board, found, back=back)


@for_readers("GET", "HEAD")
def list_on_paper(request: HttpRequest, seat: BoardSeat, pk: UUID) -> HttpResponse:
    """What a meeting handed over, on one page of paper."""
    meeting = meeting_of(seat, pk)
    at_home = seat.board.archived_at is not None
    name, about = ("board-home", []) if at_home else ("board-meeting-page", [pk])
    back = reverse(f"engagements:{name}", args=about)
    return list_sheet(request, meeting, back=back)


@for_readers("GET", "HEAD")
def recommendation(request: HttpRequest, seat: BoardSeat, pk: UUID) -> HttpResponse:
    """One recommendation as the host reads it, and the vote on it."""
    return _page(request, seat, one_of(seat, pk))


def _page(
    request: HttpRequest, seat: BoardSeat, row: Recommendation, error: str = ""
) -> HttpResponse:
    # On a board that was put away nobody does anything any more.
    movers = movers_of(seat) if seat.board.archived_at is None else frozenset()
    may = {action.value: may_answer(action, row, movers) for action in Answer}
    votes = votes_for(row)
    tied = votes.enough and not votes.verdict
    context: dict[str, Any] = {
        "seat": seat,
        "board": seat.board,
        "row": row,
        "line": read.line(
            row, joint_calendar(seat.board.supplier), timezone.localdate()
        ),
        "chain": read.chain(row),
        "behind": True,
        "may": may,
        "said": own_votes(seat, [row]).get(row.pk, ""),
        "votes": votes,
        # By link it is told only to whoever asked for the verdict.
        "divided": tied and (votes.by_hand or request.method == "POST"),
        "choices": [(one.value, one.label) for one in Recommendation.SAID],
        "hands": _hands(request, votes),
        "error": error,
    }
    status = 422 if error else 200
    page = "engagements/boards/door_recommendation.html"
    return render(request, page, context, status=status)


def _hands(request: HttpRequest, votes: Votes) -> list[tuple[str, str, object]]:
    """The fields for hands: name, label, and what was typed or is kept."""
    kept = votes.counts if votes.by_hand else {}
    shown = zip(VerdictHandsForm.base_fields, Recommendation.SAID, strict=True)
    return [
        (name, str(one.label), request.POST.get(name, kept.get(one.value, "")))
        for name, one in shown
    ]


def _pressed(
    request: HttpRequest,
    seat: BoardSeat,
    row: Recommendation,
    act: Callable[[], object],
    said: str,
) -> HttpResponse:
    try:
        act()
    except RuleError as refused:
        return _page(request, seat, row, error=refused.message)
    messages.success(request, said)
    return redirect(page_of(row))


@for_seated("POST")
def vote(request: HttpRequest, seat: BoardSeat, pk: UUID) -> HttpResponse:
    """One member's word on whether it is done."""
    row, verdict = one_of(seat, pk), request.POST.get("verdict", "")

    def act() -> None:
        room_verdicts.vote(by=seat, recommendation=row, verdict=verdict)

    return _pressed(request, seat, row, act, _("Your vote is kept. Nobody sees it."))


@for_leads("POST")
def hands(request: HttpRequest, seat: BoardSeat, pk: UUID) -> HttpResponse:
    """Hands counted in the room, instead of votes by link."""
    row = one_of(seat, pk)

    def act() -> None:
        counted = typed(VerdictHandsForm(request.POST))
        room_verdicts.count_hands(by=seat, recommendation=row, **counted)

    return _pressed(request, seat, row, act, _("The hands are counted."))


@for_leads("POST")
def verdict(request: HttpRequest, seat: BoardSeat, pk: UUID) -> HttpResponse:
    """What the votes make the board say."""
    row, today = one_of(seat, pk), timezone.localdate()
    sure = "divided" in request.POST

    def act() -> object:
        return room_verdicts.state(
            by=seat, recommendation=row, today=today, divided=sure
        )

    return _pressed(request, seat, row, act, _("The verdict of the board is stated."))


@for_leads("POST")
def report_back(request: HttpRequest, seat: BoardSeat, pk: UUID) -> HttpResponse:
    """Tell the members what became of it, between two meetings."""
    row = one_of(seat, pk)

    def act() -> object:
        return reporting.report_back(by=seat, recommendation=row)

    return _pressed(request, seat, row, act, _("The members are told."))


@for_leads("POST")
def withdraw(request: HttpRequest, seat: BoardSeat, pk: UUID) -> HttpResponse:
    """The board asks for it no more."""
    row = one_of(seat, pk)

    def act() -> object:
        return reporting.withdraw(by=seat, recommendation=row)

    return _pressed(request, seat, row, act, _("It is withdrawn."))


@for_leads("GET", "HEAD", "POST")
def merge(request: HttpRequest, seat: BoardSeat, pk: UUID) -> HttpResponse:
    """It is part of another one."""
    row = one_of(seat, pk)
    others = Recommendation.objects.filter(board=seat.board, state__in=TAKE_IN)
    others = others.exclude(pk=pk).order_by("number")
    form = MergeForm(request.POST or None, others=others, back=page_of(row))
    if form.is_valid() and carried_out(
        form,
        lambda: reporting.merge(by=seat, recommendation=row, **form.cleaned_data),
    ):
        messages.success(request, _("It is part of the other one now."))
        return redirect(page_of(row))
    back = _("Recommendation %(n)d") % {"n": row.number}, page_of(row)
    title = _("Merge into another")
    return room_form(request, seat, form, title=title, back=back, lead=row.wording)
