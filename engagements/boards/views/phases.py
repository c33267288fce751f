"""What the page of a meeting shows in each phase, beside who moves it on.

A phase has a template, `templates/engagements/boards/phases/<phase>.html`, and what
that template needs, below.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest
from django.utils import timezone

from engagements.boards.queries.boards import has_charter, unanswered
from engagements.boards.queries.report import recommendations, report
from engagements.boards.queries.room_agenda import topics
from engagements.boards.queries.room_drafts import drafts
from engagements.boards.queries.room_ends import unopened
from engagements.boards.queries.room_quorum import quorum
from engagements.boards.queries.room_stops import stops
from engagements.boards.queries.room_verdicts import voted
from engagements.models import BoardMeeting, BoardSeat

Phase = BoardMeeting.Phase
Shown = Callable[[HttpRequest, BoardSeat, BoardMeeting], dict[str, Any]]


def _planned(
    request: HttpRequest, seat: BoardSeat, meeting: BoardMeeting
) -> dict[str, Any]:
    told = seat.leads and not has_charter(seat.board)
    # Of a page that comes after a press, so that whoever reads why can go there.
    pressed = seat.leads and request.method == "POST"
    waits = unanswered(meeting) if pressed else []
    return {"agenda": topics(meeting), "without_charter": told, "waits": waits}


def _opening(
    _request: HttpRequest, seat: BoardSeat, meeting: BoardMeeting
) -> dict[str, Any]:
    found = report(seat.board, timezone.localdate(), before=meeting)
    shown = {"report": found, "behind": True, "votes": voted(seat, found)}
    return shown | {"agenda": topics(meeting)}


def _read_out(
    _request: HttpRequest, _seat: BoardSeat, meeting: BoardMeeting
) -> dict[str, Any]:
    rows = drafts(meeting)
    return {
        "list": [one for one in rows if one.approval.endorsed],
        "left": [one for one in rows if not one.approval.endorsed],
        "unopened": unopened(meeting).count(),
        "quorum": quorum(meeting),
        "stops": stops(meeting),
    }


def _answers(
    _request: HttpRequest, seat: BoardSeat, meeting: BoardMeeting
) -> dict[str, Any]:
    rows = recommendations(seat.board).filter(meeting=meeting)
    return {
        "rows": rows,
        "behind": True,
        "quorum": quorum(meeting),
        "stops": stops(meeting),
    }


SHOWN: dict[str, Shown] = {
    Phase.PLANNED: _planned,
    Phase.OPENING: _opening,
    Phase.READ_OUT: _read_out,
    Phase.RESPONSE: _answers,
    Phase.CLOSED: _answers,
}


def context_of(
    request: HttpRequest, seat: BoardSeat, meeting: BoardMeeting
) -> dict[str, Any]:
    """What the template of the phase needs."""
    shown = SHOWN.get(meeting.phase)
    return shown(request, seat, meeting) if shown else {}
