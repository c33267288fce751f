"""The demo: two sides that sign in, the same world for the same seed."""

import pytest
from django.contrib.auth import authenticate
from django.core.management import CommandError, call_command
from django.utils import timezone

from engagements.demo.actions import DEMO_PASSWORD, address, seed_demo
from engagements.demo.people import PERSONAS
from engagements.models import Contract, Interaction, Organisation, Relationship
from engagements.relationships.figures import refresh_contacts
from tests.worlds import kept

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate()
SIZE = {"relationships": 6, "interactions": 40, "contracts": 8, "seed": 8}
# Most of this is not about reviews, and they take long.
PLAIN = SIZE | {"reviewed": ()}


@pytest.fixture(scope="module")
def seeded(django_db_setup, django_db_blocker):
    with kept(django_db_blocker):
        yield seed_demo(**PLAIN, today=TODAY)


def test_it_has_the_rows_it_says(seeded):
    assert Relationship.objects.count() == seeded["relationships"] == 6
    assert Contract.objects.count() == seeded["contracts"] == 8
    assert Interaction.objects.count() == seeded["interactions"] == 40
    assert Organisation.objects.count() == seeded["organisations"]
    assert set(Organisation.objects.values_list("demo", flat=True)) == {True}


@pytest.mark.parametrize("name", [row[1] for row in PERSONAS])
def test_each_persona_signs_in_and_lands(seeded, client, name):
    user = authenticate(None, username=address(name), password=DEMO_PASSWORD)
    client.force_login(user)
    assert client.get("/", follow=True).status_code == 200


def test_its_figures_are_those_computed_afresh(seeded):
    assert refresh_contacts(None) == 0


def test_a_second_demo_is_refused_unless_asked_to_be_quiet(seeded):
    with pytest.raises(CommandError, match="not empty"):
        call_command("seed_demo")
    call_command("seed_demo", if_empty=True)
    assert Relationship.objects.count() == 6
