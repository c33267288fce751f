"""Writes and reads know nothing of the web, and writes are called by name."""

from __future__ import annotations

import ast
from pathlib import Path

from tests.project.sources import ROOT, code, imported, named, tree

WEB = (
    "django.http",
    "django.shortcuts",
    "django.forms",
    "django.contrib.messages",
    "crispy_forms",
    "django_htmx",
    "engagements.web",
    "engagements.widgets",
)


def parts(*names: str) -> list[Path]:
    """Files of the features named so: a module, or a package of several."""
    return [
        path
        for path in code("engagements")
        if path.stem in names or set(names) & set(path.relative_to(ROOT).parts[:-1])
    ]


def test_tables_writes_and_reads_know_nothing_of_the_web():
    found = [
        f"{named(path)}:{line} imports {name}"
        for path in parts("models", "actions", "queries")
        for line, name in imported(path)
        if f"{name}.".startswith(tuple(f"{place}." for place in WEB))
    ]

    assert parts("models", "actions", "queries")
    assert found == []


def test_who_writes_is_said_by_name():
    found = [
        f"{named(path)}:{node.lineno} {node.name}"
        for path in parts("actions")
        for node in tree(path).body
        if isinstance(node, ast.FunctionDef)
        and not node.name.startswith("_")
        and "by" in {argument.arg for argument in node.args.args}
    ]

    assert parts("actions")
    assert found == [], "Put * before it."


def test_the_import_rule_knows_every_part_of_the_business():
    rule = (ROOT / "pyproject.toml").read_text()

    unknown = [
        folder.name
        for folder in (ROOT / "engagements").iterdir()
        if (folder / "views.py").exists() or (folder / "views").is_dir()
        if f'"engagements.{folder.name}"' not in rule
    ]

    assert unknown == [], "Name it in the contract “Inside a part”."
