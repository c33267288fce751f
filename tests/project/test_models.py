"""Every table: described, named for people, and as the migrations make it."""

from __future__ import annotations

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db import models

from tests.project.sources import code, imported, named

TABLES = [
    model
    for label in ("accounts", "engagements")
    for model in apps.get_app_config(label).get_models()
]


@pytest.mark.parametrize("model", TABLES, ids=lambda model: model.__name__)
def test_a_table_says_what_it_holds(model: type[models.Model]):
    # Django writes "Name(field, field)" where nobody wrote a docstring.
    assert model.__doc__
    assert not model.__doc__.startswith(f"{model.__name__}(")


@pytest.mark.parametrize("model", TABLES, ids=lambda model: model.__name__)
def test_a_row_has_a_name_for_people(model: type[models.Model]):
    writers = [parent for parent in model.__mro__ if "__str__" in vars(parent)]

    assert writers[0] is not models.Model


@pytest.mark.django_db
def test_the_migrations_make_the_tables_that_the_models_describe():
    call_command("makemigrations", check=True, dry_run=True, verbosity=0)


def test_nobody_reaches_past_the_front_door_of_the_tables():
    inside = "engagements.models."
    guests = [path for path in code() if "engagements/models/" not in named(path)]
    doors = {model.__name__ for model in TABLES}

    reached = [
        f"{named(path)}:{line} {name}"
        for path in guests
        for line, name in imported(path)
        if name.startswith(inside) and name.removeprefix(inside).count(".")
    ]

    assert doors
    assert reached == [], "Import it from engagements.models."
