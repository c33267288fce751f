"""The calendar of planned reviews: what is on it, and for whom."""

from datetime import date

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from engagements.models import Contract, HealthReview, Membership
from engagements.reviews.actions import plan_reviews
from tests.factories import (
    ContractFactory,
    MembershipFactory,
    OrganisationFactory,
    RelationshipFactory,
    TeamRoleFactory,
)

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 23)


@pytest.fixture(autouse=True)
def _today():
    with time_machine.travel("2026-11-23 09:00Z", tick=False):
        yield


@pytest.fixture
def membership():
    """An executive."""
    return MembershipFactory(role=Membership.Role.EXECUTIVE)


@pytest.fixture
def signed_in(client, membership):
    """A browser the executive is signed in with."""
    client.force_login(membership.contact.user)
    return client


def planned(client, supplier="Merrow Water", **given):
    relationship = RelationshipFactory(
        client=client, supplier=OrganisationFactory(name=supplier), **given
    )
    ContractFactory(relationship=relationship, state=Contract.State.ACTIVE)
    plan_reviews([relationship.pk], TODAY)
    return relationship


def test_the_calendar_says_when_and_who(signed_in, membership):
    relationship = planned(membership.organisation)
    role = TeamRoleFactory(relationship=relationship, side="client")

    response = signed_in.get(reverse("engagements:reviews"))

    (month,) = response.context["months"]
    (row,) = month.reviews
    assert month.words == "Jan 2027"
    assert (row.counterpart, row.form) == ("Merrow Water", "Full review")
    assert (row.ours, row.theirs) == (role.contact.name, None)
    assert "Fri 15 Jan 2027" in response.text
    # An executive reads, and begins nothing.
    assert "Start a review" not in response.text


@pytest.mark.parametrize("role", ["administrator", "executive"])
def test_without_any_relationship_one_is_offered_to_who_may_add_it(role):
    browser = Client()
    browser.force_login(MembershipFactory(role=role).contact.user)

    shown = browser.get(reverse("engagements:reviews")).text

    new = reverse("engagements:relationship-create")
    assert (f'class="btn btn-quiet" href="{new}"' in shown) is (role != "executive")
    assert "Start a review" not in shown
    assert "reviews planned" not in shown


def test_a_stranger_s_reviews_are_left_out(signed_in):
    planned(OrganisationFactory(), "Unseen Works")

    response = signed_in.get(reverse("engagements:reviews"))

    assert response.context["months"] == []
    assert "Unseen Works" not in response.text


def test_a_manager_elsewhere_learns_nothing(client, membership):
    planned(membership.organisation)
    manager = MembershipFactory(
        organisation=membership.organisation, role=Membership.Role.ACCOUNT_MANAGER
    )
    client.force_login(manager.contact.user)

    response = client.get(reverse("engagements:reviews"))

    assert "Merrow Water" not in response.text


def test_one_relationship_can_be_asked_for(signed_in, membership):
    wanted = planned(membership.organisation)
    planned(membership.organisation, "Another Works")

    response = signed_in.get(f"/reviews/?relationship={wanted.pk}")
    nothing = signed_in.get("/reviews/?relationship=x")

    assert "Merrow Water" in response.text
    assert "Another Works" not in response.text
    assert nothing.context["months"] == []


def test_an_archived_relationship_is_left_out(signed_in, membership):
    relationship = planned(membership.organisation)
    relationship.archived_at = relationship.created_at
    relationship.save()

    response = signed_in.get(reverse("engagements:reviews"))

    assert response.context["months"] == []


def test_a_relationship_without_a_review_is_counted(signed_in, membership):
    RelationshipFactory(client=membership.organisation)

    response = signed_in.get(reverse("engagements:reviews"))

    assert response.context["unplanned"] == 1


@pytest.mark.parametrize("count", [1, 3])
def test_the_calendar_has_a_fixed_number_of_queries(
    signed_in, membership, count, django_assert_max_num_queries
):
    for number in range(count):
        planned(membership.organisation, f"Supplier {number}")

    # Session, user, standing, pins, count, rows, those without, those under way,
    # results.
    with django_assert_max_num_queries(10):
        response = signed_in.get(reverse("engagements:reviews"))

    assert sum(len(month.reviews) for month in response.context["months"]) == count


def test_a_plan_whose_day_has_passed_says_so(signed_in, membership):
    relationship = planned(membership.organisation)
    row = HealthReview.objects.planned().get(relationship=relationship)
    address = reverse("engagements:relationship-reviews", args=[relationship.pk])
    home = relationship.get_absolute_url()
    pages = (reverse("engagements:reviews"), address, home)
    for page in pages:
        assert "not set up" not in signed_in.get(page).text, page

    with time_machine.travel("2027-01-18 09:00Z", tick=False):
        signed_in.force_login(membership.contact.user)
        for page in pages:
            text = signed_in.get(page).text
            assert "was due on Fri 15 Jan, not set up" in text, page
    assert row.opens_on == date(2027, 1, 15)
