"""What the page of a room shows: a fixed number of questions, whatever was said."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any, NamedTuple
from uuid import UUID

from django.db import connection
from django.db.models import Count, Exists, OuterRef, Q

from engagements.boards import room_authors
from engagements.boards.prepared import Mark, Prepared, prepare
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

Wording = Contribution.Wording


class Said(NamedTuple):
    """One contribution as somebody who sits sees it; hundreds are made for a page."""

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

    pk: UUID
    name: str
    # Empty for the facilitator.
    organisation: str
    is_chair: bool
    present: bool


def room_of(meeting: BoardMeeting) -> Room:
    """The room; one that nobody wrote in yet has no secret either."""
    return Room.objects.filter(meeting=meeting).first() or Room(
        meeting=meeting, version=0, secret=None
    )


def agenda(meeting: BoardMeeting) -> list[Group]:
    """The topics alone: one query."""
    return [Group(topic, []) for topic in Topic.objects.filter(meeting=meeting)]


def groups(room: Room, meeting: BoardMeeting, seat: BoardSeat) -> list[Group]:
    """Everything said, by topic, in its order: four queries."""
    topics = list(Topic.objects.filter(meeting=meeting))
    by_topic: dict[str, list[Said]] = defaultdict(list)
    for topic, row in _said(room, meeting, seat):
        by_topic[topic].append(row)
    found = [Group(topic, by_topic.pop(topic.pk.hex, [])) for topic in topics]
    without = by_topic.get("", [])
    return [*found, Group(None, without)] if without else found


def said(room: Room, meeting: BoardMeeting, seat: BoardSeat, pk: UUID) -> Said | None:
    """One contribution, as the list shows it."""
    return next((row for _topic, row in _said(room, meeting, seat, pk=pk)), None)


def _said(
    room: Room, meeting: BoardMeeting, seat: BoardSeat, **only: UUID
) -> list[tuple[str, Said]]:
    key, own = room_authors.key_of(room, seat), seat.pk.hex
    support = _support(meeting, seat)
    drafts = _numbers(meeting)
    # Looked up once: there are hundreds of rows.
    kinds = {one.value: str(one.label) for one in Contribution.Kind}
    ends_as = {one.value: str(one.label) for one in Contribution.End}
    question = _one(connection.vendor) if only else _all(connection.vendor)
    found = []
    for row in question.fetch(meeting=meeting.pk, **only):
        pk, text, by, author, kind, wording, state, hands, ends, draft = row[:10]
        said = Said(
            _dashed(pk),
            text,
            f"{row[10]}, {row[11]}" if by else "",
            kind,
            kinds[kind],
            wording,
            state,
            hands,
            *support.get(pk, (0, False)),
            _hex(by) == own if by else bool(key and author == key),
            ends,
            ends_as[ends],
            drafts.get(draft),
        )
        found.append((_hex(row[12]) if row[12] else "", said))
    return found


_FIELDS = (
    *("pk", "text", "seat_id", "author_key", "kind", "strategic_wording"),
    *("wording_state", "hands", "ends_as", "draft_id"),
    *("seat__contact__name", "seat__organisation__name", "topic_id"),
)
# Stand-ins that no row has.
_NO_MEETING, _NO_SEAT, _NOTHING = (UUID(int=0x0B0A60 + n) for n in range(3))
_OF_MEETING = {"meeting": Mark(_NO_MEETING, BoardMeeting._meta.pk)}


@cache
def _all(_vendor: str) -> Prepared:
    rows = Contribution.objects.filter(meeting=_NO_MEETING)
    return prepare(rows.values_list(*_FIELDS), _OF_MEETING)


@cache
def _one(_vendor: str) -> Prepared:
    rows = Contribution.objects.filter(meeting=_NO_MEETING, pk=_NOTHING)
    marks = _OF_MEETING | {"pk": Mark(_NOTHING, Contribution._meta.pk)}
    return prepare(rows.values_list(*_FIELDS), marks)


@cache
def _supporters(_vendor: str) -> Prepared:
    rows = Support.objects.filter(contribution__meeting=_NO_MEETING).order_by()
    own = Count("pk", filter=Q(seat=_NO_SEAT))
    counted = rows.values_list("contribution").annotate(n=Count("pk"), own=own)
    marks = _OF_MEETING | {"seat": Mark(_NO_SEAT, BoardSeat._meta.pk)}
    return prepare(counted, marks)


def _support(meeting: BoardMeeting, seat: BoardSeat) -> dict[Any, tuple[int, bool]]:
    rows = _supporters(connection.vendor).fetch(meeting=meeting.pk, seat=seat.pk)
    return {pk: (n, bool(own)) for pk, n, own in rows}


@cache
def _standing(_vendor: str) -> Prepared:
    rows = RoomDraft.objects.filter(meeting=_NO_MEETING, dropped=False)
    return prepare(rows.values_list("pk"), _OF_MEETING)


def _numbers(meeting: BoardMeeting) -> dict[Any, int]:
    """Drafts are counted as they stand: what was dropped leaves no gap."""
    rows = _standing(connection.vendor).fetch(meeting=meeting.pk)
    return {pk: number for number, (pk,) in enumerate(rows, 1)}


def _hex(key: UUID | str) -> str:
    """A key as either database gives it."""
    return key if isinstance(key, str) else key.hex


def _dashed(key: UUID | str) -> str:
    h = _hex(key)
    return f"{h[:8]}-{h[8:12]}-{h[12:16]}-{h[16:20]}-{h[20:]}"


def people(meeting: BoardMeeting, now: datetime) -> list[Here]:
    """Who sits and who of them is here, the chair first, the facilitator last: one
    query."""
    present = here(meeting.pk, now).filter(seat=OuterRef("pk"))
    rows = BoardSeat.objects.current().neutral().filter(board=meeting.board_id)
    seats = rows.order_by("-is_chair", "role", "from_on", "pk").values_list(
        "pk", "contact__name", "organisation__name", "is_chair", Exists(present)
    )
    found = [
        Here(pk, name, organisation or "", is_chair, is_here)
        for pk, name, organisation, is_chair, is_here in seats
    ]
    return sorted(found, key=lambda one: not one.organisation)


def files(meeting: BoardMeeting) -> list[RoomFile]:
    """What was brought along, by name."""
    return list(RoomFile.objects.filter(meeting=meeting))
