"""A side answers what it was asked: yes, or no with a reason; once.

The last yes of both sides does what was asked for; each purpose registers what that is.
"""

from __future__ import annotations

from collections.abc import Callable

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from engagements.errors import RuleError, whole
from engagements.history import record_change
from engagements.models import (
    Contact,
    HealthReview,
    ReviewConfirmation,
    Side,
    Standing,
    Visibility,
)
from engagements.reviews import mails
from engagements.reviews.actions.asking import cancel_open
from engagements.reviews.actions.moving import held
from engagements.reviews.actions.scheduling import leave_to_the_clock
from engagements.reviews.queries.setting_up import so_far
from engagements.reviews.queries.under_way import is_asked
from engagements.reviews.readiness import missing
from engagements.reviews.seats import can_be_mailed, coordinators

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
    # The review first, as whoever changes it does: neither waits for the other.
    review = held(confirmation.review)
    rows = ReviewConfirmation.objects.select_for_update(no_key=True, of=("self",))
    row = rows.get(pk=confirmation.pk)
    row.review = review
    value = ReviewConfirmation.Answer.YES if yes else ReviewConfirmation.Answer.NO
    if row.answer == value:
        return row
    if row.version == 0 or _newer(row):
        raise RuleError(_("This was changed since: the new one is asked again."))
    if row.answer:
        raise RuleError(_("This was answered already."))
    if not yes and not reason.strip():
        raise RuleError(_("Say what should be different."), field="reason")
    row.reason = whole(reason, _("What should be different"), field="reason")
    row.answer = value
    row.answered_at, row.answered_by = timezone.now(), by
    row.save(
        update_fields=["answer", "reason", "answered_at", "answered_by", "updated_at"]
    )
    if yes and _both_said_yes(row) and row.purpose in _FOLLOWS:
        _FOLLOWS[row.purpose](row)
    return row


def _both_said_yes(row: ReviewConfirmation) -> bool:
    """The other side may be answering at this moment: it waits for the review."""
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
    """Leave it to the clock. What has gone missing since both were asked is the owner's
    to put right, not a reason to refuse a coordinator's answer."""
    if not missing(so_far(row.review), timezone.localdate()):
        leave_to_the_clock(row=row.review, by=row.answered_by)


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

    The side that asks has agreed by asking. Raises RuleError once it asks no more.
    """
    if not reason.strip():
        raise RuleError(_("Say why."), field="reason")
    review = held(review)
    if not review.is_asking:
        raise RuleError(_("The review asks no more: it can no longer be called off."))
    last = review.confirmations.filter(purpose=Purpose.CANCEL).order_by("-round")
    number = last[0].round + 1 if last else 1
    people = coordinators(review)
    rows = [
        ReviewConfirmation.objects.create(
            review=review,
            purpose=Purpose.CANCEL,
            side=one,
            round=number,
            contact=_somebody(people[one], one),
            asked_on=timezone.localdate(),
            reason=reason.strip() if one == side else "",
        )
        for one in Side
    ]
    own = next(row for row in rows if row.side == side)
    answer(confirmation=own, yes=True, by=by, reason=reason)
    mails.owe_confirmations(review, Purpose.CANCEL)
    return rows


def _somebody(contact: Contact | None, side: Side) -> Contact:
    if contact is None:
        words = _("Nobody who can be mailed coordinates the %(side)s.")
        raise RuleError(words % {"side": str(side.label).lower()})
    return contact


@transaction.atomic
def replace_coordinator(
    *, by: Standing, review: HealthReview, side: Side, contact: Contact
) -> list[ReviewConfirmation]:
    """Let somebody else answer for a side what is still open; earlier links close.

    Raises RuleError where nothing is open, or the person cannot be mailed.
    """
    row = held(review)
    if not can_be_mailed(contact):
        words = _("%(name)s has no e-mail address.") % {"name": contact.name}
        raise RuleError(words, field="contact")
    rows = row.confirmations.select_for_update(no_key=True, of=("self",))
    rows = rows.filter(side=side, answer="").exclude(version=0)
    asked = [one for one in rows.select_related("contact") if not _newer(one)]
    if not asked:
        raise RuleError(_("Nothing is asked of this side at the moment."))
    before = asked[-1].contact.name
    for one in asked:
        one.contact, one.version = contact, one.version + 1
        one.asked_on = timezone.localdate()
        one.save(update_fields=["contact", "version", "asked_on", "updated_at"])
    for purpose in {one.purpose for one in asked}:
        mails.owe_confirmations(row, purpose)
    record_change(
        row,
        {f"{side} coordinator": [before, contact.name]},
        by=by,
        relationship=row.relationship,
        visibility=Visibility.SHARED,
    )
    return asked


@transaction.atomic
def ask_once_more(*, confirmation: ReviewConfirmation) -> ReviewConfirmation:
    """Mail a question that has no answer once more; the earlier link closes.

    Raises RuleError for one that is no longer asked, was mailed today already, or
    whose person cannot be reached.
    """
    review = held(confirmation.review)
    rows = ReviewConfirmation.objects.select_for_update(no_key=True, of=("self",))
    row = rows.select_related("contact").get(pk=confirmation.pk)
    if row.answer or row.version == 0 or _newer(row) or not is_asked(row, review):
        raise RuleError(_("This is not asked any more."))
    today, name = timezone.localdate(), {"name": row.contact.name}
    if not can_be_mailed(row.contact):
        raise RuleError(_("%(name)s cannot be mailed: ask somebody else.") % name)
    if row.asked_on == today:
        raise RuleError(_("%(name)s was asked today already.") % name)
    row.version, row.asked_on = row.version + 1, today
    row.save(update_fields=["version", "asked_on", "updated_at"])
    mails.owe_confirmations(review, row.purpose)
    return row


def _newer(row: ReviewConfirmation) -> bool:
    """Whether the same was asked again since."""
    rows = ReviewConfirmation.objects.filter(
        review=row.review_id,
        purpose=row.purpose,
        action=row.action_id,
        round__gt=row.round,
    )
    return rows.exists()
