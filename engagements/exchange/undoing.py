"""Taking an import back, as far as nobody built on it since."""

from __future__ import annotations

from collections.abc import Iterable
from typing import cast
from uuid import UUID

from django.db import models, transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from engagements import search
from engagements.contracts.figures import refresh_sides, refresh_terms
from engagements.errors import RuleError
from engagements.exchange.actions import UNDO_WINDOW
from engagements.exchange.known import written
from engagements.exchange.queries import BATCH, in_batches
from engagements.exchange.writing.contracts import findable_contract
from engagements.models import (
    Amendment,
    Change,
    ChangeSet,
    Contact,
    Contract,
    HealthReview,
    ImportRun,
    Notice,
    Organisation,
    OrganisationAlias,
    OrganisationIdentifier,
    Pin,
    Relationship,
    RelationshipSide,
    SearchEntry,
    SideSnapshot,
    TimelineEntry,
)
from engagements.reviews.actions import plan_reviews

# Rows that are worked out again or go with their owner: they do not hold it.
# Whatever else refers to a row, tables to come included, means somebody built on it.
_DERIVED: dict[type[models.Model], Q] = {
    Change: Q(),
    TimelineEntry: Q(),
    SearchEntry: Q(),
    RelationshipSide: Q(),
    SideSnapshot: Q(),
    Notice: Q(),
    Pin: Q(),
    OrganisationAlias: Q(),
    OrganisationIdentifier: Q(),
    HealthReview: Q(state=HealthReview.State.DRAFT),
}


@transaction.atomic
def undo_import(*, by: Contact | None, run: ImportRun) -> dict[str, int]:
    """Take back what an import wrote; whatever was touched since stays.

    Returns {"removed": …, "restored": …, "kept": …} in contracts. Raises RuleError
    after 7 days, and where there is nothing to undo.
    """
    runs = ImportRun.objects.select_for_update(no_key=True, of=("self",))
    run = runs.select_related("change_set").get(pk=run.pk)
    change_set = run.change_set
    if change_set is None or run.state != ImportRun.State.COMMITTED:
        raise RuleError(_("There is nothing to undo."))
    if not can_be_undone(run):
        raise RuleError(_("An import can be undone for 7 days; they are over."))
    sides = set(_touched_relationships(change_set))
    removed, kept = _remove_contracts(change_set)
    restored = _restore_contracts(change_set)
    gone = _remove_relationships(change_set)
    _remove_organisations(change_set)
    for batch in in_batches(sides - gone):
        refresh_sides(batch, timezone.localdate())
        plan_reviews(batch, timezone.localdate())
    change_set.undone_at = run.undone_at = timezone.now()
    change_set.save(update_fields=["undone_at", "updated_at"])
    run.state = ImportRun.State.UNDONE
    counts = {"removed": removed, "restored": restored, "kept": kept}
    run.report = {**run.report, "undone": counts}
    run.save(update_fields=["state", "undone_at", "report", "updated_at"])
    return counts


def can_be_undone(run: ImportRun) -> bool:
    """Committed, and not longer ago than 7 days."""
    return (
        run.state == ImportRun.State.COMMITTED
        and run.committed_at is not None
        and timezone.now() - run.committed_at <= UNDO_WINDOW
    )


def _touched_relationships(change_set: ChangeSet) -> Iterable[UUID]:
    rows = Change.objects.filter(change_set=change_set, object_kind="contract")
    return rows.order_by().values_list("relationship_id", flat=True).distinct()


def _remove_contracts(change_set: ChangeSet) -> tuple[int, int]:
    """Take away the contracts the import brought in; (how many, how many stay)."""
    pks = _brought_in(Contract, change_set)
    held = _built_on(Contract, pks, change_set)
    free = [pk for pk in pks if pk not in held]
    for batch in in_batches(free):
        amendments = Amendment.objects.filter(contract__in=batch)
        _forget(amendments.values_list("pk", flat=True))
        amendments.delete()
        _forget(batch)
        Contract.objects.filter(pk__in=batch).delete()
    return len(free), len(held)


