"""A side answers what it was asked: yes, or no with a reason; once.

The last yes of both sides does what was asked for; each purpose registers what that is.
"""

from __future__ import annotations

from collections.abc import Callable

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from engagements.errors import RuleError
from engagements.models import (
    Contact,
    HealthReview,
    ReviewConfirmation,
    Side,
)
from engagements.reviews import mails
from engagements.reviews.actions.asking import cancel_open
from engagements.reviews.actions.scheduling import schedule

Purpose = ReviewConfirmation.Purpose
Follow = Callable[[ReviewConfirmation], None]
_FOLLOWS: dict[str, Follow] = {}


def follows(purpose: str, act: Follow) -> None:
    """What is done when both sides have said yes to something of that purpose."""
    _FOLLOWS[purpose] = act


@transaction.atomic
def answer(
    *, confirmation: ReviewConfirmation, yes: bool, by: Contact, reason: str = ""
) -> ReviewConfirmation:
    """Keep a side's answer; the same again changes nothing.

    Raises RuleError where something newer is asked, where it was answered otherwise, or
    for a no without a reason.
    """
    rows = ReviewConfirmation.objects.select_for_update(no_key=True, of=("self",))
    row = rows.select_related("review").get(pk=confirmation.pk)
    value = ReviewConfirmation.Answer.YES if yes else ReviewConfirmation.Answer.NO
    if row.answer == value:
        return row
    if row.version == 0:
        raise RuleError(_("This was changed since: the new one is asked again."))
    if row.answer:
        raise RuleError(_("This was answered already."))
    if not yes and not reason.strip():
        raise RuleError(_("Say what should be different."), field="reason")
    row.answer, row.reason = value, reason.strip()
    row.answered_at, row.answered_by = timezone.now(), by
    row.save(
        update_fields=["answer", "reason", "answered_at", "answered_by", "updated_at"]
    )
    if yes and _both_said_yes(row) and row.purpose in _FOLLOWS:
        _FOLLOWS[row.purpose](row)
    return row


def _both_said_yes(row: ReviewConfirmation) -> bool:
    """The other side may be answering at this moment: it waits for the review."""
    HealthReview.objects.select_for_update(no_key=True).get(pk=row.review_id)
    said = ReviewConfirmation.objects.filter(
        review=row.review_id,
        purpose=row.purpose,
        round=row.round,
        action=row.action_id,
        answer=ReviewConfirmation.Answer.YES,
    )
    needed = 1 if row.action_id else len(Side)
    return said.count() >= needed


def _schedule(row: ReviewConfirmation) -> None:
    schedule(by=row.answered_by, review=row.review)


def _cancel(row: ReviewConfirmation) -> None:
    reasons = row.review.confirmations.filter(purpose=Purpose.CANCEL)
    reason = next((one.reason for one in reasons if one.reason), "")
    words = reason or _("Both sides agreed to call it off.")
    cancel_open(review=row.review, by=row.answered_by, reason=words)


follows(Purpose.RATERS, _schedule)
follows(Purpose.CANCEL, _cancel)


@transaction.atomic
def ask_to_cancel(
    *, review: HealthReview, side: Side, by: Contact, reason: str
) -> list[ReviewConfirmation]:
    """One side wants an open review called off; both coordinators have to agree.

    The side that asks has agreed by asking.
    """
    if not reason.strip():
        raise RuleError(_("Say why."), field="reason")
    HealthReview.objects.select_for_update(no_key=True).get(pk=review.pk)
    last = review.confirmations.filter(purpose=Purpose.CANCEL).order_by("-round")
    number = last[0].round + 1 if last else 1
    rows = [
        ReviewConfirmation.objects.create(
            review=review,
            purpose=Purpose.CANCEL,
            side=one,
            round=number,
            contact=_coordinator_of(review, one),
            asked_on=timezone.localdate(),
            reason=reason.strip() if one == side else "",
        )
        for one in Side
    ]
    own = next(row for row in rows if row.side == side)
    answer(confirmation=own, yes=True, by=by, reason=reason)
    mails.owe_confirmations(review, Purpose.CANCEL)
    return rows


def _coordinator_of(review: HealthReview, side: Side) -> Contact:
    asked = review.confirmations.filter(purpose=Purpose.RATERS, side=side)
    row = asked.select_related("contact").order_by("-round").first()
    if row is None:
        raise RuleError(_("Nobody coordinates this side."))
    return row.contact
