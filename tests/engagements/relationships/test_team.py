"""The people of both sides: roles, owners, who was there before."""

from datetime import date

import pytest
from django.urls import reverse
from django.utils import timezone

from tests.factories import (
    ContactFactory,
    TeamRoleFactory,
)

pytestmark = pytest.mark.django_db


def url(name, row, *more):
    return reverse(f"engagements:{name}", args=[row.pk, *more])


def test_the_people_page_lists_both_sides_and_who_is_missing(signed_in, relationship):
    priya = ContactFactory(organisation=relationship.client, name="Priya Raman")
    TeamRoleFactory(relationship=relationship, contact=priya)

    page = signed_in.get(url("relationship-people", relationship)).content.decode()

    assert "Priya Raman" in page
    assert page.count("No sponsor named") == 2
    assert page.count("No interface person named") == 1
    assert "Nobody of this side signs in." in page


def test_a_role_is_given_to_somebody_new_and_ended(signed_in, relationship):
    page = url("relationship-role", relationship, "supplier")
    assert signed_in.get(f"{page}?role=sponsor").status_code == 200

    response = signed_in.post(
        page,
        {
            "name": "Tom Aldous",
            "email": "tom@merrow.org",
            "role": "interface",
            "from_on": "1/2/2024",
        },
    )

    assert response.status_code == 302
    role = relationship.team.get()
    assert role.contact.organisation == relationship.supplier
    assert relationship.sides.get(side="supplier").owner == role.contact
    end = url("relationship-role-end", relationship, role.pk)
    assert signed_in.get(end).status_code == 200
    assert signed_in.post(end, {"to_on": "1/1/2020"}).status_code == 422
    assert signed_in.post(end, {"to_on": "1/3/2024"}).status_code == 302
    role.refresh_from_db()
    assert role.to_on == date(2024, 3, 1)
    assert relationship.sides.get(side="supplier").owner is None


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"name": ""}, "Choose a person, or name a new one below."),
        ({"from_on": "32/1/2024"}, "is not a date"),
        ({"role": "king"}, "king"),
        ({"email": "tom"}, "whole address"),
    ],
)
def test_a_role_in_error_says_what_is_wrong(signed_in, relationship, changes, words):
    typed = {"name": "Tom", "role": "sponsor", "from_on": "1/2/2024"}

    response = signed_in.post(
        url("relationship-role", relationship, "supplier"), typed | changes
    )

    assert response.status_code == 422
    assert words in response.content.decode()
    assert not relationship.team.exists()


def test_the_owner_is_chosen_and_given_back_to_the_interface_person(
    signed_in, by, relationship
):
    speaker = TeamRoleFactory(
        relationship=relationship,
        contact=ContactFactory(organisation=by.organisation),
    ).contact
    page = url("relationship-owner", relationship, "client")
    assert signed_in.get(page).status_code == 200

    signed_in.post(page, {"contact": by.contact.pk})
    assert relationship.sides.get(side="client").owner == by.contact

    signed_in.post(page, {"contact": ""})
    assert relationship.sides.get(side="client").owner == speaker


@pytest.mark.parametrize("size", [1, 3])
def test_the_people_page_has_a_fixed_number_of_queries(
    signed_in, by, relationship, size, django_assert_num_queries
):
    for _each in range(size):
        TeamRoleFactory(
            relationship=relationship,
            contact=ContactFactory(organisation=by.organisation),
        )

    # Session, user, standing; relationship, team, sides, own side.
    with django_assert_num_queries(7):
        response = signed_in.get(url("relationship-people", relationship))

    assert response.context["count"] == size


def test_an_earlier_role_is_kept_below(signed_in, relationship):
    today = timezone.localdate()
    TeamRoleFactory(
        relationship=relationship,
        from_on=date(2020, 1, 1),
        to_on=date(2021, 1, 1),
        contact=ContactFactory(organisation=relationship.client, name="Miriam Okafor"),
    )

    page = signed_in.get(url("relationship-people", relationship)).content.decode()

    assert "1 earlier or later role" in page
    assert "Miriam Okafor" in page
    assert today > date(2021, 1, 1)
