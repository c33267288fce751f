"""From days and figures to places."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engagements.charts.scale import Days, months_after, place, share


@pytest.mark.parametrize(
    ("value", "words"), [(0, "0"), (12.5, "12.5"), (33.3333, "33.33"), (100, "100")]
)
def test_a_place_is_short(value: float, words: str):
    assert place(value) == words


@given(st.floats(-1e6, 1e6), st.floats(-1e6, 1e6))
def test_a_share_stays_within_the_bar(value: float, whole: float):
    assert 0 <= share(value, whole) <= 100


@given(st.dates(), st.integers(1, 4000), st.dates())
def test_a_day_lies_on_its_line(first: date, length: int, day: date):
    try:
        last = first + timedelta(days=length)
    except OverflowError:
        return
    line = Days(first, last)
    assert 0 <= line.at(day) <= 100
    assert line.at(first) == 0
    assert line.at(last) == 100


def test_months_run_over_the_end_of_the_year():
    assert months_after(date(2026, 11, 18), 2) == date(2027, 1, 1)
    assert months_after(date(2026, 11, 18), 18) == date(2028, 5, 1)
    assert months_after(date(2026, 12, 31), 0) == date(2026, 12, 1)
