"""Two people press in one room at the same moment: one effect each, and no fault."""

from __future__ import annotations

from uuid import uuid4

import pytest
from django.utils import timezone

from engagements.boards.actions import moving, room_drafts, room_verdicts, room_words
from engagements.boards.actions.room_drafts import Words
from engagements.boards.queries.room_drafts import shown_as
from engagements.boards.states import Meet
from engagements.errors import RuleError
from engagements.models import BoardMeeting, MeetingPhase, RoomDraft, VerdictVote
from tests.engagements.parties.test_at_once import at_once
from tests.factories import BoardMeetingFactory, RecommendationFactory, RoomDraftFactory

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]


@pytest.mark.parametrize("_time", range(4))
def test_a_draft_is_dropped_while_the_read_out_starts(
    _time, talk, chair, facilitator, member
):
    said = room_words.say(by=member, meeting=talk, key=uuid4(), text="Calls take weeks")
    draft = room_drafts.start(
        by=chair,
        meeting=talk,
        key=uuid4(),
        words=Words("Answer calls"),
        contributions=[said.pk],
    )

    dropped, moved = at_once(
        lambda: room_drafts.drop(
            by=chair, meeting=talk, draft=draft.pk, shown=shown_as(draft)
        ),
        lambda: moving.move(by=facilitator, meeting=talk, action=Meet.READ_OUT),
    )

    assert dropped is None
    said.refresh_from_db()
    talk.refresh_from_db()
    assert RoomDraft.objects.get().dropped
    # Dropped first, it is open again and the doors stay closed; else it is withdrawn.
    refused = isinstance(moved, RuleError)
    assert (talk.phase, said.ends_as) == (
        ("deliberation", "") if refused else ("read_out", "withdrawn")
    )
    assert MeetingPhase.objects.count() == (0 if refused else 1)


@pytest.mark.parametrize("_time", range(4))
def test_a_member_votes_twice_while_the_verdict_is_stated(_time, board, facilitator):
    asked = RecommendationFactory(
        meeting=BoardMeetingFactory(board=board, phase=BoardMeeting.Phase.RESPONSE),
        state="reported_back",
        decision="accept",
        decided_at=timezone.now(),
        delivered_on=timezone.localdate(),
    )
    first, *others = board.seats.members()
    for seat in others:
        room_verdicts.vote(by=seat, recommendation=asked, verdict="done")

    def vote(verdict):
        return lambda: room_verdicts.vote(
            by=first, recommendation=asked, verdict=verdict
        )

    *_votes, stated = at_once(
        vote("done"),
        vote("partly"),
        lambda: room_verdicts.state(
            by=facilitator, recommendation=asked, today=timezone.localdate()
        ),
    )

    asked.refresh_from_db()
    # Before the third vote there was nothing to state.
    said = (
        ("reported_back", "") if isinstance(stated, RuleError) else ("verified", "done")
    )
    assert (asked.state, asked.verdict) == said
    assert VerdictVote.objects.filter(seat=first).count() <= 1
    assert VerdictVote.objects.count() <= 3


def test_an_approval_and_another_wording_never_pass_each_other(talk, chair, member):
    draft = RoomDraftFactory(meeting=talk, approved_in_room=False)
    mark = shown_as(draft)

    approved, changed = at_once(
        lambda: room_drafts.approve(
            by=member, meeting=talk, draft=draft.pk, approves=True, shown=mark
        ),
        lambda: room_drafts.change(
            by=chair, meeting=talk, draft=draft.pk, shown=mark, words=Words("Other")
        ),
    )

    assert isinstance(changed, RoomDraft)
    assert approved is None or isinstance(approved, RuleError)
    # Either refused, or taken back with the wording it was meant for.
    assert not draft.approvals.exists()
