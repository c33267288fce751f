"""One relationship as the executive's page prints it, and nothing more.

A plain row: making half a hundred models of a page's rows takes longer than finding
them.
"""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Any, NamedTuple
from uuid import UUID


class Printed(NamedTuple):
    """The viewer's side of a relationship: health, deadlines, talks, value, names."""

    pk: UUID
    side: str
    relationship_id: UUID
    counterpart: str
    act_by: date | None
    contact_due_on: date | None
    live_contracts: int
    marked_active: bool
    last_contact_at: datetime | None
    next_contact_at: datetime | None
    annual_value: Decimal | None
    currency: str
    health: str
    health_last: str
    health_why: list[str]
    health_basis: str
    health_review_id: UUID | None
    health_score: int | None
    health_topics: list[list[Any]]
    client_score: int | None
    supplier_score: int | None
    score_gap: int | None
    reviewed_on: date | None
    guards: str
    guard_facts: dict[str, Any]
    owner: str | None
    contract: str | None
    last_with: str | None
    waves: list[dict[str, Any]] | None
    changes: dict[str, Any] | None

    @property
    def is_active(self) -> bool:
        """A live contract, or marked active."""
        return self.live_contracts > 0 or self.marked_active


# Fields found under another name than the one they are printed by.
NAMES = {
    "owner": "owner__name",
    "contract": "act_by_contract__title",
    "last_with": "last_contact_with__name",
}
COLUMNS = tuple(NAMES.get(name, name) for name in Printed._fields)
