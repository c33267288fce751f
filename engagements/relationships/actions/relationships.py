"""Beginning, changing and archiving relationships."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from engagements import search
from engagements.errors import RuleError
from engagements.history import differences, record_change, record_event
from engagements.models import (
    ChangeSet,
    Contact,
    Organisation,
    Relationship,
    RelationshipSide,
    Side,
    Standing,
    TimelineEntry,
    Visibility,
)
from engagements.relationships.acting import acting_organisation
from engagements.relationships.actions.references import add_reference
from engagements.relationships.actions.team import add_role
from engagements.relationships.mails import owe_proposal
from engagements.relationships.rhythm import contact_due_on


@transaction.atomic
def create_relationship(
    *,
    by: Standing,
    client: Organisation,
    supplier: Organisation,
    scope: str = "",
    segment: str = "",
    started_on: date | None = None,
    stands_for: str = "",
    contact_rhythm_days: int | None = None,
    inside_boundary: bool = False,
    owner: Contact | None = None,
    references: Iterable[tuple[str, str]] = (),
    change_set: ChangeSet | None = None,
) -> Relationship:
    """Begin a relationship; a claimed counterpart is asked before it takes part.

    `owner` becomes the interface person of the side the person acts for.
    Raises RuleError where the two already have one of this scope.
    """
    scope = " ".join(scope.split()) or "General"
    _refuse_impossible(client, supplier, scope)
    relationship = Relationship.objects.create(
        client=client,
        supplier=supplier,
        scope=scope,
        segment=segment,
        started_on=started_on or timezone.localdate(),
        contact_rhythm_days=contact_rhythm_days,
        inside_boundary=inside_boundary,
        marked_active_at=timezone.now(),
        proposed_to=_asked(by, client, supplier),
        change_set=change_set,
    )
    _add_sides(relationship, by, stands_for)
    own = relationship.sides.filter(acted_by=by.organisation).first()
    if owner is not None and own is not None:
        add_role(
            by=by,
            relationship=relationship,
            side=own.side,
            contact=owner,
            role="interface",
            from_on=min(relationship.started_on, timezone.localdate()),
        )
    for system, value in references:
        add_reference(by=by, relationship=relationship, system=system, value=value)
    record_event(
        relationship,
        kind=TimelineEntry.Kind.CHANGE,
        mark="began",
        title=_("Relationship added"),
        organisation=by.organisation,
        row=relationship,
        address=relationship.get_absolute_url(),
    )
    search.index_relationships([relationship])
    owe_proposal(relationship)
    return relationship


@transaction.atomic
def change_relationship(
    *, by: Standing, relationship: Relationship, reason: str = "", **facts: Any
) -> Relationship:
    """Change scope, segment, rhythm or beginning; both sides read what changed.

    Raises RuleError for a segment changed without a reason.
    """
    relationship = _locked(relationship)
    changed = differences(relationship, facts)
    if not changed:
        return relationship
    if "segment" in changed and relationship.segment and not reason.strip():
        raise RuleError(
            _("Say why the segment changes: both sides read the reason."),
            field="reason",
        )
    if "scope" in changed:
        _refuse_taken_scope(relationship, facts["scope"])
    before = relationship.get_segment_display()
    for field in changed:
        setattr(relationship, field, facts[field])
    relationship.save(update_fields=[*changed, "updated_at"])
    _keep_change(relationship, changed, by, reason)
    if "segment" in changed:
        _tell_segment(relationship, before, by, reason)
    if changed.keys() & {"segment", "contact_rhythm_days", "started_on"}:
        _refresh_sides(relationship)
    if "scope" in changed:
        search.index_relationships([relationship])
    return relationship


@transaction.atomic
def archive_relationship(
    *, by: Standing, relationship: Relationship, reason: str
) -> Relationship:
    """Put a relationship away with everything on it; nothing is deleted."""
    if not reason.strip():
        raise RuleError(_("Say why it is archived."), field="reason")
    relationship = _set_archived(relationship, timezone.now(), by, reason)
    search.forget(relationship)
    return relationship


@transaction.atomic
def restore_relationship(
    *, by: Standing, relationship: Relationship, reason: str = ""
) -> Relationship:
    """Take an archived relationship up again."""
    relationship = _set_archived(relationship, None, by, reason)
    search.index_relationships([relationship])
    return relationship


def _refuse_impossible(
    client: Organisation, supplier: Organisation, scope: str
) -> None:
    if client.pk == supplier.pk:
        raise RuleError(
            _("The client and the supplier must be two organisations."),
            field="counterpart",
        )
    # Two people beginning the same relationship at once must not both find it free.
    list(
        Organisation.objects.select_for_update(no_key=True)
        .filter(pk__in=[client.pk, supplier.pk])
        .order_by("pk")
    )
    if Relationship.objects.filter(
        client=client, supplier=supplier, scope=scope
    ).exists():
        raise RuleError(
            _("These two already have a relationship of the scope “%(scope)s”.")
            % {"scope": scope},
            field="scope",
        )


def _refuse_taken_scope(relationship: Relationship, scope: str) -> None:
    same = Relationship.objects.filter(
        client=relationship.client_id, supplier=relationship.supplier_id, scope=scope
    )
    if same.exclude(pk=relationship.pk).exists():
        raise RuleError(
            _("These two already have a relationship of the scope “%(scope)s”.")
            % {"scope": scope},
            field="scope",
        )


def _asked(by: Standing, client: Organisation, supplier: Organisation) -> str:
    """The side that must accept first: a claimed organisation that is not one's own."""
    for side, organisation in ((Side.CLIENT, client), (Side.SUPPLIER, supplier)):
        if organisation.claimed_at and organisation.pk != by.organisation.pk:
            return side
    return ""


