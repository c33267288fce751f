"""The closed room: what is said, by whom, who supports it, and how it is kept up."""

from __future__ import annotations

from uuid import uuid4

import pytest
from django.urls import reverse
from django.utils import timezone

from engagements.boards import door
from engagements.boards.actions import room_words
from engagements.boards.queries import room_state, rooms
from engagements.boards.queries.room_state import SILENT_AFTER
from engagements.models import (
    Attendance,
    Board,
    BoardMeeting,
    Contribution,
    Room,
    Support,
    Topic,
)
from tests.engagements.boards.conftest import enter

pytestmark = pytest.mark.django_db
BESIDE = {"X-Room": "1"}


def url(meeting, name="board-room", *more):
    return reverse(f"engagements:{name}", args=[meeting.pk, *more])


def say(seat, meeting, text="Late answers", **more):
    return room_words.say(by=seat, meeting=meeting, key=uuid4(), text=text, **more)


def version(meeting):
    return Room.objects.get(meeting=meeting).version


def test_a_member_says_something_and_all_who_sit_read_it(talk, member, chair):
    topic = room_words.add_topic(by=chair, meeting=talk, key=uuid4(), title="Answers")
    key = str(uuid4())
    said = {"key": key, "text": "We wait\r\nfor weeks", "topic": topic.pk}

    answer = enter(member).post(url(talk), said)
    again = enter(member).post(url(talk), said, headers=BESIDE)

    assert answer["Location"] == url(talk)
    assert again.status_code == 204
    row = Contribution.objects.get()
    assert (row.text, row.topic, row.seat) == ("We wait\nfor weeks", topic, None)
    page = enter(chair).get(url(talk)).content.decode()
    assert "for weeks" in page
    assert "yours" not in page
    assert "yours" in enter(member).get(url(talk)).content.decode()


def test_a_name_stands_only_where_charter_and_author_want_it(talk, member, chair):
    client = enter(member)
    said = {"key": str(uuid4()), "text": "Mine", "named": "on"}

    refused = client.post(url(talk), said)
    assert refused.status_code == 422
    assert "No names stand beside" in refused.content.decode()
    # What was typed is still there.
    assert ">Mine</textarea>" in refused.content.decode()

    Board.objects.update(attribution="named")
    client.post(url(talk), said)
    say(member, talk, "Nobody's")

    page = enter(chair).get(url(talk)).content.decode()
    assert page.count(f"<b>{member.contact.name}, {member.organisation.name}</b>") == 1


def test_without_script_a_press_loses_nothing_that_is_typed(talk, chair, facilitator):
    row = say(chair, talk)
    client = enter(chair)
    typed = {"key": str(uuid4()), "text": "Half a sent", "title": "", "topic": ""}
    typed["topic_key"] = str(uuid4())

    # Each button belongs to the form one writes in.
    page = client.get(url(talk)).content.decode()
    assert 'form="say" formnovalidate id="stop"' in page
    for pressed in (
        {"support": row.pk},
        {"look": "1"},
        {"add_topic": "1", "title": "A"},
        # The answer loaded again.
        {"add_topic": "1", "title": "A"},
    ):
        answer = client.post(url(talk), typed | pressed)
        assert answer.status_code == 200
        assert ">Half a sent</textarea>" in answer.content.decode()
    assert (Support.objects.count(), Topic.objects.get().title) == (1, "A")
    # What was meant is kept; what is typed beside it comes again.
    answer = client.post(url(talk), typed | {"title": "Half a topic"})
    assert Contribution.objects.filter(text="Half a sent").exists()
    assert 'value="Half a topic"' in answer.content.decode()
    assert ">Half a sent</textarea>" not in answer.content.decode()
    lead = enter(facilitator)
    line = {"key": str(uuid4()), "line": "Half a li", "operational": row.pk}
    answer = lead.post(url(talk, "board-capture"), line)
    assert 'value="Half a li"' in answer.content.decode()


def test_support_is_given_once_and_taken_back(talk, member, chair):
    row = say(chair, talk)
    client = enter(member)
    pressed = {"support": row.pk}

    assert client.post(url(talk), pressed, headers=BESIDE).status_code == 204
    client.post(url(talk), pressed)
    assert Support.objects.count() == 1
    page = client.get(url(talk)).content.decode()
    assert 'name="step_back"' in page

    client.post(url(talk), {"step_back": row.pk})
    assert Support.objects.count() == 0


@pytest.mark.parametrize(
    ("sent", "words"),
    [
        ({}, "Choose what to do."),
        ({"support": "x"}, "not in the room any more"),
        ({"support": str(uuid4())}, "not in the room any more"),
        ({"text": "", "key": str(uuid4())}, "missing"),
        (
            {"title": "Mine", "topic_key": str(uuid4())},
            "for the facilitator or the chair",
        ),
        ({"line": "Mine", "key": str(uuid4())}, "for the facilitator"),
    ],
)
def test_what_is_refused_says_why_and_changes_nothing(talk, member, sent, words):
    answer = enter(member).post(url(talk), sent, headers=BESIDE)

    assert answer.status_code == 422
    assert words in answer.content.decode()
    assert not Contribution.objects.exists()
    assert not Topic.objects.exists()


