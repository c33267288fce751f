"""Which days a place works: weekends, public holidays, an organisation's own days."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engagements.parties.working_days import JointCalendar, WorkingCalendar

BAVARIA, ENGLAND = WorkingCalendar("DE", "BY"), WorkingCalendar("GB", "ENG")
BOTH = JointCalendar((BAVARIA, ENGLAND))


@pytest.mark.parametrize(
    ("calendar", "day", "works"),
    [
        (WorkingCalendar(), date(2026, 12, 25), True),
        (WorkingCalendar(), date(2026, 12, 26), False),
        # Epiphany is kept in Bavaria, not in Berlin.
        (BAVARIA, date(2026, 1, 6), False),
        (WorkingCalendar("DE", "BE"), date(2026, 1, 6), True),
        (ENGLAND, date(2026, 12, 25), False),
        # Friday and Saturday are the weekend there.
        (WorkingCalendar("SA"), date(2026, 11, 20), False),
        (WorkingCalendar("SA"), date(2026, 11, 22), True),
        # Neither country nor region is known: what is left counts.
        (WorkingCalendar("XX"), date(2026, 12, 25), True),
        (WorkingCalendar("DE", "ZZ"), date(2026, 12, 25), False),
    ],
)
def test_a_place_has_its_own_weekend_and_holidays(calendar, day, works):
    assert calendar.works(day) is works


def test_an_organisations_own_days_are_right_where_the_package_is_not():
    christmas, monday = date(2026, 12, 25), date(2026, 11, 23)
    own = WorkingCalendar(
        "GB", "ENG", closed=frozenset({monday}), opened=frozenset({christmas})
    )

    assert own.works(christmas)
    assert not own.works(monday)


def test_a_day_off_on_either_side_is_a_day_off_for_both():
    epiphany = date(2026, 1, 6)

    assert ENGLAND.works(epiphany)
    assert not BOTH.works(epiphany)
    assert BOTH.on_or_after(epiphany) == date(2026, 1, 7)
    assert BOTH.on_or_before(epiphany) == date(2026, 1, 5)


def test_working_days_are_counted_on_and_back_over_christmas():
    assert BOTH.add(date(2026, 12, 23), 2) == date(2026, 12, 29)
    assert BOTH.add(date(2026, 12, 29), -2) == date(2026, 12, 23)
    assert BOTH.add(date(2026, 12, 26), 0) == date(2026, 12, 26)


@given(st.dates(date(2000, 1, 1), date(2099, 12, 1)), st.integers(-40, 40))
def test_counting_on_and_back_again_comes_to_the_same_working_day(day, count):
    start = BOTH.on_or_after(day)

    there = BOTH.add(start, count)

    assert BOTH.works(there)
    assert BOTH.add(there, -count) == start
    low, high = min(start, there), max(start, there)
    between = (low + timedelta(days=n) for n in range((high - low).days))
    assert sum(map(BOTH.works, between)) == abs(count)


@given(st.dates(date(2000, 1, 1), date(2099, 12, 1)))
def test_the_sides_may_be_named_in_any_order(day):
    swapped = JointCalendar((ENGLAND, BAVARIA))

    assert swapped.works(day) == BOTH.works(day)
    assert swapped.on_or_before(day) == BOTH.on_or_before(day) <= day
    assert swapped.on_or_after(day) == BOTH.on_or_after(day) >= day
