"""What a review that is being set up has so far."""

from __future__ import annotations

from engagements.models import (
    HealthReview,
    InstrumentVersion,
    Side,
    belongs_to_a_side,
)
from engagements.parties.calendars import joint_calendar
from engagements.reviews.queries.budget import left_out
from engagements.reviews.readiness import SetUp
from engagements.reviews.seats import coordinators, seats_of


def so_far(review: HealthReview) -> SetUp:
    """The facts that decide whether the sides can be asked to confirm: seven queries,
    eight with a facilitator, one more where somebody is asked elsewhere."""
    relationship, facilitator = review.relationship, review.facilitator
    published = InstrumentVersion.objects.published().filter(reviews=review)
    both = joint_calendar(relationship.client, relationship.supplier)
    seats = seats_of(review)
    return SetUp(
        form=review.form,
        mode=review.mode,
        published=published.exists(),
        has_facilitator=facilitator is not None,
        partisan=facilitator is not None
        and belongs_to_a_side(facilitator, relationship),
        people={side.value: len(seats[side]) for side in Side},
        left_out=left_out(review, both, seats),
        coordinators=coordinators(review),
        names={side.value: getattr(relationship, side.value).name for side in Side},
        few_reason=review.few_raters_reason,
        opens_on=review.opens_on,
        works=both.works(review.opens_on),
    )
