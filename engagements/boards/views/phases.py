"""What the page of a meeting shows in each phase, beside who moves it on.

A phase has a template, `templates/engagements/boards/phases/<phase>.html`, and what
that template needs, below.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest

from engagements.models import BoardMeeting, BoardSeat

Phase = BoardMeeting.Phase
Shown = Callable[[HttpRequest, BoardSeat, BoardMeeting], dict[str, Any]]
SHOWN: dict[str, Shown] = {}


def context_of(
    request: HttpRequest, seat: BoardSeat, meeting: BoardMeeting
) -> dict[str, Any]:
    """What the template of the phase needs."""
    shown = SHOWN.get(meeting.phase)
    return shown(request, seat, meeting) if shown else {}
