"""An empty installation; the demo; the first organisation."""

import pytest
from django.apps import apps
from django.core.management import call_command
from django.urls import reverse
from zeal import zeal_ignore

from accounts.models import User
from engagements.models import Membership, Organisation
from engagements.parties import actions
from tests.factories import MembershipFactory, OrganisationFactory, RelationshipFactory

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


@pytest.fixture
def demo(db):
    call_command(
        "seed_demo", relationships=4, interactions=20, contracts=4, verbosity=0
    )


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


def test_the_demo_is_loaded_by_a_press_and_never_by_looking(client):
    assert client.get("/welcome/demo/").status_code == 405
    assert not Organisation.objects.exists()

    # The demo's reviews are opened and closed one after the other, as real ones are.
    with zeal_ignore():
        response = client.post("/welcome/demo/")

    assert response["Location"] == WELCOME
    assert Organisation.objects.filter(demo=True).exists()
    assert b"Sign in as" in client.get(WELCOME).content


def test_one_press_signs_in_as_a_person_of_the_demo(client, demo):
    persona = Membership.objects.filter(role="administrator").first()

    response = client.post("/welcome/demo/sign-in/", {"member": persona.pk})

    assert response.status_code == 302
    page = client.get("/me/").content.decode()
    assert "Demo: invented organisations and people" in page
    assert "Remove the demo" in page


def test_the_demo_alone_is_entered_through_its_own_door(client, demo):
    assert client.get("/")["Location"] == WELCOME
    assert WELCOME.encode() in client.get("/accounts/login/").content

    OrganisationFactory()

    assert WELCOME.encode() not in client.get("/accounts/login/").content

    assert client.get("/")["Location"].startswith("/accounts/login/")


def test_one_press_never_signs_in_as_anybody_else(client, demo):
    real = MembershipFactory()

    for member in (real.pk, "nonsense", ""):
        response = client.post("/welcome/demo/sign-in/", {"member": member})
        assert response.status_code == 404
    assert "_auth_user_id" not in client.session


def test_an_administrator_removes_the_demo_in_one_act(client, demo):
    persona = Membership.objects.filter(role="administrator").first()
    client.force_login(persona.contact.user)
    page = client.get("/demo/remove/")
    assert page.status_code == 200
    assert Organisation.objects.exists()

    response = client.post("/demo/remove/")

    assert response["Location"] == WELCOME
    assert client.get("/me/")["Location"] == WELCOME


def test_removing_the_demo_leaves_no_row_of_it_and_every_row_of_others(demo):
    mine = MembershipFactory(contact__user__email="real@example.org")
    RelationshipFactory(client=mine.organisation)
    before_demo = {"accounts.User": 1, "engagements.Organisation": 2}

    actions.remove_demo()

    for model in apps.get_app_config("engagements").get_models():
        label = model._meta.label
        if label == "engagements.Organisation":
            assert set(model.objects.values_list("demo", flat=True)) == {False}
    assert Organisation.objects.count() == before_demo["engagements.Organisation"]
    assert User.objects.get().email == "real@example.org"


def test_removing_the_demo_alone_empties_every_table(demo):
    actions.remove_demo()

    left = {
        model._meta.label: model.objects.count()
        for model in apps.get_app_config("engagements").get_models()
        if model.objects.exists()
    }
    assert left == {}
    assert not User.objects.exists()


def test_only_administrators_remove_the_demo(client, demo):
    persona = Membership.objects.exclude(role="administrator").first()
    client.force_login(persona.contact.user)

    assert client.post("/demo/remove/").status_code == 403
    assert Organisation.objects.exists()