def _add_sides(relationship: Relationship, by: Standing, stands_for: str) -> None:
    due = contact_due_on(
        None,
        relationship.started_on,
        relationship.segment,
        relationship.contact_rhythm_days,
    )
    for side in Side:
        organisation = getattr(relationship, side.value)
        acting = acting_organisation(
            organisation,
            getattr(relationship, side.other.value),
            keeper=organisation.kept_by,
            stands_for=stands_for,
            side=side,
        )
        asked = relationship.proposed_to == side
        RelationshipSide.objects.create(
            relationship=relationship,
            side=side,
            organisation=organisation,
            acted_by=None if asked else acting,
            contact_due_on=due,
            counterpart=getattr(relationship, side.other.value).name,
            **relationship.copied,
        )


def _locked(relationship: Relationship) -> Relationship:
    locked = Relationship.objects.select_for_update(no_key=True, of=("self",))
    return locked.select_related("client", "supplier").get(pk=relationship.pk)


def _keep_change(
    relationship: Relationship,
    changed: dict[str, list[str | None]],
    by: Standing,
    reason: str,
) -> None:
    record_change(
        relationship,
        changed,
        by=by,
        relationship=relationship,
        visibility=Visibility.SHARED,
        reason=reason,
    )


def _tell_segment(
    relationship: Relationship, before: str, by: Standing, reason: str
) -> None:
    record_event(
        relationship,
        kind=TimelineEntry.Kind.CHANGE,
        mark="segment",
        title=_("Segment changed from %(before)s to %(after)s")
        % {
            "before": str(before).lower(),
            "after": str(relationship.get_segment_display()).lower(),
        },
        organisation=by.organisation,
        people=[by.contact],
        text=reason,
    )


def _refresh_sides(relationship: Relationship) -> None:
    relationship.sides.update(**relationship.copied, guarded_at=None)
    """When each side's silence begins, from what that side knows of contacts."""
    for side in relationship.sides.all():
        last = side.last_contact_at
        side.contact_due_on = contact_due_on(
            timezone.localdate(last) if last else None,
            relationship.started_on,
            relationship.segment,
            relationship.contact_rhythm_days,
        )
        side.save(update_fields=["contact_due_on", "updated_at"])


def _set_archived(
    relationship: Relationship, moment: datetime | None, by: Standing, reason: str
) -> Relationship:
    relationship = _locked(relationship)
    changed = differences(relationship, {"archived_at": moment})
    relationship.archived_at = moment
    relationship.save(update_fields=["archived_at", "updated_at"])
    relationship.sides.update(**relationship.copied)
    _keep_change(relationship, changed, by, reason)
    record_event(
        relationship,
        kind=TimelineEntry.Kind.CHANGE,
        mark="archived" if moment else "restored",
        title=_("Relationship archived")
        if moment
        else _("Relationship taken up again"),
        organisation=by.organisation,
        people=[by.contact],
        text=reason,
    )
    return relationship
