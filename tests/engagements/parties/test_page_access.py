"""Who sees and changes organisations and people; how many queries it takes."""

from datetime import date

import pytest
from django.urls import reverse

from engagements.models import Visibility, standing_of
from engagements.parties import actions
from engagements.relationships.actions import create_relationship
from tests.factories import (
    ContactFactory,
    MembershipFactory,
    OrganisationFactory,
    RelationshipFactory,
    TeamRoleFactory,
)

pytestmark = pytest.mark.django_db


def url(name, row, *more):
    return reverse(f"engagements:{name}", args=[row.pk, *more])


STRANGERS_PAGES = [
    "organisation",
    "organisation-edit",
    "organisation-archive",
    "organisation-claim",
    "organisation-number",
    "organisation-name",
    "organisation-day",
    "contact-create",
]


@pytest.mark.parametrize("name", STRANGERS_PAGES)
def test_a_stranger_does_not_learn_that_an_organisation_exists(client, kept, name):
    client.force_login(MembershipFactory().contact.user)

    assert client.get(url(name, kept)).status_code == 404


@pytest.mark.parametrize("name", ["contact", "contact-edit", "contact-leave"])
def test_a_stranger_does_not_learn_that_a_person_exists(client, kept, name):
    client.force_login(MembershipFactory().contact.user)

    assert client.get(url(name, ContactFactory(organisation=kept))).status_code == 404


@pytest.mark.parametrize("name", STRANGERS_PAGES[1:])
def test_a_counterpart_is_read_but_kept_by_its_own_people(signed_in, counterpart, name):
    assert signed_in.get(url("organisation", counterpart)).status_code == 200
    assert signed_in.get(url(name, counterpart)).status_code == 403


@pytest.mark.parametrize("name", ["contact-edit", "contact-leave"])
def test_people_of_a_counterpart_are_read_only(signed_in, counterpart, name):
    contact = ContactFactory(organisation=counterpart)

    assert signed_in.get(url("contact", contact)).status_code == 200
    assert signed_in.get(url(name, contact)).status_code == 403


@pytest.mark.parametrize("role", ["account_manager", "executive"])
@pytest.mark.parametrize("name", STRANGERS_PAGES[1:4])
def test_only_administrators_keep_organisations(client, membership, role, name):
    other = MembershipFactory(organisation=membership.organisation, role=role)
    client.force_login(other.contact.user)

    assert client.get(url(name, membership.organisation)).status_code == 403
    assert client.get("/organisations/new/").status_code == 403


def test_an_executive_adds_nobody_and_an_account_manager_does(client, membership):
    page = url("contact-create", membership.organisation)
    for role, status in (("executive", 403), ("account_manager", 200)):
        other = MembershipFactory(organisation=membership.organisation, role=role)
        client.force_login(other.contact.user)
        assert client.get(page).status_code == status


def test_an_account_manager_sees_no_kept_organisation_they_do_not_work_with(
    client, membership, kept
):
    other = MembershipFactory(
        organisation=membership.organisation, role="account_manager"
    )
    client.force_login(other.contact.user)

    assert client.get(kept.get_absolute_url()).status_code == 404
    assert b"Merrow Water" not in client.get("/organisations/").content


def test_roles_on_relationships_one_may_not_see_are_not_shown(client, by, kept):
    relationship = create_relationship(by=by, client=by.organisation, supplier=kept)
    TeamRoleFactory(
        relationship=relationship, contact=by.contact, from_on=date(2024, 1, 1)
    )
    colleague = MembershipFactory(organisation=by.organisation, role="account_manager")
    client.force_login(colleague.contact.user)

    page = client.get(by.contact.get_absolute_url())

    assert page.status_code == 200
    assert b"Merrow Water" not in page.content


def test_the_other_sides_history_is_not_ours(signed_in, counterpart):
    them = standing_of(MembershipFactory(organisation=counterpart).contact.user)
    actions.change_organisation(
        by=them, organisation=counterpart, locality="Leeds", reason="Secret move"
    )

    assert b"Secret move" not in signed_in.get(counterpart.get_absolute_url()).content
    assert Visibility.INTERNAL == "internal"


def test_the_list_is_searched_by_the_beginning_of_words(signed_in, kept, by):
    actions.create_organisation(by=by, name="Quillbrook Foods")

    page = signed_in.get("/organisations/?q=quill").content.decode()

    assert "Quillbrook Foods" in page
    assert "Merrow Water" not in page
    assert "Nothing matches" in signed_in.get("/organisations/?q=zzz").content.decode()


@pytest.mark.parametrize("role", ["administrator", "account_manager"])
@pytest.mark.parametrize("size", [1, 3])
def test_the_list_has_a_fixed_number_of_queries(
    client, role, size, django_assert_num_queries
):
    reader = MembershipFactory(role=role)
    for relationship in RelationshipFactory.create_batch(
        size, client=reader.organisation
    ):
        TeamRoleFactory(relationship=relationship, contact=reader.contact)
    client.force_login(reader.contact.user)

    # Session, user, standing; count, page.
    with django_assert_num_queries(5):
        response = client.get("/organisations/?q=")

    assert response.context["page"].paginator.count == size + 1


@pytest.mark.parametrize("size", [1, 3])
def test_the_organisation_page_has_a_fixed_number_of_queries(
    signed_in, membership, by, kept, size, django_assert_max_num_queries
):
    for number in range(size):
        create_relationship(
            by=by, client=by.organisation, supplier=kept, scope=f"Scope {number}"
        )
        ContactFactory(organisation=kept)
        actions.add_alias(by=by, organisation=kept, name=f"Alias {number}")
        actions.create_organisation(by=by, name=f"Part {number}", parent=kept)

    with django_assert_max_num_queries(12):
        response = signed_in.get(kept.get_absolute_url())

    assert len(response.context["relationships"]) == size
    assert len(response.context["people"]) == size


def test_htmx_gets_the_list_and_a_browser_the_page(signed_in, kept):
    part = signed_in.get("/organisations/", headers={"HX-Request": "true"})

    assert b"<html" not in part.content
    assert b"Merrow Water" in part.content
    assert "HX-Request" in part["Vary"]


def test_nobody_is_shown_two_books_at_once(signed_in, by, kept):
    other = OrganisationFactory(name="Elsewhere")

    page = signed_in.get("/organisations/").content.decode()

    assert kept.name in page
    assert other.name not in page
