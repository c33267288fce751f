"""Everybody in the room can stop it, unknown to all; a sentence of the facilitator's
lets it go on."""

from __future__ import annotations

from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from engagements.boards.actions import moving, room_sorting, room_stops, room_words
from engagements.boards.queries import room_drafts
from engagements.boards.queries.room_stops import stops
from engagements.boards.states import Meet
from engagements.errors import RuleError
from engagements.models import BoardMeeting, Contribution, RoomFile, RoomStop
from tests.engagements.boards.conftest import enter
from tests.factories import RoomDraftFactory

pytestmark = pytest.mark.django_db
BESIDE = {"X-Room": "1"}


def at(meeting, name="room"):
    return reverse(f"engagements:board-{name}", args=[meeting.pk])


def text(answer):
    return answer.content.decode()


def test_a_stop_is_seen_by_all_and_tells_nobody_s_name(talk, member, chair):
    client, other = enter(member), enter(chair)
    state = at(talk, "room-state")
    tag = other.get(state)["ETag"]

    for _twice in range(2):
        assert client.post(at(talk), {"stop": "1"}, headers=BESIDE).status_code == 204

    answer = other.get(state, headers={"If-None-Match": tag})
    assert "Somebody in the room asks to stop" in text(answer)
    assert 'data-said="The room is stopped.' in text(answer)
    assert 'name="stop"' not in text(answer)
    # Both see the same, and the log keeps no column for a person or a moment.
    assert "asks to stop" in text(client.get(at(talk, "drafts")))
    assert RoomStop.objects.count() == 1
    assert {field.name for field in RoomStop._meta.get_fields()} == {
        "id",
        "meeting",
        "position",
        "sentence",
    }


def test_nothing_is_added_while_the_room_is_stopped(talk, member, facilitator):
    row = room_words.say(by=member, meeting=talk, key=uuid4(), text="Weeks")
    asked = {"by": facilitator, "meeting": talk, "contribution": row.pk}
    room_sorting.propose(**asked, wording="Within a week")
    draft = RoomDraftFactory(meeting=talk, approved_in_room=False)
    shown = room_drafts.shown_as(draft)
    room_stops.stop(by=member, meeting=talk)
    client, lead = enter(member), enter(facilitator)
    sent = (
        client.post(at(talk), {"key": uuid4(), "text": "Prices"}, headers=BESIDE),
        lead.post(
            at(talk, "capture"), {"key": uuid4(), "line": "Prices"}, headers=BESIDE
        ),
        client.post(
            at(talk, "room-file-add"), {"file": SimpleUploadedFile("a.txt", b"x")}
        ),
    )

    one = reverse("engagements:board-draft", args=[talk.pk, draft.pk])
    mark = {"key": draft.pk, "shown": room_drafts.shown_as(draft, [])}
    sent += (
        lead.post(at(talk), {"title": "Prices", "topic_key": uuid4()}, headers=BESIDE),
        client.post(
            f"{at(talk)}{row.pk}/", {"answer": "takes", "shown": "Within a week"}
        ),
        lead.post(f"{at(talk)}{row.pk}/", {"wording": "Prices"}, headers=BESIDE),
        lead.post(at(talk, "draft-new"), {"key": uuid4(), "wording": "Prices"}),
        lead.post(one, mark | {"wording": "Prices"}),
        lead.post(at(talk, "drafts"), {"tick": draft.pk, "shown": shown}),
        client.post(at(talk, "drafts"), {"approve": draft.pk, "shown": shown}),
    )

    for answer in sent:
        assert answer.status_code == 422
        assert "Somebody said stop" in text(answer)
    drafts = text(lead.get(at(talk, "drafts")))
    assert at(talk, "draft-new") not in drafts
    assert one not in drafts
    # What is there can be taken back.
    lead.post(at(talk, "drafts"), {"drop": draft.pk, "shown": shown})
    draft.refresh_from_db()
    assert draft.dropped
    assert Contribution.objects.get() == row
    assert not RoomFile.objects.exists()
    for phase, move in (
        ("deliberation", Meet.READ_OUT),
        ("read_out", Meet.RESPOND),
    ):
        BoardMeeting.objects.update(phase=phase)
        with pytest.raises(RuleError, match="Somebody said stop"):
            moving.move(by=facilitator, meeting=talk, action=move)


def test_the_facilitator_goes_on_with_a_sentence(talk, member, chair, facilitator):
    with pytest.raises(RuleError, match="not stopped"):
        room_stops.lift(by=facilitator, meeting=talk, sentence="x")
    client, log = enter(facilitator), at(talk, "room-stops")
    assert "Nobody has said stop." in text(client.get(log))
    client.post(at(talk, "capture"), {"stop": "1"})
    assert log in text(client.get(at(talk)))
    assert client.post(log, {"sentence": " "}).status_code == 422
    assert enter(chair).post(log, {"sentence": "Go on"}).status_code == 404
    assert 'name="sentence"' not in text(enter(chair).get(log))

    went_on = client.post(log, {"sentence": "We leave prices out"})

    assert went_on["Location"] == at(talk)
    assert not stops(talk).stopped
    shown = text(enter(member).get(at(talk)))
    # Where the banner was, and in the log.
    assert shown.count("We leave prices out") == 2
    assert shown.index("After stop 1") < shown.index('name="stop"')
    # A second stop stands beside the first.
    room_stops.stop(by=chair, meeting=talk)
    assert [row.position for row in stops(talk).rows] == [1, 2]


def test_those_who_sit_read_the_log_afterwards(talk, member, facilitator):
    room_stops.stop(by=member, meeting=talk)
    room_stops.lift(by=facilitator, meeting=talk, sentence="We leave prices out")
    BoardMeeting.objects.update(phase="closed")
    client, log = enter(member), at(talk, "room-stops")

    page = text(client.get(at(talk, "meeting-page")))

    assert "1 stop in the room" in page
    assert "We leave prices out" not in page
    assert "We leave prices out" in text(client.get(log))
    late = enter(facilitator).post(log, {"sentence": "Typed"})
    assert late.status_code == 422
    assert ">Typed</textarea>" in late.content.decode()
    assert client.post(at(talk), {"stop": "1"}, headers=BESIDE).status_code == 422
