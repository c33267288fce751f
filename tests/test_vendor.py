"""What is copied from other people's packages is what the list says it is."""

import hashlib
import json
from pathlib import Path

ROOT = Path(__file__).parent.parent
VENDOR = ROOT / "static" / "vendor"


def entries() -> list[dict[str, str]]:
    return json.loads((VENDOR / "vendor.json").read_text())


def test_every_vendored_file_has_the_sum_that_the_list_gives():
    sums = {
        entry["file"]: hashlib.sha256((VENDOR / entry["file"]).read_bytes()).hexdigest()
        for entry in entries()
    }
    assert sums == {entry["file"]: entry["sha256"] for entry in entries()}


def test_no_file_is_vendored_without_being_listed():
    listed = {entry["file"] for entry in entries()} | {"vendor.json"}
    assert {path.name for path in VENDOR.iterdir()} == listed


def test_the_listed_versions_are_those_of_the_lock():
    lock = json.loads((ROOT / "package-lock.json").read_text())["packages"]
    for entry in entries():
        assert (
            lock[f"node_modules/{entry['package']}"]["version"] == entry["version"]
        ), entry["file"]


def test_the_lock_names_no_registry():
    assert '"resolved"' not in (ROOT / "package-lock.json").read_text()


def test_no_vendored_file_points_at_a_source_map():
    for path in VENDOR.iterdir():
        assert b"sourceMappingURL=" not in path.read_bytes(), path.name
