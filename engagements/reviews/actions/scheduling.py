"""Both coordinators confirm, and the clock goes on from there. Section 4.1."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from engagements.errors import RuleError
from engagements.models import (
    Contact,
    HealthReview,
    ReviewConfirmation,
    Side,
    Standing,
    TeamRole,
)
from engagements.reviews import mails
from engagements.reviews.actions.moving import being_set_up, move

State, Form = HealthReview.State, HealthReview.Form
# Eligible people of a side: for a confidential review, and with a reason given.
ENOUGH, FEWEST = 4, 3


@transaction.atomic
def ask_coordinators(*, by: Standing, review: HealthReview) -> list[ReviewConfirmation]:
    """Ask both sides' coordinators to confirm people and days; asked once a round."""
    row = being_set_up(review)
    check_ready(row)
    current = _asked(row)
    if current:
        return current
    number = 1 + max(
        row.confirmations.filter(purpose=_RATERS).values_list("round", flat=True),
        default=0,
    )
    rows = [
        ReviewConfirmation.objects.create(
            review=row,
            purpose=_RATERS,
            side=side,
            round=number,
            contact=coordinator(row, side),
            asked_on=timezone.localdate(),
        )
        for side in Side
    ]
    mails.owe_confirmations(row, _RATERS)
    return rows


_RATERS = ReviewConfirmation.Purpose.RATERS


def _asked(review: HealthReview) -> list[ReviewConfirmation]:
    """What stands of the last round; none once it is void."""
    rows = list(review.confirmations.filter(purpose=_RATERS).order_by("-round", "side"))
    last = [row for row in rows if row.round == rows[0].round] if rows else []
    return [] if any(row.version == 0 or row.answer == "no" for row in last) else last


def ask_again(*, review: HealthReview) -> None:
    """A change makes what was asked void: neither link nor answer counts any more."""
    review.confirmations.filter(purpose=_RATERS).update(version=0)


def coordinator(review: HealthReview, side: Side) -> Contact:
    """Who confirms for a side: its interface person, else its sponsor.

    Raises RuleError where the side has neither.
    """
    roles = TeamRole.objects.current().filter(
        relationship=review.relationship,
        side=side,
        role__in=[TeamRole.Role.INTERFACE, TeamRole.Role.SPONSOR],
    )
    found = roles.order_by("role", "from_on", "pk").select_related("contact").first()
    if found is None:
        raise RuleError(
            _("The %(side)s has no interface person yet. Name one under People.")
            % {"side": str(side.label).lower()}
        )
    return found.contact


def check_ready(review: HealthReview) -> None:
    """What has to be there before anybody is asked. Section 4.1.

    Raises RuleError in words for the first thing that is missing.
    """
    assert review.instrument is not None  # noqa: S101 - a constraint says so once it is set up
    if review.instrument.published_at is None or review.instrument.withdrawn_at:
        raise RuleError(_("The question set is not published."))
    if review.form == Form.FULL and review.facilitator_id is None:
        raise RuleError(_("A full review needs a facilitator of neither side."))
    for side in Side:
        _check_numbers(review, side, review.raters.filter(side=side).count())
        coordinator(review, side)
    if review.opens_on < timezone.localdate():
        raise RuleError(
            _("The opening day has passed. Choose another."), field="opens_on"
        )


def _check_numbers(review: HealthReview, side: Side, count: int) -> None:
    least = 1 if review.is_named else FEWEST
    if not review.is_named and review.few_raters_reason == "":
        least = ENOUGH
    if count >= least:
        return
    words = {"side": str(side.label), "least": least, "count": count}
    if review.is_named:
        raise RuleError(_("The %(side)s has nobody to ask yet.") % words)
    if count < FEWEST:
        raise RuleError(
            ngettext(
                "The %(side)s names %(count)d person; with fewer than three a review"
                " can only be named.",
                "The %(side)s names %(count)d people; with fewer than three a review"
                " can only be named.",
                count,
            )
            % words
        )
    raise RuleError(
        _(
            "The %(side)s names %(count)d people; %(least)d are needed, or a reason"
            " why three are enough."
        )
        % words
    )


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
    if len(asked) < len(Side) or any(one.answer != "yes" for one in asked):
        raise RuleError(_("Both sides have to confirm first."))
    row = move(review=row, to=State.SCHEDULED, by=by)
    mails.owe_facilitation(row)
    return row
