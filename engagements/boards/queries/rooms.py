"""What the page of a room shows: a fixed number of questions, whatever was said."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Count, Q

from engagements.boards import room_authors
from engagements.boards.queries.room_state import here
from engagements.models import (
    BoardMeeting,
    BoardSeat,
    Contribution,
    Room,
    RoomDraft,
    RoomFile,
    Support,
    Topic,
)

_KINDS = dict(Contribution.Kind.choices)
_ENDS = dict(Contribution.End.choices)
Wording = Contribution.Wording


@dataclass(frozen=True, slots=True)
class Said:
    """One contribution as somebody who sits sees it."""

    id: str
    text: str
    name: str
    kind: str
    kind_words: str
    wording: str
    wording_state: str
    hands: int | None
    supporters: int
    supported: bool
    mine: bool
    ends: str
    ends_words: str
    draft: int | None

    @property
    def asked(self) -> bool:
        """The author is asked about another wording."""
        return self.wording_state == Wording.PROPOSED

    @property
    def taken(self) -> bool:
        """The author took the strategic wording."""
        return self.wording_state == Wording.ACCEPTED


@dataclass(frozen=True)
class Group:
    """What was said about one topic; without a topic comes last."""

    topic: Topic | None
    said: list[Said]


@dataclass(frozen=True)
class Here:
    """Somebody who sits, and whether they are in the room."""

    seat: BoardSeat
    present: bool


def room_of(meeting: BoardMeeting) -> Room:
    """The room; one that nobody wrote in yet has no secret either."""
    return Room.objects.filter(meeting=meeting).first() or Room(
        meeting=meeting, version=0, secret=None
    )


def agenda(meeting: BoardMeeting) -> list[Group]:
    """The topics alone: one query."""
    return [Group(topic, []) for topic in Topic.objects.filter(meeting=meeting)]


def groups(meeting: BoardMeeting, seat: BoardSeat) -> list[Group]:
    """Everything said, by topic, in its order: five queries."""
    topics = list(Topic.objects.filter(meeting=meeting))
    by_topic: dict[UUID | None, list[Said]] = defaultdict(list)
    for topic, row in _said(meeting, seat):
        by_topic[topic].append(row)
    found = [Group(topic, by_topic.pop(topic.pk, [])) for topic in topics]
    without = by_topic.get(None, [])
    return [*found, Group(None, without)] if without else found


def said(meeting: BoardMeeting, seat: BoardSeat, pk: UUID) -> Said | None:
    """One contribution, as the list shows it."""
    return next((row for _topic, row in _said(meeting, seat, pk=pk)), None)


_FIELDS = (
    *("pk", "text", "seat_id", "author_key", "kind", "strategic_wording"),
    *("wording_state", "hands", "ends_as", "draft_id"),
    *("seat__contact__name", "seat__organisation__name", "topic_id"),
)


def _said(
    meeting: BoardMeeting, seat: BoardSeat, **only: Any
) -> list[tuple[UUID | None, Said]]:
    key = room_authors.key_of(room_of(meeting), seat)
    support = _support(meeting, seat)
    drafts = dict(_numbers(meeting))
    rows = Contribution.objects.filter(meeting=meeting, **only)
    found = []
    for row in rows.values_list(*_FIELDS):
        pk, text, by, author, kind, wording, state, hands, ends, draft = row[:10]
        said = Said(
            str(pk),
            text,
            f"{row[10]}, {row[11]}" if by else "",
            kind,
            str(_KINDS[kind]),
            wording,
            state,
            hands,
            *support.get(pk, (0, False)),
            by == seat.pk or bool(key and author == key),
            ends,
            str(_ENDS[ends]),
            drafts.get(draft),
        )
        found.append((row[12], said))
    return found


def _support(meeting: BoardMeeting, seat: BoardSeat) -> dict[UUID, tuple[int, bool]]:
    rows = Support.objects.filter(contribution__meeting=meeting).order_by()
    counted = rows.values_list("contribution").annotate(
        n=Count("pk"), own=Count("pk", filter=Q(seat=seat))
    )
    return {pk: (n, bool(own)) for pk, n, own in counted}


def _numbers(meeting: BoardMeeting) -> list[tuple[UUID, int]]:
    """Drafts are counted as they stand: what was dropped leaves no gap."""
    live = RoomDraft.objects.filter(meeting=meeting, dropped=False)
    pks = live.values_list("pk", flat=True)
    return [(pk, number) for number, pk in enumerate(pks, 1)]


def people(meeting: BoardMeeting, now: datetime) -> list[Here]:
    """Who sits and who of them is here, the chair first: two queries."""
    present = set(here(meeting.pk, now).values_list("seat_id", flat=True))
    rows = BoardSeat.objects.current().filter(board=meeting.board_id)
    seats = rows.select_related("contact", "organisation")
    ordered = sorted(seats, key=lambda row: (row.is_facilitator, not row.is_chair))
    return [Here(row, row.pk in present) for row in ordered]


def files(meeting: BoardMeeting) -> list[RoomFile]:
    """What was brought along, by name."""
    return list(RoomFile.objects.filter(meeting=meeting))
