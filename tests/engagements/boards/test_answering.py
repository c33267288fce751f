"""The host answers: what it may say when, and what it can never mend or set."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from engagements.boards import figures
from engagements.boards.actions import answering, reporting
from engagements.boards.loop import loop
from engagements.boards.queries import report as read
from engagements.errors import RuleError
from engagements.models import (
    Change,
    Notice,
    Recommendation,
    RecommendationPromise,
    standing_of,
)
from engagements.parties.calendars import joint_calendar
from tests.factories import ContactFactory, MembershipFactory, RecommendationFactory

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate()


def later(days):
    return TODAY + timedelta(days=days)


@pytest.fixture
def asked(meeting):
    return RecommendationFactory(meeting=meeting)


def decide(row, decision, reason="", until=None):
    return answering.decide(
        recommendation=row,
        decision=decision,
        reason=reason,
        deferred_until=until,
        today=TODAY,
    )


def promise(row, days=30):
    return answering.promise(
        recommendation=row,
        owner=ContactFactory(organisation=row.board.supplier),
        text="A calendar of changes",
        measure="Everybody finds the next three",
        due_on=later(days),
        today=TODAY,
    )


def refusal(act, *args, **named):
    with pytest.raises(RuleError) as refused:
        act(*args, **named)
    return refused.value.field or refused.value.message


def counted(row):
    """One recommendation as the loop counts it today."""
    row = read.recommendations(row.board).get(pk=row.pk)
    return figures.counted(row, joint_calendar(row.board.supplier), TODAY)


def test_from_submitted_to_delivered(asked):
    answering.acknowledge(recommendation=asked)
    decide(asked, "accept")
    kept = promise(asked)
    answering.start(recommendation=asked)
    words = refusal(answering.deliver, recommendation=asked, today=TODAY)
    assert words == "Still promised and not done: A calendar of changes."
    answering.keep_promise(promise=kept, today=TODAY)
    row = answering.deliver(recommendation=asked, today=TODAY)

    assert (row.state, row.delivered_on) == ("delivered", TODAY)
    # Claimed is not confirmed.
    found = counted(row)
    assert (found.delivered, found.on_time or found.due) == (True, True)
    assert (found.verified, found.closed) == (False, False)
    assert row.verdict == ""


def test_what_an_answer_needs(asked):
    assert refusal(decide, asked, "") == "decision"
    assert refusal(decide, asked, "perhaps") == "decision"
    for decision in ("partial", "decline", "defer"):
        assert refusal(decide, asked, decision, " ") == "reason"
    assert refusal(decide, asked, "defer", "Budget", TODAY) == "deferred_until"
    assert refusal(decide, asked, "defer", "Budget") == "deferred_until"


def test_an_answer_is_put_off_once_and_keeps_the_moment_of_the_first(asked):
    deferred = decide(asked, "defer", "After the budget", later(20))
    assert refusal(decide, asked, "defer", "Again", later(40)) == "decision"
    row = decide(asked, "decline", "There is no money")

    assert row.answered_at == deferred.decided_at < row.decided_at
    assert refusal(decide, asked, "accept") == "This cannot be done now: Declined."
    assert "Declined" in refusal(promise, row)


def test_an_answer_is_put_off_to_a_year_after_it_was_asked_at_most(asked):
    limit = figures.latest_answer(asked)
    assert (limit.year, limit.month) == (TODAY.year + 1, TODAY.month)
    too_late = limit + timedelta(days=1)

    assert refusal(decide, asked, "defer", "Budget", too_late) == "deferred_until"
    asked.submitted_at -= timedelta(days=366)
    asked.save()
    assert refusal(decide, asked, "defer", "Budget", later(1)) == "decision"
    asked.submitted_at += timedelta(days=366)
    asked.save()
    assert decide(asked, "defer", "Budget", limit).deferred_until == limit


def test_what_is_promised_on_a_later_day_moves_no_day(asked):
    decide(asked, "accept")
    promise(asked, days=10)
    # Named on the same day: one plan.
    promise(asked, days=20)
    rows = RecommendationPromise.objects.all()
    assert figures.promised_for(rows.all()) == later(20)
    assert figures.settled_for(rows.all(), TODAY) is None
    rows.update(created_at=timezone.now() - timedelta(days=1))

    promise(asked, days=60)

    assert figures.promised_for(rows.all()) == later(20)
    assert figures.settled_for(rows.all(), TODAY) == later(20)
    assert figures.promised_for([]) is None


def test_moving_a_promise_mends_nothing(asked):
    decide(asked, "accept")
    made = promise(asked, days=1)
    by = MembershipFactory(organisation=asked.board.supplier, role="executive")
    moved = answering.move_promise(
        promise=made,
        due_on=later(90),
        reason="The supplier is late",
        by=standing_of(by.contact.user),
        today=TODAY,
    )
    # A day later a promise is added for a later day.
    RecommendationPromise.objects.filter(pk=made.pk).update(
        original_due_on=later(-2), created_at=timezone.now() - timedelta(days=9)
    )
    promise(asked, days=60)

    assert moved.original_due_on == later(1)
    assert Change.objects.get(object_id=made.pk).reason == "The supplier is late"
    found = counted(asked)
    assert (found.due, found.on_time) == (True, False)
    assert loop([found]).delivery_rate == 0
    assert refusal(promise, asked, -1) == "due_on"


def test_who_leads_reports_back_merges_and_withdraws(
    asked, facilitator, member, meeting
):
    decide(asked, "decline", "There is no money")
    assert "facilitator or the chair" in refusal(
        reporting.report_back, by=member, recommendation=asked
    )
    row = reporting.report_back(by=facilitator, recommendation=asked)
    assert counted(row).closed

    # Everybody who sits is told, with a link of their own.
    told = Notice.objects.filter(kind="board-reported", object_id=asked.pk)
    assert told.count() == 4
    other, third = (RecommendationFactory(meeting=meeting) for _ in range(2))
    merged = reporting.merge(by=facilitator, recommendation=other, into=third)
    assert (merged.state, merged.merged_into) == ("merged", third)
    assert (
        refusal(reporting.merge, by=facilitator, recommendation=third, into=other)
        == "into"
    )
    with pytest.raises(RuleError, match="Number 1 is closed: reported back"):
        reporting.merge(by=facilitator, recommendation=third, into=asked)
    assert reporting.withdraw(by=facilitator, recommendation=third).state == "withdrawn"
    report = read.report(meeting.board, TODAY)
    # Merged and withdrawn ones are counted nowhere.
    assert (report.together.n, report.together.open) == (1, 0)
    assert Recommendation.objects.count() == 3
