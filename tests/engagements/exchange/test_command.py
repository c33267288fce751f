"""The same from the command line: preview by default, commit on demand."""

import json
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from engagements.models import Contract, ImportRun, Organisation
from tests.engagements.exchange.conftest import (
    REGISTER,
    csv_of,
    needs_register,
    profile_data,
)
from tests.engagements.exchange.test_profiles import KEPT
from tests.factories import OrganisationFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def files(tmp_path):
    (tmp_path / "profile.json").write_text(json.dumps(profile_data()))
    (tmp_path / "contracts.csv").write_bytes(
        csv_of("C-1,Hollin,Cleaning,2026-01-01,2026-12-31,10", "C-2,,T,2026-01-01,,")
    )
    return tmp_path


def run(folder, *more, file="contracts.csv", name="Tarnmoor"):
    out = StringIO()
    call_command(
        "import_contracts",
        str(folder / file),
        *("--as", name, "--profile", str(folder / "profile.json")),
        *more,
        stdout=out,
    )
    return out.getvalue()


def test_a_preview_writes_nothing_at_all(files):
    words = run(files)

    assert "contracts: 1 new, 0 updated, 0 unchanged, 1 rejected" in words
    assert "Preview only" in words
    assert not Organisation.objects.exists()
    assert not ImportRun.objects.exists()


def test_a_commit_makes_the_first_organisation_and_keeps_the_file(files):
    report = json.loads(run(files, "--commit", "--json", "--in-force-on", "2026-06-01"))

    assert report == {
        "read": 2,
        "organisations": {"new": 1, "updated": 0, "unchanged": 0, "rejected": 0},
        "relationships": {"new": 1, "updated": 0, "unchanged": 0, "rejected": 0},
        "contracts": {"new": 1, "updated": 0, "unchanged": 0, "rejected": 1},
        "amendments": {"new": 0, "updated": 0, "unchanged": 0, "rejected": 0},
        "warnings": {
            "missing_organisation": 1,
            "no_number": 1,
            "missing_notice_period": 1,
        },
        "totals": {"GBP": {"original": "10.00", "current": "10.00"}},
        "in_force": {"2026-06-01": 1},
        "in_force_original": {"2026-06-01": 1},
    }
    assert Organisation.objects.get(kept_by=None).name == "Tarnmoor"
    assert ImportRun.objects.get().state == ImportRun.State.COMMITTED


def test_an_organisation_is_named_by_its_name_whatever_its_case(files):
    OrganisationFactory(name="TARNMOOR")
    OrganisationFactory(name="Another")

    run(files, "--commit")

    assert Contract.objects.get().relationship.client.name == "TARNMOOR"


def test_an_unknown_organisation_is_not_made_beside_others(files):
    OrganisationFactory(name="Another")

    with pytest.raises(CommandError, match="There is: “Another”"):
        run(files, "--commit")


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "The file is empty"),
        (b"a,b\n1,2\n", "no column .*“Supplier”"),
        (b"a\xff,b\n1,2\n", "is not UTF-8: byte 1"),
    ],
)
def test_a_broken_file_is_refused_in_words_and_writes_nothing(files, content, words):
    (files / "broken.csv").write_bytes(content)

    with pytest.raises(CommandError, match=words):
        run(files, "--commit", file="broken.csv")
    assert not Organisation.objects.exists()


def test_what_does_not_fit_together_is_said(files):
    with pytest.raises(CommandError, match="No such file"):
        run(files, file="missing.csv")
    with pytest.raises(CommandError, match="does not say how to read amendments"):
        run(files, "--amendments", str(files / "contracts.csv"))
    with pytest.raises(CommandError, match="is not a date"):
        run(files, "--in-force-on", "July")
    (files / "profile.json").write_text("{}")
    with pytest.raises(CommandError, match="Profile, “contract”"):
        run(files)


@needs_register
def test_a_public_register_comes_in_once():
    def register():
        out = StringIO()
        call_command(
            "import_contracts",
            str(REGISTER / "contracts.csv"),
            *("--as", "Register", "--profile", str(KEPT / "austender.json")),
            *("--amendments", str(REGISTER / "amendments.csv")),
            *("--commit", "--json", "--in-force-on", "2024-07-01"),
            stdout=out,
        )
        return json.loads(out.getvalue())

    first, second = register(), register()

    counts = {"organisations": 538, "relationships": 548, "contracts": 600}
    for name, count in {**counts, "amendments": 64}.items():
        assert first[name]["new"] == second[name]["unchanged"] == count
        assert second[name]["new"] == second[name]["updated"] == 0
    assert first["totals"] == second["totals"]
    assert first["in_force"] == second["in_force"] == {"2024-07-01": 275}
    assert second["in_force_original"] == {"2024-07-01": 270}
    assert Contract.objects.count() == 600
