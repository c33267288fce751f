"""Drafts of recommendations, and files of the room."""

from __future__ import annotations

from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from engagements.boards.actions import room_words
from engagements.boards.actions.room_drafts import MOST
from engagements.boards.actions.room_drafts import drop as room_drop
from engagements.boards.queries import room_drafts, room_read_out
from engagements.boards.support import Support
from engagements.models import (
    Attendance,
    BoardMeeting,
    Contribution,
    DraftApproval,
    Recommendation,
    RoomDraft,
    RoomFile,
)
from tests.engagements.boards.conftest import enter
from tests.factories import BoardMeetingFactory

pytestmark = pytest.mark.django_db
BESIDE = {"X-Room": "1"}
PRESSED = ("approve", "against", "tick", "untick", "drop")
PDF = b"%PDF-1.4\n%%EOF"


@pytest.fixture
def said(talk, member):
    return room_words.say(by=member, meeting=talk, key=uuid4(), text="Calls take weeks")


def url(meeting, name="board-drafts", *more):
    return reverse(f"engagements:{name}", args=[meeting.pk, *more])


def word(seat, meeting, wording="Answer within five days", **more):
    sent = {"key": str(uuid4()), "wording": wording, **more}
    return enter(seat).post(url(meeting, "board-draft-new"), sent)


def mark(draft):
    """What a page shows of a draft, for whoever answers it."""
    draft.refresh_from_db()
    return room_drafts.shown_as(draft)


def press(seat, meeting, **sent):
    if draft := next((sent[one] for one in PRESSED if one in sent), None):
        sent = {"shown": mark(RoomDraft.objects.get(pk=draft)), **sent}
    return enter(seat).post(url(meeting), sent, headers=BESIDE)


def drafted(meeting, seat=None):
    (found,) = room_drafts.drafts(meeting, seat)
    return found


def test_a_draft_is_made_from_what_was_said(talk, said, chair, member):
    answer = word(chair, talk, contributions=[said.pk], benefits="All clients")
    assert answer["Location"] == url(talk)
    said.refresh_from_db()
    draft = RoomDraft.objects.get()
    assert (said.ends_as, said.draft, draft.benefits) == (
        "recommendation",
        draft,
        "All clients",
    )
    page = enter(member).get(url(talk)).content.decode()
    assert "Answer within five days" in page
    assert "Word a recommendation" not in page
    assert word(member, talk).status_code == 403
    # The room says of which draft it is a part.
    room = enter(member).get(url(talk, "board-room")).content.decode()
    assert "Part of a recommendation 1" in room


def test_operational_words_need_the_wording_their_author_took(talk, said, chair):
    rows = Contribution.objects.filter(pk=said.pk)
    for state in ("", "proposed", "kept"):
        words = "Faster calls" if state else ""
        rows.update(kind="operational", strategic_wording=words, wording_state=state)
        # Not offered, and not taken from somebody who sends it all the same.
        page = enter(chair).get(url(talk, "board-draft-new")).content.decode()
        assert "Calls take weeks" not in page
        assert word(chair, talk, contributions=[said.pk]).status_code == 422
    rows.update(wording_state="accepted")

    assert (
        "Faster calls"
        in enter(chair).get(url(talk, "board-draft-new")).content.decode()
    )
    assert word(chair, talk, contributions=[said.pk]).status_code == 302


def test_sixty_in_a_hundred_of_those_present_endorse(talk, chair, member, board):
    word(chair, talk)
    draft = RoomDraft.objects.get()
    for seat in board.seats.members():
        Attendance.objects.create(meeting=talk, seat=seat, present=True)

    press(member, talk, approve=draft.pk)
    assert drafted(talk).approval.needed == 2
    assert not drafted(talk).approval.endorsed
    press(chair, talk, against=draft.pk, dissent="Five days are too many")
    press(chair, talk, approve=draft.pk)

    found = drafted(talk, chair).approval
    assert (found.approve, found.present, found.endorsed) == (2, 3, True)
    assert found.mine.approves
    # A wording nobody has read is approved by nobody.
    late = press(member, talk, approve=draft.pk, shown="Another")
    assert "another wording by now" in late.content.decode()


def test_dissent_is_read_without_a_name(talk, chair, member, facilitator):
    word(chair, talk)
    draft = RoomDraft.objects.get()
    press(member, talk, against=draft.pk, dissent="Too many at once")

    page = enter(chair).get(url(talk)).content.decode()

    assert "Too many at once" in page
    assert member.contact.name not in page
    refused = press(facilitator, talk, approve=draft.pk)
    assert refused.status_code == 422


