"""Profiles: every mistake is named by its key and the reason."""

import json
from pathlib import Path

import pytest

from engagements.exchange.profiles import (
    ProfileError,
    header_signature,
    load_profile,
    profile_from,
)
from engagements.exchange.values import DateForm, NumberForm
from engagements.models import Side
from tests.engagements.exchange.conftest import profile_data

KEPT = Path(__file__).resolve().parents[3] / "docs" / "profiles"


@pytest.mark.parametrize("path", sorted(KEPT.glob("*.json")), ids=lambda p: p.name)
def test_profiles_of_the_documentation_can_be_used(path):
    assert load_profile(path.read_text()).name


def test_a_profile_without_more_has_defaults():
    profile = profile_from(
        {
            "organisations": {"client": {"name": "Buyer"}},
            "contract": {"start_on": "Start"},
        }
    )

    assert profile.stands_for is Side.CLIENT
    assert profile.dates == (DateForm.ISO,)
    assert profile.numbers == NumberForm(".", ",")
    assert profile.scope == "General"
    assert not profile.supplier.present


def test_a_decimal_comma_takes_the_point_for_thousands():
    profile = profile_from(profile_data(numbers={"decimal": ","}))

    assert profile.numbers == NumberForm(",", ".")


@pytest.mark.parametrize(
    ("change", "key", "reason"),
    [
        ({"colums": {}}, "colums", "is not a key here"),
        ({"version": 2}, "version", "must be 1"),
        ({"stands_for": "buyer"}, "stands_for", "must be one of"),
        ({"time_zone": "Sydney"}, "time_zone", "is not a time zone"),
        ({"time_zone": "../etc/passwd"}, "time_zone", "is not a time zone"),
        ({"dates": ["dd.mm"]}, "dates", "must be one of"),
        ({"dates": []}, "dates", "must be a list"),
        (
            {"dates": ["day/month/year", "month/day/year"]},
            "dates",
            "day first or month first, not both",
        ),
        ({"numbers": {"decimal": ";"}}, "numbers.decimal", "must be one of"),
        (
            {"numbers": {"decimal": ",", "thousands": ","}},
            "numbers.thousands",
            "must differ",
        ),
        ({"currency": "dollars"}, "currency", "three letters"),
        ({"null_words": "NA"}, "null_words", "must be a list"),
        ({"encoding": "ebcdic"}, "encoding", "must be one of"),
        ({"organisations": {}}, "organisations", "at least one side"),
        ({"organisations": []}, "organisations", "must be an object"),
        (
            {"organisations": {"client": {"country": "C"}}},
            "organisations.client.name",
            "say which column",
        ),
        (
            {"organisations": {"client": {"name": "A", "number": {"column": "B"}}}},
            "organisations.client.number.scheme",
            "is missing",
        ),
        (
            {
                "organisations": {
                    "client": {"name": "A", "number": {"scheme": "ABN", "column": "B"}}
                }
            },
            "organisations.client.number.scheme",
            "AU-ABN",
        ),
        ({"contract": {"key": "No"}}, "contract.start_on", "say which column"),
        ({"contract": {"begin": "No"}}, "contract.begin", "is not a key here"),
        ({"contract": {"start_on": 3}}, "contract.start_on", "must be a text"),
        ({"contract": None}, "contract", "must be an object"),
        ({"words": {"renewal": {"x": "soon"}}}, "words.renewal.x", "must be one of"),
        ({"amendments": {"value": "V"}}, "amendments.contract", "say which column"),
        (
            {
                "contract": {"start_on": "S"},
                "amendments": {"contract": "A", "reference": "B"},
            },
            "contract.key",
            "amendments find",
        ),
    ],
)
def test_a_mistake_in_a_profile_is_named_by_its_key(change, key, reason):
    with pytest.raises(ProfileError) as caught:
        profile_from(profile_data(**change))

    assert caught.value.key == key
    assert reason in caught.value.message


def test_text_that_is_not_json_is_refused_in_words():
    with pytest.raises(ProfileError, match="this is not JSON"):
        load_profile("{,}")
    with pytest.raises(ProfileError, match="must be an object"):
        load_profile(json.dumps([]))


def test_files_with_the_same_columns_are_known_again():
    assert header_signature(["Title", "Début"]) == header_signature(["debut ", "TITLE"])
    assert header_signature(["Title"]) != header_signature(["Titles"])
