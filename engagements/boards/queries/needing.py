"""What of a board needs its host: asked twice, without an answer past its day, or
promised by somebody who does not act for the host any more.

In words, without how many ask: that is nobody's business outside the room.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import cache, partial

from django.db.models import Q
from django.utils.translation import gettext as _

from engagements.boards import figures
from engagements.boards.queries.promised import unowned
from engagements.models import Recommendation, Standing
from engagements.parties.calendars import joint_calendar
from engagements.wording import day_of, days_words, long_day, month_words

SHOWN = 5


@dataclass(frozen=True)
class Needing:
    """One recommendation and why it needs somebody; words are ready to print."""

    url: str
    board: str
    wording: str
    why: str


def needing(standing: Standing, today: date) -> list[Needing]:
    """The few that wait the longest, what was asked twice first: one query, and one
    more once something has waited for long.

    For executives and administrators of a host; others read nothing of its boards, and
    nothing is asked for them.
    """
    if not (standing.hosts_boards and standing.reads_everything):
        return []
    place = standing.organisation
    again = Q(ancestor__isnull=False, delivered_on=None)
    rows = (
        Recommendation.objects.annotate(unowned=unowned())
        .filter(
            Q(decision__in=["", "defer"]) | again | Q(unowned=True),
            board__supplier=place,
            board__archived_at=None,
        )
        .exclude(state__in=[*Recommendation.OVER, Recommendation.State.REPORTED_BACK])
        .select_related("board", "ancestor")
        .order_by("submitted_at", "number")
    )
    calendar = cache(partial(joint_calendar, place))
    found = [(_reasons(row, calendar, today), row) for row in rows]
    # Stable: among equals the one asked first.
    found.sort(key=lambda one: one[1].ancestor_id is None)
    return [
        Needing(row.get_absolute_url(), row.board.name, row.wording, " ".join(why))
        for why, row in found
        if why
    ][:SHOWN]


def _reasons(
    row: Recommendation, calendar: Callable[[], figures.Calendar], today: date
) -> list[str]:
    words = []
    if row.ancestor is not None:
        month = month_words(day_of(row.ancestor.submitted_at))
        words.append(_("Asked again: first in %(month)s.") % {"month": month})
    if figures.waits_for_answer(row) and _may_be_late(row, today):
        due = figures.answer_due(row, calendar())
        late = {"day": long_day(due), "days": days_words((today - due).days)}
        if due < today:
            words.append(_("No answer; it was due on %(day)s, %(days)s ago.") % late)
    if row.unowned:  # type: ignore[attr-defined]  # annotated above
        words.append(_("Nobody owns what was promised for it: give it to somebody."))
    return words


def _may_be_late(row: Recommendation, today: date) -> bool:
    """So many working days are no fewer days: before those no calendar is asked."""
    waited = (today - day_of(row.submitted_at)).days
    return row.deferred_until is not None or waited > figures.ANSWERED_WITHIN
