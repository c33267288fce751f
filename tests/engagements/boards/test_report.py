"""You asked, we did: what it shows, in which order, and what is counted how."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from django.template.loader import render_to_string

from engagements.boards.queries import report as read
from engagements.models import RecommendationPromise
from tests.factories import (
    BoardMeetingFactory,
    ContactFactory,
    RecommendationFactory,
    board_with_seats,
)

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 27)


def moment(*day):
    return datetime(*day, 12, tzinfo=UTC)


def promised(row, day, **more):
    made = RecommendationPromise.objects.create(
        recommendation=row,
        owner=ContactFactory(organisation=row.board.supplier),
        text="A calendar",
        measure="It hangs there",
        original_due_on=day,
        due_on=day,
        **more,
    )
    RecommendationPromise.objects.update(created_at=moment(2025, 2, 1))
    return made


@pytest.fixture
def board():
    """Two meetings: the first a year and a half ago, the second in autumn."""
    board = board_with_seats(3)
    first, second = (
        BoardMeetingFactory(board=board, number=n, held_on=day, phase="response")
        for n, day in ((1, date(2025, 1, 15)), (2, date(2026, 10, 1)))
    )
    asked = {"meeting": first, "submitted_at": moment(2025, 1, 15)}
    yes = {"decision": "accept", "decided_at": moment(2025, 2, 10)}
    done = RecommendationFactory(
        **asked,
        **yes,
        wording="Kept",
        state="verified",
        delivered_on=date(2025, 5, 1),
        reported_back_at=moment(2025, 9, 1),
        verdict="done",
        verdict_on=date(2025, 9, 1),
    )
    promised(done, date(2025, 6, 1), done_on=date(2025, 5, 1))
    late = RecommendationFactory(**asked, **yes, wording="Late", state="in_progress")
    promised(late, date(2025, 6, 1))
    RecommendationFactory(
        **asked,
        wording="No",
        state="reported_back",
        decision="decline",
        reason="It costs more than it helps",
        # The forty-first working day or so.
        decided_at=moment(2025, 3, 20),
        reported_back_at=moment(2025, 9, 1),
    )
    RecommendationFactory(
        meeting=second, submitted_at=moment(2026, 10, 1), wording="New", ancestor=late
    )
    return board


def test_unfinished_comes_first_and_every_rate_is_as_the_method_counts(board):
    report = read.report(board, TODAY)

    words = [line.row.wording for line in report.lines]
    assert words == ["New", "Late", "Kept", "No"]
    first, second = report.cycles
    assert (first.loop.n, first.loop.open) == (3, 1)
    assert first.loop.answer_rate == 100
    assert first.loop.in_time_rate == pytest.approx(200 / 3)
    assert (first.loop.commitment_rate, first.loop.delivery_rate) == (100, 50)
    assert first.loop.close_rate == pytest.approx(200 / 3)
    assert first.loop.verified_rate == 100
    # Nothing is known yet of what nobody has decided.
    assert (second.loop.answer_rate, second.loop.delivery_rate) == (0, None)
    assert [part.count for part in report.parts] == [1, 0, 1, 1, 1]
    assert report.days_to_answer == 26


def test_of_two_answers_the_middle_lies_half_way(board):
    rows = board.recommendations.filter(wording__in=["Kept", "No"])

    # 26 and 64 days.
    assert read.days_to_answer(rows) == 45
    assert read.days_to_answer([]) is None


def test_a_cycle_that_is_finished_leaves_the_lines_and_stays_in_the_figures(board):
    board.recommendations.filter(wording="Late").update(state="withdrawn")
    report = read.report(board, TODAY)

    assert [line.row.wording for line in report.lines] == ["New"]
    assert [cycle.loop.n for cycle in report.cycles] == [2, 1]
    assert [cycle.is_open for cycle in report.cycles] == [False, True]


def test_the_report_of_a_meeting_leaves_out_what_it_asks_itself(board):
    second = board.meetings.get(number=2)

    report = read.report(board, TODAY, before=second)

    assert {line.row.meeting.number for line in report.lines} == {1}
    assert len(report.cycles) == 1


def test_a_line_knows_what_is_late(board):
    lines = {line.row.wording: line for line in read.report(board, TODAY).lines}

    assert (lines["Late"].late, lines["Kept"].late) == (True, False)
    assert lines["Late"].promised_for == date(2025, 6, 1)
    assert (lines["New"].waits, lines["New"].answer_late) == (True, True)
    assert lines["New"].answer_due < TODAY
    assert (lines["No"].finished, lines["No"].promised_for) == (True, None)
    lines["No"].row.reason = "because " * 40 + "so"
    shown = render_to_string("engagements/boards/_answer.html", {"line": lines["No"]})
    assert lines["No"].row.reason in shown


def test_a_chain_goes_back_and_forth(board):
    rows = {row.wording: row for row in board.recommendations.all()}
    third = RecommendationFactory(
        meeting=rows["New"].meeting, ancestor=rows["New"], wording="Again"
    )

    found = read.chain(rows["New"])

    assert (found.before, found.after) == ([rows["Late"]], [third])
    assert read.chain(rows["Late"]).after == [rows["New"], third]
    assert read.chain(rows["Kept"]) == read.Chain([], [])


def test_the_report_reads_as_often_whatever_was_asked(board, django_assert_num_queries):
    with django_assert_num_queries(3):
        read.report(board, TODAY)
    second = board.meetings.get(number=2)
    for _ in range(5):
        promised(RecommendationFactory(meeting=second), TODAY + timedelta(days=9))
    with django_assert_num_queries(3):
        report = read.report(board, TODAY)
        assert all(line.promises is not None for line in report.lines)
