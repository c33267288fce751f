"""A claimed organisation takes its side of a relationship, or leaves it."""

from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext as _

from engagements.errors import RuleError
from engagements.history import record_change, record_event
from engagements.models import (
    Relationship,
    RelationshipSide,
    Standing,
    TimelineEntry,
    Visibility,
)
from engagements.relationships.figures import refresh_contacts, refresh_promises


@transaction.atomic
def accept_relationship(*, by: Standing, relationship: Relationship) -> Relationship:
    """From now on the organisation's own people act on its side."""
    relationship, side = _waiting(by, relationship)
    kept_until_now = side.acted_by_id
    side.acted_by = by.organisation
    # Whom the keeper chose speaks for the keeper; the side chooses its own.
    owner = side.owner
    if owner and owner.organisation_id != by.organisation.pk:
        side.owner = None
    side.save(update_fields=["acted_by", "owner", "updated_at"])
    # What the keeper kept to itself is not the side's own any more.
    refresh_contacts([relationship.pk])
    refresh_promises([relationship.pk])
    before = "nobody" if kept_until_now is None else "keeper"
    _answer(by, relationship, before, "accepted", _("Relationship accepted"))
    return relationship


@transaction.atomic
def decline_relationship(
    *, by: Standing, relationship: Relationship, reason: str = ""
) -> Relationship:
    """The organisation takes no part; the other side keeps what it wrote."""
    relationship, _side = _waiting(by, relationship)
    _answer(
        by, relationship, "proposed", "declined", _("Relationship declined"), reason
    )
    return relationship


@transaction.atomic
def propose_again(*, by: Standing, relationship: Relationship) -> Relationship:
    """Ask an organisation that declined once more.

    Raises RuleError where nobody can be asked or the answer is already awaited.
    """
    locked = Relationship.objects.select_for_update(no_key=True)
    relationship = locked.get(pk=relationship.pk)
    free = relationship.sides.select_related("organisation").filter(acted_by=None)
    side = free.exclude(organisation__claimed_at=None).first()
    if relationship.proposed_to or side is None:
        raise RuleError(_("Nobody of the other side can be asked now."))
    relationship.proposed_to = side.side
    relationship.save(update_fields=["proposed_to", "updated_at"])
    record_event(
        relationship,
        kind=TimelineEntry.Kind.CHANGE,
        mark="proposed again",
        title=_("Relationship proposed again"),
        organisation=by.organisation,
        people=[by.contact],
    )
    return relationship


def _waiting(
    by: Standing, relationship: Relationship
) -> tuple[Relationship, RelationshipSide]:
    locked = Relationship.objects.select_for_update(no_key=True)
    relationship = locked.get(pk=relationship.pk)
    side = relationship.sides.filter(
        side=relationship.proposed_to, organisation=by.organisation
    ).first()
    if side is None:
        raise RuleError(_("This relationship was answered already."))
    return relationship, side


def _answer(
    by: Standing,
    relationship: Relationship,
    before: str,
    answer: str,
    title: str,
    reason: str = "",
) -> None:
    relationship.proposed_to = ""
    relationship.save(update_fields=["proposed_to", "updated_at"])
    record_change(
        relationship,
        {"proposal": [before, answer]},
        by=by,
        relationship=relationship,
        visibility=Visibility.SHARED,
        reason=reason,
    )
    record_event(
        relationship,
        kind=TimelineEntry.Kind.CHANGE,
        mark=answer,
        title=title,
        organisation=by.organisation,
        people=[by.contact],
        text=reason,
    )
