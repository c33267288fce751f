"""Both coordinators confirm, and the clock goes on from there. Section 4.1."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from engagements.errors import RuleError
from engagements.models import (
    Contact,
    HealthReview,
    ReviewConfirmation,
    Side,
    Standing,
)
from engagements.parties.calendars import joint_calendar
from engagements.reviews import mails
from engagements.reviews.actions.budget import keep_to_the_budget
from engagements.reviews.actions.moving import being_set_up, move
from engagements.reviews.calendar import wave_of
from engagements.reviews.queries.setting_up import so_far
from engagements.reviews.readiness import missing
from engagements.reviews.seats import coordinators

State, Answer = HealthReview.State, ReviewConfirmation.Answer
_RATERS = ReviewConfirmation.Purpose.RATERS
# What follows from the opening day; the slot stays what it was.
DAYS = (
    "prepare_on",
    "opens_on",
    "closes_on",
    "publish_by",
    "discuss_by",
    "agree_by",
)


@transaction.atomic
def ask_coordinators(*, by: Standing, review: HealthReview) -> list[ReviewConfirmation]:
    """Ask both sides' coordinators to confirm people and days; asked once a round.

    Where both have confirmed meanwhile, it goes on to the clock.
    """
    row = being_set_up(review)
    check_ready(row)
    current = _asked(row)
    if current:
        if all(one.answer == Answer.YES for one in current):
            schedule(by=by.contact, review=row)
        return current
    number = 1 + max(
        row.confirmations.filter(purpose=_RATERS).values_list("round", flat=True),
        default=0,
    )
    people = {side: one for side, one in coordinators(row).items() if one is not None}
    rows = [
        ReviewConfirmation.objects.create(
            review=row,
            purpose=_RATERS,
            side=side,
            round=number,
            contact=people[side],
            asked_on=timezone.localdate(),
            **_said_by_asking(people[side], by),
        )
        for side in Side
    ]
    mails.owe_confirmations(row, _RATERS)
    return rows


def _said_by_asking(coordinator: Contact, by: Standing) -> dict[str, Any]:
    """Whoever asks both sides and coordinates one of them has confirmed it by that."""
    if coordinator != by.contact:
        return {}
    return {
        "answer": Answer.YES,
        "answered_at": timezone.now(),
        "answered_by": by.contact,
    }


def _asked(review: HealthReview) -> list[ReviewConfirmation]:
    """What stands of the last round; none once it is void."""
    rows = list(review.confirmations.filter(purpose=_RATERS).order_by("-round", "side"))
    last = [row for row in rows if row.round == rows[0].round] if rows else []
    return (
        [] if any(row.version == 0 or row.answer == Answer.NO for row in last) else last
    )


def ask_again(*, review: HealthReview) -> None:
    """A change makes what was asked void: neither link nor answer counts any more."""
    review.confirmations.filter(purpose=_RATERS).update(version=0)


def check_ready(review: HealthReview) -> None:
    """What has to be there before anybody is asked. Section 4.1.

    Raises RuleError in words for the first thing that is missing.
    """
    for one in missing(so_far(review), timezone.localdate()):
        raise RuleError(one.words, field=one.place)


@transaction.atomic
def accept_few(*, by: Standing, review: HealthReview, reason: str) -> HealthReview:
    """Say why three people a side are enough this time."""
    row = being_set_up(review)
    row.few_raters_reason = reason.strip()
    row.save(update_fields=["few_raters_reason", "updated_at"])
    return row


@transaction.atomic
def schedule(*, by: Contact | None, review: HealthReview) -> HealthReview:
    """Both have confirmed: from here on the clock goes on by itself."""
    row = being_set_up(review)
    check_ready(row)
    asked = _asked(row)
    if len(asked) < len(Side) or any(one.answer != Answer.YES for one in asked):
        raise RuleError(_("Both sides have to confirm first."))
    return leave_to_the_clock(row=row, by=by)


def leave_to_the_clock(*, row: HealthReview, by: Contact | None) -> HealthReview:
    """A review that is held, confirmed and complete becomes scheduled."""
    # A holiday may have been named since.
    both = joint_calendar(row.relationship.client, row.relationship.supplier)
    wave = wave_of(row.opens_on, row.form, both)
    days = {name: getattr(wave, name) for name in DAYS}
    row = move(review=row, to=State.SCHEDULED, by=by, also=days)
    keep_to_the_budget(row)
    mails.owe_facilitation(row)
    return row
