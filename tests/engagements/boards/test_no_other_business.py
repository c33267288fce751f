"""Where competitors sit together everything said belongs to an agenda told before."""

from __future__ import annotations

from uuid import uuid4

import pytest
from django.urls import reverse
from django.utils import timezone

from engagements.boards.actions import charter as charters
from engagements.boards.actions import moving
from engagements.boards.states import Meet
from engagements.errors import RuleError
from engagements.models import BoardCharter, BoardMeeting, Contribution, Topic
from tests.engagements.boards.conftest import enter

pytestmark = pytest.mark.django_db
BESIDE = {"X-Room": "1"}
TEXTS = dict.fromkeys(charters.FIELDS, "x")


def at(meeting, name="room"):
    return reverse(f"engagements:board-{name}", args=[meeting.pk])


@pytest.fixture
def rivals(board, facilitator):
    """A charter in force that says that competitors sit together."""
    client = enter(facilitator)
    written = client.post(
        reverse("engagements:board-charter-write"), TEXTS | {"competitors": "on"}
    )
    assert written.status_code == 302
    row = charters.propose(by=facilitator)
    for seat in board.seats.members():
        charters.ratify(by=seat, charter=row)
    return board


def test_what_is_said_needs_a_topic(rivals, talk, member, facilitator):
    topic = Topic.objects.create(meeting=talk, title="Change")
    client, lead = enter(member), enter(facilitator)
    said = {"key": uuid4(), "text": "Late again"}
    line = {"key": uuid4(), "line": "Late again"}

    for answer in (
        client.post(at(talk), said, headers=BESIDE),
        lead.post(at(talk, "capture"), line, headers=BESIDE),
    ):
        assert answer.status_code == 422
        assert "no other business" in answer.content.decode()
    assert not Contribution.objects.exists()
    client.post(at(talk), said | {"topic": topic.pk})
    assert Contribution.objects.get().topic == topic
    page = lead.get(at(talk)).content.decode()
    assert "Choose a topic" in client.get(at(talk)).content.decode()
    assert 'name="title"' not in page


def test_the_agenda_is_told_before_the_doors_close(rivals, meeting, facilitator):
    BoardMeeting.objects.update(phase="opening")
    with pytest.raises(RuleError, match="Write the agenda first"):
        moving.move(by=facilitator, meeting=meeting, action=Meet.DELIBERATE)
    client = enter(facilitator)
    client.post(at(meeting, "agenda"), {"lines": "Change"})

    moving.move(by=facilitator, meeting=meeting, action=Meet.DELIBERATE)

    topic = {"title": "And prices", "topic_key": uuid4()}
    late = client.post(at(meeting), topic, headers=BESIDE)
    assert late.status_code == 422
    assert "told in advance" in late.content.decode()


def test_the_members_ratify_it_with_the_rest_and_it_stays_for_another_year(
    rivals, member, facilitator
):
    page = reverse("engagements:board-home-charter")
    assert "no other business" in enter(member).get(page).content.decode()
    BoardCharter.objects.update(review_on=timezone.localdate().replace(year=2099))

    again = charters.propose(by=facilitator)

    assert (again.number, again.competitors) == (2, True)
