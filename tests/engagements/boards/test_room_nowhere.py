"""A word said in the room is nowhere else: it is in every sealed text and file, and is
looked for in everything those outside reach, in mails, logs, caches and rows."""

from __future__ import annotations

from datetime import timedelta

import pytest
import redis
from django.conf import settings as configured
from django.db import connection
from django.utils import timezone

from engagements.models import Contribution
from tests.crawling import crawl, readable
from tests.engagements.boards.closed import BEGINS, WORD, at, browser, fill, forbidden
from tests.engagements.boards.test_room_closed import everything_open, media  # noqa: F401 - a fixture
from tests.engagements.reviews.mailing import round_at, sink  # noqa: F401 - a fixture
from tests.factories import BoardMeetingFactory, MembershipFactory, RelationshipFactory

pytestmark = pytest.mark.django_db
DOORS = (
    *("/boards/", "/b/", "/ideas/", "/relationships.csv", "/contracts.csv"),
    *("/health/", "/technical/", "/me/notices/", "/portfolio/health/"),
    *(f"/search/?q={BEGINS}", f"/search/palette/?q={BEGINS}", "/log/"),
)


@pytest.fixture
def filled(talk, chair, facilitator, media):  # noqa: F811 - the fixture
    """A room in use, of a member that has a relationship with the host."""
    RelationshipFactory(client=chair.organisation, supplier=chair.supplier)
    BoardMeetingFactory(board=talk.board, number=2)
    return fill(talk, browser(chair), browser(facilitator))


def test_it_is_nowhere_for_those_outside(
    talk, filled, chair, board, caplog,
    sink,  # noqa: F811 - the fixture
):  # fmt: skip
    members = board.seats.members()
    other = members.exclude(pk=chair.pk).first()
    places = {}
    inside = (
        f"/boards/{board.pk}/",
        at(talk, "board-room"),
        at(talk, "board-drafts"),
        filled.file,
    )
    for who, client in forbidden(chair, other).items():
        client.raise_request_exception = False
        for address, text in crawl(client, *DOORS, *inside):
            places[f"{who} {address}"] = text
    for days in (0, 20):
        round_at(timezone.now() + timedelta(days=days))
    for number, one in enumerate(sink.messages):
        places[f"mail {number}"] = one.as_string()
    places |= everything_open()
    places["the log"] = caplog.text
    places["the cache and the queue"] = remembered()

    assert [place for place, text in places.items() if WORD in text] == []
    assert any("/boards/" in place for place in places)
    assert any("palette" in place for place in places)


def remembered() -> str:
    """All that the cache holds, and where Redis is there, all of Redis."""
    if configured.REDIS_URL != "none":
        client = redis.from_url(configured.REDIS_URL)
        return repr([_held(client, key) for key in client.scan_iter()])
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM cache")
        return repr(cursor.fetchall())


def _held(client: redis.Redis, key: bytes) -> object:
    """What a key holds; a queue is a list, what waits for a receipt is not."""
    readers = {
        b"string": client.get,
        b"list": lambda key: client.lrange(key, 0, -1),
        b"hash": client.hgetall,
        b"set": client.smembers,
        b"zset": lambda key: client.zrange(key, 0, -1),
    }
    return readers[client.type(key)](key)


def test_it_is_found_where_it_belongs(talk, filled, chair, facilitator):
    member, leads = browser(chair), browser(facilitator)
    for name, count in (
        ("board-room", 6),
        ("board-room-state", 6),
        ("board-room-stops", 1),
        ("board-drafts", 7),
    ):
        assert _text(member.get(at(talk, name))).count(WORD) >= count, name
    assert _text(leads.get(at(talk, "board-capture"))).count(WORD) >= 4
    one = _text(member.get(at(talk, "board-room-said", filled.row.pk)))
    assert f"Strategy {WORD}" in one
    answer = member.get(filled.file)
    assert WORD in answer["Content-Disposition"]
    assert WORD in _text(answer)


def test_the_crawl_would_find_it(talk, filled, chair):
    """A word of an open row is seen by those who may see it, by the same search."""
    executive = MembershipFactory(organisation=chair.supplier, role="executive")
    talk.title = WORD
    talk.save()

    pages = crawl(browser(None, executive.contact.user), f"/boards/{talk.board_id}/")

    assert any(WORD in text for _address, text in pages)
    assert WORD in "".join(everything_open().values())


def test_a_fault_in_the_room_quotes_nothing(talk, filled, chair, caplog):
    """Something breaks while words are on their way: neither page nor log has them."""
    client = browser(chair)
    client.raise_request_exception = False
    # A kind that no code knows.
    Contribution.objects.update(kind="unheard")

    page = client.get(at(talk, "board-room"))

    assert page.status_code == 500
    assert WORD not in page.content.decode()
    assert WORD not in caplog.text


def _text(answer) -> str:
    body = b"".join(answer) if answer.streaming else answer.content
    return readable(body)
