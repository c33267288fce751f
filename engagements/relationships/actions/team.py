"""Who speaks for each side, who owns it, and what a person keeps at hand."""

from __future__ import annotations

from datetime import date, timedelta

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from engagements.errors import RuleError
from engagements.history import record_change
from engagements.models import (
    Contact,
    Pin,
    Relationship,
    RelationshipSide,
    Standing,
    TeamRole,
    Visibility,
)
from engagements.relationships.guarding import ask_anew

# Who stays comes before who leaves, then who came first.
_STAYING = (F("to_on").desc(nulls_first=True), "from_on")
_ENDS = ["to_on", "ends_with_person", "own_end_on", "updated_at"]
# The rail has room for so many.
MOST_PINS = 7


@transaction.atomic
def add_role(
    *,
    by: Standing,
    relationship: Relationship,
    side: str,
    contact: Contact,
    role: str,
    from_on: date,
    to_on: date | None = None,
) -> TeamRole:
    """Give a person a role on one side from a day on.

    The first interface person of a side without an owner becomes its owner.
    """
    row = _locked_side(relationship, side)
    _refuse_stranger(row, contact)
    if to_on and to_on < from_on:
        raise RuleError(_("The last day must not be before the first."), field="to_on")
    if _holds(row, contact, role):
        raise RuleError(
            _("%(name)s already has this role.") % {"name": contact.name},
            field="contact",
        )
    team_role = TeamRole.objects.create(
        relationship=relationship,
        side=side,
        contact=contact,
        role=role,
        from_on=from_on,
        to_on=to_on,
    )
    _keep(relationship, by, {f"{side} {role}": [None, contact.name]})
    if role == TeamRole.Role.INTERFACE and row.owner_id is None:
        _set_owner(row, contact)
    return team_role


@transaction.atomic
def end_role(
    *, by: Standing, team_role: TeamRole, to_on: date, stays: bool = False
) -> TeamRole:
    """End a role on its last day; an owner who leaves hands over to who stays.

    `stays`: it ends with its person's last day, as long as that is kept; the side is
    theirs until that day is over, and then the clock's to pass on.
    """
    row = _locked_side(team_role.relationship, team_role.side)
    if to_on < team_role.from_on:
        raise RuleError(_("The last day must not be before the first."), field="to_on")
    _keep(
        team_role.relationship,
        by,
        {f"{team_role.side} {team_role.role}": [team_role.contact.name, None]},
    )
    team_role.own_end_on = team_role.own_end if stays else None
    team_role.ends_with_person, team_role.to_on = stays, to_on
    team_role.save(update_fields=_ENDS)
    if row.owner_id == team_role.contact_id and not stays:
        _set_owner(row, _speaker(row, after=to_on))
    return team_role


@transaction.atomic
def give_back_end(*, by: Standing, team_role: TeamRole) -> None:
    """A last day does not end a role any more: the end of its own is kept again, or
    none. Who was given the role anew meanwhile has it once."""
    row = _locked_side(team_role.relationship, team_role.side)
    own = team_role.own_end
    team_role.ends_with_person, team_role.own_end_on = False, None
    if own is not None:
        team_role.to_on = own
        ask_anew([row.relationship_id])
    elif not _holds(row, team_role.contact, team_role.role):
        team_role.to_on = None
        name = f"{team_role.side} {team_role.role}"
        _keep(team_role.relationship, by, {name: [None, team_role.contact.name]})
    team_role.save(update_fields=_ENDS)


@transaction.atomic
def pass_on(side: RelationshipSide) -> None:
    """A side whose owner's last day is over goes to who speaks for it since."""
    row = _locked_side(side.relationship, side.side)
    if row.owner is not None and row.owner.has_left:
        _set_owner(row, _speaker(row, after=row.owner.left_on))
        ask_anew([row.relationship_id])


@transaction.atomic
def choose_owner(
    *, by: Standing, side: RelationshipSide, contact: Contact | None
) -> RelationshipSide:
    """Make a person the owner of a side; nobody named: its interface person."""
    row = _locked_side(side.relationship, side.side)
    if contact is not None:
        _refuse_stranger(row, contact)
    chosen = contact or _speaker(row)
    if chosen and chosen.pk == row.owner_id:
        return row
    before = row.owner.name if row.owner else None
    after = chosen.name if chosen else None
    _keep(side.relationship, by, {f"{row.side} owner": [before, after]})
    _set_owner(row, chosen)
    return row


@transaction.atomic
def pin(*, by: Standing, relationship: Relationship) -> Pin:
    """Keep a relationship at hand. Raises RuleError when the rail is full."""
    # The person's row first: two tabs must not both find room.
    Contact.objects.select_for_update(no_key=True).get(pk=by.contact.pk)
    pins = Pin.objects.filter(contact=by.contact)
    if existing := pins.filter(relationship=relationship).first():
        return existing
    if pins.count() >= MOST_PINS:
        raise RuleError(
            _("%(count)s relationships are pinned. Unpin one first.")
            % {"count": MOST_PINS}
        )
    return Pin.objects.create(contact=by.contact, relationship=relationship)


@transaction.atomic
def unpin(*, by: Standing, relationship: Relationship) -> None:
    """Take a relationship out of the rail."""
    Pin.objects.filter(contact=by.contact, relationship=relationship).delete()


def _locked_side(relationship: Relationship, side: str) -> RelationshipSide:
    rows = RelationshipSide.objects.select_for_update(no_key=True, of=("self",))
    return rows.select_related("owner").get(relationship=relationship, side=side)


def _refuse_stranger(row: RelationshipSide, contact: Contact) -> None:
    """People of the side's organisation, and of whoever acts for it."""
    if contact.organisation_id not in (row.organisation_id, row.acted_by_id):
        raise RuleError(
            _("%(name)s works for neither this side nor its keeper.")
            % {"name": contact.name},
            field="contact",
        )


def _holds(row: RelationshipSide, contact: Contact, role: str) -> bool:
    return TeamRole.objects.filter(
        relationship=row.relationship_id,
        side=row.side,
        contact=contact,
        role=role,
        to_on=None,
    ).exists()


def _speaker(row: RelationshipSide, after: date | None = None) -> Contact | None:
    """The side's interface person, today or on the day after a role ended."""
    day = after + timedelta(days=1) if after else None
    roles = TeamRole.objects.current(day).filter(
        relationship=row.relationship_id,
        side=row.side,
        role=TeamRole.Role.INTERFACE,
    )
    first = roles.select_related("contact").order_by(*_STAYING).first()
    return first.contact if first else None


def _set_owner(row: RelationshipSide, contact: Contact | None) -> None:
    row.owner = contact
    row.save(update_fields=["owner", "updated_at"])


def _keep(
    relationship: Relationship, by: Standing, fields: dict[str, list[str | None]]
) -> None:
    record_change(
        relationship,
        fields,
        by=by,
        relationship=relationship,
        visibility=Visibility.SHARED,
    )
    ask_anew([relationship.pk])
