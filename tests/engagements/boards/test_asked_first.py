"""What is asked before: doors without a charter, a meeting that is called off; and the
charter that comes into force because fewer sit."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from engagements.boards.actions import charter as charters
from engagements.boards.actions import moving, seats
from engagements.boards.states import Meet
from engagements.errors import RuleError
from engagements.models import BoardCharter, BoardMeeting, Contribution, Topic
from engagements.reminders.rounds import sweep
from tests.engagements.boards.conftest import enter, note_present, ratified

pytestmark = pytest.mark.django_db


def at(name, *args):
    return reverse(f"engagements:board-{name}", args=args)


def test_doors_close_without_a_ratified_charter_only_knowingly(facilitator, meeting):
    client, page = enter(facilitator), at("meeting-page", meeting.pk)
    assert "No charter is ratified" in client.get(page).content.decode()
    BoardMeeting.objects.update(phase="opening")

    with pytest.raises(RuleError, match="No charter is ratified"):
        moving.move(by=facilitator, meeting=meeting, action=Meet.DELIBERATE)
    shown = client.get(page).content.decode()
    assert "Close the doors without a ratified charter" in shown
    sent = {"move": "deliberate", "confirm": "1"}
    client.post(at("meeting-move", meeting.pk), sent)
    assert BoardMeeting.objects.get().phase == "deliberation"


def test_with_a_ratified_charter_nothing_is_asked(facilitator, meeting):
    ratified(meeting.board)
    page = at("meeting-page", meeting.pk)
    assert "No charter" not in enter(facilitator).get(page).content.decode()
    BoardMeeting.objects.update(phase="opening")

    assert moving.to_confirm(meeting, Meet.DELIBERATE) == []
    moving.move(by=facilitator, meeting=meeting, action=Meet.DELIBERATE)


@pytest.fixture
def asked(board, chair):
    """One of three has said yes; two are needed."""
    row = board.charters.create(number=1, proposed_on=timezone.localdate())
    charters.ratify(by=chair, charter=row)
    assert BoardCharter.objects.get().ratified_on is None
    return row


def test_a_charter_comes_into_force_when_seats_are_ended(
    asked, board, facilitator, chair
):
    one, other = board.seats.members().exclude(pk=chair.pk)
    seats.end(by=facilitator, seat=one)
    assert BoardCharter.objects.get().ratified_on is None

    seats.end(by=facilitator, seat=other)

    row = BoardCharter.objects.get()
    assert row.ratified_on == timezone.localdate()
    assert row.review_on is not None


def test_a_charter_comes_into_force_by_the_clock_when_terms_end(asked, board, chair):
    yesterday = timezone.localdate() - timedelta(days=1)
    others = board.seats.members().exclude(pk=chair.pk)
    others.update(from_on=yesterday - timedelta(days=9), to_on=yesterday)

    assert sweep(timezone.now())

    assert BoardCharter.objects.get().ratified_on == timezone.localdate()
    # Nobody who sits has said yes to this one.
    board.charters.create(number=2, proposed_on=yesterday)
    board.seats.members().update(to_on=yesterday)
    assert charters.take_counts() == 0


def test_a_meeting_is_called_off_after_a_question(facilitator, meeting, member):
    Topic.objects.create(meeting=meeting, title="Night shifts", position=1)
    client, address = enter(facilitator), at("meeting-call-off", meeting.pk)
    assert address in client.get(at("meeting-page", meeting.pk)).content.decode()

    shown = client.get(address).content.decode()

    assert "Night shifts" in shown
    assert "lost with it, 1 topic" in shown
    assert BoardMeeting.objects.exists()
    assert enter(member).get(address).status_code == 403
    BoardMeeting.objects.update(phase="opening")
    assert client.get(address).status_code == 302


def test_the_facilitator_is_offered_only_what_works(talk, facilitator, member):
    note_present(talk, [member])
    client = enter(facilitator)
    rows = {
        "without a name": {"author_key": "a" * 64},
        "captured": {"captured": True},
        "named, here": {"seat": member},
    }
    for words, kept in rows.items():
        row = Contribution.objects.create(meeting=talk, text=words, **kept)
        address = at("room-said", talk.pk, row.pk)
        for name, ends_as in (("withdraw", ""), ("reopen", "withdrawn")):
            Contribution.objects.filter(pk=row.pk).update(ends_as=ends_as)
            offered = f'name="{name}"' in client.get(address).content.decode()
            works = client.post(address, {name: "1"}).status_code == 302
            assert offered is works is (words == "captured"), (words, name)
