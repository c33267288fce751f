"""Every address and every persona, on real rows; denied means unchanged."""

from __future__ import annotations

import hashlib
from functools import cache
from pathlib import Path
from urllib.parse import urlencode

import pytest
from django.apps import apps
from django.db import connection, transaction
from django.urls import reverse

from accounts.models import User
from engagements import urls
from engagements.models import Side
from tests.access_matrix import board_answers, board_table, table
from tests.access_matrix.sessions import client
from tests.access_matrix.table import EVERYBODY, SIGNED_OUT, WITHOUT_STANDING, Route
from tests.access_matrix.world import World
from tests.leaks import plain

pytestmark = pytest.mark.django_db
ROOT = Path(__file__).parents[2]
ROUTES = [*table.ROUTES, *board_table.ROUTES, *board_answers.ROUTES]
OPEN = table.OPEN | board_table.OPEN | board_answers.OPEN


def identity(route: Route) -> str:
    return "-".join([route.name, *(about for _argument, about in route.rows)])


def test_every_address_has_a_row():
    listed = {route.name for route in ROUTES} | set(OPEN)

    assert {pattern.name for pattern in urls.urlpatterns} - listed == set()


@pytest.mark.parametrize("name", sorted(OPEN))
def test_an_open_door_is_tested_where_it_is_said(name):
    tests = "".join(
        path.read_text(encoding="utf-8") for path in (ROOT / OPEN[name]).rglob("*.py")
    )

    route = next(pattern for pattern in urls.urlpatterns if pattern.name == name)
    pieces = [piece for piece in str(route.pattern).split("/") if piece.isalpha()]
    assert f"{name}" in tests or all(piece in tests for piece in pieces)


def answer(world: World, route: Route, persona: str):
    browser = client(world, persona)
    if persona.endswith("disabled"):
        # The session is alive; the person was switched off meanwhile.
        User.objects.filter(pk=world.users[persona].pk).update(is_active=False)
    arguments = {name: world.rows[about].pk for name, about in route.rows}
    address = reverse(f"engagements:{route.name}", kwargs=arguments)
    asked = urlencode({name: world.rows[about].pk for name, about in route.query})
    response = getattr(browser, route.method)(
        f"{address}?{asked}" if asked else address
    )
    if response.streaming:
        # Read to its end, a file closes itself.
        b"".join(response.streaming_content)
    return response


def outcome(response) -> str:
    if response.status_code == 302 and "/accounts/login/" in response["Location"]:
        return "sign in"
    named = {403: "refused", 404: "missing"}
    return named.get(response.status_code, "reached")


def expected(route: Route, persona: str) -> set[str]:
    if persona in SIGNED_OUT:
        return {"sign in"}
    if persona in route.may:
        return {"reached"}
    if persona in WITHOUT_STANDING or route.private:
        return {"refused", "missing"}
    return {"missing"} if persona in route.hidden else {"refused"}


def digest() -> str:
    """All rows of all tables but sessions, as one value."""
    found = hashlib.sha256()
    with connection.cursor() as cursor:
        for look in looks():
            cursor.execute(look)
            rows = [[*map(plain, row)] for row in cursor.fetchall()]
            found.update(repr(rows).encode())
    return found.hexdigest()


@cache
def looks() -> list[str]:
    """A question for each of the tables; a model's own would be worded every time."""
    quoted = connection.ops.quote_name
    return [
        f"SELECT * FROM {quoted(row.db_table)} ORDER BY {quoted(row.pk.column)}"  # noqa: S608 - names of our own
        for row in (model._meta for model in apps.get_models(include_auto_created=True))
        if row.app_label not in {"sessions", "usersessions", "admin"} and not row.proxy
    ]


@pytest.mark.parametrize("world", list(Side), indirect=True)
@pytest.mark.parametrize("route", ROUTES, ids=identity)
def test_who_may_reach_it(world, route):
    wrong = {}

    for persona in sorted(EVERYBODY & set(world.users)):
        with transaction.atomic():
            found = outcome(answer(world, route, persona))
            # Whatever it did is taken back, so that each persona meets the same world.
            transaction.set_rollback(True)
        if found not in expected(route, persona):
            wrong[persona] = found

    assert wrong == {}


@pytest.mark.parametrize("world", [Side.CLIENT], indirect=True)
@pytest.mark.parametrize("route", ROUTES, ids=identity)
def test_whoever_is_denied_changes_nothing(world, route, mailoutbox, kept_files):
    User.objects.filter(pk=world.users["own_disabled"].pk).update(is_active=False)
    User.objects.filter(pk=world.users["other_disabled"].pk).update(is_active=False)
    denied = sorted(set(world.users) - route.may - SIGNED_OUT)
    files = sorted(path.name for path in kept_files.rglob("*") if path.is_file())
    before = digest()

    for persona in denied:
        arguments = {name: world.rows[about].pk for name, about in route.rows}
        address = reverse(f"engagements:{route.name}", kwargs=arguments)
        client(world, persona).post(address, {"text": "x", "title": "x", "reason": "x"})

    assert digest() == before
    assert mailoutbox == []
    assert files == sorted(
        path.name for path in kept_files.rglob("*") if path.is_file()
    )
