"""What the pages about the project say is there."""

from __future__ import annotations

import os
import re
import subprocess
from pathlib import Path

import pytest
from django.core.management import get_commands

from tests.project.sources import ROOT, code

PROGRAMS = sorted(
    path for path in (ROOT / "bin").iterdir() if path.is_file() and not path.suffix
)


@pytest.mark.parametrize("program", PROGRAMS, ids=lambda path: path.name)
def test_a_command_can_be_run_and_says_what_it_does(program: Path):
    first, second = program.read_text().splitlines()[:2]

    assert os.access(program, os.X_OK)
    assert first in {"#!/bin/sh", "#!/usr/bin/env python3"}
    assert re.match(r'# \w|"""\w', second), "The second line says what it is for."


@pytest.mark.parametrize("program", PROGRAMS, ids=lambda path: path.name)
def test_a_shell_command_is_well_formed(program: Path):
    if "/bin/sh" in program.read_text().splitlines()[0]:
        subprocess.run(["/bin/sh", "-n", str(program)], check=True)  # noqa: S603 - our own files


@pytest.mark.parametrize("page", ["README.md", "CHANGELOG.md"])
def test_every_command_that_a_page_names_exists(page: str):
    text = (ROOT / page).read_text()

    programs = set(re.findall(r"\bbin/([\w-]+)", text))
    assert programs <= {path.name for path in PROGRAMS}
    assert set(re.findall(r"manage\.py (\w+)", text)) <= set(get_commands())


def test_the_readme_names_every_command():
    text = (ROOT / "README.md").read_text()

    assert [path.name for path in PROGRAMS if f"bin/{path.name}" not in text] == []


def test_every_setting_of_the_environment_is_explained():
    example = (ROOT / ".env.example").read_text()
    explained = set(re.findall(r"^#?([A-Z_]+)=", example, re.MULTILINE))

    read = {
        name
        for path in code("relman")
        for name in re.findall(
            r"""(?:env\.\w+|environ\.get)\(\s*["']([A-Z_]+)["']""", path.read_text()
        )
    }
    assert read
    assert read - explained == set()
    # bin/run reads this one itself.
    assert explained - read == {"DEMO"}


def test_every_explained_setting_says_something_above_it():
    lines = (ROOT / ".env.example").read_text().splitlines()

    for before, line in zip(["", *lines], lines, strict=False):
        if re.match(r"#?[A-Z_]+=", line):
            assert before.startswith("# "), line
