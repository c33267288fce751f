"""What is installed: pinned, with a reason, locked, and named without a place."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.project.sources import ROOT

LISTS = ["requirements", "requirements-dev"]
PIN = re.compile(r"^([A-Za-z0-9._-]+)(?:\[[\w,-]+\])?==([\w.]+)(?: ?;.*?)?\s*\\?$")


def pins(path: Path) -> dict[str, str]:
    """Version of each package that a list or a lock names."""
    found = (PIN.match(line) for line in path.read_text().splitlines())
    return {re.sub(r"[._-]+", "-", pin[1]).lower(): pin[2] for pin in found if pin}


@pytest.mark.parametrize("name", LISTS)
def test_a_package_is_pinned_and_stands_under_its_reason(name: str):
    lines = (ROOT / f"{name}.txt").read_text().splitlines()

    for before, line in zip(["", *lines], lines, strict=False):
        if line and not line.startswith(("#", "-r ")):
            assert PIN.match(line), f"{line}: pin it with =="
            assert before.startswith("#"), f"{line}: say why in the line above"


@pytest.mark.parametrize("name", LISTS)
def test_the_lock_holds_what_the_list_asks_for(name: str):
    wanted, locked = pins(ROOT / f"{name}.txt"), pins(ROOT / f"{name}.lock")

    assert wanted
    assert {key: locked.get(key) for key in wanted} == wanted, "Run bin/lock."


def test_development_installs_what_production_installs():
    production, development = (pins(ROOT / f"{name}.lock") for name in LISTS)

    assert production.items() <= development.items(), "Run bin/lock."


@pytest.mark.parametrize("name", LISTS)
def test_every_locked_package_has_its_sums_and_no_place(name: str):
    text = (ROOT / f"{name}.lock").read_text()
    blocks = re.split(r"\n(?=[A-Za-z])", text)[1:]

    assert len(blocks) == len(pins(ROOT / f"{name}.lock"))
    assert [block for block in blocks if "--hash=sha256:" not in block] == []
    assert (
        re.findall(r"https?://|file:|--index|--find-links| @ |/opt|/root", text) == []
    )


def test_debians_python_finds_all_that_it_needs():
    # redis needs it on Python 3.11.2, which Debian 12 has, and not on 3.11.3 or later.
    assert "async-timeout" in pins(ROOT / "requirements.lock")
