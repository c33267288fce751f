"""Where competitors sit together: an agenda in advance, and no other business."""

from __future__ import annotations

from uuid import UUID

from django.utils.translation import gettext as _

from engagements.boards.queries.boards import only_the_agenda
from engagements.errors import RuleError
from engagements.models import BoardMeeting, Topic


def refuse_other_business(meeting: BoardMeeting, topic: UUID | None) -> None:
    """What is said without a topic, on a board whose charter lets none be without."""
    if topic is None and only_the_agenda(meeting.board_id):
        words = _("Choose a topic: the charter of this board knows no other business.")
        raise RuleError(words)


def refuse_a_late_topic(meeting: BoardMeeting) -> None:
    """Nothing joins the agenda of such a board once the doors are closed."""
    closed = meeting.phase == BoardMeeting.Phase.DELIBERATION
    if closed and only_the_agenda(meeting.board_id):
        words = _(
            "The agenda of this board is told in advance: no topic joins it once the "
            "doors are closed."
        )
        raise RuleError(words)


def refuse_without_agenda(meeting: BoardMeeting) -> None:
    """The doors of such a board do not close on an empty agenda."""
    if only_the_agenda(meeting.board_id) and not _has_agenda(meeting):
        words = _(
            "Write the agenda first: some of the members compete, and everything said "
            "belongs to a topic told in advance."
        )
        raise RuleError(words)


def _has_agenda(meeting: BoardMeeting) -> bool:
    return Topic.objects.filter(meeting=meeting).exists()
