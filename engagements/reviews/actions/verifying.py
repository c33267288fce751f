"""The other side says it saw an action done, where nobody of it signs in: by a link.

Who signs in verifies on the promise's own page. Without an answer the promise says
since when the other side was asked.
"""

from __future__ import annotations

import logging
from datetime import date

from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from engagements.commitments import actions as commitments
from engagements.models import (
    Membership,
    RelationshipSide,
    ReviewAction,
    ReviewConfirmation,
    Side,
    Standing,
)
from engagements.reviews.actions.confirming import follows
from engagements.reviews.queries.agreed import coordinators

logger = logging.getLogger(__name__)
Answer = ReviewConfirmation.Answer
Purpose = ReviewConfirmation.Purpose


def ask_to_verify(today: date) -> int:
    """Ask the other side's coordinator about each action that is said to be done.

    Only where nobody of that side signs in, and once for each time it is said. Returns
    how many were asked. One query where nothing is new. One that cannot be asked about
    never holds up another.
    """
    return sum(_try(action, today) for action in _unasked())


def _try(action: ReviewAction, today: date) -> bool:
    try:
        return _ask(action, today)
    except Exception:
        logger.exception("Action %s could not be asked about", action.pk)
        return False


def _unasked() -> QuerySet[ReviewAction]:
    silent = RelationshipSide.objects.filter(
        ~Q(side=OuterRef("side")),
        ~Exists(
            Membership.objects.active().filter(
                organisation=OuterRef("acted_by"), contact__user__is_active=True
            )
        ),
        relationship=OuterRef("review__relationship"),
    )
    asked = ReviewConfirmation.objects.filter(
        action=OuterRef("pk"), created_at__gte=OuterRef("commitment__done_at")
    )
    rows = ReviewAction.objects.filter(
        Exists(silent),
        ~Exists(asked),
        commitment__done_at__isnull=False,
        commitment__verified_at=None,
        review__relationship__archived_at=None,
    )
    return rows.select_related(
        "review__relationship__client", "review__relationship__supplier"
    ).order_by("pk")


@transaction.atomic
def _ask(action: ReviewAction, today: date) -> bool:
    side = Side(action.side).other
    contact = coordinators(action.review, today)[side]
    if contact is None or not contact.email:
        return False
    # Held, so that two clocks ask once.
    list(ReviewAction.objects.select_for_update(no_key=True).filter(pk=action.pk))
    if not _unasked().filter(pk=action.pk).exists():
        return False
    earlier = ReviewConfirmation.objects.filter(action=action)
    # A question from before it was reopened is no longer asked.
    earlier.filter(answer=Answer.NONE).update(version=0, updated_at=timezone.now())
    ReviewConfirmation.objects.create(
        review=action.review,
        action=action,
        purpose=Purpose.DONE,
        side=side,
        round=earlier.count() + 1,
        contact=contact,
        asked_on=today,
    )
    return True


def _verified(row: ReviewConfirmation) -> None:
    """The other side saw it done; nothing is verified that is no longer done."""
    action = row.action
    if action is None or action.commitment is None:
        return
    organisation = getattr(row.review.relationship, row.side)
    who = Standing(row.answered_by or row.contact, organisation, role="")
    commitments.verify(by=who, commitment=action.commitment)


follows(Purpose.DONE, _verified)
