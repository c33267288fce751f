"""What the answerers of a host owe its boards: one line a list that was handed over."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from engagements.boards import figures
from engagements.models import (
    BoardMeeting,
    Membership,
    Recommendation,
    Standing,
    still_there,
)
from engagements.parties.calendars import joint_calendar
from engagements.wording import day_of, near_day

_Role = Membership.Role
_Decision = Recommendation.Decision


@dataclass(frozen=True)
class ToAnswer:
    """Of one meeting: how many wait, since when, and the days that were named."""

    meeting: BoardMeeting
    count: int
    since: date
    # None once all of it was read.
    read_by: date | None
    answer_by: date

    def words(self, today: date) -> str:
        """With the days; one that has passed is said to have passed."""
        counted = ngettext(
            "%(count)d recommendation to answer",
            "%(count)d recommendations to answer",
            self.count,
        ) % {"count": self.count}
        words = {"what": counted, "day": near_day(self.answer_by, today)}
        if self.answer_by < today:
            return _("%(what)s, due since %(day)s") % words
        if self.read_by is None:
            return _("%(what)s by %(day)s") % words
        words["read"] = near_day(self.read_by, today)
        if self.read_by < today:
            return _("%(what)s by %(day)s; to read since %(read)s") % words
        return _("%(what)s by %(day)s; to read by %(read)s") % words


def to_answer(standing: Standing, today: date) -> list[ToAnswer]:
    """For whom the mails about it go to: a query, and one more where something waits.

    What was put off waits again from the day that was named.
    """
    if not standing.hosts_boards or not standing.reads_everything:
        return []
    over = Q(decision=_Decision.DEFER, deferred_until__lte=today)
    rows = Recommendation.objects.filter(
        Q(decision=_Decision.NONE) | over,
        board__supplier=standing.organisation,
        board__archived_at=None,
    ).exclude(state__in=Recommendation.OVER)
    if standing.administers:
        rows = rows.exclude(board__supplier__in=with_executive())
    lists: dict[UUID, list[Recommendation]] = {}
    for row in rows.select_related("meeting__board").order_by("submitted_at", "number"):
        lists.setdefault(row.meeting_id, []).append(row)
    if not lists:
        return []
    calendar = joint_calendar(standing.organisation)
    return [_of_list(waiting, calendar) for waiting in lists.values()]


def _of_list(rows: list[Recommendation], calendar: figures.Calendar) -> ToAnswer:
    came = day_of(rows[0].submitted_at)
    unread = any(row.acknowledged_at is None for row in rows)
    return ToAnswer(
        meeting=rows[0].meeting,
        count=len(rows),
        since=came,
        read_by=calendar.add(came, figures.ACKNOWLEDGED_WITHIN) if unread else None,
        answer_by=min(figures.answer_due(row, calendar) for row in rows),
    )


def with_executive() -> QuerySet:
    """Organisations whose executives answer, as `answer_mails.answerers`."""
    rows = Membership.objects.active().filter(
        still_there("contact__"), role=_Role.EXECUTIVE, contact__user__is_active=True
    )
    return rows.order_by().values("organisation")
