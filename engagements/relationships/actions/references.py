"""Numbers that other systems know a relationship by."""

from __future__ import annotations

from django.db import transaction

from engagements.history import record_change
from engagements.models import ExternalReference, Relationship, Standing


@transaction.atomic
def add_reference(
    *, by: Standing, relationship: Relationship, system: str, value: str
) -> ExternalReference:
    """Keep the number another system of the own organisation knows it by."""
    row, created = ExternalReference.objects.get_or_create(
        relationship=relationship,
        organisation=by.organisation,
        system=system.strip(),
        value=value.strip(),
    )
    if created:
        record_change(
            relationship,
            {"reference": [None, str(row)]},
            by=by,
            relationship=relationship,
        )
    return row


@transaction.atomic
def remove_reference(*, by: Standing, reference: ExternalReference) -> None:
    """Take a reference away; the history keeps it."""
    record_change(
        reference.relationship,
        {"reference": [str(reference), None]},
        by=by,
        relationship=reference.relationship,
    )
    reference.delete()
