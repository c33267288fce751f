"""Closed is closed: every address of the door answers those outside as if there were
nothing, and what is done inside changes nothing outside."""

from __future__ import annotations

import re
from collections import defaultdict
from uuid import uuid4

import pytest
from django.apps import apps
from django.core import mail
from django.urls import get_resolver

from engagements.boards.links import path
from engagements.models import rooms
from tests.engagements.boards.closed import at, browser, fill, forbidden
from tests.project.test_pages import routes

pytestmark = pytest.mark.django_db
SEALED = {model for model in apps.get_models() if issubclass(model, rooms.Sealed)}


@pytest.fixture
def other(board, member, chair):
    return board.seats.members().exclude(pk__in=[member.pk, chair.pk]).get()


@pytest.fixture
def media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    return tmp_path


def behind(names: dict[str, object]) -> list[str]:
    """Every address of the door about these rows."""
    found = [one for one, _example in routes(get_resolver().url_patterns)]
    return [
        "/" + re.sub(r"<\w+:(\w+)>", lambda part: str(names[part[1]]), one)
        for one in found
        if one.startswith("b/")
    ]


def test_those_outside_get_what_a_random_address_gets(
    talk, chair, other, facilitator, media
):
    said = fill(talk, browser(chair), browser(facilitator))
    token = path(chair).split("/")[2]
    real = {"pk": talk.pk, "said": said.row.pk, "draft": said.draft.pk}
    real |= {"row": said.file.split("/")[-2], "seat": other.pk, "token": token}
    addresses = behind(defaultdict(uuid4, real))
    assert len(addresses) > 20

    opened = []
    for who, client in forbidden(chair, other).items():
        outside = client.get(at(talk, "board-room").replace(str(talk.pk), str(uuid4())))
        for address in addresses:
            # A fresh link, before any sign-in, is the one thing that opens.
            if token in address and not client.session.keys():
                continue
            seen = [client.get(address)]
            if who in {"administrator of the host", "whose seat has ended"}:
                seen.append(client.post(address))
            opened += [
                (who, address, one.status_code)
                for one in seen
                if (one.status_code, one.content) != (404, outside.content)
            ]

    assert opened == []
    assert browser().get(path(chair)).status_code == 200
    assert browser().get(path(other)).status_code == 404


def test_a_file_of_the_room_has_no_other_address(
    talk, chair, facilitator, media, client
):
    fill(talk, browser(chair), browser(facilitator))
    (kept,) = [one for one in media.rglob("*") if one.is_file()]
    inside = kept.relative_to(media)

    for place in ("media", "static", "documents", "sealed"):
        assert client.get(f"/{place}/{inside}").status_code in {302, 404}


def everything_open() -> dict[str, str]:
    """All rows of all tables but the sealed ones."""
    return {
        model._meta.label: repr(list(model._default_manager.order_by("pk").values()))
        for model in apps.get_models()
        if model not in SEALED
    }


def test_what_is_done_in_the_room_changes_nothing_outside_it(
    talk, chair, facilitator, media
):
    member, leads = browser(chair), browser(facilitator)
    before = everything_open()

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

    assert everything_open() == before
    assert mail.outbox == []
    said.row.refresh_from_db()
    # It was all done.
    assert said.row.ends_as == "withdrawn"


def test_the_digest_sees_a_write_outside(talk):
    before = everything_open()

    talk.title = "Another"
    talk.save()

    assert everything_open() != before
