"""Who speaks for each side, and in whose ledger the mails to it stand."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from uuid import UUID

from django.db.models import Q

from engagements.models import Contact, Membership, Relationship, Side, TeamRole

_Role = TeamRole.Role


def speaker(relationship: Relationship, side: Side, today: date) -> Contact | None:
    """The interface person, else the sponsor, the owner, an administrator: the first
    who is there and can be reached."""
    reached = Contact.objects.present().exclude(user__is_active=False)
    known = {
        person.pk: person
        for person in reached.filter(
            Q(user__isnull=False) | ~Q(email=""),
            pk__in=list(_named(relationship, side, today)),
        )
    }
    named = (known.get(pk) for pk in _named(relationship, side, today))
    return next((person for person in named if person), None)


def _named(relationship: Relationship, side: Side, today: date) -> Iterator[UUID]:
    team = TeamRole.objects.current(today).filter(relationship=relationship, side=side)
    for role in (_Role.INTERFACE, _Role.SPONSOR):
        rows = team.filter(role=role).order_by("from_on", "pk")
        yield from rows.values_list("contact_id", flat=True)
    row = next(row for row in relationship.sides.all() if row.side == side)
    if row.owner_id:
        yield row.owner_id
    if row.acted_by_id:
        keepers = Membership.objects.active().filter(
            organisation=row.acted_by_id, role=Membership.Role.ADMINISTRATOR
        )
        yield from keepers.order_by("started_at").values_list("contact_id", flat=True)


def ledgers(relationship: Relationship) -> dict[str, UUID]:
    """{side: organisation}: its own where somebody acts for it, else the other's."""
    rows = {row.side: row for row in relationship.sides.all()}
    return {
        side: row.acted_by_id
        or rows[Side(side).other].acted_by_id
        or row.organisation_id
        for side, row in rows.items()
    }
