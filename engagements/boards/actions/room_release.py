"""What leaves the room: the endorsed words, copied to the host in one transaction.

Nothing else goes along: no row of the room, no id, no count of what was not endorsed.
"""

from __future__ import annotations

from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from engagements.boards import answer_mails, told_mails
from engagements.boards.actions.room_drafts import MOST
from engagements.boards.queries.room_drafts import Drafted
from engagements.boards.queries.room_read_out import endorsed, told_support
from engagements.errors import RuleError
from engagements.models import BoardMeeting, Recommendation
from engagements.notices.ledger import owe

_COPIED = ("wording", "problem", "evidence", "desired_outcome", "benefits", "ancestor")


def release(meeting: BoardMeeting) -> None:
    """Part of the move to the host, under its lock: once, or not at all.

    Raises RuleError where more than seven are endorsed.
    """
    chosen = endorsed(meeting)
    if len(chosen) > MOST:
        words = _(
            "%(count)d are endorsed, and seven can be handed over. Merge or drop."
        )
        raise RuleError(words % {"count": len(chosen)})
    last = Recommendation.objects.filter(board=meeting.board_id).aggregate(
        last=Max("number")
    )["last"]
    now = timezone.now()
    Recommendation.objects.bulk_create(
        Recommendation(
            board_id=meeting.board_id,
            meeting=meeting,
            number=number,
            submitted_at=now,
            **_told(one),
        )
        for number, one in enumerate(chosen, (last or 0) + 1)
    )
    if chosen:
        owe([*answer_mails.released(meeting), *told_mails.released(meeting)])


def _told(one: Drafted) -> dict[str, object]:
    """The words of a draft, and how much support may be told of."""
    words = {name: getattr(one.row, name) for name in _COPIED}
    found = told_support(one)
    return {**words, "support": found.word, "support_count": found.count}
