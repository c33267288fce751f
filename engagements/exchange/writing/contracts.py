"""Contracts of a file: new ones, and values it changes of known ones."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, date, datetime, time
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext as _

from engagements import search
from engagements.contracts.figures import compute_all, refresh_terms
from engagements.exchange.known import written
from engagements.exchange.plan import Plan, PlannedContract
from engagements.exchange.queries import BATCH, in_batches
from engagements.exchange.writing.act import Act, save_all
from engagements.models import (
    Change,
    Contract,
    Relationship,
    SearchEntry,
    TimelineEntry,
    Visibility,
)


def write_new_contracts(
    plan: Plan, act: Act, relationships: dict[UUID, Relationship]
) -> None:
    """Write the new contracts with their deadlines, history and timeline."""
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


def write_changed_contracts(plan: Plan, act: Act) -> None:
    """Write what the file changes, and the deadlines that follow from it."""
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
        at=noon_of(row.signed_on) if signed and row.signed_on else timezone.now(),
        organisation=act.own,
        visibility=Visibility.SHARED,
        object_id=row.pk,
        address=row.get_absolute_url(),
        title=f"{row.title}: {title}"[:200],
    )


def noon_of(day: date) -> datetime:
    """A moment that lies on the day almost everywhere on earth."""
    return datetime.combine(day, time(12), tzinfo=UTC)
