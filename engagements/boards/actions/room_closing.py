"""Leaving the room: everything said has ended as one thing, and the keys are gone."""

from __future__ import annotations

from django.utils.translation import ngettext

from engagements.errors import RuleError
from engagements.models import BoardMeeting, Contribution, Room


def refuse_open_ends(meeting: BoardMeeting) -> None:
    """Whoever leads on waits until everything is recommendation, issue or withdrawn."""
    rows = Contribution.objects.filter(meeting=meeting, ends_as="")
    left = rows.count()
    if left:
        words = ngettext(
            "%(left)d contribution is still open: make it part of a recommendation, "
            "park it for a joint issue, or withdraw it.",
            "%(left)d contributions are still open: make each part of a "
            "recommendation, park it for a joint issue, or withdraw it.",
            left,
        )
        raise RuleError(words % {"left": left})


def forget_authors(meeting: BoardMeeting) -> None:
    """From the read-out on nobody can tell who said what without a name."""
    Room.objects.filter(meeting=meeting).update(secret=None)
    Contribution.objects.filter(meeting=meeting).exclude(author_key="").update(
        author_key=""
    )
