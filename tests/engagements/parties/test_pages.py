"""Pages that bring in and correct organisations and people."""

from datetime import date

import pytest
from django.urls import reverse

from engagements.models import Contact, Organisation
from engagements.parties import actions
from engagements.relationships.actions import create_relationship
from tests.factories import (
    ContactFactory,
    TeamRoleFactory,
)

pytestmark = pytest.mark.django_db


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


def test_the_history_speaks_in_words(signed_in, kept):
    signed_in.post(url("organisation-edit", kept), GIVEN | {"locality": "Leeds"})
    for reason in ("Merged", ""):
        signed_in.post(url("organisation-archive", kept), {"reason": reason, "save": 1})

    page = signed_in.get(kept.get_absolute_url()).content.decode()

    assert "Town: Leeds" in page
    assert "Currency: EUR" in page or "Name: Merrow Water → Merrow" in page
    assert "Archived" in page
    assert "Restored" in page
    assert "archived_at" not in page


def test_a_long_list_of_relationships_leads_to_the_whole_one(signed_in, by, kept):
    for number in range(13):
        create_relationship(
            by=by, client=by.organisation, supplier=kept, scope=f"Scope {number}"
        )

    page = signed_in.get(kept.get_absolute_url()).content.decode()

    assert page.count("As supplier, Scope") == 12
    assert "/relationships/?q=Merrow%20Water" in page


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
    said = {"left_on": "31/1/2026", "is_over": "on"}
    assert signed_in.post(page, said).status_code == 302

    role.refresh_from_db()
    assert role.to_on == date(2026, 1, 31)
    assert b"Left on 31 Jan 2026" in signed_in.get(contact.get_absolute_url()).content


def test_a_kept_organisation_is_offered_to_its_own_people(signed_in, kept):
    page = url("organisation-claim", kept)
    assert signed_in.get(page).status_code == 200
    assert signed_in.post(page, {"name": "Priya"}).status_code == 422

    signed_in.post(page, {"name": "Priya", "email": "priya@merrow.org"})

    assert b"Priya is invited" in signed_in.get(kept.get_absolute_url()).content
