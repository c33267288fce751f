"""What became of the recommendations of each meeting, as the method counts it.

From rows that are already read; the arithmetic is `loop`.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Protocol

from engagements.boards import loop
from engagements.contracts.terms import add_months
from engagements.models import BoardMeeting, Recommendation, RecommendationPromise
from engagements.wording import day_of

if TYPE_CHECKING:
    from uuid import UUID

# Working days of the host until it has said that it read it, and until it answers.
ACKNOWLEDGED_WITHIN = 5
ANSWERED_WITHIN = 30
# Months after it was asked: by then the board asks again.
PUT_OFF_WITHIN = 12

State = Recommendation.State
Decision = Recommendation.Decision
_ON_THE_WAY = {State.COMMITTED, State.IN_PROGRESS}
_SAID = {State.REPORTED_BACK, State.VERIFIED}


class Calendar(Protocol):
    """Something that knows working days."""

    def add(self, day: date, count: int) -> date:
        """The working day so many working days later."""
        ...


def answer_due(row: Recommendation, calendar: Calendar) -> date:
    """Until when the host answers: thirty of its working days, or the day it named
    when it put the answer off."""
    if row.decision == Decision.DEFER and row.deferred_until is not None:
        return row.deferred_until
    return calendar.add(day_of(row.submitted_at), ANSWERED_WITHIN)


def latest_answer(row: Recommendation) -> date:
    """To which day an answer can be put off at most: a year after it was asked."""
    return add_months(day_of(row.submitted_at), PUT_OFF_WITHIN)


def waits_for_answer(row: Recommendation) -> bool:
    """Nothing decided, or only that it will be decided later."""
    if row.state in Recommendation.OVER:
        return False
    return row.decision in {Decision.NONE, Decision.DEFER}


def is_finished(row: Recommendation) -> bool:
    """Nothing is left to do: confirmed, or turned down and told, or let go."""
    declined = row.decision == Decision.DECLINE and row.state == State.REPORTED_BACK
    return declined or row.state in Recommendation.OVER


def promised_for(promises: Iterable[RecommendationPromise]) -> date | None:
    """The day first agreed: the last of those named on the day of the first promise.

    All of that day are one plan, as the members read it. What is promised on a later
    day, or moved, changes nothing: else a promise made the evening before the day, or
    long after it, would make a late recommendation one in time.
    """
    rows = list(promises)
    if not rows:
        return None
    first = min(day_of(row.created_at) for row in rows)
    return max(row.original_due_on for row in rows if day_of(row.created_at) == first)


def settled_for(promises: Iterable[RecommendationPromise], today: date) -> date | None:
    """The day that is counted, once no promise made today can change it any more."""
    rows = list(promises)
    settled = any(day_of(row.created_at) < today for row in rows)
    return promised_for(rows) if settled else None


def counted(
    row: Recommendation, calendar: Calendar, today: date
) -> loop.Recommendation:
    """One recommendation as the loop counts it; its promises are prefetched."""
    day = promised_for(row.promises.all())
    answered = row.answered_at or row.decided_at
    limit = calendar.add(day_of(row.submitted_at), ANSWERED_WITHIN)
    done = row.delivered_on
    return loop.Recommendation(
        decision=loop.Decision(row.decision) if row.decision else None,
        reason=bool(row.reason.strip()),
        in_time=answered is not None and day_of(answered) <= limit,
        committed=day is not None,
        due=day is not None and day < today,
        delivered=done is not None,
        on_time=done is not None and day is not None and done <= day,
        reported=row.state in _SAID,
        verified=row.verdict == Recommendation.Verdict.DONE,
        merged=row.state == State.MERGED,
        withdrawn=row.state == State.WITHDRAWN,
    )


@dataclass(frozen=True)
class Cycle:
    """A meeting, what it asked for, and what became of that."""

    meeting: BoardMeeting
    rows: tuple[Recommendation, ...]
    loop: loop.Loop

    @property
    def is_open(self) -> bool:
        """Something it asked for is not finished."""
        return any(not is_finished(row) for row in self.rows)


def cycles(
    rows: Iterable[Recommendation], calendar: Calendar, today: date
) -> list[Cycle]:
    """By meeting, the oldest first; meetings that asked for nothing have no cycle."""
    by_meeting: dict[UUID, list[Recommendation]] = {}
    for row in rows:
        by_meeting.setdefault(row.meeting_id, []).append(row)
    found = [
        Cycle(few[0].meeting, tuple(few), loop_of(few, calendar, today))
        for few in by_meeting.values()
    ]
    return sorted(found, key=lambda cycle: cycle.meeting.number)


def loop_of(
    rows: Sequence[Recommendation], calendar: Calendar, today: date
) -> loop.Loop:
    """The rates of these recommendations together."""
    return loop.loop(counted(row, calendar, today) for row in rows)


def urgency(row: Recommendation) -> tuple[bool, int, int, int]:
    """The order of a report: unfinished first, those without an answer before those
    under way, the earlier asked before the later."""
    if waits_for_answer(row):
        stage = 0
    elif row.state in {State.DECIDED, *_ON_THE_WAY}:
        stage = 1
    else:
        stage = 2
    return is_finished(row), stage, row.meeting.number, row.number
