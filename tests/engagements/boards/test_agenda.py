"""The agenda: typed line by line before the doors close, read by those who sit."""

from __future__ import annotations

from datetime import time

import pytest
from django.urls import reverse

from engagements.boards.agenda import MOST_TOPICS, Point, read, written
from engagements.errors import RuleError
from engagements.models import BoardMeeting, Topic
from tests.engagements.boards.conftest import enter
from tests.factories import MembershipFactory

AGENDA = "9:30 How we hear of change\r\n\r\n11.00 \u2013 People\nWhat comes in 2 years"


def at(meeting, name="agenda"):
    return reverse(f"engagements:board-{name}", args=[meeting.pk])


def test_a_line_is_a_topic_with_or_without_its_time():
    points = read(AGENDA)

    assert points == [
        Point("How we hear of change", time(9, 30)),
        Point("People", time(11)),
        Point("What comes in 2 years"),
    ]
    assert read(written(points)) == points
    assert read("2030 in one word") == [Point("2030 in one word")]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("24:00 Late", "no such time: 24:00 Late"),
        ("10:60 Late", "no such time"),
        ("10:00", "Say what it is about: 10:00"),
        ("x" * 151, "150 letters at most"),
        ("x\n" * (MOST_TOPICS + 1), "30 topics at most"),
    ],
)
def test_what_is_no_agenda_is_refused(text, words):
    with pytest.raises(RuleError, match=words):
        read(text)


@pytest.mark.django_db
def test_it_is_written_once_and_changed_while_nobody_else_does(meeting, chair, member):
    lead = enter(chair)
    assert "There is no agenda yet." in page(enter(member), meeting)
    assert lead.post(at(meeting), {"lines": "25:00 x"}).status_code == 422

    answer = lead.post(at(meeting), {"lines": AGENDA})

    assert answer["Location"] == at(meeting, "meeting-page")
    shown = page(enter(member), meeting)
    assert shown.index("09:30") < shown.index("People") < shown.index("What comes")
    assert at(meeting) not in shown
    # Somebody who began from the empty one.
    again = lead.post(at(meeting), {"lines": "Mine", "shown": ""})
    assert again.status_code == 422
    assert "changed meanwhile" in again.content.decode()
    text = written(read(AGENDA))
    lead.post(at(meeting), {"lines": "Only this", "shown": text})
    assert list(Topic.objects.values_list("title", flat=True)) == ["Only this"]


@pytest.mark.django_db
def test_those_who_lead_write_it_until_the_doors_close(meeting, chair, member):
    assert enter(member).get(at(meeting)).status_code == 403
    lead = enter(chair)
    assert lead.get(at(meeting)).status_code == 200
    BoardMeeting.objects.update(phase="deliberation")

    assert lead.get(at(meeting)).status_code == 404


@pytest.mark.django_db
def test_the_host_learns_nothing_of_it(meeting, chair, client):
    enter(chair).post(at(meeting), {"lines": "9:30 Quarrelsome prices"})
    host = MembershipFactory(organisation=meeting.board.supplier, role="executive")
    client.force_login(host.contact.user)

    board = client.get(f"/boards/{meeting.board_id}/").content.decode()

    assert meeting.title in board
    assert "Quarrelsome" not in board
    assert client.get(at(meeting)).status_code == 404


def page(client, meeting):
    answer = client.get(at(meeting, "meeting-page"))
    assert answer.status_code == 200
    return answer.content.decode()
