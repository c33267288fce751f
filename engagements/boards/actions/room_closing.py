"""Leaving the room: everything said has ended as one thing, and the keys are gone."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from engagements.boards.queries.room_ends import unopened
from engagements.boards.queries.room_read_out import endorsed
from engagements.errors import RuleError
from engagements.models import BoardMeeting, Contribution, Room


def refuse_open_ends(meeting: BoardMeeting) -> None:
    """Whoever leads on waits until everything is recommendation, issue or withdrawn."""
    rows = Contribution.objects.filter(meeting=meeting, ends_as="")
    left = rows.count()
    if left:
        words = ngettext(
            "%(left)d contribution is still open: make it part of a recommendation, "
            "or its author parks it for a joint issue or withdraws it. For an author "
            "who is not here any more its page says what you can do.",
            "%(left)d contributions are still open: make each part of a "
            "recommendation, or its author parks it for a joint issue or withdraws "
            "it. For an author who is not here any more its page says what you can "
            "do.",
            left,
        )
        raise RuleError(words % {"left": left})


def refuse_unopened(meeting: BoardMeeting) -> None:
    """Once the room is closed no member can open a joint issue from it any more."""
    left = unopened(meeting).count()
    if left:
        words = ngettext(
            "%(left)d joint issue is still to be opened by its member. Wait for it, "
            "or confirm that it counts as withdrawn.",
            "%(left)d joint issues are still to be opened by their members. Wait for "
            "them, or confirm that they count as withdrawn.",
            left,
        )
        raise RuleError(words % {"left": left})


def withdraw_unopened(meeting: BoardMeeting) -> None:
    """What was parked and never opened ends as nothing else but withdrawn."""
    unopened(meeting).update(ends_as=Contribution.End.WITHDRAWN, consent_on=None)


def withdraw_left_behind(meeting: BoardMeeting) -> None:
    """What a draft was made of that is not endorsed ends as withdrawn: it became part
    of nothing. The draft stays beside it and tells such a row from one taken back."""
    gone = [one.row.pk for one in endorsed(meeting)]
    ended = Contribution.objects.filter(
        meeting=meeting, ends_as=Contribution.End.RECOMMENDATION
    )
    left = ended.exclude(draft__in=gone)
    left.update(ends_as=Contribution.End.WITHDRAWN)


def refuse_empty(meeting: BoardMeeting) -> None:
    """A meeting that hands nothing over can be what a board wants: it is asked."""
    if not endorsed(meeting):
        words = _(
            "No draft is endorsed: nothing is handed over, and %(host)s has nothing to "
            "answer. Confirm that the meeting ends without a list."
        )
        raise RuleError(words % {"host": meeting.board.supplier.name})


def forget_authors(meeting: BoardMeeting) -> None:
    """From the read-out on nobody can tell who said what without a name."""
    Room.objects.filter(meeting=meeting).update(secret=None)
    Contribution.objects.filter(meeting=meeting).exclude(author_key="").update(
        author_key=""
    )
