"""Days between contacts; who is missing."""

from datetime import date

import pytest

from engagements.models import Side
from engagements.relationships.rhythm import (
    contact_due_on,
    missing_roles,
    rhythm_days,
)


@pytest.mark.parametrize(
    ("segment", "own", "days"),
    [
        ("strategic", None, 14),
        ("bottleneck", None, 30),
        ("leverage", None, 30),
        ("routine", None, 90),
        ("", None, 30),
        ("routine", 7, 7),
    ],
)
def test_the_rhythm_comes_from_the_segment_unless_it_has_its_own(segment, own, days):
    assert rhythm_days(segment, own) == days


def test_silence_counts_from_the_last_contact_or_the_beginning():
    began = date(2024, 1, 1)

    assert contact_due_on(None, began, "strategic") == date(2024, 1, 15)
    assert contact_due_on(date(2024, 3, 1), began, "strategic") == date(2024, 3, 15)


def test_what_is_missing_is_listed_for_both_sides():
    missing = missing_roles([("client", "interface"), ("supplier", "sponsor")])

    assert [(row.side, row.role) for row in missing] == [
        (Side.CLIENT, "sponsor"),
        (Side.SUPPLIER, "interface"),
    ]
