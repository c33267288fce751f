"""The ways in beside the pages: sign-in, the technical tables, commands, tasks."""

import pytest
from celery import current_app
from django.conf import settings
from django.core.management import get_commands
from django.test import Client
from django.urls import get_resolver, reverse

import engagements.tasks
from accounts import urls as accounts
from engagements.models import Side
from tests.factories import MembershipFactory

pytestmark = pytest.mark.django_db

# Before anybody is signed in.
OPEN = {
    "account_login",
    "account_signup",
    "account_inactive",
    "account_reset_password",
    "account_reset_password_done",
    "account_reset_password_from_key",
    "account_reset_password_from_key_done",
    # Signing out twice is no offence.
    "account_logout",
}
SIGNED_IN = {
    "account_reauthenticate",
    "account_change_password",
    "account_set_password",
    "usersessions_list",
}
# Whoever may open a shell on the server; each says what it does before it does it.
COMMANDS = {"import_contracts", "seed_demo", "tick"}
# Without an argument a task can be told nothing by whoever reaches the broker.
TASKS = {"engagements.tick", "engagements.deliver"}


@pytest.fixture(autouse=True)
def _somebody():
    """An empty installation sends everybody to its welcome."""
    MembershipFactory()


def test_every_other_address_is_named_here():
    assert {pattern.name for pattern in accounts.urlpatterns} == OPEN | SIGNED_IN
    assert {str(door.pattern) for door in get_resolver().url_patterns} == {
        "accounts/",
        "technical/login/",
        "technical/",
        "",
    }


@pytest.mark.parametrize("name", sorted(SIGNED_IN))
def test_a_stranger_is_asked_to_sign_in(name):
    answer = Client().get(reverse(name))

    assert answer.status_code == 302
    assert answer["Location"].startswith(f"{settings.LOGIN_URL}?next=")


@pytest.mark.parametrize("name", sorted(OPEN - {"account_reset_password_from_key"}))
def test_a_stranger_is_let_to_the_doors(name):
    answer = Client().get(reverse(name))

    # Sent on, perhaps, but not asked to sign in for this address.
    assert answer.status_code == 200 or "next=" not in answer["Location"]


@pytest.mark.parametrize("world", [Side.CLIENT], indirect=True)
def test_the_technical_tables_are_the_operator_s_alone(world):
    reached = set()
    for persona, user in world.users.items():
        client = Client()
        if user is not None:
            client.force_login(user)
        if client.get(reverse("admin:index")).status_code == 200:
            reached.add(persona)

    assert reached == {"operator"}


def test_every_command_is_named_here():
    own = {
        name
        for name, app in get_commands().items()
        if app in {"engagements", "accounts"}
    }

    assert own == COMMANDS


def test_every_task_is_named_here_and_takes_nothing():
    ours = {name for name in current_app.tasks if not name.startswith("celery.")}

    assert ours == TASKS
    for name in TASKS:
        assert engagements.tasks.__name__ == current_app.tasks[name].__module__
        assert current_app.tasks[name].__wrapped__.__code__.co_argcount == 0