def _restore_contracts(change_set: ChangeSet) -> int:
    """Give contracts that were there before their values back, where they still are
    what the import wrote, and take its amendments away."""
    changes = Change.objects.filter(change_set=change_set, object_kind="contract")
    found = dict(changes.order_by("at").values_list("object_id", "fields"))
    restored = 0
    for batch in in_batches(found):
        rows = Contract.objects.filter(pk__in=batch).exclude(change_set=change_set)
        moved = [row for row in rows if _put_back(row, found[row.pk])]
        names = sorted({name for row in moved for name in found[row.pk]})
        if moved:
            Contract.objects.bulk_update(moved, names, batch_size=BATCH)
        amendments = Amendment.objects.filter(
            contract__in=[row.pk for row in moved], change_set=change_set
        )
        _forget(amendments.values_list("pk", flat=True))
        amendments.delete()
        again = Contract.objects.filter(pk__in=[row.pk for row in moved])
        refresh_terms(again, timezone.localdate())
        search.index_many(
            findable_contract(row) for row in again.select_related("relationship")
        )
        restored += len(moved)
    return restored


def _put_back(row: Contract, fields: dict[str, list[str | None]]) -> bool:
    """Set the values of before; a row with a value changed since stays as it is."""
    if any(
        written(getattr(row, name)) != after for name, (_b, after) in fields.items()
    ):
        return False
    for name, (before, _after) in fields.items():
        column = cast("models.Field", Contract._meta.get_field(name))
        empty = None if column.null else column.get_default()
        setattr(row, name, empty if before is None else column.to_python(before))
    row.updated_at = timezone.now()
    return True


def _remove_relationships(change_set: ChangeSet) -> set[UUID]:
    pks = _brought_in(Relationship, change_set)
    held = _built_on(Relationship, pks, change_set)
    free = [pk for pk in pks if pk not in held]
    for batch in in_batches(free):
        _forget(batch)
        # Sides, timeline and planned reviews go with their relationship.
        Relationship.objects.filter(pk__in=batch).delete()
    return set(free)


def _remove_organisations(change_set: ChangeSet) -> None:
    pks = _brought_in(Organisation, change_set)
    held = _built_on(Organisation, pks, change_set)
    sides = RelationshipSide.objects.order_by()
    for batch in in_batches(pks):
        held |= set(
            sides.filter(organisation__in=batch).values_list(
                "organisation_id", flat=True
            )
        )
    for batch in in_batches(pk for pk in pks if pk not in held):
        _forget(batch)
        Organisation.objects.filter(pk__in=batch).delete()


def _brought_in(model: type[models.Model], change_set: ChangeSet) -> list[UUID]:
    rows = model._default_manager.filter(change_set=change_set)
    return list(rows.order_by().values_list("pk", flat=True))


def _built_on(
    model: type[models.Model], pks: list[UUID], change_set: ChangeSet
) -> set[UUID]:
    """Which of these rows somebody edited or referred to since the import."""
    held: set[UUID] = set()
    for batch in in_batches(pks):
        edits = Change.objects.order_by().filter(object_id__in=batch)
        edits = edits.exclude(change_set=change_set)
        held.update(edits.values_list("object_id", flat=True))
        for relation in model._meta.related_objects:
            held.update(_referred_to(relation, batch, change_set))
    return held


def _referred_to(
    relation: models.ForeignObjectRel, batch: list[UUID], change_set: ChangeSet
) -> Iterable[UUID]:
    table, name = relation.related_model, relation.field.name
    rows = table._default_manager.order_by().filter(**{f"{name}__in": batch})
    if table in _DERIVED:
        if not _DERIVED[table]:
            return ()
        rows = rows.exclude(_DERIVED[table])
    if table is Amendment:
        # They go with their contract; contracts and relationships went before what
        # they stand on, so that one that is still there holds it.
        rows = rows.exclude(change_set=change_set)
    return rows.values_list(name, flat=True)


def _forget(pks: Iterable[UUID]) -> None:
    """Take things out of search, timeline and history before they go themselves."""
    for batch in in_batches(pks):
        for table in (SearchEntry, TimelineEntry, Change):
            table._default_manager.filter(object_id__in=batch).delete()
