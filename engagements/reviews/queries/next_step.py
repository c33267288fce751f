"""What is under way on a relationship, and what comes next in it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from engagements.models import HealthReview
from engagements.wording import near_day

State = HealthReview.State
_UNDER_WAY = (
    State.DRAFT,
    *HealthReview.RUNNING,
    State.RELEASED,
    State.INSUFFICIENT,
    State.DISCUSSED,
)
_Day = Callable[[HealthReview], date]
_NEXT: dict[str, tuple[str | Promise, _Day]] = {
    State.DRAFT: (
        _("Being set up. Both sides confirm, then it opens %(day)s."),
        lambda row: row.opens_on,
    ),
    State.SCHEDULED: (
        _("Confirmed by both sides. It opens %(day)s."),
        lambda row: row.opens_on,
    ),
    State.OPEN: (_("Answers are taken until %(day)s."), lambda row: row.closes_on),
    State.EXTENDED: (
        _("Extended. Answers are taken until %(day)s."),
        lambda row: row.closes_on,
    ),
    State.CLOSED: (
        _("Closed. Both sides see the result by %(day)s."),
        lambda row: row.publish_by,
    ),
    State.RELEASED: (
        _("The result is there. Talk about it by %(day)s."),
        lambda row: row.discuss_by,
    ),
    State.INSUFFICIENT: (
        _("Too few answers. Talk about it by %(day)s all the same."),
        lambda row: row.discuss_by,
    ),
    State.DISCUSSED: (
        _("Talked about. Agree on what follows by %(day)s."),
        lambda row: row.agree_by,
    ),
}


@dataclass(frozen=True)
class NextStep:
    """The review under way, in words."""

    form: str
    words: str
    url: str


def next_step(relationship: UUID, today: date) -> NextStep | None:
    """The newest review that still asks something of somebody: one query."""
    rows = HealthReview.objects.filter(relationship=relationship, state__in=_UNDER_WAY)
    printed = ("form", "state", "opens_on", "closes_on", "publish_by", "discuss_by")
    row = (
        rows.exclude(set_up_at=None)
        .only(*printed, "agree_by")
        .order_by("-opens_on", "pk")
        .first()
    )
    if row is None:
        return None
    words, day = _NEXT[row.state]
    return NextStep(
        form=str(row.get_form_display()),
        words=str(words) % {"day": near_day(day(row), today)},
        url=row.get_absolute_url(),
    )
