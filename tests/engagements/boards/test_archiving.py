"""A board that was put away: what it released is read on, all else is shut."""

from __future__ import annotations

import pytest
from django.urls import reverse
from django.utils import timezone

from engagements.models import Board, Notice
from engagements.notices.kinds import known, sealed_names
from tests.engagements.boards.conftest import enter
from tests.factories import MembershipFactory, RecommendationFactory
from tests.sitting import Client

pytestmark = pytest.mark.django_db
NOW = timezone.now()


@pytest.fixture
def host(board):
    client = Client()
    by = MembershipFactory(organisation=board.supplier, role="executive")
    client.force_login(by.contact.user)
    return client


@pytest.fixture
def asked(meeting):
    meeting.phase = meeting.Phase.CLOSED
    meeting.save()
    return RecommendationFactory(
        meeting=meeting,
        state="reported_back",
        decision="accept",
        decided_at=NOW,
        delivered_on=NOW.date(),
    )


def at(name, *args):
    return reverse(f"engagements:{name}", args=args)


def archived(board, host):
    host.post(at("board-archive", board.pk))
    board.refresh_from_db()
    return board.archived_at is not None


def test_members_read_on_what_was_released_and_do_nothing_any_more(
    board, host, asked, member
):
    assert archived(board, host)
    client = enter(member)

    for address in (
        at("board-home"),
        at("board-door-recommendation", asked.pk),
    ):
        page = client.get(address)
        assert page.status_code == 200, address
        assert asked.wording in page.content.decode()
        assert "<form" not in page.content.decode()
    assert client.get(at("board-door-report")).status_code == 200
    for name, about in (
        ("board-door-vote", (asked.pk,)),
        ("board-meeting-page", (asked.meeting_id,)),
        ("board-room", (asked.meeting_id,)),
        ("board-room-state", (asked.meeting_id,)),
        ("board-home-charter", ()),
    ):
        address = at(name, *about)
        assert client.get(address).status_code == 404, address
        assert client.post(address).status_code == 404, address


def test_members_are_told_once_and_the_host_can_take_it_back(
    board, host, asked, member
):
    assert archived(board, host)
    told = Notice.objects.filter(kind="board-archived")
    assert told.count() == board.seats.count()
    assert "board-archived" in sealed_names()
    notice = told.get(recipient=member.contact)
    letter = known(notice.kind).letter(notice)
    assert "stays readable behind your link" in " ".join(letter.paragraphs)
    assert "Take out of the archive" in host.get(at("board", board.pk)).content.decode()

    host.post(at("board-restore", board.pk))

    board.refresh_from_db()
    assert board.archived_at is None
    assert not known(notice.kind).still_wanted(notice)
    # Twice is once.
    assert host.post(at("board-restore", board.pk)).status_code == 403
    assert "Meetings" in enter(member).get(at("board-home")).content.decode()


def test_a_name_that_is_taken_by_now_is_told(board, host):
    assert archived(board, host)
    Board.objects.create(
        supplier=board.supplier, name=board.name, founded_by=board.founded_by
    )

    answer = host.post(at("board-restore", board.pk), follow=True).content.decode()

    assert "There is a board of this name already." in answer
    assert Board.objects.get(pk=board.pk).archived_at is not None


@pytest.mark.parametrize("state", ["committed", "in_progress"])
def test_what_is_promised_is_finished_before_a_board_is_put_away(
    board, host, asked, state
):
    asked.state, asked.delivered_on = state, None
    asked.save()

    assert not archived(board, host)
    page = host.get(at("board", board.pk)).content.decode()
    assert f"under way: {asked.number}, {asked.wording}." in page
