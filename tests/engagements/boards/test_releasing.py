"""What leaves the room, once, and what the opening of a later meeting does."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from engagements.boards.actions import moving
from engagements.boards.actions.room_verdicts import state, vote
from engagements.boards.queries.room_verdicts import own_votes
from engagements.boards.states import Meet
from engagements.errors import RuleError
from engagements.models import (
    BoardMeeting,
    Contribution,
    DraftApproval,
    Notice,
    Recommendation,
)
from tests.engagements.boards.conftest import enter, note_present
from tests.factories import (
    BoardMeetingFactory,
    MembershipFactory,
    RecommendationFactory,
    RoomDraftFactory,
    board_with_seats,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def reading(meeting):
    BoardMeeting.objects.filter(pk=meeting.pk).update(phase="read_out")
    meeting.refresh_from_db()
    return meeting


def hand_over(meeting, by):
    moving.move(by=by, meeting=meeting, action=Meet.RESPOND)
    return list(Recommendation.objects.filter(meeting=meeting).order_by("number"))


def test_the_endorsed_words_are_copied_and_nothing_else(reading, facilitator):
    earlier = RecommendationFactory(
        meeting=BoardMeetingFactory(board=reading.board, number=9, phase="closed")
    )
    seats = list(reading.board.seats.members())
    note_present(reading)
    first = RoomDraftFactory(meeting=reading, ancestor=earlier, benefits="All of us")
    RoomDraftFactory(meeting=reading, dropped=True)
    weak, strong = (
        RoomDraftFactory(meeting=reading, approved_in_room=False) for _ in range(2)
    )
    for seat, approves in zip(seats, (True, False, False), strict=True):
        DraftApproval.objects.create(draft=weak, seat=seat, approves=approves)
        DraftApproval.objects.create(draft=strong, seat=seat, approves=True)

    told, also = hand_over(reading, facilitator)

    assert (told.number, also.number) == (2, 3)
    assert (told.wording, told.ancestor) == (first.wording, earlier)
    assert (told.support, told.support_count) == ("most", None)
    assert (also.support, also.support_count) == ("all", 3)
    assert told.benefits == "All of us"
    assert {told.pk, also.pk}.isdisjoint({first.pk, weak.pk, strong.pk})
    assert told.submitted_at == also.submitted_at


def test_more_than_seven_stay_until_some_are_dropped(reading, facilitator):
    note_present(reading)
    drafts = [RoomDraftFactory(meeting=reading) for _ in range(8)]
    with pytest.raises(RuleError, match="8 are endorsed"):
        hand_over(reading, facilitator)
    assert BoardMeeting.objects.get(pk=reading.pk).phase == "read_out"
    drafts[0].dropped = True
    drafts[0].save()

    assert len(hand_over(reading, facilitator)) == 7


def test_nothing_is_handed_over_while_something_is_open(reading, facilitator):
    Contribution.objects.create(meeting=reading, text="Left over")

    with pytest.raises(RuleError, match="1 contribution is still open"):
        hand_over(reading, facilitator)


def test_what_was_parked_and_never_opened_is_withdrawn_once_confirmed(
    reading, facilitator, member
):
    row = Contribution.objects.create(
        meeting=reading, text="Portal", ends_as="issue", consent_on="2026-11-01"
    )
    move = reverse("engagements:board-meeting-move", args=[reading.pk])
    page = reverse("engagements:board-meeting-page", args=[reading.pk])
    shown = enter(member).get(page).content.decode()
    assert "1 joint issue is still to be opened by its member" in shown
    assert 'name="confirm"' not in shown
    client = enter(facilitator)

    refused = client.post(move, {"move": "respond"})

    assert refused.status_code == 422
    assert "or confirm that it counts as withdrawn" in refused.content.decode()
    assert 'name="confirm"' in refused.content.decode()
    row.refresh_from_db()
    assert row.ends_as == "issue"
    assert client.post(move, {"move": "respond", "confirm": "1"}).status_code == 302
    row.refresh_from_db()
    assert (row.ends_as, row.consent_on) == ("withdrawn", None)


def test_host_and_members_are_told_each_once(reading, facilitator):
    executive = MembershipFactory(organisation=reading.board.supplier, role="executive")
    note_present(reading)
    RoomDraftFactory(meeting=reading)
    hand_over(reading, facilitator)
    with pytest.raises(RuleError):
        hand_over(reading, facilitator)

    host = Notice.objects.get(kind="board-released")
    assert host.recipient == executive.contact
    assert Notice.objects.filter(kind="board-list").count() == 4
    assert Recommendation.objects.count() == 1


def delivered(meeting, **more):
    now = timezone.now()
    return RecommendationFactory(
        meeting=meeting,
        state="delivered",
        decision="accept",
        decided_at=now,
        delivered_on=now.date() - timedelta(days=3),
        **more,
    )


def test_opening_tells_the_board_and_the_members_alone_confirm():
    board = board_with_seats(5)
    lead = board.seats.get(role="facilitator")
    last = BoardMeetingFactory(board=board, number=1, phase="response")
    row = delivered(last)
    meeting = BoardMeetingFactory(board=board, number=2)
    today = timezone.localdate()

    moving.move(by=lead, meeting=meeting, action=Meet.OPEN)

    row.refresh_from_db()
    assert (row.state, row.verdict) == ("reported_back", "")
    assert Notice.objects.filter(kind="board-opened").count() == 6
    members = list(board.seats.members())
    with pytest.raises(RuleError, match="three members"):
        state(by=lead, recommendation=row, today=today)
    for seat, word in zip(members, ("done", "partly", "done", "partly"), strict=False):
        vote(by=seat, recommendation=row, verdict=word)
    with pytest.raises(RuleError, match="more than half"):
        state(by=lead, recommendation=row, today=today)
    # A member's later word replaces the earlier.
    vote(by=members[1], recommendation=row, verdict="done")
    assert own_votes(members[1], [row]) == {row.pk: "done"}
    with pytest.raises(RuleError, match="done, partly"):
        vote(by=members[2], recommendation=row, verdict="")
    with pytest.raises(RuleError, match="a member"):
        vote(by=lead, recommendation=row, verdict="done")

    row = state(by=lead, recommendation=row, today=today)
    assert (row.state, row.verdict, row.verdict_on) == ("verified", "done", today)


def test_a_meeting_does_not_open_over_an_answer_put_off_to_a_day_that_passed(
    board, meeting, facilitator
):
    now, day = timezone.now(), timezone.localdate()
    RecommendationFactory(
        meeting=BoardMeetingFactory(board=board, number=0, phase="response"),
        wording="Answer the phone",
        state="decided",
        decision="defer",
        reason="Budget",
        decided_at=now,
        deferred_once=True,
        deferred_until=day - timedelta(days=1),
    )

    with pytest.raises(RuleError, match="Answer the phone"):
        moving.move(by=facilitator, meeting=meeting, action=Meet.OPEN)
