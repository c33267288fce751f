"""What is said in the room: topics, contributions, support, presence."""

from __future__ import annotations

import re
from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext as _

from engagements.boards import room_authors
from engagements.boards.actions.room_business import (
    refuse_a_late_topic,
    refuse_other_business,
)
from engagements.boards.actions.room_holding import (
    next_position,
    row_of,
    writing,
)
from engagements.boards.actions.room_stops import refuse_stopped
from engagements.boards.states import Meet
from engagements.errors import RuleError
from engagements.models import (
    Attendance,
    Board,
    BoardMeeting,
    BoardSeat,
    Contribution,
    Room,
    Support,
    Topic,
)

# A line of its own that is a number: hands raised for the line before.
_HANDS = re.compile(r"\d{1,2}")


def add_topic(*, by: BoardSeat, meeting: BoardMeeting, key: UUID, title: str) -> Topic:
    """Something to speak about, in advance or while the room is open. The same `key`
    again is the same topic, sent twice."""
    with writing(meeting, by, Meet.PREPARE) as room:
        sent = Topic.objects.filter(meeting=meeting, pk=key).first()
        if sent is not None:
            return sent
        refuse_stopped(meeting)
        refuse_a_late_topic(room.meeting)
        position = next_position(Topic, meeting)
        return Topic.objects.create(
            pk=key, meeting=meeting, title=title, position=position
        )


def remove_topic(*, by: BoardSeat, meeting: BoardMeeting, topic: UUID) -> None:
    """Take a topic off; what was said about it stays."""
    with writing(meeting, by, Meet.PREPARE):
        row_of(Topic, meeting, topic).delete()


def say(
    *,
    by: BoardSeat,
    meeting: BoardMeeting,
    key: UUID,
    text: str,
    topic: UUID | None = None,
    named: bool = False,
) -> Contribution:
    """A member's contribution. The same `key` again is the same contribution, sent
    twice. Raises RuleError for a name where the charter lets none stand."""
    with writing(meeting, by, Meet.CONTRIBUTE) as room:
        if named and by.board.attribution != Board.Attribution.NAMED:
            raise RuleError(_("No names stand beside what is said on this board."))
        sent = Contribution.objects.filter(meeting=meeting, pk=key).first()
        if sent is not None:
            return sent
        refuse_stopped(meeting)
        refuse_other_business(meeting, topic)
        return Contribution.objects.create(
            pk=key,
            meeting=meeting,
            topic=row_of(Topic, meeting, topic) if topic else None,
            seat=by if named else None,
            author_key="" if named else room_authors.key_of(room, by),
            text=text,
            position=next_position(Contribution, meeting),
        )


def capture(
    *,
    by: BoardSeat,
    meeting: BoardMeeting,
    key: UUID,
    line: str,
    topic: UUID | None = None,
    kind: str = Contribution.Kind.NONE,
) -> Contribution:
    """A line said aloud, kept for nobody; a number alone counts hands for the last."""
    with writing(meeting, by, Meet.CAPTURE):
        if _HANDS.fullmatch(line):
            return _count_hands(by, meeting, int(line))
        sent = Contribution.objects.filter(meeting=meeting, pk=key).first()
        if sent is not None:
            return sent
        refuse_stopped(meeting)
        refuse_other_business(meeting, topic)
        return Contribution.objects.create(
            pk=key,
            meeting=meeting,
            topic=row_of(Topic, meeting, topic) if topic else None,
            captured=True,
            text=line,
            kind=kind,
            position=next_position(Contribution, meeting),
        )


def _count_hands(by: BoardSeat, meeting: BoardMeeting, hands: int) -> Contribution:
    rows = Contribution.objects.filter(meeting=meeting, captured=True)
    last = rows.order_by("position").last()
    if last is None:
        raise RuleError(_("Write a line first; a number counts hands for it."))
    last.hands = refuse_more_than_sit(by.board_id, hands)
    last.save(update_fields=["hands"])
    return last


def refuse_more_than_sit(board: UUID, hands: int) -> int:
    """So many hands. Raises RuleError where fewer members sit."""
    rows = BoardSeat.objects.current().neutral().members()
    sit = rows.filter(board=board).count()
    if hands > sit:
        words = _("%(hands)d hands are more than the %(sit)d members who sit.")
        raise RuleError(words % {"hands": hands, "sit": sit})
    return hands


def support(
    *, by: BoardSeat, meeting: BoardMeeting, contribution: UUID, yes: bool
) -> None:
    """Stand behind what was said, or step back; twice is once."""
    with writing(meeting, by, Meet.CONTRIBUTE):
        row = row_of(Contribution, meeting, contribution)
        if yes:
            Support.objects.get_or_create(contribution=row, seat=by)
        else:
            Support.objects.filter(contribution=row, seat=by).delete()


def set_hands(
    *, by: BoardSeat, meeting: BoardMeeting, contribution: UUID, hands: int | None
) -> None:
    """How many hands were raised for it in the room."""
    with writing(meeting, by, Meet.SORT):
        row = row_of(Contribution, meeting, contribution)
        row.hands = None if hands is None else refuse_more_than_sit(by.board_id, hands)
        row.save(update_fields=["hands"])


def come_in(*, by: BoardSeat, meeting: BoardMeeting, now: datetime) -> None:
    """Be in the room, and say so again while the page is open.

    Whom the facilitator has ticked stays without a moment. Only a change of who is
    there makes the others look again.
    """
    with writing(meeting, by, Meet.ENTER, quiet=True) as room:
        row, created = Attendance.objects.get_or_create(
            meeting=meeting, seat=by, defaults={"present": True, "last_seen_at": now}
        )
        if created or not row.present:
            _changed(room)
        elif row.last_seen_at is None:
            return
        row.present, row.last_seen_at = True, now
        row.save(update_fields=["present", "last_seen_at"])


def leave(*, by: BoardSeat, meeting: BoardMeeting) -> None:
    """Be in the room no more."""
    with writing(meeting, by, Meet.ENTER):
        Attendance.objects.filter(meeting=meeting, seat=by).update(present=False)


def tick_present(
    *, by: BoardSeat, meeting: BoardMeeting, seat: UUID, present: bool
) -> None:
    """The facilitator notes who is there, where nobody touches a keyboard."""
    with writing(meeting, by, Meet.COUNT):
        sits = BoardSeat.objects.current().filter(board=by.board_id, pk=seat).first()
        if sits is None:
            raise RuleError(_("Nobody holds this seat today."))
        Attendance.objects.update_or_create(
            meeting=meeting,
            seat=sits,
            defaults={"present": present, "last_seen_at": None},
        )


def _changed(room: Room) -> None:
    room.version += 1
    room.save(update_fields=["version"])
