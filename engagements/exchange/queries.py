"""What the books of an organisation hold of the things a file names."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any, TypeVar
from uuid import UUID, uuid4

from django.db.models import F, Q, QuerySet

from engagements.exchange.fields import OF_TERMS, ContractField
from engagements.exchange.known import (
    TERMS,
    Known,
    KnownAmendment,
    KnownContract,
    KnownOrganisation,
    KnownRelationship,
)
from engagements.exchange.plan import Plan
from engagements.exchange.planning import make_plan
from engagements.exchange.profiles import Profile
from engagements.exchange.reading import Table
from engagements.exchange.rows import read_amendments, read_contracts
from engagements.models import (
    Amendment,
    Change,
    ChangeSet,
    Contract,
    ImportRun,
    Organisation,
    OrganisationAlias,
    OrganisationIdentifier,
    Relationship,
    RelationshipSide,
)

# Databases limit how many values a condition may have.
BATCH = 500
_FACTS = ("legal_name", "country", "subdivision", "locality", "domain")
_COLUMNS = (
    {str(name) for name in ContractField} - {"key", "scope"}
    | OF_TERMS
    | {f"original_{term}" for term in TERMS}
)
_AMENDMENT = ("reason", "signed_on", "effective_on")

Item = TypeVar("Item")


@dataclass(frozen=True)
class Source:
    """The files of one import, and how to read them."""

    contracts: Table
    profile: Profile
    amendments: Table | None = None


def plan_for(organisation: Organisation, source: Source) -> Plan:
    """What importing a file would do to an organisation's books; writes nothing.

    Queries: 7, and 3 for every 500 contracts the file names. Raises
    UnreadableFileError where the file as a whole cannot be taken.
    """
    contracts = list(read_contracts(source.contracts, source.profile))
    amendments = []
    if source.amendments is not None:
        amendments = list(read_amendments(source.amendments, source.profile))
    rows = [one.row for one in contracts if one.row]
    keys = {row.key for row in rows}
    keys |= {one.row.contract for one in amendments if one.row}
    known = known_to(organisation, keys)
    return make_plan(contracts, amendments, source.profile, known)


def known_to(organisation: Organisation, keys: Iterable[str]) -> Known:
    """The organisation's books, with the contracts of these numbers ("" for none)."""
    if organisation._state.adding:
        return Known(KnownOrganisation(uuid4(), organisation.name, claimed=True))
    everyone = _organisations(organisation)
    own = everyone.pop(organisation.pk)
    return Known(
        own=own,
        organisations=list(everyone.values()),
        relationships=_relationships(organisation),
        contracts=_contracts(organisation, sorted(keys)),
    )


def contracts_of(run: ImportRun) -> QuerySet[Contract]:
    """The contracts an import brought in and that are still there."""
    contracts = Contract.objects.filter(change_set=run.change_set)
    return contracts.select_related("relationship__client", "relationship__supplier")


def in_batches(items: Iterable[Item], size: int = BATCH) -> Iterator[list[Item]]:
    """The items in lists of at most so many."""
    rows = iter(items)
    while batch := list(islice(rows, size)):
        yield batch


def _organisations(own: Organisation) -> dict[UUID, KnownOrganisation]:
    """The own organisation, those it keeps, and its counterparts: 3 queries."""
    met = RelationshipSide.objects.order_by().filter(relationship__sides__acted_by=own)
    rows = Organisation.objects.order_by().filter(
        Q(pk=own.pk) | Q(kept_by=own) | Q(pk__in=met.values("organisation"))
    )
    found = {
        row.pk: KnownOrganisation(
            row.pk,
            row.name,
            facts={name: getattr(row, name) for name in _FACTS},
            claimed=row.claimed_at is not None,
            archived=row.archived_at is not None,
        )
        for row in rows
    }
    aliases = OrganisationAlias.objects.order_by().filter(organisation__in=rows)
    for pk, name in aliases.values_list("organisation_id", "name"):
        found[pk].spellings.add(name)
    numbers = OrganisationIdentifier.objects.order_by().filter(organisation__in=rows)
    for pk, scheme, value in numbers.values_list("organisation_id", "scheme", "value"):
        found[pk].numbers.add((scheme, value))
    return found


def _relationships(
    own: Organisation,
) -> dict[tuple[UUID, UUID, str], KnownRelationship]:
    """Every relationship the organisation has or asked for, by its unique key."""
    rows = Relationship.objects.order_by().filter(_of(own)).distinct()
    return {
        (client, supplier, scope): KnownRelationship(pk, archived_at is not None)
        for pk, client, supplier, scope, archived_at in rows.values_list(
            "pk", "client_id", "supplier_id", "scope", "archived_at"
        )
    }


def _of(own: Organisation, path: str = "") -> Q:
    """Relationships of which one side is the organisation or one it keeps."""
    names = [f"{path}{side}" for side in ("client", "supplier")]
    found = Q()
    for name in names:
        found |= Q(**{name: own}) | Q(**{f"{name}__kept_by": own})
    return found


def _contracts(own: Organisation, keys: Sequence[str]) -> list[KnownContract]:
    found: dict[UUID, KnownContract] = {}
    for batch in in_batches(keys):
        rows = (
            Contract.objects.order_by()
            .filter(_of(own, "relationship__"), external_id__in=batch)
            .values(
                "pk",
                "relationship_id",
                "external_id",
                "archived_at",
                *_COLUMNS,
                client=F("relationship__client_id"),
                supplier=F("relationship__supplier_id"),
            )
        )
        for row in rows:
            found[row["pk"]] = _contract(row)
    for pks in in_batches(found):
        _add_amendments(found, pks)
        _add_imported(found, pks)
    return list(found.values())


def _contract(row: dict[str, Any]) -> KnownContract:
    return KnownContract(
        pk=row["pk"],
        relationship=row["relationship_id"],
        client=row["client"],
        supplier=row["supplier"],
        key=row["external_id"],
        facts={name: row[name] for name in _COLUMNS},
        archived=row["archived_at"] is not None,
    )


def _add_amendments(found: dict[UUID, KnownContract], pks: list[UUID]) -> None:
    rows = Amendment.objects.filter(contract__in=pks).order_by("number")
    for row in rows:
        facts = {name: getattr(row, name) for name in _AMENDMENT}
        found[row.contract_id].amendments.append(
            KnownAmendment(row.pk, row.number, row.reference, facts, row.changes)
        )


def _add_imported(found: dict[UUID, KnownContract], pks: list[UUID]) -> None:
    """What the imports that still stand wrote last to each field."""
    told: dict[UUID, dict[str, str | None]] = defaultdict(dict)
    rows = Change.objects.filter(
        object_id__in=pks,
        change_set__kind=ChangeSet.Kind.IMPORT,
        change_set__undone_at=None,
    )
    for pk, fields in rows.order_by("at").values_list("object_id", "fields"):
        told[pk].update({name: after for name, (_before, after) in fields.items()})
    for pk, values in told.items():
        found[pk].imported = values
