"""Two people who lead a board press at the same moment: exactly one effect."""

from __future__ import annotations

import pytest

from engagements.boards.actions import charter, moving, seats
from engagements.boards.actions.charter import FIELDS
from engagements.boards.states import Meet
from engagements.errors import RuleError
from engagements.models import BoardSeat, MeetingPhase, Notice
from tests.engagements.parties.test_at_once import at_once
from tests.factories import BoardMeetingFactory

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]


def refusals(results):
    return [one for one in results if isinstance(one, RuleError)]


def test_one_of_two_opens_the_meeting(facilitator, chair, meeting):
    results = at_once(
        *(
            lambda by=by: moving.move(by=by, meeting=meeting, action=Meet.OPEN)
            for by in (facilitator, chair)
        )
    )

    assert len(refusals(results)) == 1
    assert MeetingPhase.objects.count() == 1


def test_one_of_two_meetings_is_open(facilitator, chair, meeting):
    other = BoardMeetingFactory(board=meeting.board, number=2)

    results = at_once(
        lambda: moving.move(by=facilitator, meeting=meeting, action=Meet.OPEN),
        lambda: moving.move(by=chair, meeting=other, action=Meet.OPEN),
    )

    assert len(refusals(results)) == 1
    assert MeetingPhase.objects.count() == 1


def test_an_organisation_is_invited_once(facilitator, chair):
    person = seats.Person("Birkdale", "Bo", "bo@birkdale.example")

    results = at_once(
        *(
            lambda by=by: seats.invite(by=by, person=person)
            for by in (facilitator, chair)
        )
    )

    assert len(refusals(results)) == 1
    assert BoardSeat.objects.filter(contact__email=person.email).count() == 1
    assert Notice.objects.filter(kind="board-invitation").count() == 1


def test_the_quorum_is_reached_once(board, facilitator):
    charter.write_draft(by=facilitator, board=board, **dict.fromkeys(FIELDS, "x"))
    row = charter.propose(by=facilitator)
    first, second, _third = board.seats.members()

    at_once(
        *(lambda by=by: charter.ratify(by=by, charter=row) for by in (first, second))
    )

    row.refresh_from_db()
    assert row.ratified_on is not None
    assert row.ratifications.count() == 2
