"""What a signed link about a review opens, while it is open."""

from __future__ import annotations

from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from engagements.links import (
    Held,
    Purpose,
    address,
    held_by,
    in_cookie,
    let_in,
    path,
    read,
    token_of,
)
from engagements.models import (
    HealthReview,
    Rater,
    ReviewConfirmation,
    belongs_to_a_side,
    reachable,
)

__all__ = [
    "Held",
    "Purpose",
    "address",
    "confirmation",
    "facilitated",
    "held_by",
    "in_cookie",
    "let_in",
    "path",
    "rater",
    "read",
    "token_of",
]


def rater(held: Held | None, *, late: bool = False) -> Rater | None:
    """The person a link or cookie lets answer, while the review asks: one query.

    `late` finds the person after closing too: what is saved then is refused in words.
    `reviewed_before` says whether both sides have a review behind them.
    """
    if held is None:
        return None
    rows = Rater.objects.filter(
        reachable("contact__"),
        pk=held.pk,
        link_version=held.version,
        revoked_at=None,
        ineligible=Rater.Ineligible.NO,
    )
    if not late:
        rows = rows.filter(
            review__state__in=HealthReview.ASKING,
            review__closes_at__gt=timezone.now(),
        )
    earlier = HealthReview.objects.filter(
        relationship=OuterRef("review__relationship"), closed_at__isnull=False
    )
    rows = rows.annotate(reviewed_before=Exists(earlier.order_by()))
    return rows.select_related(
        "contact",
        "review__secret",
        "review__instrument",
        "review__relationship__client",
        "review__relationship__supplier",
    ).first()


def confirmation(held: Held | None) -> ReviewConfirmation | None:
    """What a link or cookie lets confirm, while nothing newer is asked: one query."""
    if held is None:
        return None
    rows = ReviewConfirmation.objects.filter(
        reachable("contact__"), pk=held.pk, version=held.version
    )
    # What is verified is done: by then its review may be complete.
    over = Q(review__state=HealthReview.State.CANCELLED) | (
        Q(review__state=HealthReview.State.COMPLETED)
        & ~Q(purpose=ReviewConfirmation.Purpose.DONE)
    )
    found = rows.exclude(over).select_related(
        "contact",
        "action__commitment",
        "review__relationship__client",
        "review__relationship__supplier",
    )
    return found.first()


def facilitated(held: Held | None) -> HealthReview | None:
    """The review a link or cookie lets facilitate, while the person is of neither side:
    two queries."""
    if held is None:
        return None
    rows = HealthReview.objects.filter(
        reachable("facilitator__"),
        pk=held.pk,
        facilitator_version=held.version,
        facilitator__isnull=False,
    ).exclude(state=HealthReview.State.CANCELLED)
    found = rows.select_related(
        "facilitator", "relationship__client", "relationship__supplier"
    ).first()
    if found is None or found.facilitator is None:
        return None
    # Whoever joins a side later must not read what was said to somebody neutral.
    return None if belongs_to_a_side(found.facilitator, found.relationship) else found
