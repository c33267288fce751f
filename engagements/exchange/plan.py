"""What an import would do, worked out in memory: nothing here writes."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from engagements.exchange.amending import PlannedAmendment
from engagements.exchange.known import KnownContract, KnownRelationship, Terms
from engagements.exchange.matching import PlannedOrganisation
from engagements.exchange.remarks import Remark

OUTCOMES = ("new", "updated", "unchanged", "rejected")


@dataclass
class PlannedRelationship:
    """A relationship of the file; it begins with its first contract."""

    pk: UUID
    client: PlannedOrganisation | None
    supplier: PlannedOrganisation | None
    scope: str
    started_on: date
    known: KnownRelationship | None = None

    @property
    def outcome(self) -> str:
        """new or unchanged."""
        return "unchanged" if self.known else "new"


@dataclass
class PlannedContract:
    """A contract of the file, its terms, and what an import would write."""

    pk: UUID
    # The line it stands on; 0 where only an amendment names it.
    line: int
    relationship: UUID
    key: str
    known: KnownContract | None
    original: Terms
    terms: Terms
    facts: dict[str, Any] = field(default_factory=dict)
    # {"field": value} of what differs from what is kept here.
    changed: dict[str, Any] = field(default_factory=dict)
    amendments: list[PlannedAmendment] = field(default_factory=list)

    @property
    def outcome(self) -> str:
        """new, updated or unchanged."""
        if self.known is None:
            return "new"
        return "updated" if self.changed else "unchanged"

    @property
    def currency(self) -> str:
        """The currency its value is in, as the file or the books say it."""
        kept = self.known.facts if self.known else {}
        return str(self.changed.get("currency") or kept.get("currency") or "")

    def in_force(self, day: date, *, original: bool = False) -> bool:
        """Whether the day lies within its dates, both ends included."""
        terms = self.original if original else self.terms
        return terms["start_on"] <= day and (
            terms["end_on"] is None or day <= terms["end_on"]
        )


@dataclass
class Plan:
    """Everything an import would do, and everything there is to say about it."""

    read: int = 0
    organisations: list[PlannedOrganisation] = field(default_factory=list)
    relationships: list[PlannedRelationship] = field(default_factory=list)
    contracts: list[PlannedContract] = field(default_factory=list)
    remarks: list[Remark] = field(default_factory=list)
    rejected: Counter[str] = field(default_factory=Counter)

    @property
    def of_the_file(self) -> list[PlannedContract]:
        """Contracts with a row of their own, not those an amendment alone names."""
        return [contract for contract in self.contracts if contract.line]

    @property
    def rejected_lines(self) -> dict[int, list[Remark]]:
        """The rows of the contracts' file that stay out, each with its reasons."""
        lines: dict[int, list[Remark]] = defaultdict(list)
        for remark in self.remarks:
            if remark.rejects and not remark.of_amendments:
                lines[remark.line].append(remark)
        return dict(lines)
