"""What came of the reviews of many relationships: answered, acted upon."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet

from accounts.models import User
from engagements.models import HealthReview, RelationshipSide
from engagements.prepared import midnight

# Reviews of a year: each relationship has had its turn.
_DAYS = 365
_KEPT = Q(actions__commitment__done_on__lte=F("actions__commitment__original_due_on"))


@dataclass(frozen=True)
class Followed:
    """Reviews closed in a year and those answered by both sides; agreed actions."""

    closed: int
    answered: int
    due: int
    on_time: int


def followed(rows: Iterable[tuple[str, int, int, int]]) -> Followed:
    """Of the rows of `counted`.

    Answered: enough of both sides took part. How many did is told of no review, so the
    reviews are counted and not the people. Due: the day first agreed has passed and
    nobody has cancelled it.
    """
    closed = answered = all_due = on_time = 0
    for state, reviews, actions, kept in rows:
        closed += reviews
        answered += reviews if state in HealthReview.PUBLISHED else 0
        all_due += actions
        on_time += kept
    return Followed(closed, answered, all_due, on_time)


def counted(user: User, today: date) -> QuerySet:
    """State, reviews, actions due, actions kept: of the relationships a person sees."""
    sides = RelationshipSide.objects.seen_by(user).active().order_by()
    of_a_year = Q(closed_at__gte=midnight(today - timedelta(days=_DAYS)))
    due = Q(
        actions__commitment__original_due_on__lt=today,
        actions__commitment__cancelled_at=None,
    )
    rows = HealthReview.objects.filter(
        # Asked of each review: there are fewer of them than of relationships.
        Exists(sides.filter(relationship=OuterRef("relationship"))),
        state__in=(*HealthReview.PUBLISHED, HealthReview.State.INSUFFICIENT),
    )
    # An action becomes one commitment: only the reviews are met more than once.
    return (
        rows.order_by()
        .values_list("state")
        .annotate(
            reviews=Count("pk", distinct=True, filter=of_a_year),
            due=Count("actions__commitment", filter=due),
            kept=Count("actions__commitment", filter=due & _KEPT),
        )
    )
