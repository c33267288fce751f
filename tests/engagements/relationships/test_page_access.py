"""Who sees and changes relationships and teams."""

import pytest
from django.urls import reverse

from tests.factories import (
    MembershipFactory,
    RelationshipFactory,
    TeamRoleFactory,
)

pytestmark = pytest.mark.django_db


def url(name, row, *more):
    return reverse(f"engagements:{name}", args=[row.pk, *more])


PAGES = ["relationship-people", "relationship-edit", "relationship-archive"]
SIDED = ["relationship-role", "relationship-owner"]


@pytest.mark.parametrize("name", [*PAGES, "relationship-reference"])
def test_strangers_and_managers_elsewhere_do_not_learn_that_it_exists(
    client, membership, relationship, name
):
    elsewhere = MembershipFactory(
        organisation=membership.organisation, role="account_manager"
    )
    for person in (MembershipFactory(), elsewhere):
        client.force_login(person.contact.user)
        assert client.get(url(name, relationship)).status_code == 404


@pytest.mark.parametrize("name", SIDED)
def test_strangers_do_not_learn_of_a_side(client, relationship, name):
    client.force_login(MembershipFactory().contact.user)

    assert client.get(url(name, relationship, "client")).status_code == 404


def test_an_executive_reads_and_changes_nothing(client, membership, relationship):
    reader = MembershipFactory(organisation=membership.organisation, role="executive")
    client.force_login(reader.contact.user)

    assert client.get(url("relationship-people", relationship)).status_code == 200
    for name in PAGES[1:]:
        assert client.get(url(name, relationship)).status_code == 403
    for name in SIDED:
        assert client.get(url(name, relationship, "client")).status_code == 403
    assert client.get("/relationships/new/").status_code == 403


def test_a_manager_on_the_team_edits_and_does_not_archive(
    client, membership, relationship
):
    manager = MembershipFactory(
        organisation=membership.organisation, role="account_manager"
    )
    TeamRoleFactory(relationship=relationship, contact=manager.contact)
    client.force_login(manager.contact.user)

    assert client.get(url("relationship-edit", relationship)).status_code == 200
    assert client.get(url("relationship-archive", relationship)).status_code == 403
    assert client.get("/relationships/new/").status_code == 403


def test_the_team_of_a_side_with_people_of_its_own_is_theirs(signed_in, membership):
    relationship = RelationshipFactory(client=membership.organisation)
    theirs = TeamRoleFactory(relationship=relationship, side="supplier")

    for name in SIDED:
        assert signed_in.get(url(name, relationship, "supplier")).status_code == 403
        assert signed_in.get(url(name, relationship, "client")).status_code == 200
    end = url("relationship-role-end", relationship, theirs.pk)
    assert signed_in.post(end, {"to_on": "1/3/2024"}).status_code == 403
    theirs.refresh_from_db()
    assert theirs.to_on is None


def test_a_side_that_is_neither_does_not_exist(signed_in, relationship):
    assert (
        signed_in.get(url("relationship-role", relationship, "both")).status_code == 404
    )
