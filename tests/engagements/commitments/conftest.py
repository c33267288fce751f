"""Two organisations face to face, one person of each on the team."""

from dataclasses import dataclass
from datetime import timedelta
from uuid import uuid4

import pytest
from django.utils import timezone

from engagements.commitments.asking import ask
from engagements.commitments.said import Said
from engagements.models import (
    Contact,
    PromiseAsk,
    Relationship,
    Side,
    Standing,
    standing_of,
)
from tests.factories import MembershipFactory, RelationshipFactory, TeamRoleFactory


@dataclass
class Seat:
    """A person who speaks for one side."""

    side: Side
    contact: Contact
    relationship: Relationship

    @property
    def by(self) -> Standing:
        """For whom the person acts."""
        return standing_of(self.contact.user)

    @property
    def own(self):
        """The row of the person's side."""
        return self.relationship.sides.select_related("relationship").get(
            side=self.side
        )


def seat(relationship: Relationship, side: Side, role: str = "account_manager") -> Seat:
    """Give somebody of a side a sign-in and a place on the team."""
    place = getattr(relationship, side.value)
    contact = MembershipFactory(organisation=place, role=role).contact
    TeamRoleFactory(relationship=relationship, side=side, contact=contact)
    return Seat(side, contact, relationship)


def asked_of(own: Seat, other: Seat, **more) -> PromiseAsk:
    """What one side asked the other to promise."""
    said = {
        "relationship": own.relationship,
        "side": other.side,
        "owner": other.contact,
        "text": f"Ring both desks {uuid4()}",
        "due_on": timezone.localdate() + timedelta(days=40),
    }
    return ask(by=own.by, said=Said(**said | more))


@pytest.fixture
def relationship(db):
    """Work between Tarnmoor and Merrow Water."""
    return RelationshipFactory(
        client__name="Tarnmoor Health", supplier__name="Merrow Water"
    )


@pytest.fixture
def client_seat(relationship):
    """Somebody of the client."""
    return seat(relationship, Side.CLIENT)


@pytest.fixture
def supplier_seat(relationship):
    """Somebody of the supplier."""
    return seat(relationship, Side.SUPPLIER)


@pytest.fixture(params=list(Side), ids=["client", "supplier"])
def seats(request, client_seat, supplier_seat):
    """(own, other): everything holds with the sides exchanged."""
    if request.param == Side.CLIENT:
        return client_seat, supplier_seat
    return supplier_seat, client_seat
