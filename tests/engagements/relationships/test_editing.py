"""Pages that begin and change relationships."""

from datetime import date

import pytest
from django.urls import reverse

from engagements.models import (
    ExternalReference,
    Organisation,
    Pin,
    Relationship,
)
from engagements.parties.actions import create_organisation
from tests.factories import (
    OrganisationFactory,
)

pytestmark = pytest.mark.django_db


def url(name, row, *more):
    return reverse(f"engagements:{name}", args=[row.pk, *more])


def given(by, **more):
    return {
        "side": "client",
        "stands": by.organisation.pk,
        "counterpart_name": "Quillbrook Foods",
        "owner": by.contact.pk,
        "scope": "Canteens",
        "segment": "strategic",
        "started_on": "15/1/2024",
    } | more


def test_a_relationship_begins_with_a_new_counterpart_in_one_form(signed_in, by):
    assert signed_in.get("/relationships/new/").status_code == 200

    response = signed_in.post(
        "/relationships/new/", given(by, system="SAP", reference="7")
    )

    relationship = Relationship.objects.get()
    assert response["Location"] == url("relationship-people", relationship)
    assert relationship.client == by.organisation
    assert relationship.supplier.name == "Quillbrook Foods"
    assert relationship.supplier.kept_by == by.organisation
    assert (relationship.scope, relationship.segment) == ("Canteens", "strategic")
    assert relationship.started_on == date(2024, 1, 15)
    assert relationship.sides.get(side="client").owner == by.contact
    assert relationship.references.get().value == "7"


def test_who_could_act_for_both_picks_the_side(signed_in, by):
    agency = create_organisation(by=by, name="Agency")
    supplier = create_organisation(by=by, name="Merrow")

    signed_in.post(
        "/relationships/new/",
        given(
            by,
            side="supplier",
            stands=supplier.pk,
            counterpart=agency.pk,
            counterpart_name="",
            segment="unclassified",
        ),
    )

    relationship = Relationship.objects.get()
    assert (relationship.client, relationship.supplier) == (agency, supplier)
    assert relationship.segment == ""
    assert relationship.sides.get(side="supplier").acted_by == by.organisation
    assert relationship.sides.get(side="client").acted_by is None


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"counterpart_name": ""}, "Choose the other side, or name it below."),
        ({"started_on": "31/2/2024"}, "“31/2/2024” is not a date"),
        ({"started_on": ""}, "Began on is missing."),
        ({"contact_rhythm_days": "0"}, "at least 1 day"),
        ({"system": "SAP"}, "A system and its reference go together."),
        ({"segment": "golden"}, "golden"),
    ],
)
def test_a_mistake_is_named_and_nothing_typed_is_lost(signed_in, by, changes, words):
    response = signed_in.post("/relationships/new/", given(by, **changes))

    page = response.content.decode()
    assert response.status_code == 422
    assert words in page
    assert 'value="Canteens"' in page
    assert not Relationship.objects.exists()
    assert Organisation.objects.count() == 1


def test_a_refused_relationship_leaves_no_new_organisation_behind(
    signed_in, by, relationship
):
    response = signed_in.post(
        "/relationships/new/",
        given(
            by,
            counterpart=relationship.supplier_id,
            counterpart_name="",
            scope="General",
        ),
    )

    assert response.status_code == 422
    assert "already have a relationship of the scope" in response.content.decode()
    assert Relationship.objects.count() == 1


def test_a_counterpart_that_may_be_there_is_shown_before_it_is_made_again(
    signed_in, by, relationship
):
    named = given(by, counterpart_name="merrow WATER")

    response = signed_in.post("/relationships/new/", named)

    page = response.content.decode()
    assert response.status_code == 422
    assert "may be here already" in page
    assert 'value="Canteens"' in page
    assert Relationship.objects.count() == 1

    signed_in.post("/relationships/new/", named | {"use": relationship.supplier_id})

    second = Relationship.objects.get(scope="Canteens")
    assert second.supplier == relationship.supplier

    signed_in.post("/relationships/new/", named | {"anyway": "1"})

    assert Relationship.objects.count() == 3


def test_a_long_list_of_counterparts_is_cut_and_every_one_can_be_posted(
    signed_in, by, monkeypatch
):
    monkeypatch.setattr("engagements.parties.forms.fields.MOST_OFFERED", 3)
    rows = [create_organisation(by=by, name=f"Z{number}") for number in range(6)]

    page = signed_in.get(f"/relationships/new/?with={rows[5].pk}").content.decode()

    assert f'value="{rows[0].pk}"' in page
    assert f'value="{rows[4].pk}"' not in page
    assert f'value="{rows[5].pk}" selected' in page
    signed_in.post(
        "/relationships/new/", given(by, counterpart=rows[4].pk, counterpart_name="")
    )
    assert Relationship.objects.get().supplier == rows[4]


def test_an_organisation_one_may_not_see_is_no_counterpart(signed_in, by):
    other = OrganisationFactory()

    response = signed_in.post(
        "/relationships/new/", given(by, counterpart=other.pk, counterpart_name="")
    )

    assert response.status_code == 422
    assert not Relationship.objects.exists()


def test_the_counterpart_may_come_with_the_address(signed_in, relationship):
    page = signed_in.get(f"/relationships/new/?with={relationship.supplier_id}")
    nonsense = signed_in.get("/relationships/new/?with=nonsense")

    assert f'value="{relationship.supplier_id}" selected' in page.content.decode()
    assert nonsense.status_code == 200


def edited(**more):
    return {"scope": "General", "segment": "routine", "started_on": "15/1/2024"} | more


def test_another_segment_needs_a_reason(signed_in, relationship):
    page = url("relationship-edit", relationship)
    assert "15 Jan 2024" in signed_in.get(page).content.decode()

    refused = signed_in.post(page, edited(segment="strategic"))
    accepted = signed_in.post(page, edited(segment="strategic", reason="Runs wards"))

    assert refused.status_code == 422
    assert b"Say why the segment changes" in refused.content
    assert accepted["Location"] == relationship.get_absolute_url()
    relationship.refresh_from_db()
    assert relationship.segment == "strategic"


def test_a_relationship_is_archived_with_a_reason_and_restored(signed_in, relationship):
    page = url("relationship-archive", relationship)
    assert signed_in.get(page).status_code == 200
    assert signed_in.post(page, {"reason": ""}).status_code == 422

    signed_in.post(page, {"reason": "Work ended"})
    relationship.refresh_from_db()
    assert relationship.archived_at

    signed_in.post(page, {"reason": ""})
    relationship.refresh_from_db()
    assert relationship.archived_at is None


def test_references_are_the_own_sides_alone(signed_in, by, relationship):
    page = url("relationship-reference", relationship)
    signed_in.post(page, {"system": "SAP", "value": "4711"})
    reference = ExternalReference.objects.get()
    theirs = ExternalReference.objects.create(
        relationship=relationship,
        organisation=relationship.supplier,
        system="CRM",
        value="secret-9",
    )

    edit = signed_in.get(url("relationship-edit", relationship)).content.decode()
    assert "4711" in edit
    assert "secret-9" not in edit
    remove = "relationship-reference-remove"
    assert signed_in.post(url(remove, relationship, theirs.pk)).status_code == 404
    assert signed_in.post(url(remove, relationship, reference.pk)).status_code == 302
    assert ExternalReference.objects.get() == theirs


def test_a_press_pins_and_another_unpins(signed_in, relationship):
    for count in (1, 0):
        signed_in.post(url("relationship-pin", relationship))
        assert Pin.objects.count() == count
    assert signed_in.get(url("relationship-pin", relationship)).status_code == 405
