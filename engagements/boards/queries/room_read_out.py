"""The drafts of a meeting as they are read out: which are handed over, and what of
their support."""

from __future__ import annotations

from engagements.boards.queries.room_drafts import Drafted, drafts
from engagements.boards.support import Support, support
from engagements.models import BoardMeeting


def endorsed(meeting: BoardMeeting) -> list[Drafted]:
    """Those that are handed over, in the order of the list."""
    return [one for one in drafts(meeting) if one.approval.endorsed]


def told_support(one: Drafted) -> Support:
    """What may be told outside; a tick without a number says no more than that the
    draft is endorsed."""
    yes = one.row.hands or one.approval.approve
    # Who left after the hands were counted would make "all" of some.
    if one.approval.in_room and (not yes or yes > one.approval.present):
        return Support("most", None)
    return support(yes, one.approval.present)
