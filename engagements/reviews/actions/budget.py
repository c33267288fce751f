"""Nobody is asked more often than the contact budget allows, over all relationships."""

from __future__ import annotations

from django.db import transaction

from engagements.models import Contact, HealthReview, Rater
from engagements.reviews.queries.budget import days_to_ask, decide


@transaction.atomic
def keep_to_the_budget(review: HealthReview) -> int:
    """Write on each row when the person is asked, or that they are left out this time.

    Called when both sides have confirmed and again when it opens, with its days as they
    are then; returns how many are asked later or left out.
    """
    rows = list(Rater.objects.filter(review=review, revoked_at=None).order_by("pk"))
    people = [row.contact_id for row in rows]
    # Of two reviews that open at one moment for one person, the second sees the first.
    held = Contact.objects.select_for_update(no_key=True).filter(pk__in=people)
    list(held.order_by("pk").values_list("pk", flat=True))
    days = days_to_ask(review, people)
    for row in rows:
        decide(row, days[row.contact_id], review.opens_on)
    Rater.objects.bulk_update(rows, ["ask_on", "ineligible"])
    return sum(
        bool(row.ask_on or row.ineligible == Rater.Ineligible.BUDGET) for row in rows
    )
