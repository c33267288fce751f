"""A room with a word in every sealed text, and everybody who must not read it."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import uuid4

from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from engagements.boards.links import path
from engagements.boards.queries.room_drafts import shown_as
from engagements.models import BoardSeat, Contribution, RoomDraft
from tests.factories import MembershipFactory, UserFactory
from tests.sitting import Client

# Found by a search for its beginning; nothing else in the world contains it.
BEGINS, WORD = "quorrelfen", "quorrelfenstal"


@dataclass
class Said:
    """What was put into a room."""

    row: Contribution
    draft: RoomDraft
    file: str


def fill(meeting, member: Client, facilitator: Client, word: str = WORD) -> Said:
    """Use everything a room has, through its pages, with a word in each text."""
    room = at(meeting, "board-room")
    facilitator.post(room, {"title": f"Topic {word}", "topic_key": uuid4()})
    member.post(room, {"here": "1"})
    member.post(room, {"key": uuid4(), "text": f"Said {word}"})
    captured = {"key": uuid4(), "line": f"Captured {word}", "kind": "strategic"}
    facilitator.post(at(meeting, "board-capture"), captured)
    facilitator.post(at(meeting, "board-capture"), {"key": uuid4(), "line": "2"})
    row = Contribution.objects.get(meeting=meeting, captured=False)
    one = at(meeting, "board-room-said", row.pk)
    facilitator.post(one, {"kind": "operational"})
    facilitator.post(one, {"wording": f"Strategy {word}"})
    member.post(one, {"answer": "takes", "shown": f"Strategy {word}"})
    member.post(room, {"support": row.pk})
    texts = ("wording", "problem", "evidence", "desired_outcome", "benefits")
    words = {name: f"{name} {word}" for name in texts}
    made = {"key": uuid4(), "contributions": [row.pk], **words}
    facilitator.post(at(meeting, "board-draft-new"), made)
    draft = RoomDraft.objects.get(meeting=meeting)
    against = {"shown": shown_as(draft), "dissent": f"Against {word}"}
    member.post(at(meeting, "board-drafts"), {"against": draft.pk, **against})
    reason = {"reason": f"Fewer {word}"}
    facilitator.post(at(meeting, "board-room-quorum"), reason)
    file = SimpleUploadedFile(f"File {word}.txt", f"In it {word}".encode())
    member.post(at(meeting, "board-room-file-add"), {"file": file})
    member.post(room, {"stop": "1"})
    went_on = {"sentence": f"Stopped {word}"}
    facilitator.post(at(meeting, "board-room-stops"), went_on)
    return Said(row, draft, at(meeting, "board-room-file", _file(meeting)))


def _file(meeting):
    from engagements.models import RoomFile

    return RoomFile.objects.get(meeting=meeting).pk


def at(meeting, name: str, *more) -> str:
    """An address of a meeting's room."""
    return reverse(f"engagements:{name}", args=[meeting.pk, *more])


def browser(seat: BoardSeat | None = None, user=None) -> Client:
    """A browser that holds the cookie of a seat, whoever is signed in."""
    client = Client()
    if seat is not None:
        assert client.post(path(seat)).status_code == 302
    if user is not None:
        client.force_login(user)
    return client


def forbidden(member: BoardSeat, other: BoardSeat) -> dict[str, Client]:
    """Everybody who must not know, each with a member's cookie where that is harder."""

    def host(role: str) -> Client:
        theirs = MembershipFactory(organisation=member.supplier, role=role)
        return browser(member, theirs.contact.user)

    colleague = MembershipFactory(
        organisation=member.organisation, role="administrator"
    )
    found = {
        "administrator of the host": host("administrator"),
        "executive of the host": host("executive"),
        "manager of the host": host("account_manager"),
        "operator": browser(member, UserFactory(is_staff=True, is_superuser=True)),
        "colleague of a member": browser(member, colleague.contact.user),
        "stranger": browser(member, MembershipFactory().contact.user),
        "nobody": browser(),
        "whose seat has ended": browser(other),
        "who joined the host": browser(_third(member, other)),
    }
    type(other).objects.filter(pk=other.pk).update(ended_on=timezone.localdate())
    MembershipFactory(
        organisation=member.supplier,
        contact__user=UserFactory(email=_third(member, other).address),
    )
    return found


def _third(*seats: BoardSeat) -> BoardSeat:
    rows = BoardSeat.objects.members().filter(board=seats[0].board)
    return rows.exclude(pk__in=[seat.pk for seat in seats]).order_by("address")[0]
