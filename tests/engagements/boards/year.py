"""Rooms in which much was said: one in deliberation, one in the read-out, one the host
answers, one closed; and everybody who may know of it, and who may not."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from uuid import uuid4

import time_machine
from django.apps import apps
from django.test import TestCase
from django.urls import reverse
from django.utils import timezone

from engagements.boards.links import path
from engagements.boards.queries.room_drafts import shown_as
from engagements.models import (
    Board,
    BoardMeeting,
    BoardSeat,
    Recommendation,
    RoomDraft,
    rooms,
)
from tests import leaks
from tests.crawling import LONG, crawl
from tests.engagements.boards.closed import (
    BEGINS,
    WORD,
    Said,
    at,
    browser,
    fill,
    forbidden,
)
from tests.factories import (
    BoardMeetingFactory,
    RelationshipFactory,
    UserFactory,
    board_with_seats,
)
from tests.sitting import Client

SEALED = [model for model in apps.get_models() if issubclass(model, rooms.Sealed)]
# What the room hands over is told; nothing but it is.
TOLD = "plumbicrake"
READS = "executive of the host"
Phase = BoardMeeting.Phase
DOORS = (
    *("/boards/", "/b/", "/ideas/", "/relationships.csv", "/contracts.csv"),
    *("/health/", "/technical/", "/me/notices/", "/portfolio/health/", "/log/"),
    *(f"/search/?q={BEGINS}", f"/search/palette/?q={BEGINS}"),
)
_MOVES = (
    ("read_out", Phase.READ_OUT),
    ("respond", Phase.RESPONSE),
    ("close", Phase.CLOSED),
)
NOTHING = re.compile("$^")
# Differs at every look.
_FRESH = re.compile(r'name="(?:csrfmiddlewaretoken|submit_key)" value="[^"]*"')


@dataclass
class Year:
    """Who may enter, who may not, and what there is to be looked for."""

    board: Board
    # One meeting of a board is under way at a time: the read-out is of another one.
    second: Board
    folder: Path
    insiders: dict[str, dict[str, Client]]
    outsiders: dict[str, Client]
    moment: datetime = field(default_factory=timezone.now)
    meetings: dict[str, BoardMeeting] = field(default_factory=dict)
    said: dict[str, Said] = field(default_factory=dict)
    # Where it may have stayed: the log, the queue, the cache, rows and files.
    places: dict[str, str] = field(default_factory=dict)
    # What somebody of the host read before the last room was used.
    before: dict[str, str] = field(default_factory=dict)

    def of(self, meeting: BoardMeeting) -> dict[str, Client]:
        """Those who sit on the board of a meeting."""
        return self.insiders[str(meeting.board_id)]

    def secrets(self) -> set[str]:
        """The word, and the ids of all sealed rows."""
        keys = [row.pk for model in SEALED for row in model.objects.all()]
        return {WORD, *(str(key) for key in keys), *(key.hex for key in keys)}

    def tokens(self) -> set[str]:
        """What the links of all seats let in by."""
        seats = BoardSeat.objects.filter(board__in=(self.board, self.second))
        return {path(seat).split("/")[2] for seat in seats}

    def pages(self, who: str, but: re.Pattern[str]) -> dict[str, str]:
        """All that somebody outside reaches, and what the addresses inside answer, as
        of one moment."""
        inside = [f"/boards/{self.board.pk}/", f"/boards/{self.second.pk}/"]
        for phase, meeting in self.meetings.items():
            said = self.said.get(phase)
            names = ("board-room", "board-room-state", "board-drafts")
            inside += [at(meeting, name) for name in names]
            inside += [said.file] if said else []
        client = self.outsiders[who]
        client.raise_request_exception = False
        with time_machine.travel(self.moment, tick=False):
            found = crawl(client, *DOORS, *inside, but=but)
            return {address: _FRESH.sub("", text) for address, text in found}


def build(folder: Path) -> Year:
    """The board and its meetings, through the pages of those who sit."""
    with leaks.logged() as log, TestCase.captureOnCommitCallbacks(execute=True):
        year = _board(folder)
        for phase in (Phase.CLOSED, Phase.RESPONSE, Phase.READ_OUT):
            _hold(year, phase)
        _answer()
        meeting = _meeting(year, Phase.DELIBERATION)
        year.before = year.pages(READS, but=LONG)
        year.said[Phase.DELIBERATION] = _fill(year, meeting)
        _vote(year)
    year.places = leaks.remembered() | {"the log": leaks.words_of(log)}
    return year


def _board(folder: Path) -> Year:
    board = board_with_seats(5)
    second = board_with_seats(3, supplier=board.supplier)
    chair = board.seats.get(is_chair=True)
    RelationshipFactory(client=chair.organisation, supplier=board.supplier)
    # The first by address joins the host, the second leaves.
    other = _members(board)[1]
    other_board = board_with_seats(1).seats.members().get()
    outsiders = {"member of another board": browser(other_board)}
    outsiders |= forbidden(chair, other)
    insiders = {str(one.pk): _sitting(one) for one in (board, second)}
    return Year(board, second, folder, insiders, outsiders)


def _members(board: Board) -> list[BoardSeat]:
    return list(board.seats.members().filter(is_chair=False).order_by("address"))


def _sitting(board: Board) -> dict[str, Client]:
    """By link alone, and signed in beside it."""
    signed = _members(board)[-1]
    signed.contact.user = user = UserFactory(email=signed.address)
    signed.contact.save()
    return {
        "facilitator": browser(board.seats.get(role="facilitator")),
        "chair": browser(board.seats.get(is_chair=True)),
        "member with an account": browser(signed, user),
    }


def _meeting(year: Year, phase: str) -> BoardMeeting:
    """A meeting that talks behind closed doors, and will be left in this phase."""
    board = year.second if phase == Phase.READ_OUT else year.board
    number = board.meetings.count() + 1
    found = BoardMeetingFactory(board=board, number=number, phase=Phase.DELIBERATION)
    year.meetings[phase] = found
    return found


def _fill(year: Year, meeting: BoardMeeting) -> Said:
    sitting = year.of(meeting)
    return fill(meeting, sitting["chair"], sitting["facilitator"])


def _hold(year: Year, phase: str) -> None:
    """A meeting up to this phase, through the pages of those who sit."""
    meeting = _meeting(year, phase)
    leads = year.of(meeting)["facilitator"]
    year.said[phase] = _fill(year, meeting)
    captured = rooms.Contribution.objects.get(meeting=meeting, captured=True)
    leads.post(at(meeting, "board-room-said", captured.pk), {"withdraw": "1"})
    if phase == Phase.CLOSED:
        _tell(meeting, leads)
    for move, after in _MOVES[: 1 + [one for _move, one in _MOVES].index(phase)]:
        # Of the second nothing is handed over, which is asked.
        moved = {"move": move, "confirm": "1"}
        leads.post(at(meeting, "board-meeting-move"), moved)
        meeting.refresh_from_db()
        assert meeting.phase == after


def _tell(meeting: BoardMeeting, leads: Client) -> None:
    """A draft that goes to the host, in words of its own."""
    texts = ("wording", "problem", "evidence", "desired_outcome", "benefits")
    words = {name: f"{name} {TOLD}" for name in texts}
    leads.post(at(meeting, "board-draft-new"), {"key": uuid4(), **words})
    draft = RoomDraft.objects.get(meeting=meeting, wording__contains=TOLD)
    leads.post(
        at(meeting, "board-drafts"), {"tick": draft.pk, "shown": shown_as(draft)}
    )


def _answer() -> None:
    """What was asked is there, says the host, and was reported back."""
    now = timezone.now()
    Recommendation.objects.update(
        state=Recommendation.State.REPORTED_BACK,
        decision=Recommendation.Decision.ACCEPT,
        answered_at=now,
        decided_at=now,
        delivered_on=now.date(),
        reported_back_at=now,
    )


def _vote(year: Year) -> None:
    """A member has another opinion."""
    asked = Recommendation.objects.get()
    vote = reverse("engagements:board-door-vote", args=[asked.pk])
    year.insiders[str(year.board.pk)]["chair"].post(vote, {"verdict": "partly"})
    assert rooms.VerdictVote.objects.get().verdict == "partly"
