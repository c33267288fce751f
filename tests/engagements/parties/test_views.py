"""Pages about organisations and contacts: what they do, who may, how many queries."""

from datetime import date

import pytest
from django.urls import reverse

from engagements.models import Contact, Organisation, Visibility, standing_of
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


@pytest.fixture
def membership():
    return MembershipFactory()


@pytest.fixture
def by(membership):
    return standing_of(membership.contact.user)


@pytest.fixture
def signed_in(client, membership):
    client.force_login(membership.contact.user)
    return client


@pytest.fixture
def kept(by):
    return actions.create_organisation(by=by, name="Merrow Water", domain="merrow.org")


@pytest.fixture
def counterpart(membership):
    """An organisation with people of its own, across the table."""
    return RelationshipFactory(client=membership.organisation).supplier


def url(name, row, *more):
    return reverse(f"engagements:{name}", args=[row.pk, *more])


GIVEN = {"name": "Merrow", "time_zone": "Europe/Berlin", "reporting_currency": "eur"}


def test_an_organisation_is_added_with_its_number(signed_in, membership):
    given = GIVEN | {
        "scheme": "gb-coh",
        "value": "0123",
        "domain": "https://Merrow.org/",
    }

    response = signed_in.post("/organisations/new/", given)

    row = Organisation.objects.get(name="Merrow")
    assert response["Location"] == row.get_absolute_url()
    assert row.kept_by == membership.organisation
    assert (row.domain, row.reporting_currency) == ("merrow.org", "EUR")
    page = signed_in.get(row.get_absolute_url()).content.decode()
    assert "GB-COH" in page
    assert "Kept by you" in page


def test_a_possible_duplicate_is_shown_before_anything_is_written(signed_in, kept):
    given = GIVEN | {"name": "MERROW water", "locality": "Leeds"}

    response = signed_in.post("/organisations/new/", given)

    page = response.content.decode()
    assert response.status_code == 422
    assert "may be here already" in page
    assert kept.get_absolute_url() in page
    assert 'value="Leeds"' in page
    assert Organisation.objects.filter(name__iexact="merrow water").count() == 1

    response = signed_in.post("/organisations/new/", given | {"anyway": "1"})

    assert response.status_code == 302
    assert Organisation.objects.filter(name__iexact="merrow water").count() == 2


@pytest.mark.parametrize(
    ("field", "typed", "words"),
    [
        ("name", "", "Name is missing."),
        ("domain", "merrow", "is not a domain"),
        ("reporting_currency", "XQX", "is not a currency"),
        ("value", "0123", "go together"),
    ],
)
def test_a_mistake_is_named_and_nothing_typed_is_lost(signed_in, field, typed, words):
    response = signed_in.post(
        "/organisations/new/", GIVEN | {"locality": "Leeds", field: typed}
    )

    page = response.content.decode()
    assert response.status_code == 422
    assert words in page
    assert 'value="Leeds"' in page
    assert not Organisation.objects.filter(name="Merrow").exists()


def test_a_number_that_is_taken_is_named_on_the_form(signed_in, by):
    actions.create_organisation(by=by, name="First", identifiers=[("GB-COH", "0123")])

    response = signed_in.post(
        "/organisations/new/",
        GIVEN | {"scheme": "GB-COH", "value": "0123", "anyway": "1"},
    )

    assert response.status_code == 422
    assert "First already has the number" in response.content.decode()
    assert not Organisation.objects.filter(name="Merrow").exists()


def test_an_edit_keeps_its_reason_in_the_history(signed_in, kept):
    assert signed_in.get(url("organisation-edit", kept)).status_code == 200

    signed_in.post(url("organisation-edit", kept), GIVEN | {"reason": "New owner"})

    kept.refresh_from_db()
    assert kept.name == "Merrow"
    assert b"New owner" in signed_in.get(kept.get_absolute_url()).content


