"""The named cases of the method; METHOD_VECTORS names another file of them."""

import json
import os
from datetime import date
from itertools import zip_longest
from pathlib import Path

import pytest

from engagements.reviews.scoring.parameters import STANDARD
from tests.engagements.reviews.method_adapter import FUNCTIONS
from tests.engagements.reviews.method_parameters import method_of

COPY = Path(__file__).parents[2] / "data" / "method.json"
GIVEN = json.loads(
    Path(os.environ.get("METHOD_VECTORS", COPY)).read_text(encoding="utf-8")
)
METHOD = method_of(GIVEN.get("params", {}))
TOLERANCE = 0.005
# A figure of two decimals that lies exactly between two is not wrong either way.
NOISE = 1e-9


@pytest.mark.parametrize("case", GIVEN["vectors"], ids=lambda case: case["id"])
def test_the_method_answers_as_the_case_says(case):
    assert case["fn"] in FUNCTIONS, f"Nothing computes {case['fn']!r}."

    found = FUNCTIONS[case["fn"]](METHOD, case["inputs"])

    assert differences(found, case["expected"]) == []


def test_the_thresholds_of_the_copy_are_ours():
    usual = json.loads(COPY.read_text(encoding="utf-8"))["params"]

    assert method_of(usual) == STANDARD


@pytest.mark.parametrize(
    ("found", "expected"),
    [
        (1.0, 1.006),
        (None, 1.0),
        (1.0, None),
        (True, 1),
        (1, True),
        ("ok", "no_data"),
        (["gap"], ["gap", "silence"]),
        ([2.0], [1.0]),
        ({"value": 1.0, "n": 1}, {"value": 1.0, "n": 2}),
        ({"value": 1.0}, {"value": 1.0, "n": 1}),
        ({"TRU": 1.0, "DEL": 1.0}, {"TRU": 1.0}),
        ({"slope": 1.0, "n": 2}, None),
        (None, {"slope": 1.0}),
    ],
)
def test_a_wrong_answer_is_seen(found, expected):
    assert differences(found, expected) != []


def differences(found, expected, place=""):
    """Where an answer is not the expected one; figures may be off by the tolerance."""
    if isinstance(found, dict) and expected is None:
        # The file says "nothing" also of a record that has no figure and no word.
        told = [one for one in found.values() if isinstance(one, float | str)]
        return [f"{place}: {told} is not nothing"] if told else []
    if isinstance(found, dict | None) and isinstance(expected, dict):
        ours = found or {}
        pairs = [(ours.get(key), expected.get(key), key) for key in ours | expected]
        return [one for pair in pairs for one in differences(*pair)]
    if isinstance(found, list | tuple) and isinstance(expected, list):
        pairs = enumerate(zip_longest(found, expected))
        return [one for at, pair in pairs for one in differences(*pair, at)]
    return [] if same(found, expected) else [f"{place}: {found!r} is not {expected!r}"]


def same(found, expected):
    if isinstance(found, bool) or isinstance(expected, bool):
        return found is expected
    if isinstance(found, int | float) and isinstance(expected, int | float):
        return abs(found - expected) <= TOLERANCE + NOISE
    if isinstance(found, date):
        return found.isoformat() == expected
    if isinstance(found, str) and isinstance(expected, str):
        # Words are ours with "_" where the file may write them apart.
        return found == expected.replace(" ", "_")
    return found == expected
