"""Relationships of a file, with their two sides."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext as _

from engagements import search
from engagements.exchange.plan import Plan, PlannedRelationship
from engagements.exchange.queries import in_batches
from engagements.exchange.writing.act import Act, save_all
from engagements.models import (
    Organisation,
    Relationship,
    RelationshipSide,
    Side,
    TimelineEntry,
    Visibility,
)
from engagements.relationships.acting import acting_organisation
from engagements.relationships.rhythm import contact_due_on


def write_relationships(plan: Plan, act: Act) -> dict[UUID, Relationship]:
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
            counterpart=getattr(row, side.other.value).name,
            **row.copied,
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
