"""Teams and what is missing on each side; reads only."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet
from django.utils import timezone

from accounts.models import User
from engagements.models import (
    Contact,
    Organisation,
    Relationship,
    RelationshipSide,
    Side,
    TeamRole,
)
from engagements.relationships.rhythm import Missing, missing_roles


@dataclass(frozen=True)
class TeamSide:
    """One side of the people page: who speaks, who did, who is missing."""

    side: RelationshipSide
    current: list[TeamRole]
    past: list[TeamRole]
    missing: list[Missing]


def team(relationship: Relationship, today: date | None = None) -> list[TeamSide]:
    """Both sides' people, today's first; two queries."""
    today = today or timezone.localdate()
    roles = list(relationship.team.select_related("contact__organisation"))
    sides = relationship.sides.select_related("organisation", "acted_by", "owner")
    by_side = {row.side: row for row in sides}
    return [_team_side(by_side[side], roles, today) for side in Side]


def missing_by_relationship(
    relationships: Iterable[Relationship], today: date | None = None
) -> dict[object, list[Missing]]:
    """Which needed roles nobody holds on each relationship; one query."""
    ids = [row.pk for row in relationships]
    held: dict[object, list[tuple[str, str]]] = defaultdict(list)
    current = TeamRole.objects.current(today).filter(relationship__in=ids)
    for pk, side, role in current.order_by().values_list(
        "relationship_id", "side", "role"
    ):
        held[pk].append((side, role))
    return {pk: missing_roles(held[pk]) for pk in ids}


def candidates(side: RelationshipSide) -> QuerySet[Contact]:
    """Who may speak for a side: its people, and those of whoever acts for it."""
    organisations = [side.organisation_id]
    if side.acted_by_id:
        organisations.append(side.acted_by_id)
    people = Contact.objects.present().filter(organisation__in=organisations)
    return people.select_related("organisation").order_by("name")


def counterparts(user: User) -> QuerySet[Organisation]:
    """Organisations a relationship may begin with, in order of their names."""
    return Organisation.objects.visible_to(user).active().distinct().order_by("name")


def _team_side(side: RelationshipSide, roles: list[TeamRole], today: date) -> TeamSide:
    own = [role for role in roles if role.side == side.side]
    current = [role for role in own if _holds(role, today)]
    held = [(role.side, role.role) for role in current]
    missing = [row for row in missing_roles(held) if row.side == side.side]
    past = [role for role in own if role not in current]
    return TeamSide(side, current, past, missing)


def _holds(role: TeamRole, today: date) -> bool:
    return role.from_on <= today and (role.to_on is None or role.to_on >= today)
