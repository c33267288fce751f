"""A relationship with people of both sides, and a bystander."""

from dataclasses import dataclass
from datetime import date

from engagements.contracts import actions
from engagements.models import Contract, Relationship, Standing
from tests.factories import (
    MembershipFactory,
    OrganisationFactory,
    RelationshipFactory,
    TeamRoleFactory,
)

TERMS = {
    "title": "Critical plant maintenance",
    "start_on": date(2024, 4, 1),
    "end_on": date(2027, 3, 31),
    "renewal": Contract.Renewal.TACIT,
    "renewal_months": 12,
    "client_notice": 3,
    "supplier_notice": 6,
    "value": 12_600_000,
    "currency": "GBP",
}


@dataclass(frozen=True)
class World:
    """One relationship and a standing of each kind on each side."""

    relationship: Relationship
    # (side, role) -> standing; "elsewhere" is a manager off the team.
    people: dict

    def by(self, side="client", role="administrator") -> Standing:
        return self.people[side, role]

    def user(self, side="client", role="administrator"):
        return self.people[side, role].contact.user

    def contract(self, **terms) -> Contract:
        return actions.create_contract(
            by=self.by(),
            relationship=self.relationship,
            values={**TERMS, **terms},
        )


def make() -> World:
    """Both sides have an administrator, an executive, a manager on and off the team."""
    relationship = RelationshipFactory()
    places = {
        "client": relationship.client,
        "supplier": relationship.supplier,
        "bystander": OrganisationFactory(),
    }
    people = {}
    for side, place in places.items():
        for role in ("administrator", "executive", "account_manager"):
            people[side, role] = _standing(place, role)
        people[side, "elsewhere"] = _standing(place, "account_manager")
    for side in ("client", "supplier"):
        manager = people[side, "account_manager"]
        TeamRoleFactory(relationship=relationship, side=side, contact=manager.contact)
    return World(relationship, people)


def _standing(place, role) -> Standing:
    membership = MembershipFactory(organisation=place, role=role)
    return Standing(membership.contact, place, role)