def test_archiving_says_what_stands_in_the_way(signed_in, by, kept):
    create_relationship(by=by, client=by.organisation, supplier=kept)

    response = signed_in.post(
        url("organisation-archive", kept), {"reason": "", "save": 1}
    )

    assert response.status_code == 422
    assert b"1 relationship is not archived" in response.content


def test_archiving_and_restoring(signed_in, kept):
    signed_in.post(url("organisation-archive", kept), {"reason": "Merged", "save": 1})
    kept.refresh_from_db()
    assert kept.archived_at

    signed_in.post(url("organisation-archive", kept), {"reason": "", "save": 1})
    kept.refresh_from_db()
    assert kept.archived_at is None


@pytest.mark.parametrize(
    ("what", "given", "words"),
    [
        ("number", {"scheme": "AU-ABN", "value": "51 824"}, "51824"),
        ("name", {"name": "Merrow Utilities"}, "Merrow Utilities"),
        ("day", {"on": "24/12/2030", "name": "Closed early"}, "24 Dec 2030"),
    ],
)
def test_a_small_fact_is_added_and_removed(signed_in, kept, what, given, words):
    page = url(f"organisation-{what}", kept)
    assert signed_in.get(page).status_code == 200
    assert signed_in.post(page, dict.fromkeys(given, "")).status_code == 422

    assert signed_in.post(page, given).status_code == 302

    assert words in signed_in.get(kept.get_absolute_url()).content.decode()
    rows = {"number": "identifiers", "name": "aliases", "day": "days"}[what]
    fact = getattr(kept, rows).get()
    signed_in.post(url(f"organisation-{what}-remove", kept, fact.pk))
    assert not getattr(kept, rows).exists()


def test_a_person_is_added_and_corrected(signed_in, kept):
    page = url("contact-create", kept)
    assert signed_in.get(page).status_code == 200

    signed_in.post(page, {"name": "Priya Raman", "email": "Priya@merrow.org"})

    contact = Contact.objects.get(name="Priya Raman")
    assert (contact.organisation, contact.email) == (kept, "priya@merrow.org")
    signed_in.post(url("contact-edit", contact), {"name": "Priya R", "phone": "123"})
    contact.refresh_from_db()
    assert (contact.name, contact.phone, contact.email) == ("Priya R", "123", "")
    assert b"Priya R" in signed_in.get(contact.get_absolute_url()).content


def test_an_address_belongs_to_one_person_of_an_organisation(signed_in, kept):
    ContactFactory(organisation=kept, name="Priya", email="priya@merrow.org")

    response = signed_in.post(
        url("contact-create", kept), {"name": "Tom", "email": "priya@merrow.org"}
    )

    assert response.status_code == 422
    assert b"Priya already has this e-mail address" in response.content


def test_who_left_ends_every_role(signed_in, by, kept):
    relationship = create_relationship(by=by, client=by.organisation, supplier=kept)
    contact = ContactFactory(organisation=kept)
    role = TeamRoleFactory(relationship=relationship, side="supplier", contact=contact)

    page = url("contact-leave", contact)
    assert signed_in.get(page).status_code == 200
    assert signed_in.post(page, {"left_on": "31/1/2026"}).status_code == 302

    role.refresh_from_db()
    assert role.to_on == date(2026, 1, 31)
    assert b"Left on 31 Jan 2026" in signed_in.get(contact.get_absolute_url()).content


def test_a_kept_organisation_is_offered_to_its_own_people(signed_in, kept):
    page = url("organisation-claim", kept)
    assert signed_in.get(page).status_code == 200
    assert signed_in.post(page, {"name": "Priya"}).status_code == 422

    signed_in.post(page, {"name": "Priya", "email": "priya@merrow.org"})

    assert b"Priya is invited" in signed_in.get(kept.get_absolute_url()).content


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

    # Session, user, standing, pins; count, page.
    with django_assert_num_queries(6):
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

    with django_assert_max_num_queries(15):
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
