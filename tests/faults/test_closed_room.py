"""What is said in a closed room reaches neither broker, nor worker, nor relay."""

from __future__ import annotations

import base64
import re
import shutil
import subprocess

import pytest
from django.core.cache import cache

from engagements.models import Notice
from tests.engagements.boards.closed import WORD, at, browser, fill
from tests.factories import (
    BoardMeetingFactory,
    MembershipFactory,
    RoomDraftFactory,
    board_with_seats,
)
from tests.faults.processes import wait_until

pytestmark = [
    pytest.mark.faults,
    pytest.mark.django_db(transaction=True),
    pytest.mark.timeout(240),
]
_BODY = re.compile(r'\\"body\\": \\"([\w+/=]+)\\"')


@pytest.fixture
def overheard(redis, tmp_path):
    """Every command that Redis is given from now on, as text."""
    file = tmp_path / "overheard"
    with file.open("wb") as written:
        program = shutil.which("redis-cli") or "redis-cli"
        listening = subprocess.Popen(  # noqa: S603 - the program we looked for
            [program, "-p", str(redis.port), "MONITOR"], stdout=written
        )
        wait_until(lambda: b"OK" in file.read_bytes(), 10, "it listens")
        yield file
        listening.terminate()
        listening.wait()


def test_neither_broker_nor_worker_nor_relay_is_told(
    installation, redis, relay, overheard, settings, settled, tmp_path
):
    settings.MEDIA_ROOT = tmp_path / "documents"
    installation.environment["LOG_LEVEL"] = "DEBUG"
    cached = {"BACKEND": "django.core.cache.backends.redis.RedisCache"}
    settings.CACHES = {"default": cached | {"LOCATION": redis.url}}
    cache.set("heard", "of")
    board = board_with_seats(3)
    MembershipFactory(organisation=board.supplier, role="executive")
    meeting = BoardMeetingFactory(board=board, number=1, phase="deliberation")
    leads = browser(board.seats.get(role="facilitator"))
    said = fill(meeting, browser(board.seats.get(is_chair=True)), leads)
    RoomDraftFactory(meeting=meeting)

    for one in said.row._meta.model.objects.filter(ends_as=""):
        leads.post(at(meeting, "board-room-said", one.pk), {"withdraw": "1"})
    for move in ("read_out", "respond"):
        leads.post(at(meeting, "board-meeting-move"), {"move": move})
    installation.clock("clock")
    installation.worker("one")
    wait_until(lambda: relay.messages, 60, "the host is told")
    settled(60)
    installation.end()

    told = overheard.read_text()
    bodies = [base64.b64decode(one).decode() for one in _BODY.findall(told)]
    places = {
        "redis": told,
        "messages": " ".join(bodies),
        "the worker's log": installation.log("one"),
        "the clock's log": installation.log("clock"),
        "mails": repr(relay.messages),
        "notices": repr(list(Notice.objects.values())),
    }
    assert [place for place, text in places.items() if WORD in text] == []
    # All of it was used.
    assert "heard" in told
    assert "engagements.tick" in told
    assert bodies
    assert "engagements" in places["the worker's log"]
