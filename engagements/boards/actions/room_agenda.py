"""The agenda, written before the doors close; from then on topics are added singly."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.translation import gettext as _

from engagements.boards.actions.room_holding import writing
from engagements.boards.agenda import Point
from engagements.boards.queries.room_agenda import points
from engagements.boards.states import Meet
from engagements.errors import RuleError
from engagements.models import BoardMeeting, BoardSeat, Topic


def write(
    *,
    by: BoardSeat,
    meeting: BoardMeeting,
    agenda: Sequence[Point],
    shown: Sequence[Point],
) -> None:
    """These topics in this order, in place of those that were `shown`.

    Nothing is said about a topic before the doors close, so none has to be kept.
    Raises RuleError where somebody else wrote meanwhile.
    """
    with writing(meeting, by, Meet.AGENDA):
        if points(meeting) != list(shown):
            words = _("The agenda was changed meanwhile. Open it again; copy yours.")
            raise RuleError(words, field="lines")
        Topic.objects.filter(meeting=meeting).delete()
        Topic.objects.bulk_create(
            Topic(
                meeting=meeting,
                title=point.title,
                starts_at=point.starts_at,
                position=position,
            )
            for position, point in enumerate(agenda, 1)
        )
