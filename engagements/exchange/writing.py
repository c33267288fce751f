"""A plan into rows: in batches, in the caller's transaction."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from typing import Any
from uuid import UUID

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext as _

from engagements import search
from engagements.contracts.figures import compute_all, refresh_sides, refresh_terms
from engagements.exchange.amending import PlannedAmendment
from engagements.exchange.known import written
from engagements.exchange.matching import PlannedOrganisation
from engagements.exchange.plan import Plan, PlannedContract, PlannedRelationship
from engagements.exchange.queries import BATCH, in_batches
from engagements.models import (
    Amendment,
    Change,
    ChangeSet,
    Contact,
    Contract,
    Organisation,
    OrganisationAlias,
    OrganisationIdentifier,
    Relationship,
    RelationshipSide,
    SearchEntry,
    Side,
    TimelineEntry,
    Visibility,
)
from engagements.relationships.acting import acting_organisation
from engagements.relationships.rhythm import contact_due_on


@dataclass(frozen=True)
class Act:
    """One import in the making: for whom, by whom, under which change set."""

    own: Organisation
    by: Contact | None
    change_set: ChangeSet
    stands_for: Side
    reason: str

    def change(
        self,
        kind: str,
        pk: UUID,
        fields: dict[str, Any],
        relationship: UUID | None = None,
    ) -> Change:
        """The dated edit that says what the import wrote."""
        return Change(
            object_kind=kind,
            object_id=pk,
            relationship_id=relationship,
            organisation=self.own,
            visibility=Visibility.SHARED if relationship else Visibility.INTERNAL,
            by=self.by,
            reason=self.reason,
            fields=fields,
            change_set=self.change_set,
        )


def write(plan: Plan, act: Act) -> None:
    """Write everything a plan says; the stored days and figures with it."""
    _write_organisations(plan.organisations, act)
    relationships = _write_relationships(plan, act)
    _write_new_contracts(plan, act, relationships)
    _write_changed_contracts(plan, act)
    _write_amendments(plan, act)
    today = timezone.localdate()
    touched = {contract.relationship for contract in plan.contracts}
    for batch in in_batches(touched):
        refresh_sides(batch, today)


def save_all(model: type[models.Model], rows: Iterable[Any]) -> None:
    """Insert many rows, some hundred in each statement."""
    model._default_manager.bulk_create(rows, batch_size=BATCH)


def _write_organisations(planned: list[PlannedOrganisation], act: Act) -> None:
    new = [_organisation(one, act) for one in planned if one.known is None]
    save_all(Organisation, new)
    changed = [one for one in planned if one.outcome != "unchanged"]
    save_all(
        OrganisationIdentifier,
        (
            OrganisationIdentifier(
                organisation_id=one.pk, keeper=act.own, scheme=scheme, value=value
            )
            for one in changed
            for scheme, value in one.numbers
        ),
    )
    save_all(
        OrganisationAlias,
        (
            OrganisationAlias(
                organisation_id=one.pk, name=name, name_key=search.name_key(name)
            )
            for one in changed
            for name in one.aliases
        ),
    )
    for one in changed:
        if one.known and one.facts:
            Organisation.objects.filter(pk=one.pk).update(
                **one.facts, updated_at=timezone.now()
            )
    save_all(Change, (_organisation_change(one, act) for one in changed))
    search.index_many(_findable(one, act) for one in changed)


def _organisation(one: PlannedOrganisation, act: Act) -> Organisation:
    """Kept by the organisation that brings it in, in its zone and currency."""
    return Organisation(
        pk=one.pk,
        name=one.name,
        name_key=search.name_key(one.name),
        kept_by=act.own,
        demo=act.own.demo,
        time_zone=act.own.time_zone,
        reporting_currency=act.own.reporting_currency,
        change_set=act.change_set,
        **one.facts,
    )


def _organisation_change(one: PlannedOrganisation, act: Act) -> Change:
    fields: dict[str, Any] = {name: [None, value] for name, value in one.facts.items()}
    if one.known is None:
        fields["name"] = [None, one.name]
    if one.numbers:
        fields["number"] = [None, ", ".join(" ".join(pair) for pair in one.numbers)]
    if one.aliases:
        fields["also known as"] = [None, "; ".join(one.aliases)]
    return act.change("organisation", one.pk, fields)


def _findable(one: PlannedOrganisation, act: Act) -> search.Findable:
    known = one.known
    facts = {**(known.facts if known else {}), **one.facts}
    numbers = {*one.numbers, *(known.numbers if known else ())}
    names = {*one.aliases, *(known.spellings if known else ())}
    row = Organisation(pk=one.pk)
    return search.Findable(
        row,
        SearchEntry.Kind.ORGANISATION,
        one.name,
        facts.get("locality") or facts.get("country") or "",
        (facts.get("legal_name", ""), *names, *(value for _scheme, value in numbers)),
        organisation=row,
    )


def _write_relationships(plan: Plan, act: Act) -> dict[UUID, Relationship]:
    """New relationships with their sides; returns them by id."""
    new = [one for one in plan.relationships if one.known is None]
    parties = _parties(new, act)
    rows = [_relationship(one, parties, act) for one in new]
    save_all(Relationship, rows)
    save_all(RelationshipSide, (side for row in rows for side in _sides(row, act)))
    save_all(TimelineEntry, (_began(row, act) for row in rows))
    search.index_relationships(rows)
    return {row.pk: row for row in rows}


def _parties(new: list[PlannedRelationship], act: Act) -> dict[UUID, Organisation]:
    pks = {one.pk for row in new for one in (row.client, row.supplier) if one}
    found = {act.own.pk: act.own}
    for batch in in_batches(pks):
        rows = Organisation.objects.filter(pk__in=batch).select_related("kept_by")
        found.update({row.pk: row for row in rows})
    return found


def _relationship(
    one: PlannedRelationship, parties: dict[UUID, Organisation], act: Act
) -> Relationship:
    client = parties[one.client.pk] if one.client else act.own
    supplier = parties[one.supplier.pk] if one.supplier else act.own
    asked = [
        side
        for side, organisation in ((Side.CLIENT, client), (Side.SUPPLIER, supplier))
        if organisation.claimed_at and organisation.pk != act.own.pk
    ]
    return Relationship(
        pk=one.pk,
        client=client,
        supplier=supplier,
        scope=one.scope,
        started_on=one.started_on,
        proposed_to=asked[0] if asked else "",
        change_set=act.change_set,
    )


def _sides(row: Relationship, act: Act) -> Iterable[RelationshipSide]:
    due = contact_due_on(None, row.started_on, row.segment, row.contact_rhythm_days)
    for side in Side:
        organisation = getattr(row, side.value)
        acting = acting_organisation(
            organisation,
            getattr(row, side.other.value),
            keeper=organisation.kept_by,
            stands_for=act.stands_for,
            side=side,
        )
        yield RelationshipSide(
            relationship=row,
            side=side,
            organisation=organisation,
            acted_by=None if row.proposed_to == side else acting,
            contact_due_on=due,
        )


def _began(row: Relationship, act: Act) -> TimelineEntry:
    return TimelineEntry(
        relationship=row,
        kind=TimelineEntry.Kind.CHANGE,
        mark="began",
        at=timezone.now(),
        organisation=act.own,
        visibility=Visibility.SHARED,
        object_id=row.pk,
        address=row.get_absolute_url(),
        title=_("Relationship added"),
    )


def _write_new_contracts(
    plan: Plan, act: Act, relationships: dict[UUID, Relationship]
) -> None:
    new = [one for one in plan.contracts if one.known is None]
    for batch in in_batches(new):
        _load(relationships, [one.relationship for one in batch])
        rows = [_contract(one, relationships[one.relationship], act) for one in batch]
        compute_all(rows, timezone.localdate())
        save_all(Contract, rows)
        save_all(Change, (_contract_change(one, act) for one in batch))
        save_all(TimelineEntry, (_recorded(row, act) for row in rows))
        search.index_many(findable_contract(row) for row in rows)


def _load(relationships: dict[UUID, Relationship], pks: Iterable[UUID]) -> None:
    missing = {pk for pk in pks if pk not in relationships}
    if missing:
        rows = Relationship.objects.filter(pk__in=missing)
        for row in rows.select_related("client", "supplier"):
            relationships[row.pk] = row


def _contract(one: PlannedContract, relationship: Relationship, act: Act) -> Contract:
    return Contract(
        pk=one.pk,
        relationship=relationship,
        external_id=one.key,
        change_set=act.change_set,
        **one.changed,
    )


def _contract_change(one: PlannedContract, act: Act) -> Change:
    """What was there before and is there now.

    The next import compares with it, to tell what was changed by hand in between.
    """
    kept = one.known.facts if one.known else {}
    fields = {
        name: [written(kept.get(name)), written(value)]
        for name, value in one.changed.items()
    }
    return act.change("contract", one.pk, fields, one.relationship)


def _write_changed_contracts(plan: Plan, act: Act) -> None:
    changed = [one for one in plan.contracts if one.known and one.changed]
    for batch in in_batches(changed):
        by_pk = {one.pk: one for one in batch}
        rows = list(Contract.objects.filter(pk__in=by_pk))
        names = {name for one in batch for name in one.changed}
        for row in rows:
            for name, value in by_pk[row.pk].changed.items():
                setattr(row, name, value)
            row.updated_at = timezone.now()
        Contract.objects.bulk_update(rows, [*names, "updated_at"], batch_size=BATCH)
        save_all(Change, (_contract_change(one, act) for one in batch))
        refresh_terms(Contract.objects.filter(pk__in=by_pk), timezone.localdate())
        rows = list(
            Contract.objects.filter(pk__in=by_pk).select_related("relationship")
        )
        search.index_many(findable_contract(row) for row in rows)


def findable_contract(row: Contract) -> search.Findable:
    """A contract's names, as the contract's own page keeps them."""
    references = filter(None, [row.client_reference, row.supplier_reference])
    return search.Findable(
        row,
        SearchEntry.Kind.CONTRACT,
        row.title,
        " ".join(references),
        (row.external_id,),
        relationship=row.relationship,
    )


def _recorded(row: Contract, act: Act) -> TimelineEntry:
    signed = row.signed_on and row.signed_on <= timezone.localdate()
    title = _("Contract signed") if signed else _("Contract recorded")
    return TimelineEntry(
        relationship_id=row.relationship_id,
        kind=TimelineEntry.Kind.CONTRACT,
        mark="signed" if signed else "recorded",
        at=_noon(row.signed_on) if signed and row.signed_on else timezone.now(),
        organisation=act.own,
        visibility=Visibility.SHARED,
        object_id=row.pk,
        address=row.get_absolute_url(),
        title=f"{row.title}: {title}"[:200],
    )


def _noon(day: date) -> datetime:
    """A moment that lies on the day almost everywhere on earth."""
    return datetime.combine(day, time(12), tzinfo=UTC)


def _write_amendments(plan: Plan, act: Act) -> None:
    pairs = [
        (contract, amendment)
        for contract in plan.contracts
        for amendment in contract.amendments
    ]
    new = [pair for pair in pairs if pair[1].outcome == "new"]
    save_all(Amendment, (_amendment(contract, one, act) for contract, one in new))
    titles = _titles({contract.pk for contract, _one in new})
    save_all(
        TimelineEntry,
        (_amended(contract, one, act, titles[contract.pk]) for contract, one in new),
    )
    moved = [
        _amendment(contract, one, act)
        for contract, one in pairs
        if one.outcome == "updated"
    ]
    Amendment.objects.bulk_update(
        moved, ["changes", "signed_on", "effective_on", "reason"], batch_size=BATCH
    )


def _amendment(contract: PlannedContract, one: PlannedAmendment, act: Act) -> Amendment:
    return Amendment(
        pk=one.pk,
        contract_id=contract.pk,
        number=one.number,
        reference=one.reference,
        changes=one.changes,
        change_set=act.change_set,
        **{**(one.known.facts if one.known else {}), **one.facts},
    )


def _titles(pks: Iterable[UUID]) -> dict[UUID, str]:
    found: dict[UUID, str] = {}
    for batch in in_batches(pks):
        rows = Contract.objects.filter(pk__in=batch)
        found.update(rows.values_list("pk", "title"))
    return found


def _amended(
    contract: PlannedContract, one: PlannedAmendment, act: Act, title: str
) -> TimelineEntry:
    signed = one.facts.get("signed_on")
    words = _("Amendment %(number)d signed") % {"number": one.number}
    return TimelineEntry(
        relationship_id=contract.relationship,
        kind=TimelineEntry.Kind.CONTRACT,
        mark="amended",
        at=_noon(signed) if signed else timezone.now(),
        organisation=act.own,
        visibility=Visibility.SHARED,
        object_id=one.pk,
        address=Contract(pk=contract.pk).get_absolute_url(),
        title=f"{title}: {words}"[:200],
    )
