"""An empty installation: its two doors, the first organisation."""

import pytest
from django.urls import reverse

from accounts.models import User
from engagements.models import Membership, Organisation
from tests.factories import OrganisationFactory

pytestmark = pytest.mark.django_db

WELCOME = "/welcome/"
START = {
    "organisation": "Tarnmoor Engineering",
    "name": "Amira Hussain",
    "email": "Amira@tarnmoor.example",
    "password": "correct horse battery",
    "usual_side": "supplier",
    "time_zone": "Europe/London",
    "currency": "gbp",
}


@pytest.mark.parametrize(
    "page", ["/", "/home/", "/relationships/", "/accounts/login/", "/nowhere/"]
)
def test_an_empty_installation_leads_everywhere_to_its_two_doors(client, page):
    response = client.get(page)

    assert response.status_code == 302
    assert response["Location"] == WELCOME


def test_the_two_doors(client):
    response = client.get(WELCOME)

    assert response.status_code == 200
    assert b"Load the demo" in response.content
    assert reverse("engagements:first-organisation").encode() in response.content


def test_whoever_starts_becomes_the_administrator(client):
    response = client.post("/welcome/start/", START)

    assert response.status_code == 302
    membership = Membership.objects.get()
    assert membership.role == "administrator"
    assert membership.organisation.reporting_currency == "GBP"
    assert membership.organisation.usual_side == "supplier"
    assert membership.organisation.claimed_at
    user = User.objects.get()
    assert user.email == "amira@tarnmoor.example"
    assert user.check_password("correct horse battery")
    assert user.emailaddress_set.get().verified
    assert client.session["_auth_user_id"] == str(user.pk)
    assert client.get("/me/").status_code == 200


@pytest.mark.parametrize(
    ("field", "typed", "words"),
    [
        ("email", "amira", "whole address"),
        ("password", "short", "too short"),
        ("password", "amira@tarnmoor.example", "too similar"),
        ("currency", "XQX", "is not a currency"),
        ("time_zone", "Mars/Olympus", "Mars/Olympus"),
        ("organisation", "  ", "Your organisation is missing."),
    ],
)
def test_a_mistake_is_named_and_nothing_typed_is_lost(client, field, typed, words):
    response = client.post("/welcome/start/", START | {field: typed})

    page = response.content.decode()
    assert response.status_code == 422
    assert words in page
    assert "Amira Hussain" in page
    assert not Organisation.objects.exists()
    assert not User.objects.exists()


def test_nobody_starts_where_somebody_was_first(client):
    OrganisationFactory()

    assert client.get(WELCOME)["Location"] == "/"
    assert client.post("/welcome/start/", START)["Location"] == "/"
    assert Organisation.objects.count() == 1
