"""The list that is read out, and the report, on paper: one for host and members."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone

from engagements.boards.queries.report import Report
from engagements.models import Board, BoardMeeting, Recommendation
from engagements.pdf import PdfUnavailableError, render_pdf


def list_sheet(
    request: HttpRequest, meeting: BoardMeeting, *, back: str
) -> HttpResponse:
    """What a meeting recommends, as PDF: one page, more only for long words."""
    rows = Recommendation.objects.filter(meeting=meeting).order_by("number")
    context = {"board": meeting.board, "meeting": meeting, "rows": rows}
    name = f"recommendations-{meeting.held_on}.pdf"
    return _sheet(request, "engagements/boards/list_print.html", context, name, back)


def report_sheet(
    request: HttpRequest, board: Board, report: Report, *, back: str
) -> HttpResponse:
    """You asked, we did, as PDF."""
    today = timezone.localdate()
    context = {"board": board, "report": report, "today": today}
    name = f"you-asked-we-did-{today}.pdf"
    return _sheet(request, "engagements/boards/report_print.html", context, name, back)


def _sheet(
    request: HttpRequest, template: str, context: dict[str, Any], name: str, back: str
) -> HttpResponse:
    """The PDF; where none can be made, the page one came from says so."""
    try:
        pdf = render_pdf(template, context | {"now": timezone.localtime()})
    except PdfUnavailableError as error:
        messages.error(request, error.message)
        return redirect(back)
    answer = HttpResponse(pdf, content_type="application/pdf")
    answer["Content-Disposition"] = f'inline; filename="{name}"'
    return answer