def test_another_wording_is_approved_anew(talk, said, chair, member):
    word(chair, talk, contributions=[said.pk])
    draft = RoomDraft.objects.get()
    press(member, talk, approve=draft.pk)
    press(chair, talk, tick=draft.pk, hands="2")
    assert drafted(talk).approval.in_room
    change = url(talk, "board-draft", draft.pk)
    page = enter(chair).get(change).content.decode()
    assert "Calls take weeks" in page

    now = {"key": draft.pk, "shown": room_drafts.shown_as(draft, [said.pk])}
    same = {"wording": draft.wording, "contributions": [said.pk]}
    enter(chair).post(change, now | same)
    assert DraftApproval.objects.count() == 1
    enter(chair).post(change, now | {"wording": "In three days"})

    draft.refresh_from_db()
    said.refresh_from_db()
    assert (draft.wording, draft.approved_in_room, draft.hands) == (
        "In three days",
        False,
        None,
    )
    assert not DraftApproval.objects.exists()
    assert (said.draft, said.ends_as) == (None, "")


def test_the_tick_is_enough_and_taken_back(talk, chair, facilitator, member):
    word(facilitator, talk)
    draft = RoomDraft.objects.get()
    assert (
        "more than the 3"
        in press(chair, talk, tick=draft.pk, hands="9").content.decode()
    )
    press(facilitator, talk, tick=draft.pk, hands="")
    assert drafted(talk).approval.endorsed
    press(facilitator, talk, untick=draft.pk)

    assert not drafted(talk).approval.endorsed
    assert press(member, talk, tick=draft.pk, hands="").status_code == 422


def test_hands_are_counted_of_those_present_or_of_all_who_sit(talk, chair, facilitator):
    word(facilitator, talk)
    draft = RoomDraft.objects.get()

    def said(hands):
        return press(facilitator, talk, tick=draft.pk, hands=hands).content.decode()

    for few in ("0", "1"):
        assert f"{few} of 3 hands are fewer than 60 in a hundred" in said(few)
    assert not drafted(talk).approval.endorsed
    said("2")
    # Of three who sit, not of the two who raised a hand.
    assert room_read_out.told_support(drafted(talk)) == Support("most", None)

    Attendance.objects.create(meeting=talk, seat=chair, present=True)
    assert "more hands (2) than members noted as present (1)" in said("2")
    # The hands were counted before the others left: still not "all".
    assert room_read_out.told_support(drafted(talk)) == Support("most", None)
    Attendance.objects.all().delete()
    said("3")
    assert room_read_out.told_support(drafted(talk)) == Support("all", 3)


def test_seven_are_the_most_and_a_dropped_one_makes_room(talk, said, chair):
    for number in range(MOST):
        assert word(chair, talk, f"Number {number}").status_code == 302
    refused = word(chair, talk, "The eighth")
    assert refused.status_code == 422
    assert "At most 7" in refused.content.decode()
    first = RoomDraft.objects.get(wording="Number 0")
    Contribution.objects.update(draft=first, ends_as="recommendation")

    press(chair, talk, drop=first.pk)

    said.refresh_from_db()
    assert said.ends_as == ""
    assert word(chair, talk, "The eighth").status_code == 302
    assert "dropped" in press(chair, talk, drop=first.pk).content.decode()


def test_what_a_draft_loses_in_the_read_out_is_withdrawn(talk, said, chair):
    word(chair, talk, contributions=[said.pk])
    draft = RoomDraft.objects.get()
    BoardMeeting.objects.update(phase="read_out")

    change = url(talk, "board-draft", draft.pk)
    assert "What you untick is withdrawn" in enter(chair).get(change).content.decode()
    now = {"key": draft.pk, "shown": room_drafts.shown_as(draft, [said.pk])}
    enter(chair).post(change, now | {"wording": draft.wording})

    said.refresh_from_db()
    assert (said.draft, said.ends_as) == (None, "withdrawn")


def test_a_drop_goes_by_the_phase_the_meeting_is_in(talk, said, chair):
    """The page was read before the doors opened."""
    word(chair, talk, contributions=[said.pk])
    BoardMeeting.objects.update(phase="read_out")

    draft = RoomDraft.objects.get()
    room_drop(by=chair, meeting=talk, draft=draft.pk, shown=mark(draft))

    said.refresh_from_db()
    assert said.ends_as == "withdrawn"


