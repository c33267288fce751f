"""A plan into rows: in batches, in the caller's transaction."""

from __future__ import annotations

from django.utils import timezone

from engagements.contracts.figures import refresh_sides
from engagements.exchange.plan import Plan
from engagements.exchange.queries import in_batches
from engagements.exchange.writing.act import Act
from engagements.exchange.writing.amendments import write_amendments
from engagements.exchange.writing.contracts import (
    write_changed_contracts,
    write_new_contracts,
)
from engagements.exchange.writing.organisations import write_organisations
from engagements.exchange.writing.relationships import write_relationships
from engagements.reviews.actions import plan_reviews

__all__ = ["Act", "write"]


def write(plan: Plan, act: Act) -> None:
    """Write everything a plan says; the stored days and figures with it."""
    write_organisations(plan.organisations, act)
    relationships = write_relationships(plan, act)
    write_new_contracts(plan, act, relationships)
    write_changed_contracts(plan, act)
    write_amendments(plan, act)
    today = timezone.localdate()
    touched = {contract.relationship for contract in plan.contracts}
    for batch in in_batches(touched):
        refresh_sides(batch, today)
        plan_reviews(batch, today)
