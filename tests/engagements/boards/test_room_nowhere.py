"""A word said in the room is nowhere else: it is in every sealed text and file, in each
phase from the deliberation on, and is looked for in everything those outside reach, in
mails, logs, messages, cache, sessions, rows and files. So are the ids of sealed rows.
"""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import transaction
from django.db.models import CharField, TextField
from django.test import override_settings
from django.utils import timezone

from engagements.boards.links import path
from engagements.models import Contribution
from tests import leaks
from tests.crawling import LONG, readable
from tests.engagements.boards.closed import WORD, at, browser
from tests.engagements.boards.year import (
    NOTHING,
    READS,
    SEALED,
    TOLD,
    Phase,
    Year,
    build,
)
from tests.engagements.reviews.mailing import round_at, sink  # noqa: F401 - a fixture
from tests.paper import missing

pytestmark = pytest.mark.django_db
# What may be open where, and how often at least its words are there.
INSIDE = {
    Phase.DELIBERATION: {"board-room": 6, "board-room-state": 6, "board-drafts": 7},
    Phase.READ_OUT: {"board-room": 4, "board-room-state": 4, "board-drafts": 7},
}


@pytest.fixture(scope="module")
def year(tmp_path_factory, django_db_setup, django_db_blocker):
    """Built once; what a test does to it is taken back."""
    folder = tmp_path_factory.mktemp("documents")
    with (
        override_settings(MEDIA_ROOT=folder),
        django_db_blocker.unblock(),
        transaction.atomic(),
    ):
        yield build(folder)
        transaction.set_rollback(True)


def has(places: dict[str, str], words: set[str]) -> list[str]:
    """Where one of the words is."""
    return [
        place for place, text in places.items() if any(one in text for one in words)
    ]


def test_every_sealed_text_holds_the_word(year: Year):
    """A new column has to be filled by `closed.fill`, or nobody looks for it."""
    empty = {
        f"{model.__name__}.{column.name}"
        for model in SEALED
        for column in model._meta.concrete_fields
        if isinstance(column, CharField | TextField) and not column.choices
        if not model.objects.filter(**{f"{column.name}__contains": WORD}).exists()
    }

    # An HMAC, and a random name.
    assert empty == {"Contribution.author_key"}


def test_it_is_nowhere_for_those_outside(year: Year):
    secrets = year.secrets() | year.tokens()
    assert len(secrets) > 60

    for who in year.outsiders:
        found = year.pages(who, but=NOTHING if who == READS else LONG)

        assert has(found, secrets) == [], who
        told = bool(has(found, {TOLD}))
        assert told == (who in {READS, "administrator of the host"}), who
        if who == READS:
            # Neither what was said last nor a vote makes a page another one.
            before = year.before.items()
            assert [place for place, text in before if found[place] != text] == []
            papers = {place for place in found if place.endswith(".pdf")}
            assert missing() or len(papers & {*has(found, {TOLD})}) == 2
        if who == "operator":
            assert "/technical/engagements/tick/" in found


def test_it_is_in_no_mail_row_log_message_cache_session_or_file(
    year: Year,
    sink,  # noqa: F811 - the fixture
):
    with leaks.logged() as log:
        for days in (0, 20):
            round_at(timezone.now() + timedelta(days=days))
    mails = leaks.mails(sink.messages)
    rows = leaks.rows(*SEALED)
    logs = {
        "the log": year.places["the log"],
        "the log of the mails": leaks.words_of(log),
    }
    files = leaks.kept(year.folder, "sealed")

    everything = {**mails, **rows, **files, **year.places, **logs}
    assert has(everything, year.secrets()) == []
    assert has({**rows, **files, **year.places, **logs}, year.tokens()) == []
    # Each of them says something.
    assert "recommends" in "".join(mails.values())
    assert TOLD in rows["engagements.Recommendation"]
    assert "_auth_user_id" in rows["opened sessions"]
    assert "/b/…/" in logs["the log"]
    assert "engagements.deliver" in year.places["messages"]
    assert len(files) > len(year.said)


@pytest.mark.parametrize("who", ["facilitator", "chair", "member with an account"])
def test_it_is_found_by_those_who_sit(year: Year, who):
    for phase, names in INSIDE.items():
        meeting, said = year.meetings[phase], year.said[phase]
        client = year.of(meeting)[who]
        for name, count in names.items():
            assert read(client, at(meeting, name)).count(WORD) >= count, (phase, name)
        assert WORD in read(client, at(meeting, "board-room-said", said.row.pk))
        assert WORD in read(client, at(meeting, "board-room-stops"))
        answer = client.get(said.file)
        assert WORD in answer["Content-Disposition"]
        assert WORD in readable(b"".join(answer))
    open_room = year.meetings[Phase.DELIBERATION]
    if who == "facilitator":
        client = year.of(open_room)[who]
        assert read(client, at(open_room, "board-capture")).count(WORD) >= 5
        paper = at(year.meetings[Phase.CLOSED], "board-door-list-pdf")
        assert missing() or TOLD in read(client, paper)


def read(client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200, address
    return readable(answer.content)


def test_a_fault_in_the_room_quotes_nothing(year: Year):
    """Something breaks while words are on their way: neither page nor log has them."""
    meeting = year.meetings[Phase.DELIBERATION]
    client = year.of(meeting)["member with an account"]
    client.raise_request_exception = False
    # A kind that no code knows.
    Contribution.objects.update(kind="unheard")

    with leaks.logged() as log:
        page = client.get(at(meeting, "board-room"))

    assert page.status_code == 500
    assert has({"page": page.content.decode()}, year.secrets()) == []
    assert "Internal Server Error: /b/…/" in leaks.words_of(log)
    assert has({"log": leaks.words_of(log)}, year.secrets() | year.tokens()) == []


def test_a_link_stands_in_no_log(year: Year):
    """Opened, pressed, and refused to somebody else: the token is in no line."""
    address = path(year.board.seats.get(is_chair=True))

    with leaks.logged() as log:
        for client in (browser(), year.outsiders[READS]):
            client.get(address)
            client.post(address)
            client.get(f"{address}more/")

    assert "/b/…/" in leaks.words_of(log)
    assert has({"log": leaks.words_of(log)}, year.tokens()) == []
