"""A person of one side says how they see the relationship. Decision 19.

Named, for the own organisation alone, in no status and no average.
"""

from __future__ import annotations

from collections.abc import Mapping

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from engagements.errors import RuleError
from engagements.models import (
    OwnerReading,
    Relationship,
    RelationshipSide,
    Standing,
)
from engagements.reviews.instrument.library import rhr_8


@transaction.atomic
def record_reading(
    *, by: Standing, relationship: Relationship, values: Mapping[str, int]
) -> OwnerReading:
    """Keep one point a topic; the same person's later one of the day replaces it.

    Raises RuleError for a topic or a point that is not asked, and once a review says
    how both sides see it.
    """
    sides = RelationshipSide.objects.filter(relationship=relationship)
    if sides.exclude(health_review=None).exists():
        raise RuleError(_("There was a review: its result says how both sides see it."))
    content = rhr_8()
    for key, point in values.items():
        if key not in content.weights or point not in content.scale.points:
            raise RuleError(_("Choose one answer for each topic."), field=key)
    if not values:
        raise RuleError(_("Choose one answer for each topic."))
    reading, _created = OwnerReading.objects.update_or_create(
        relationship=relationship,
        contact=by.contact,
        read_on=timezone.localdate(),
        defaults={"organisation": by.organisation, "values": dict(values)},
    )
    return reading
