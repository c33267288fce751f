"""Who is told what about recommendations, and until when it is still wanted."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine

from engagements.boards.actions import answering, reporting
from engagements.models import BoardSeat, Notice, Recommendation
from engagements.notices.kinds import known, sealed_names
from engagements.reminders.planning import plan
from tests.factories import ContactFactory, MembershipFactory, RecommendationFactory

pytestmark = pytest.mark.django_db
# A Thursday.
ASKED = datetime(2026, 10, 1, 12, tzinfo=UTC)


@pytest.fixture
def asked(meeting):
    MembershipFactory(organisation=meeting.board.supplier, role="administrator")
    MembershipFactory(organisation=meeting.board.supplier, role="executive")
    return RecommendationFactory(meeting=meeting, submitted_at=ASKED)


def planned(day, kind):
    """What the rounds of that day owe, as the people of the host are told."""
    plan(datetime.combine(day, ASKED.timetz()))
    return list(Notice.objects.filter(kind=kind).order_by("created_at"))


def wanted(notice):
    return known(notice.kind).still_wanted(notice)


def letter(notice):
    made = known(notice.kind).letter(notice)
    return " ".join([made.subject, *made.paragraphs])


def lines(notice):
    return " ".join(words for words, _url in known(notice.kind).letter(notice).lines)


def test_the_executives_are_reminded_of_what_has_no_answer(asked):
    assert planned(date(2026, 10, 6), "board-answers") == []
    (first,) = planned(date(2026, 10, 8), "board-answers")
    assert first.recipient.memberships.get().role == "executive"
    # Told once, however often it is planned.
    assert planned(date(2026, 10, 9), "board-answers") == [first]
    second = planned(date(2026, 11, 2), "board-answers")[-1]
    assert "12 Nov 2026" in letter(second)
    assert wanted(second)
    answering.decide(
        recommendation=asked,
        decision="accept",
        reason="",
        deferred_until=None,
        today=date(2026, 11, 2),
    )
    assert not wanted(second)
    assert len(planned(date(2026, 12, 1), "board-answers")) == 2


def test_what_was_read_is_not_asked_to_be_read(asked):
    answering.acknowledge(recommendation=asked)

    assert planned(date(2026, 10, 8), "board-answers") == []


def test_one_of_several_that_nobody_read_is_asked_to_be_read(asked):
    other = RecommendationFactory(meeting=asked.meeting, submitted_at=ASKED)
    answering.acknowledge(recommendation=asked)

    (notice,) = planned(date(2026, 10, 8), "board-answers")
    assert asked.wording in lines(notice)
    assert other.wording in lines(notice)


def test_what_is_withdrawn_is_waited_for_no_more(asked):
    other = RecommendationFactory(meeting=asked.meeting, submitted_at=ASKED)
    answering.acknowledge(recommendation=other)
    Recommendation.objects.filter(pk=asked.pk).update(state="withdrawn")

    assert planned(date(2026, 10, 8), "board-answers") == []
    (notice,) = planned(date(2026, 11, 2), "board-answers")
    assert lines(notice) == f"{other.number}. {other.wording}"


def test_the_day_a_host_named_itself_comes(asked):
    day = date(2026, 11, 20)
    answering.decide(
        recommendation=asked,
        decision="defer",
        reason="The budget",
        deferred_until=day,
        today=date(2026, 10, 2),
    )

    assert planned(day - timedelta(days=1), "board-deferred") == []
    (notice,) = planned(day, "board-deferred")
    assert asked.wording in letter(notice)
    assert wanted(notice)
    Recommendation.objects.update(state="withdrawn")
    assert not wanted(notice)


def test_whoever_owns_a_promise_is_told_before_and_after_its_day(asked):
    answering.decide(
        recommendation=asked,
        decision="accept",
        reason="",
        deferred_until=None,
        today=date(2026, 10, 2),
    )
    due = date(2026, 11, 20)
    made = answering.promise(
        recommendation=asked,
        owner=ContactFactory(organisation=asked.board.supplier),
        text="A calendar",
        measure="It hangs there",
        due_on=due,
        today=date(2026, 10, 2),
    )

    assert planned(date(2026, 11, 9), "board-promise") == []
    (ahead,) = planned(date(2026, 11, 10), "board-promise")
    (_ahead, late) = planned(date(2026, 11, 21), "board-promise")
    assert (ahead.recipient, ahead.threshold, late.threshold) == (made.owner, 10, -1)
    with time_machine.travel(datetime(2026, 11, 21, 9, tzinfo=UTC), tick=False):
        assert letter(late).startswith("Late: A calendar")
    assert wanted(late)
    made = answering.keep_promise(promise=made, today=date(2026, 11, 21))
    assert not wanted(late)


def test_those_who_sit_are_told_in_secret_and_by_their_own_link(
    asked, facilitator, member
):
    answering.decide(
        recommendation=asked,
        decision="decline",
        reason="It costs more than it helps",
        deferred_until=None,
        today=date(2026, 10, 2),
    )
    reporting.report_back(by=facilitator, recommendation=asked)

    notice = Notice.objects.get(kind="board-reported", recipient=member.contact)
    assert notice.kind in sealed_names()
    assert "board-answers" not in sealed_names()
    assert notice.organisation == member.organisation
    assert asked.board.name in letter(notice)
    assert "/b/" in known(notice.kind).letter(notice).url
    BoardSeat.objects.filter(pk=member.pk).update(ended_on=date(2026, 10, 3))
    assert not wanted(notice)
