"""The closed room: its rows are known behind its door, and nowhere else."""

from __future__ import annotations

import ast
from pathlib import Path

from django.apps import apps

from engagements.models import rooms
from tests.project.sources import code, named, tree

ROWS = [model for model in apps.get_models() if issubclass(model, rooms.Sealed)]
SEALED = {model.__name__ for model in ROWS}
# Modules that delete such rows with what they hang on, unread.
ALSO: set[str] = set()


def behind_the_door(path: Path) -> bool:
    """Tables, and modules of boards that say in their name that they are the room's."""
    place = named(path)
    if place.startswith("engagements/models/") or place in ALSO:
        return True
    return place.startswith("engagements/boards/") and path.stem.startswith("room")


def sealed_names_in(module: ast.Module) -> set[str]:
    """The sealed tables that a module takes from the tables or asks for by name."""
    taken = {
        alias.name
        for node in ast.walk(module)
        if isinstance(node, ast.ImportFrom) and node.module == "engagements.models"
        for alias in node.names
    }
    asked = {
        word.value
        for node in ast.walk(module)
        if isinstance(node, ast.Call) and getattr(node.func, "attr", "") == "get_model"
        for word in node.args
        if isinstance(word, ast.Constant)
    }
    return SEALED & (taken | asked)


def test_only_the_room_reads_the_rows_of_the_room():
    found = {
        named(path): sealed_names_in(tree(path))
        for path in code("engagements")
        if "migrations" not in path.parts and not behind_the_door(path)
    }

    assert len(SEALED) == 11
    assert {place: names for place, names in found.items() if names} == {}


def test_nothing_leads_from_open_rows_into_the_room():
    openings = [
        f"{model.__name__}.{field.name}"
        for model in ROWS
        for field in model._meta.get_fields()
        if field.is_relation
        and field.concrete
        and field.related_model.__name__ not in SEALED
        and not field.remote_field.hidden
    ]

    assert openings == [], 'Say related_name="+".'


def test_the_rule_sees_a_table_by_import_and_by_name():
    module = ast.parse(
        "from engagements.models import Board, Topic\n"
        'apps.get_model("engagements", "Contribution")'
    )

    assert sealed_names_in(module) == {"Topic", "Contribution"}
