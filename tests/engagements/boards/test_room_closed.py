"""Closed is closed: every address of the door answers those outside as if there were
nothing, and what is done inside changes nothing outside."""

from __future__ import annotations

import re
from collections import defaultdict
from uuid import UUID, uuid4

import pytest
from django.core import mail
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import get_resolver, reverse

from engagements.boards.links import path
from engagements.models import BoardMeeting
from tests.engagements.boards.closed import at, browser, fill, forbidden
from tests.engagements.boards.year import SEALED
from tests.factories import BoardMeetingFactory, RecommendationFactory
from tests.leaks import rows
from tests.project.test_pages import routes

pytestmark = pytest.mark.django_db


@pytest.fixture
def other(board, member, chair):
    return board.seats.members().exclude(pk__in=[member.pk, chair.pk]).get()


@pytest.fixture
def media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    return tmp_path


# Of these the random address is asked as well: it must cost as many questions.
COMPARED = {"administrator of the host", "whose seat has ended"}
NIL = str(UUID(int=0))


def behind(names: dict[str, object]) -> list[str]:
    """Every address of the door about these rows."""
    found = [one for one, _example in routes(get_resolver().url_patterns)]
    return [
        "/" + re.sub(r"<\w+:(\w+)>", lambda part: str(names[part[1]]), one)
        for one in found
        if one.startswith("b/")
    ]


def answered(way, address: str) -> tuple[int, bytes, int]:
    """Status and page, and how often the database was asked for it."""
    with CaptureQueriesContext(connection) as asked:
        answer = way(address)
    return answer.status_code, answer.content, len(asked)


def test_those_outside_get_what_a_random_address_gets(
    talk, chair, other, facilitator, media
):
    said = fill(talk, browser(chair), browser(facilitator))
    token = path(chair).split("/")[2]
    real = {"pk": talk.pk, "said": said.row.pk, "draft": said.draft.pk}
    real |= {"row": said.file.split("/")[-2], "seat": other.pk, "token": token}
    addresses = behind(defaultdict(uuid4, real))
    # A link of ours that is shut by now is looked up, as one that is open.
    random = behind(defaultdict(uuid4, token=path(other).split("/")[2]))
    assert len(addresses) > 20

    opened = []
    for who, client in forbidden(chair, other).items():
        shut = answered(client.get, at(talk, "board-room").replace(str(talk.pk), NIL))
        for address, nowhere in zip(addresses, random, strict=True):
            # A fresh link, before any sign-in, is the one thing that opens.
            if token in address and not client.session.keys():
                continue
            pairs = [(answered(client.get, address)[:2], (404, shut[1]))]
            if who in COMPARED:
                ways = (client.get, client.post)
                pairs += [
                    (answered(one, address), answered(one, nowhere)) for one in ways
                ]
            opened += [(who, address) for found, wanted in pairs if found != wanted]

    assert opened == []
    assert browser().get(path(chair)).status_code == 200
    assert browser().get(path(other)).status_code == 404


MOVING = (
    *("board-meeting-move", "board-meeting-edit", "board-meeting-call-off"),
    *("board-room", "board-capture", "board-drafts", "board-draft-new"),
)
PRESSING = COMPARED | {"operator", "colleague of a member"}
ABOUT_ASKED = ("vote", "verdict", "told", "withdraw", "merge")
SENT = {"move": "open", "text": "x", "line": "x", "wording": "x", "verdict": "done"}


def test_nobody_outside_moves_anything_in_any_phase(
    talk, chair, other, facilitator, media
):
    said = fill(talk, browser(chair), browser(facilitator))
    asked = RecommendationFactory(meeting=BoardMeetingFactory(board=talk.board))
    posted = [at(talk, name) for name in MOVING]
    posted += [at(talk, "board-room-said", said.row.pk), said.file]
    everybody, reached = forbidden(chair, other), set()
    outside = {who: everybody[who] for who in PRESSING}
    about = [reverse(f"engagements:board-door-{one}", args=[asked.pk])
             for one in ABOUT_ASKED]  # fmt: skip

    before = rows()
    for phase in BoardMeeting.Phase:
        BoardMeeting.objects.filter(pk=talk.pk).update(phase=phase)
        for who, client in outside.items():
            for address in (*posted, *about):
                status = client.post(address, SENT | {"key": uuid4()}).status_code
                reached |= {(who, address)} if status != 404 else set()
        about = []
    BoardMeeting.objects.filter(pk=talk.pk).update(phase=talk.phase)

    assert reached == set()
    # Sealed rows too.
    assert rows() == before


def test_a_file_of_the_room_has_no_other_address(
    talk, chair, facilitator, media, client
):
    fill(talk, browser(chair), browser(facilitator))
    (kept,) = [one for one in media.rglob("*") if one.is_file()]
    inside = kept.relative_to(media)

    for place in ("media", "static", "documents", "sealed"):
        assert client.get(f"/{place}/{inside}").status_code in {302, 404}


def test_what_is_done_in_the_room_changes_nothing_outside_it(
    talk, chair, facilitator, media
):
    member, leads = browser(chair), browser(facilitator)
    before = rows(*SEALED)

    said = fill(talk, member, leads)
    one = at(talk, "board-room-said", said.row.pk)
    leads.post(at(talk, "board-drafts"), {"tick": said.draft.pk, "hands": "2"})
    member.post(at(talk, "board-room-state"))
    member.get(at(talk, "board-room"))
    leads.post(at(talk, "board-drafts"), {"drop": said.draft.pk})
    member.post(one, {"park": "1"})
    member.post(one, {"reopen": "1"})
    member.post(one, {"withdraw": "1"})
    member.post(said.file)
    member.post(at(talk, "board-room"), {"leave": "1"})

    assert rows(*SEALED) == before
    assert mail.outbox == []
    said.row.refresh_from_db()
    # It was all done.
    assert said.row.ends_as == "withdrawn"


def test_the_digest_sees_a_write_outside(talk):
    before = rows(*SEALED)

    talk.title = "Another"
    talk.save()

    assert rows(*SEALED) != before