def test_the_room_is_shut_before_and_after(talk, member, chair):
    say(chair, talk, "Behind closed doors")
    client = enter(member)

    for phase in ("planned", "opening", "response", "closed"):
        BoardMeeting.objects.update(phase=phase)
        for name in ("board-room", "board-room-state"):
            assert (
                "Behind closed doors"
                not in client.get(url(talk, name)).content.decode()
            )
        sent = {"key": str(uuid4()), "text": "Late"}
        assert client.post(url(talk), sent).status_code == 422


def test_the_agenda_is_told_in_advance_and_kept_by_those_who_lead(
    meeting, member, chair
):
    lead = enter(chair)
    topic = {"title": "Delivery", "topic_key": uuid4()}
    assert lead.post(url(meeting), topic).status_code == 302
    assert "Delivery" in enter(member).get(url(meeting)).content.decode()

    lead.post(url(meeting), {"remove_topic": Topic.objects.get().pk})

    assert "Delivery" not in enter(member).get(url(meeting)).content.decode()


def test_a_quiet_room_answers_304_with_one_question(
    talk, member, chair, django_assert_num_queries
):
    say(chair, talk)
    client = enter(member)
    state = url(talk, "board-room-state")
    first = client.get(state)
    assert first.status_code == 200
    assert "Late answers" in first.content.decode()

    with django_assert_num_queries(1):
        quiet = client.get(state, headers={"If-None-Match": first["ETag"]})
    assert (quiet.status_code, quiet.content) == (304, b"")

    say(chair, talk, "And another")
    loud = client.get(state, headers={"If-None-Match": first["ETag"]})
    assert "And another" in loud.content.decode()
    assert loud["ETag"] != first["ETag"]
    assert "no-store" in loud["Cache-Control"]


def test_a_signed_in_member_polls_with_three(
    talk, member, django_assert_max_num_queries
):
    from tests.factories import UserFactory

    member.contact.user = UserFactory(email=member.contact.email)
    member.contact.save()
    client = enter(member)
    client.force_login(member.contact.user)
    state = url(talk, "board-room-state")
    tag = client.get(state)["ETag"]

    with django_assert_max_num_queries(3):
        quiet = client.get(state, headers={"If-None-Match": tag})

    assert quiet.status_code == 304


def test_presence_is_seen_and_lapses(talk, member, chair):
    client, other = enter(member), enter(chair)
    state = url(talk, "board-room-state")
    tag = other.get(state)["ETag"]

    assert client.post(state).status_code == 204
    assert other.get(state)["ETag"] != tag
    assert _present(talk) == {member.pk}

    before = version(talk)
    client.post(state)
    # Being still there makes nobody look again.
    assert version(talk) == before

    Attendance.objects.update(last_seen_at=timezone.now() - SILENT_AFTER * 2)
    assert _present(talk) == set()
    assert other.get(state)["ETag"] != tag

    client.post(url(talk), {"here": "1"})
    client.post(url(talk), {"leave": "1"})
    assert _present(talk) == set()


def test_whom_the_facilitator_ticks_stays(talk, member, facilitator):
    client = enter(facilitator)
    client.post(url(talk, "board-capture"), {"present": member.pk})
    enter(member).post(url(talk, "board-room-state"))

    assert Attendance.objects.get().last_seen_at is None
    assert _present(talk) == {member.pk}

    client.post(url(talk, "board-capture"), {"absent": member.pk})
    assert _present(talk) == set()
    refused = client.post(url(talk), {"present": uuid4()}, headers=BESIDE)
    assert "Nobody holds this seat" in refused.content.decode()


def _present(meeting):
    found = rooms.people(meeting, timezone.now())
    return {one.pk for one in found if one.present}


def test_after_the_doors_open_a_page_left_open_is_heard_of_no_more(talk, member):
    client = enter(member)
    BoardMeeting.objects.update(phase="response")

    assert client.post(url(talk, "board-room-state")).status_code == 204
    assert not Attendance.objects.exists()


def test_the_page_asks_the_same_number_of_questions_at_any_size(
    talk, member, chair, django_assert_num_queries
):
    client = enter(member)
    for size in (2, 40):
        for number in range(size):
            row = say(chair, talk, f"Number {number}")
            room_words.support(by=member, meeting=talk, contribution=row.pk, yes=True)
        topic = room_words.add_topic(
            by=chair, meeting=talk, key=uuid4(), title=f"Of {size}"
        )
        say(member, talk, topic=topic.pk)
        with django_assert_num_queries(12):
            assert client.get(url(talk)).status_code == 200


def test_the_tag_is_of_one_meeting_of_the_own_board(talk, member):
    from tests.factories import BoardMeetingFactory

    client = enter(member)
    other = BoardMeetingFactory(phase="deliberation")

    assert client.get(url(other, "board-room-state")).status_code == 404
    assert client.get(url(other)).status_code == 404
    request = client.get(url(talk, "board-room-state")).wsgi_request
    assert room_state.seen(door.asked_by(request), other.pk, timezone.now()) is None
