"""A side says how much it depends on the other, and whether both may see power."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from django.db import transaction

from engagements.models import Contact, DependenceFacts, RelationshipSide


@dataclass(frozen=True)
class Declared:
    """What is declared; `share` is a part of the whole, 0 to 1."""

    share: Decimal | None = None
    alternatives: int | None = None
    months_to_replace: Decimal | None = None
    shared: bool = False


@transaction.atomic
def state_dependence(
    *, side: RelationshipSide, by: Contact, declared: Declared, now: datetime
) -> DependenceFacts:
    """Keep a side's facts; results already computed stay as they are.

    Raises nothing: what the fields hold is checked before.
    """
    row, _created = DependenceFacts.objects.select_for_update().get_or_create(
        relationship=side.relationship, side=side.side
    )
    row.share = declared.share
    row.alternatives = declared.alternatives
    row.months_to_replace = declared.months_to_replace
    row.shared_at = (row.shared_at or now) if declared.shared else None
    row.stated_by = by
    row.save()
    return row
