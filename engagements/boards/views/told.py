"""What a board told its host, and what became of it: for whoever signs in.

The host's executives and administrators, and those who sit; the same words for both.
"""

from __future__ import annotations

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from accounts.models import User
from engagements.boards import rights
from engagements.boards.queries import report as read
from engagements.boards.states import HOST, Answer, may_answer
from engagements.boards.views.sheets import list_sheet, report_sheet
from engagements.models import Board, BoardMeeting, Recommendation
from engagements.parties.calendars import joint_calendar
from engagements.web import SignedInRequest


def seen(request: SignedInRequest, pk: UUID) -> Board:
    """A board one hosts or sits on; 404 for everybody else."""
    rows = Board.objects.visible_to(request.user).select_related("supplier")
    return get_object_or_404(rows, pk=pk)


def one_of(board: Board, pk: UUID) -> Recommendation:
    """A recommendation of this board."""
    return get_object_or_404(read.recommendations(board), pk=pk)


def _meeting(board: Board, pk: UUID) -> BoardMeeting:
    return get_object_or_404(board.meetings.select_related("board"), pk=pk)


@require_safe
def read_out(request: SignedInRequest, board: UUID, pk: UUID) -> HttpResponse:
    """What a meeting recommends, as it was handed over."""
    shell = seen(request, board)
    meeting = _meeting(shell, pk)
    rows = read.recommendations(shell).filter(meeting=meeting)
    context = {"board": shell, "meeting": meeting, "rows": rows}
    return render(request, "engagements/boards/read_out.html", context)


@require_safe
def read_out_sheet(request: SignedInRequest, board: UUID, pk: UUID) -> HttpResponse:
    """The same on paper."""
    meeting = _meeting(seen(request, board), pk)
    back = reverse("engagements:board-read-out", args=[board, pk])
    return list_sheet(request, meeting, back=back)


@require_safe
def report(request: SignedInRequest, board: UUID) -> HttpResponse:
    """You asked, we did."""
    shell = seen(request, board)
    found = read.report(shell, timezone.localdate())
    context = {"board": shell, "report": found}
    return render(request, "engagements/boards/report.html", context)


@require_safe
def report_on_paper(request: SignedInRequest, board: UUID) -> HttpResponse:
    """The same on paper."""
    shell = seen(request, board)
    found = read.report(shell, timezone.localdate())
    back = reverse("engagements:board-report", args=[board])
    return report_sheet(request, shell, found, back=back)


@require_safe
def recommendation(request: SignedInRequest, board: UUID, pk: UUID) -> HttpResponse:
    """One recommendation: what is asked, the answer, the promises, the verdict.

    Whoever promised something for it reads this one, and of the board nothing else.
    """
    user = request.user
    rows = read.whole(Recommendation.objects.visible_to(user).filter(board=board))
    row = get_object_or_404(rows.select_related("meeting", "board__supplier"), pk=pk)
    knows = Board.objects.visible_to(user).filter(pk=board).exists()
    answers = rights.can_answer_recommendation(user, row.board)
    open_to = may_answer(Answer.COMMIT, row, HOST)
    context = {
        "board": row.board,
        "knows_board": knows,
        "row": row,
        "line": read.line(
            row, joint_calendar(row.board.supplier), timezone.localdate()
        ),
        "chain": read.chain(row) if knows else None,
        "answers": answers,
        "keeps": _kept_by(user, row) if open_to else [],
        "may": {
            action.value: answers and may_answer(action, row, HOST) for action in Answer
        },
    }
    return render(request, "engagements/boards/recommendation.html", context)


def _kept_by(user: User, row: Recommendation) -> list[UUID]:
    """The promises a person may say are done, or move."""
    given = row.promises.all()
    return [one.pk for one in given if rights.can_keep_promise(user, one)]
