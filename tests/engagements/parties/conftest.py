"""A member of an organisation, what it keeps, and who sits across the table."""

import pytest

from engagements.models import standing_of
from engagements.parties import actions
from tests.factories import MembershipFactory, RelationshipFactory


@pytest.fixture
def membership(db):
    """An administrator of an organisation."""
    return MembershipFactory()


@pytest.fixture
def by(membership):
    """For whom the administrator acts."""
    return standing_of(membership.contact.user)


@pytest.fixture
def user(membership):
    """The administrator's sign-in."""
    return membership.contact.user


@pytest.fixture
def signed_in(client, user):
    """A browser the administrator is signed in with."""
    client.force_login(user)
    return client


@pytest.fixture
def manager(membership):
    """An account manager of the same organisation."""
    return MembershipFactory(
        organisation=membership.organisation, role="account_manager"
    )


@pytest.fixture
def kept(by):
    """An organisation the own one brought in."""
    return actions.create_organisation(by=by, name="Merrow Water", domain="merrow.org")


@pytest.fixture
def counterpart(membership):
    """An organisation with people of its own, across the table."""
    return RelationshipFactory(client=membership.organisation).supplier