def test_the_same_draft_sent_twice_is_one(talk, chair):
    sent = {"key": str(uuid4()), "wording": "Once"}
    client = enter(chair)
    for _twice in range(2):
        client.post(url(talk, "board-draft-new"), sent)

    assert RoomDraft.objects.count() == 1


def test_beside_the_page_a_draft_is_answered_by_a_status(talk, chair):
    client, at = enter(chair), url(talk, "board-draft-new")

    wrong = client.post(at, {"key": str(uuid4())}, headers=BESIDE)
    right = client.post(at, {"key": str(uuid4()), "wording": "So"}, headers=BESIDE)

    # The page comes again, and leads to each field that is wrong.
    assert (wrong.status_code, right.status_code) == (409, 204)
    assert wrong.content.decode() == "What we recommend is missing."
    long = dict.fromkeys(("wording", "evidence"), "x" * 2001)
    page = client.post(at, {"key": str(uuid4()), **long}).content.decode()
    assert 'href="#id_wording">What we recommend: At most 2000' in page
    assert 'href="#id_evidence">What shows it: At most 2000' in page


def test_asked_twice_names_what_was_asked_before(board, chair):
    before = BoardMeetingFactory(board=board, number=1, phase="closed")
    asked = Recommendation.objects.create(
        board=board, meeting=before, number=1, wording="Tell us earlier",
        submitted_at="2026-01-01T12:00Z", support="most",
    )  # fmt: skip
    now = BoardMeetingFactory(board=board, number=2, phase="deliberation")
    elsewhere = BoardMeetingFactory(phase="closed")
    foreign = Recommendation.objects.create(
        board=elsewhere.board, meeting=elsewhere, number=1, wording="Not ours",
        submitted_at="2026-01-01T12:00Z", support="most",
    )  # fmt: skip

    assert word(chair, now, ancestor=foreign.pk).status_code == 422
    assert word(chair, now, ancestor=asked.pk).status_code == 302

    assert RoomDraft.objects.get().ancestor == asked
    assert "Tell us earlier" in enter(chair).get(url(now)).content.decode()


def upload(seat, meeting, name="Offer.pdf", content=PDF):
    file = SimpleUploadedFile(name, content)
    return enter(seat).post(url(meeting, "board-room-file-add"), {"file": file})


def test_a_file_is_kept_under_a_random_name_and_served_by_the_door(
    talk, member, chair, facilitator, settings, tmp_path, client,
    django_capture_on_commit_callbacks,
):  # fmt: skip
    settings.MEDIA_ROOT = tmp_path
    assert upload(member, talk).status_code == 302
    row = RoomFile.objects.get()
    (kept,) = [path for path in tmp_path.rglob("*") if path.is_file()]
    assert "Offer" not in str(kept)
    at = url(talk, "board-room-file", row.pk)

    answer = enter(chair).get(at)
    assert b"".join(answer) == PDF
    assert 'filename="Offer.pdf"' in answer["Content-Disposition"]
    assert client.get(at).status_code == 404
    other = BoardMeetingFactory(board=talk.board, number=2, phase="planned")
    assert enter(chair).get(url(other, "board-room-file", row.pk)).status_code == 404

    second = talk.board.seats.members().exclude(pk__in=[member.pk, chair.pk]).get()
    ask = url(talk, "board-room-file-delete", row.pk)
    assert enter(second).get(ask).status_code == 404
    assert f'action="{at}"' in enter(member).get(ask).content.decode()
    assert enter(second).post(at).status_code == 404
    with django_capture_on_commit_callbacks(execute=True):
        assert enter(facilitator).post(at).status_code == 302
    assert not RoomFile.objects.exists()
    assert not kept.exists()


def test_what_may_not_come_in_is_never_kept(talk, member, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path

    for name, content in (("a.exe", PDF), ("a.pdf", b"<html>"), ("a.pdf", b"")):
        assert upload(member, talk, name, content).status_code == 422
    BoardMeeting.objects.update(phase="read_out")
    assert upload(member, talk).status_code == 422

    assert not RoomFile.objects.exists()
    assert not [path for path in tmp_path.rglob("*") if path.is_file()]


def test_the_page_of_drafts_asks_the_same_number_of_questions_at_any_size(
    talk, chair, member, django_assert_num_queries
):
    client = enter(member)
    for size in (1, 7):
        while RoomDraft.objects.count() < size:
            word(chair, talk, f"Number {RoomDraft.objects.count()}")
            draft = RoomDraft.objects.last()
            press(chair, talk, approve=draft.pk)
        with django_assert_num_queries(10):
            assert client.get(url(talk)).status_code == 200
