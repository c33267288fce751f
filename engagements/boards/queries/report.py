"""You asked, we did: what a board asked for and what became of it, read once.

The same for the members and the host; nothing of the room is in it.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from statistics import median

from django.db.models import Prefetch, QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from engagements.boards import figures, loop
from engagements.boards.figures import Calendar, Cycle
from engagements.charts import Segment
from engagements.models import (
    Board,
    BoardMeeting,
    Recommendation,
    RecommendationPromise,
)
from engagements.parties.calendars import joint_calendar
from engagements.wording import day_of

State = Recommendation.State
Decision = Recommendation.Decision


def recommendations(board: Board) -> QuerySet[Recommendation]:
    """All of a board, with meeting and promises: two queries."""
    return whole(Recommendation.objects.filter(board=board))


def whole(rows: QuerySet[Recommendation]) -> QuerySet[Recommendation]:
    """These, with meeting, promises and whether their owner is there: two queries."""
    given = RecommendationPromise.objects.with_owned().select_related("owner")
    rows = rows.select_related("meeting")
    rows = rows.prefetch_related(Prefetch("promises", queryset=given))
    return rows.order_by("meeting__number", "number")


@dataclass(frozen=True)
class Line:
    """One recommendation as a report prints it."""

    row: Recommendation
    answer_due: date
    promised_for: date | None
    today: date

    @property
    def promises(self) -> list[RecommendationPromise]:
        """What the host promised for it."""
        return list(self.row.promises.all())

    @property
    def all_kept(self) -> bool:
        """Nothing promised for it is left to do."""
        return all(promise.done_on for promise in self.promises)

    @property
    def waits(self) -> bool:
        """The host has not said yes or no yet."""
        return figures.waits_for_answer(self.row)

    @property
    def answer_late(self) -> bool:
        """The day for the answer has passed without one."""
        return self.waits and self.answer_due < self.today

    @property
    def finished(self) -> bool:
        """Nothing is left to do."""
        return figures.is_finished(self.row)

    @property
    def late(self) -> bool:
        """The day first promised has passed, or was missed."""
        day, done = self.promised_for, self.row.delivered_on
        return day is not None and (done or self.today) > day


def line(row: Recommendation, calendar: Calendar, today: date) -> Line:
    """One recommendation with what can be said of it today."""
    due = figures.answer_due(row, calendar)
    return Line(row, due, figures.promised_for(row.promises.all()), today)


@dataclass(frozen=True)
class Measure:
    """One rate over the meetings: the words, a value a cycle, and all together."""

    label: str | Promise
    values: tuple[float | None, ...]
    together: float | None


# The measures of the method, in its order.
_MEASURES: tuple[tuple[str, str | Promise], ...] = (
    ("answer_rate", gettext_lazy("Answered")),
    ("in_time_rate", gettext_lazy("Answered within 30 working days")),
    ("commitment_rate", gettext_lazy("Accepted with owner, day and measure")),
    ("delivery_rate", gettext_lazy("Delivered by the day first promised")),
    ("close_rate", gettext_lazy("Loop closed")),
    ("verified_rate", gettext_lazy("Delivered and confirmed by the members")),
)


@dataclass(frozen=True)
class Report:
    """A board's report: the lines of its open cycles, and the figures of all."""

    lines: list[Line]
    cycles: list[Cycle]
    together: loop.Loop

    @cached_property
    def open(self) -> list[Cycle]:
        """The meetings of which something is not finished."""
        return [cycle for cycle in self.cycles if cycle.is_open]

    @cached_property
    def measures(self) -> list[Measure]:
        """Each rate, meeting by meeting."""
        return [
            Measure(
                label,
                tuple(getattr(cycle.loop, name) for cycle in self.cycles),
                getattr(self.together, name),
            )
            for name, label in _MEASURES
        ]

    @cached_property
    def parts(self) -> list[Segment]:
        """What was asked by where it stands: claimed is not confirmed."""
        rows = [line.row for line in self.lines]
        rows = [row for row in rows if row.state not in _LET_GO]
        counts = [
            (_("confirmed by the members"), _count(rows, _confirmed)),
            (_("delivered, says the host"), _count(rows, _claimed)),
            (_("under way"), _count(rows, _under_way)),
            (_("not doing, with a reason"), _count(rows, _declined)),
            (_("still to be answered"), _count(rows, figures.waits_for_answer)),
        ]
        return [Segment(label, count) for label, count in counts]

    @property
    def days_to_answer(self) -> int | None:
        """The median of days from asked to the first answer."""
        return days_to_answer(line.row for line in self.lines)


_LET_GO = (State.MERGED, State.WITHDRAWN)


def _count(rows: Iterable[Recommendation], rule: object) -> int:
    assert callable(rule)  # noqa: S101 - for the type checker
    return sum(bool(rule(row)) for row in rows)


def _confirmed(row: Recommendation) -> bool:
    return row.state == State.VERIFIED


def _claimed(row: Recommendation) -> bool:
    return row.delivered_on is not None and not _confirmed(row)


def _declined(row: Recommendation) -> bool:
    return row.decision == Decision.DECLINE


def _under_way(row: Recommendation) -> bool:
    agreed = row.decision in {Decision.ACCEPT, Decision.PARTIAL}
    return agreed and row.delivered_on is None


def days_to_answer(rows: Iterable[Recommendation]) -> int | None:
    """The median of days from asked to the first answer; None without an answer.

    Of two in the middle it is half way, a half counted as a day.
    """
    days = [
        (day_of(answered) - day_of(row.submitted_at)).days
        for row in rows
        if (answered := row.answered_at or row.decided_at)
    ]
    return math.ceil(median(days)) if days else None


def report(board: Board, today: date, before: BoardMeeting | None = None) -> Report:
    """You asked, we did: all that earlier meetings asked for, the unfinished first.

    `before` leaves out what a meeting itself asks for, and later ones.
    """
    rows = recommendations(board)
    if before is not None:
        rows = rows.filter(meeting__number__lt=before.number)
    calendar = joint_calendar(board.supplier)
    cycles = figures.cycles(rows, calendar, today)
    every = [row for cycle in cycles for row in cycle.rows]
    shown = [row for cycle in cycles if cycle.is_open for row in cycle.rows]
    return Report(
        [line(row, calendar, today) for row in sorted(shown, key=figures.urgency)],
        cycles,
        figures.loop_of(every, calendar, today),
    )


@dataclass(frozen=True)
class Chain:
    """What was asked before one, and after it: earliest first."""

    before: list[Recommendation]
    after: list[Recommendation]


def chain(row: Recommendation) -> Chain:
    """The recommendations it repeats, and those that repeat it: one query."""
    rows = {
        one.pk: one
        for one in Recommendation.objects.filter(board=row.board_id).select_related(
            "meeting"
        )
    }
    before, up = [], row.ancestor_id
    # A recommendation repeats an earlier one, so that this ends.
    while up in rows and rows[up] not in before:
        before.append(rows[up])
        up = rows[up].ancestor_id
    after, seen = [], {row.pk}
    for one in sorted(rows.values(), key=lambda one: one.number):
        if one.ancestor_id in seen:
            seen.add(one.pk)
            after.append(one)
    return Chain(before[::-1], after)
