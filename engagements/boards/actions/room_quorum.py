"""Below the quorum nothing leaves the room, unless the facilitator says why it does."""

from __future__ import annotations

from django.utils.translation import gettext as _

from engagements.boards.actions.room_holding import writing
from engagements.boards.queries.room_quorum import quorum
from engagements.boards.queries.room_read_out import endorsed
from engagements.boards.states import Meet
from engagements.errors import RuleError
from engagements.models import BoardMeeting, BoardSeat, Room


def go_on(*, by: BoardSeat, meeting: BoardMeeting, reason: str) -> None:
    """What those present approve counts all the same; the members read why. Without
    words it is taken back. Raises RuleError where enough are present."""
    with writing(meeting, by, Meet.COUNT) as room:
        if reason and not quorum(meeting, room).short:
            raise RuleError(_("Enough members are here: no reason is needed."))
        room.below_quorum = reason
        room.save(update_fields=["below_quorum"])


def refuse_below(meeting: BoardMeeting) -> None:
    """No list is handed over that too few have approved."""
    found = quorum(meeting)
    if found.counts or not endorsed(meeting):
        return
    words = _(
        "%(present)d of %(sit)d members are noted as here, and %(needed)d make the "
        "quorum. Note who else is here, or say why the list counts all the same."
    )
    said = {"present": found.present, "sit": found.sit, "needed": found.needed}
    raise RuleError(words % said)


def keep_if_needed(meeting: BoardMeeting) -> None:
    """A reason stays with the meeting only where the list went without the quorum."""
    found = quorum(meeting)
    if found.reason and not found.short:
        Room.objects.filter(meeting=meeting).update(below_quorum="")
