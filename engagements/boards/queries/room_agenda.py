"""What a meeting speaks about, as told to those who sit in advance."""

from __future__ import annotations

from engagements.boards.agenda import Point
from engagements.models import BoardMeeting, Topic


def points(meeting: BoardMeeting) -> list[Point]:
    """The topics in their order: one query."""
    return [Point(row.title, row.starts_at) for row in topics(meeting)]


def topics(meeting: BoardMeeting) -> list[Topic]:
    """The same as rows."""
    return list(Topic.objects.filter(meeting=meeting))
