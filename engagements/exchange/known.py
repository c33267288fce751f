"""What is known here already, as a plan needs it; loaded by `queries.known_to`."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from engagements.exchange.rows import Key, name_of

# What an amendment can change; kept with their first values as well.
TERMS = ("value", "start_on", "end_on")
Terms = dict[str, Any]


@dataclass
class KnownOrganisation:
    """An organisation of the own books: the own one, and those it keeps."""

    pk: UUID
    name: str
    spellings: set[str] = field(default_factory=set)
    numbers: set[Key] = field(default_factory=set)
    facts: dict[str, str] = field(default_factory=dict)
    # Its own people look after it: an import adds nothing to it.
    claimed: bool = False
    archived: bool = False


@dataclass
class KnownRelationship:
    """A relationship between two known organisations."""

    pk: UUID
    archived: bool = False


@dataclass
class KnownAmendment:
    """An amendment that is kept already."""

    pk: UUID
    number: int
    reference: str
    facts: dict[str, Any]
    changes: dict[str, list[str | None]]


@dataclass
class KnownContract:
    """A contract that is kept already, with what the last import wrote to it."""

    pk: UUID
    relationship: UUID
    client: UUID
    supplier: UUID
    key: str
    facts: dict[str, Any]
    imported: dict[str, str | None] = field(default_factory=dict)
    amendments: list[KnownAmendment] = field(default_factory=list)
    archived: bool = False

    @property
    def original(self) -> Terms:
        """The terms before any amendment."""
        prefix = "original_" if self.facts.get("original_start_on") else ""
        return {term: self.facts.get(f"{prefix}{term}") for term in TERMS}


@dataclass
class Known:
    """The books of the organisation that imports."""

    own: KnownOrganisation
    organisations: list[KnownOrganisation] = field(default_factory=list)
    relationships: dict[tuple[UUID, UUID, str], KnownRelationship] = field(
        default_factory=dict
    )
    contracts: list[KnownContract] = field(default_factory=list)

    def __post_init__(self) -> None:
        everyone = [self.own, *self.organisations]
        self.by_number = {
            number: organisation
            for organisation in everyone
            for number in organisation.numbers
        }
        self.by_name: dict[str, list[KnownOrganisation]] = defaultdict(list)
        for organisation in self.organisations:
            for name in {organisation.name, *organisation.spellings}:
                self.by_name[name_of(name)].append(organisation)
        self.by_key: dict[str, list[KnownContract]] = defaultdict(list)
        self.by_place: dict[tuple[UUID, str], KnownContract] = {}
        self.by_start: dict[tuple[UUID, str, date], KnownContract] = {}
        for contract in self.contracts:
            self._remember(contract)

    def _remember(self, contract: KnownContract) -> None:
        if contract.key:
            self.by_key[contract.key].append(contract)
            self.by_place[contract.relationship, contract.key] = contract
            return
        start = contract.facts.get("original_start_on") or contract.facts["start_on"]
        title = name_of(contract.facts["title"])
        self.by_start.setdefault((contract.relationship, title, start), contract)


def written(value: Any) -> str | None:
    """A value as the history keeps it; amounts with two decimals, nothing as None."""
    if value is None or value == "":
        return None
    if isinstance(value, Decimal):
        return format(value.quantize(Decimal("0.01")), "f")
    return value.isoformat() if isinstance(value, date) else str(value)


def from_written(term: str, text: str | None) -> Any:
    """A term of a contract from its kept text."""
    if text is None:
        return None
    return Decimal(text) if term == "value" else date.fromisoformat(text)
