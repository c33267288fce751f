"""A review goes from one state to the next: once, by who may, with the reason kept."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from engagements import history
from engagements.errors import RuleError
from engagements.models import (
    Contact,
    HealthReview,
    ReviewTransition,
    TimelineEntry,
    Visibility,
)
from engagements.reviews.states import transition

State = HealthReview.State
# What both sides read on the timeline; what is only being prepared is nobody's news.
_EVENTS: dict[str, str | Promise] = {
    State.OPEN: gettext_lazy("%(form)s opened"),
    State.EXTENDED: gettext_lazy("%(form)s extended"),
    State.INSUFFICIENT: gettext_lazy("%(form)s closed with too few answers"),
    State.RELEASED: gettext_lazy("%(form)s: the result is there"),
    State.DISCUSSED: gettext_lazy("%(form)s talked about"),
    State.AGREED: gettext_lazy("%(form)s: actions agreed"),
}


def held(review: HealthReview) -> HealthReview:
    """The review as it is now, locked until the transaction ends."""
    rows = HealthReview.objects.select_for_update(no_key=True, of=("self",))
    return rows.select_related(
        "instrument", "relationship__client", "relationship__supplier"
    ).get(pk=review.pk)


def being_set_up(review: HealthReview) -> HealthReview:
    """The same, while its people and days may still change; RuleError afterwards."""
    row = held(review)
    if row.state != State.DRAFT or row.set_up_at is None:
        raise RuleError(
            _("The review is “%(now)s”: its people and days no longer change.")
            % {"now": row.get_state_display()}
        )
    return row


@transaction.atomic
def move(
    *,
    review: HealthReview,
    to: str,
    by: Contact | None = None,
    reason: str = "",
    also: Mapping[str, Any] | None = None,
) -> HealthReview:
    """Take a review on, and write what else changes with it.

    `by` nobody is the clock. Raises RuleError where no such step leads on from the
    state it is in by now, or it needs a reason.
    """
    row = held(review)
    step = transition(row.state, to)
    if step is None:
        raise RuleError(
            _("The review is “%(now)s”: that cannot be done any more.")
            % {"now": row.get_state_display()}
        )
    if step.reason_needed and not reason.strip():
        raise RuleError(_("Say why."), field="reason")
    before, row.state = row.state, to
    more = dict(also or {})
    for name, value in more.items():
        setattr(row, name, value)
    row.save(update_fields=["state", "updated_at", *more])
    ReviewTransition.objects.create(
        review=row, from_state=before, to_state=to, by=by, reason=reason.strip()
    )
    _tell(row, timezone.now())
    return row


def _tell(review: HealthReview, at: datetime) -> None:
    words = _EVENTS.get(review.state)
    if review.state == State.CANCELLED and review.opened_at is not None:
        words = gettext_lazy("%(form)s cancelled by both sides")
    if words is None:
        return
    history.record_event(
        review.relationship,
        kind=TimelineEntry.Kind.REVIEW,
        mark=review.state,
        title=str(words) % {"form": review.get_form_display()},
        at=at,
        visibility=Visibility.SHARED,
        row=review,
        address=review.get_absolute_url(),
    )
