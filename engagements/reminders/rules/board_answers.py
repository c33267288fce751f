"""Boards: what the host has not answered yet, and what it promised comes due."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from django.db.models import Exists, OuterRef, QuerySet, Subquery

from engagements.boards import answer_mails as mails
from engagements.models import (
    BoardMeeting,
    Notice,
    Recommendation,
    RecommendationPromise,
)
from engagements.notices.ledger import Owed
from engagements.parties.calendars import joint_calendar
from engagements.wording import day_of

# Working days of the host after which it is reminded of what it has not answered: to
# say that it read it, then twice before the thirtieth and the day after.
_AFTER = (4, 20, 28, 31)
# Days before and after the day of a promise; nobody is told of what is older.
_AHEAD, _LATE, _OLDEST = 10, -1, 60


def answers_waiting(today: date) -> Iterator[list[Owed]]:
    """The answerers of a host, about a whole list."""
    waiting = Recommendation.objects.filter(decision="")
    waiting = waiting.exclude(state__in=Recommendation.OVER)
    # A list is handed over in one go: the earliest moment is that of each.
    rows = BoardMeeting.objects.filter(board__archived_at=None).annotate(
        since=Subquery(_of_meeting(waiting).values("submitted_at")[:1]),
        unread=Exists(_of_meeting(waiting).filter(acknowledged_at=None)),
    )
    for meeting in rows.exclude(since=None).select_related("board__supplier"):
        supplier = meeting.board.supplier
        add = joint_calendar(supplier).add
        since = day_of(meeting.since)
        passed = [days for days in _AFTER if add(since, days) <= today]
        if not passed or (passed[-1] == _AFTER[0] and not meeting.unread):
            continue
        people = mails.answerers(supplier.pk)
        which = {"threshold": passed[-1]}
        yield list(
            mails.to_host(supplier.pk, mails.ANSWERS, meeting.pk, people, **which)
        )


def _of_meeting(rows: QuerySet[Recommendation]) -> QuerySet[Recommendation]:
    return rows.filter(meeting=OuterRef("pk")).order_by("submitted_at")


def deferrals_over(today: date) -> Iterator[list[Owed]]:
    """The day has come that a host named when it put an answer off."""
    rows = Recommendation.objects.filter(
        decision=Recommendation.Decision.DEFER,
        deferred_until__lte=today,
        deferred_until__gte=today - timedelta(days=_OLDEST),
        board__archived_at=None,
    ).exclude(state__in=Recommendation.OVER)
    for row in rows.select_related("board"):
        assert row.deferred_until is not None  # noqa: S101 - asked for above
        supplier = row.board.supplier_id
        people = mails.answerers(supplier)
        which = {"day": row.deferred_until}
        yield list(mails.to_host(supplier, mails.DEFERRED, row.pk, people, **which))


def board_promises_due(today: date) -> Iterator[list[Owed]]:
    """Whoever owns a promise to a board: ten days before its day, and the day after."""
    rows = RecommendationPromise.objects.filter(
        done_on=None,
        due_on__lte=today + timedelta(days=_AHEAD),
        due_on__gte=today - timedelta(days=_OLDEST),
        recommendation__board__archived_at=None,
    ).exclude(recommendation__state__in=Recommendation.OVER)
    told = Notice.objects.filter(
        kind=mails.PROMISE, object_id=OuterRef("pk"), day=OuterRef("due_on")
    )
    for threshold in (_AHEAD, _LATE):
        late = {"due_on__lt" if threshold == _LATE else "due_on__gte": today}
        found = rows.filter(~Exists(told.filter(threshold=threshold)), **late)
        for row in found.select_related("recommendation__board"):
            yield list(
                mails.to_host(
                    row.recommendation.board.supplier_id,
                    mails.PROMISE,
                    row.pk,
                    [row.owner_id],
                    threshold=threshold,
                    day=row.due_on,
                )
            )
