"""What came of the reviews of many relationships: answered, acted upon."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from django.db.models import Count, F, Q, QuerySet
from django.utils import timezone

from engagements.models import HealthReview, RelationshipSide

# Reviews of a year: each relationship has had its turn.
_DAYS = 365


@dataclass(frozen=True)
class Followed:
    """Reviews closed in a year and those answered by both sides; agreed actions."""

    closed: int
    answered: int
    due: int
    on_time: int


def followed(sides: QuerySet[RelationshipSide], today: date) -> Followed:
    """Of the relationships of these sides: one query.

    Answered: enough of both sides took part. How many did is told of no review, so the
    reviews are counted and not the people. Due: the day first agreed has passed and
    nobody has cancelled it.
    """
    midnight = datetime.combine(today - timedelta(days=_DAYS), time.min)
    of_a_year = Q(closed_at__gte=timezone.make_aware(midnight))
    published = Q(state__in=HealthReview.PUBLISHED)
    few = Q(state=HealthReview.State.INSUFFICIENT)
    due = Q(
        actions__commitment__original_due_on__lt=today,
        actions__commitment__cancelled_at=None,
    )
    kept = Q(
        actions__commitment__done_on__lte=F("actions__commitment__original_due_on")
    )
    rows = HealthReview.objects.filter(
        relationship__in=sides.order_by().values("relationship")
    )
    found: dict[str, Any] = rows.order_by().aggregate(
        closed=Count("pk", distinct=True, filter=of_a_year & (published | few)),
        answered=Count("pk", distinct=True, filter=of_a_year & published),
        due=Count("actions__commitment", distinct=True, filter=due),
        on_time=Count("actions__commitment", distinct=True, filter=due & kept),
    )
    return Followed(**found)
