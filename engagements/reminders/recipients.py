"""Who is told: people of the own side who sign in, their deputies while away."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from engagements.models import (
    Absence,
    Contact,
    Membership,
    Side,
    TeamRole,
    still_there,
)

_BATCH = 500


@dataclass
class People:
    """Who speaks for whom, read once for many relationships.

    Only people who act for the organisation of the side are ever told: somebody of
    the other side is never a follower by accident.
    """

    # organisation -> the people who act for it, by role.
    members: dict[UUID, dict[str, list[UUID]]] = field(default_factory=dict)
    # (relationship, side) -> role -> people.
    team: dict[tuple, dict[str, list[UUID]]] = field(default_factory=dict)
    deputies: dict[UUID, UUID] = field(default_factory=dict)

    def administrators(self, organisation: UUID) -> list[UUID]:
        """The administrators of an organisation."""
        return self.members.get(organisation, {}).get("administrator", [])

    def of_role(
        self, organisation: UUID, relationship: UUID, side: str, role: str
    ) -> list[UUID]:
        """Those who hold a role on a side and act for its organisation."""
        acting = {
            person
            for people in self.members.get(organisation, {}).values()
            for person in people
        }
        named = self.team.get((relationship, side), {}).get(role, [])
        return [person for person in named if person in acting]

    def responsible(
        self, organisation: UUID, relationship: UUID, side: str
    ) -> list[UUID]:
        """Administrators, interface person and sponsor of a side."""
        return self.present(
            [
                *self.administrators(organisation),
                *self.of_role(
                    organisation, relationship, side, TeamRole.Role.INTERFACE
                ),
                *self.of_role(organisation, relationship, side, TeamRole.Role.SPONSOR),
            ]
        )

    def coordinators(
        self, organisation: UUID, relationship: UUID, side: str
    ) -> list[UUID]:
        """The interface person of a side; without one its sponsor, then its
        administrators."""
        for role in (TeamRole.Role.INTERFACE, TeamRole.Role.SPONSOR):
            found = self.of_role(organisation, relationship, side, role)
            if found:
                return self.present(found)
        return self.present(self.administrators(organisation))

    def present(self, people: Iterable[UUID]) -> list[UUID]:
        """Each once; a deputy stands in for whoever is away."""
        return list(
            dict.fromkeys(self.deputies.get(person, person) for person in people)
        )

    def acts(self, organisation: UUID, person: UUID) -> bool:
        """Whether a person acts for an organisation."""
        return any(
            person in people for people in self.members.get(organisation, {}).values()
        )


def people(relationships: Iterable[UUID], today: date) -> People:
    """Everybody who could be told about these relationships: few queries."""
    found = People()
    rows = Membership.objects.active().filter(
        still_there("contact__"), contact__user__is_active=True
    )
    for organisation, role, contact in rows.values_list(
        "organisation_id", "role", "contact_id"
    ):
        roles = found.members.setdefault(organisation, {})
        roles.setdefault(role, []).append(contact)
    ids = list(relationships)
    for start in range(0, len(ids), _BATCH):
        _read_team(found, ids[start : start + _BATCH], today)
    away = Absence.objects.on(today).filter(
        deputy__in=Contact.objects.present().filter(user__is_active=True).values("pk")
    )
    found.deputies = dict(away.values_list("contact_id", "deputy_id"))
    return found


def _read_team(found: People, ids: list[UUID], today: date) -> None:
    rows = TeamRole.objects.current(today).filter(relationship__in=ids)
    for relationship, side, role, contact in rows.values_list(
        "relationship_id", "side", "role", "contact_id"
    ):
        roles = found.team.setdefault((relationship, Side(side).value), {})
        roles.setdefault(role, []).append(contact)
