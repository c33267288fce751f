"""A review whose day came and that could not open is set up again. Section 4.1."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from engagements.errors import RuleError
from engagements.models import HealthReview, Rater, Standing
from engagements.parties.calendars import joint_calendar
from engagements.reviews.actions.moving import held, move
from engagements.reviews.actions.planning import held_for_planning, plan_reviews
from engagements.reviews.actions.scheduling import DAYS, ask_again
from engagements.reviews.calendar import wave_of
from engagements.reviews.queries.short import is_kept_back

State = HealthReview.State
# Working days ahead: time to confirm, and to hear of it before one is asked.
_AHEAD = 5


@transaction.atomic
def take_back(*, by: Standing, review: HealthReview) -> HealthReview:
    """Let people and days change once more, for a week from now unless another day is
    chosen; both sides confirm anew.

    Raises RuleError for one that opens by itself, or is past that.
    """
    today = timezone.localdate()
    held_for_planning([review.relationship_id])
    row = held(review)
    if not is_kept_back(row, row.raters.all(), today):
        raise RuleError(_("Its people and days no longer change."))
    left_out = row.raters.filter(ineligible=Rater.Ineligible.BUDGET)
    # Decided anew for the day that is chosen now.
    left_out.update(ineligible=Rater.Ineligible.NO, ask_on=None)
    ask_again(review=row)
    reason = _("Too few people could be asked on its day.")
    both = joint_calendar(row.relationship.client, row.relationship.supplier)
    wave = wave_of(both.add(today, _AHEAD), row.form, both)
    days = {name: getattr(wave, name) for name in DAYS}
    row = move(review=row, to=State.DRAFT, by=by.contact, reason=reason, also=days)
    plan_reviews([row.relationship_id], today)
    return row
