"""From rows to a plan: who is who, what is new, what changed, what stays out."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from typing import Any
from uuid import UUID, uuid4

from django.utils.translation import gettext as _

from engagements.exchange.amending import Chain, chained
from engagements.exchange.known import TERMS, Known, KnownContract, Terms
from engagements.exchange.matching import (
    PlannedOrganisation,
    gathered,
    planned,
    remarks_on,
)
from engagements.exchange.merging import gaps_of, merge
from engagements.exchange.plan import Plan, PlannedContract, PlannedRelationship
from engagements.exchange.profiles import Profile
from engagements.exchange.rejecting import counted_out
from engagements.exchange.remarks import Kind, Remark
from engagements.exchange.rows import (
    AmendmentRow,
    ContractRow,
    Key,
    Party,
    ReadAmendment,
    ReadContract,
    name_of,
)
from engagements.models import Side

_Pair = tuple[UUID, UUID, str]


def make_plan(
    contracts: Iterable[ReadContract],
    amendments: Iterable[ReadAmendment],
    profile: Profile,
    known: Known,
) -> Plan:
    """What importing these rows would do to what is known; writes nothing."""
    return _Planner(profile, known).plan(list(contracts), list(amendments))


class _Planner:
    """Works one plan out; each step reads what the steps before it decided."""

    def __init__(self, profile: Profile, known: Known) -> None:
        self.profile = profile
        self.known = known
        self.made = Plan()
        self.organisations: dict[Key, PlannedOrganisation] = {}
        self.relationships: dict[_Pair, PlannedRelationship] = {}
        self.by_key: dict[str, list[PlannedContract]] = defaultdict(list)
        # What tells two rows of one contract apart from two contracts.
        self.taken: dict[tuple[Any, ...], int] = {}

    def plan(self, read: list[ReadContract], amended: list[ReadAmendment]) -> Plan:
        self.made.read = len(read)
        self.made.remarks += [remark for one in read for remark in one.remarks]
        self.made.remarks += [remark for one in amended for remark in one.remarks]
        rows = [one.row for one in read if one.row is not None]
        self._know_organisations(rows)
        kept = [contract for row in rows if (contract := self._contract(row))]
        for contract in kept:
            self.by_key[contract.key].append(contract)
        self.made.contracts = kept
        chains = self._amend([one.row for one in amended if one.row is not None])
        for contract in self.made.contracts:
            self._settle(contract, chains.get(contract.pk))
        self._finish(read, amended)
        return self.made

    def _say(self, kind: Kind, line: int, words: str, *, amended: bool = False) -> None:
        self.made.remarks.append(Remark(kind, line, "", words, of_amendments=amended))

    def _know_organisations(self, rows: list[ContractRow]) -> None:
        named = gathered(
            party for row in rows for party in (row.client, row.supplier) if party
        )
        met, by_name = self._met(rows), self._by_name(rows)
        self.organisations = {
            key: planned(one, self.known, met.get(key, ()), by_name=key in by_name)
            for key, one in named.items()
        }
        self.made.remarks.extend(remarks_on(named, self.organisations))

    def _by_name(self, rows: list[ContractRow]) -> set[Key]:
        """Organisations of a side for which the file has no column of numbers."""
        return {
            party.key
            for side in Side
            if not self.profile.party(side).numbers
            for row in rows
            if (party := getattr(row, side.value))
        }

    def _met(self, rows: list[ContractRow]) -> dict[Key, list[Any]]:
        """Whom the known contracts of these rows name, for organisations by name."""
        everyone = {one.pk: one for one in self.known.organisations}
        met: dict[Key, list[Any]] = defaultdict(list)
        for row in rows:
            for contract in self.known.by_key.get(row.key, ()) if row.key else ():
                for party, pk in (
                    (row.client, contract.client),
                    (row.supplier, contract.supplier),
                ):
                    if party and not party.numbers and pk in everyone:
                        met[party.key].append(everyone[pk])
        return met

    def _contract(self, row: ContractRow) -> PlannedContract | None:
        """The contract of a row, on its relationship; None where it stays out."""
        pair = self._pair(row)
        if pair[0] == pair[1]:
            words = _("The client and the supplier must be two organisations.")
            self._say(Kind.SAME_ORGANISATION, row.line, words)
            return None
        relationship = self._relationship(pair, row)
        start = row.facts["start_on"]
        title = name_of(row.facts.get("title", ""))
        place = (
            (relationship.pk, row.key) if row.key else (relationship.pk, title, start)
        )
        if place in self.taken:
            words = _("The contract stands on line %d already.") % self.taken[place]
            self._say(Kind.REPEATED_CONTRACT, row.line, words)
            return None
        self.taken[place] = row.line
        relationship.started_on = min(relationship.started_on, start)
        known = self._known_contract(relationship.pk, row.key, title, start)
        return PlannedContract(
            pk=known.pk if known else uuid4(),
            line=row.line,
            relationship=relationship.pk,
            key=row.key,
            known=known,
            original=_original(row, known),
            terms={},
            facts=dict(row.facts),
        )

    def _known_contract(
        self, relationship: UUID, key: str, title: str, start: date
    ) -> KnownContract | None:
        if key:
            return self.known.by_place.get((relationship, key))
        return self.known.by_start.get((relationship, title, start))

    def _pair(self, row: ContractRow) -> _Pair:
        return (self._pk(row.client), self._pk(row.supplier), row.scope)

    def _pk(self, party: Party | None) -> UUID:
        """A side the file does not name is the organisation that imports."""
        return self.organisations[party.key].pk if party else self.known.own.pk

    def _relationship(self, pair: _Pair, row: ContractRow) -> PlannedRelationship:
        if pair not in self.relationships:
            known = self.known.relationships.get(pair)
            self.relationships[pair] = PlannedRelationship(
                pk=known.pk if known else uuid4(),
                client=self.organisations[row.client.key] if row.client else None,
                supplier=self.organisations[row.supplier.key] if row.supplier else None,
                scope=row.scope,
                started_on=row.facts["start_on"],
                known=known,
            )
            if known and known.archived:
                words = _("The relationship is archived; it stays so.")
                self._say(Kind.ARCHIVED_HERE, row.line, words)
        return self.relationships[pair]

    def _amend(self, rows: list[AmendmentRow]) -> dict[UUID, Chain]:
        """The chain of amendments of every contract that has any, here or there."""
        grouped: dict[UUID, list[AmendmentRow]] = defaultdict(list)
        seen: set[tuple[UUID, str]] = set()
        for row in rows:
            contract = self._amended(row)
            if contract is None:
                continue
            if (contract.pk, row.reference) in seen:
                words = _("“%s” stands in the file already.") % row.reference
                self._say(Kind.REPEATED_AMENDMENT, row.line, words, amended=True)
                continue
            seen.add((contract.pk, row.reference))
            grouped[contract.pk].append(row)
        return {
            contract.pk: chained(
                contract.original,
                grouped[contract.pk],
                contract.known.amendments if contract.known else (),
            )
            for contract in self.made.contracts
        }

    def _amended(self, row: AmendmentRow) -> PlannedContract | None:
        """The one contract an amendment names, of the file or known here."""
        found = self.by_key.get(row.contract, [])
        if not found:
            found = [_as_known(one) for one in self.known.by_key.get(row.contract, ())]
        if len(found) == 1:
            if row.contract not in self.by_key:
                self.by_key[row.contract] = found
                self.made.contracts.extend(found)
            return found[0]
        kind, words = Kind.UNKNOWN_CONTRACT, _("No contract has the number “%s”.")
        if found:
            kind = Kind.AMBIGUOUS_CONTRACT
            words = _("Several contracts have the number “%s”.")
        self._say(kind, row.line, words % row.contract, amended=True)
        return None

    def _settle(self, contract: PlannedContract, chain: Chain | None) -> None:
        if chain is not None:
            contract.amendments = chain.amendments
            contract.terms = chain.terms
            for row in chain.impossible:
                words = _("With “%s” the contract would end before it begins.")
                self._say(
                    Kind.ENDS_BEFORE_START,
                    row.line,
                    words % row.reference,
                    amended=True,
                )
        self.made.remarks.extend(merge(contract))
        self.made.remarks.extend(gaps_of(contract, self.profile.stands_for))

    def _finish(self, read: list[ReadContract], amended: list[ReadAmendment]) -> None:
        """Count what stays out, and whom only such rows name."""
        made = self.made
        used = {contract.relationship for contract in made.contracts}
        made.relationships = [r for r in self.relationships.values() if r.pk in used]
        made.organisations = _once(made.relationships)
        made.rejected = counted_out(made, read, amended, self.profile)
        made.remarks.sort(key=lambda remark: (remark.of_amendments, remark.line))


def _once(relationships: list[PlannedRelationship]) -> list[PlannedOrganisation]:
    found = {
        party.pk: party
        for relationship in relationships
        for party in (relationship.client, relationship.supplier)
        if party
    }
    return list(found.values())


def _original(row: ContractRow, known: KnownContract | None) -> Terms:
    """The terms before any amendment: as the row says them, else as known."""
    before = known.original if known else dict.fromkeys(TERMS)
    return {term: row.facts.get(term, before[term]) for term in TERMS}


def _as_known(contract: KnownContract) -> PlannedContract:
    """A contract that is known here and only amended by the file."""
    return PlannedContract(
        pk=contract.pk,
        line=0,
        relationship=contract.relationship,
        key=contract.key,
        known=contract,
        original=contract.original,
        terms={},
    )
