"""The demo from its door to its removal, seeded once for all of these."""

import pytest
from django.apps import apps
from django.core.management import call_command

from accounts.models import User
from engagements.models import Membership, Organisation
from engagements.parties import actions
from tests.factories import MembershipFactory, OrganisationFactory, RelationshipFactory
from tests.worlds import kept

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("demo")]

WELCOME = "/welcome/"


@pytest.fixture(scope="module")
def demo(django_db_setup, django_db_blocker):
    with kept(django_db_blocker):
        call_command(
            "seed_demo", relationships=4, interactions=20, contracts=4, verbosity=0
        )
        yield


def test_one_press_signs_in_as_a_person_of_the_demo(client):
    persona = Membership.objects.filter(role="administrator").first()

    response = client.post("/welcome/demo/sign-in/", {"member": persona.pk})

    assert response.status_code == 302
    page = client.get("/me/").content.decode()
    assert "Demo: invented organisations and people" in page
    assert "Remove the demo" in page


def test_the_demo_alone_is_entered_through_its_own_door(client):
    assert client.get("/")["Location"] == WELCOME
    assert WELCOME.encode() in client.get("/accounts/login/").content

    OrganisationFactory()

    assert WELCOME.encode() not in client.get("/accounts/login/").content

    assert client.get("/")["Location"].startswith("/accounts/login/")


def test_one_press_never_signs_in_as_anybody_else(client):
    real = MembershipFactory()

    for member in (real.pk, "nonsense", ""):
        response = client.post("/welcome/demo/sign-in/", {"member": member})
        assert response.status_code == 404
    assert "_auth_user_id" not in client.session


def test_an_administrator_removes_the_demo_in_one_act(client):
    persona = Membership.objects.filter(role="administrator").first()
    client.force_login(persona.contact.user)
    page = client.get("/demo/remove/")
    assert page.status_code == 200
    assert Organisation.objects.exists()

    response = client.post("/demo/remove/")

    assert response["Location"] == WELCOME
    assert client.get("/me/")["Location"] == WELCOME


def test_removing_the_demo_leaves_no_row_of_it_and_every_row_of_others():
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


def test_removing_the_demo_alone_empties_every_table():
    actions.remove_demo()

    left = {
        model._meta.label: model.objects.count()
        for model in apps.get_app_config("engagements").get_models()
        if model.objects.exists()
    }
    assert left == {}
    assert not User.objects.exists()


def test_only_administrators_remove_the_demo(client):
    persona = Membership.objects.exclude(role="administrator").first()
    client.force_login(persona.contact.user)

    assert client.post("/demo/remove/").status_code == 403
    assert Organisation.objects.exists()
