"""An administrator and a relationship of their organisation."""

from datetime import date

import pytest

from engagements.models import standing_of
from engagements.parties.actions import create_organisation
from engagements.relationships.actions import create_relationship
from tests.factories import MembershipFactory


@pytest.fixture
def membership(db):
    """An administrator of an organisation."""
    return MembershipFactory()


@pytest.fixture
def user(membership):
    """The administrator's sign-in."""
    return membership.contact.user


@pytest.fixture
def by(user):
    """For whom the administrator acts."""
    return standing_of(user)


@pytest.fixture
def signed_in(client, user):
    """A browser the administrator is signed in with."""
    client.force_login(user)
    return client


@pytest.fixture
def relationship(by):
    """The own organisation is the client; nobody of the supplier signs in."""
    supplier = create_organisation(by=by, name="Merrow Water")
    return create_relationship(
        by=by,
        client=by.organisation,
        supplier=supplier,
        segment="routine",
        started_on=date(2024, 1, 15),
    )
