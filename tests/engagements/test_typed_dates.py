"""Dates as people type them."""

from datetime import UTC, date, datetime

import pytest

from engagements.typed_dates import TypedDateError, parse_day, parse_when

# A Monday.
TODAY = date(2026, 11, 23)


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("today", date(2026, 11, 23)),
        ("Tomorrow", date(2026, 11, 24)),
        ("fri", date(2026, 11, 27)),
        ("monday", date(2026, 11, 23)),
        ("next fri", date(2026, 12, 4)),
        ("in 3 weeks", date(2026, 12, 14)),
        ("2w", date(2026, 12, 7)),
        ("in a month", date(2026, 12, 23)),
        ("14/1", date(2027, 1, 14)),
        ("14.1.", date(2027, 1, 14)),
        ("14/1/2028", date(2028, 1, 14)),
        ("24/11", date(2026, 11, 24)),
        ("14 jan", date(2027, 1, 14)),
        ("Jan 14", date(2027, 1, 14)),
        ("14th January 2029", date(2029, 1, 14)),
        ("2027-01-14", date(2027, 1, 14)),
        ("end of february", date(2027, 2, 28)),
        ("eom", date(2026, 11, 30)),
        ("29/2", date(2028, 2, 29)),
    ],
)
def test_a_day_ahead_is_read_as_typed(typed, expected):
    assert parse_day(typed, TODAY) == expected


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("fri", date(2026, 11, 20)),
        ("yesterday", date(2026, 11, 22)),
        ("14/1", date(2026, 1, 14)),
        ("3 days ago", date(2026, 11, 20)),
        ("last monday", date(2026, 11, 16)),
        ("end of december", date(2025, 12, 31)),
    ],
)
def test_what_has_happened_lies_behind(typed, expected):
    assert parse_day(typed, TODAY, past=True) == expected


def test_the_month_comes_first_for_those_who_write_it_so():
    assert parse_day("3/4", TODAY, day_first=False) == date(2027, 3, 4)
    assert parse_day("3/4", TODAY) == date(2027, 4, 3)


def test_a_day_that_does_not_exist_names_one_that_does():
    with pytest.raises(TypedDateError) as refused:
        parse_day("31/2/2027", TODAY)

    assert str(refused.value) == (
        "“31/2/2027” is not a date. Try 28/2 or “end of February”."
    )


@pytest.mark.parametrize("typed", ["", "soon", "99/99", "0/0", "fri fri", "2027-13-01"])
def test_what_is_no_date_is_said_in_words(typed):
    with pytest.raises(TypedDateError, match="is not a date"):
        parse_day(typed, TODAY)


NOW = datetime(2026, 11, 23, 14, 31, tzinfo=UTC)


@pytest.mark.parametrize(
    ("typed", "at", "minutes"),
    [
        ("today 14:10, 18 min", datetime(2026, 11, 23, 14, 10, tzinfo=UTC), 18),
        ("yesterday 9am", datetime(2026, 11, 22, 9, 0, tzinfo=UTC), None),
        ("mon 14:30 1h", datetime(2026, 11, 23, 14, 30, tzinfo=UTC), 60),
        ("20/11 1.5h", datetime(2026, 11, 20, 14, 31, tzinfo=UTC), 90),
        ("12pm", datetime(2026, 11, 23, 12, 0, tzinfo=UTC), None),
        ("", datetime(2026, 11, 23, 14, 31, tzinfo=UTC), None),
    ],
)
def test_a_moment_and_its_length_are_read(typed, at, minutes):
    when = parse_when(typed, NOW)

    assert (when.at, when.minutes) == (at, minutes)
