"""Dates as people type them."""

from contextlib import suppress
from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engagements.typed_dates import TypedDateError, parse_day, parse_when

# What looks like a date, whether or not it is one.
SHAPES = (
    r"(end of |next |in )?([0-9]{1,4}|fri|feb|may)[ /.:-]?([0-9]{1,3}|feb|w|am)?"
    r"[ /.:-]?([0-9]{1,5}|h|m)?"
)
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


@pytest.mark.parametrize(
    ("typed", "day_first", "better"),
    [("31/2", True, "28/2"), ("2/31", False, "2/28"), ("31.2.", False, "28.2.")],
)
def test_the_day_that_does_exist_is_written_in_the_readers_order(
    typed, day_first, better
):
    with pytest.raises(TypedDateError) as refused:
        parse_day(typed, TODAY, day_first=day_first)

    assert f"Try {better} or" in str(refused.value)
    read = parse_day(better, TODAY, day_first=day_first)
    assert (read.day, read.month) == (28, 2)


@pytest.mark.parametrize(
    "typed",
    ["", "soon", "99/99", "0/0", "fri fri", "2027-13-01", "end of february 0000"],
)
def test_what_is_no_date_is_said_in_words(typed):
    with pytest.raises(TypedDateError, match="is not a date"):
        parse_day(typed, TODAY)


@pytest.mark.parametrize(
    "typed", ["9999-12-01", "1/1/1899", "end of may 2201", "14 jan 0001"]
)
def test_a_year_nobody_means_is_said_with_those_that_can_be(typed):
    with pytest.raises(TypedDateError, match="between 1900 and 2200"):
        parse_day(typed, TODAY)


def test_the_next_friday_is_ahead_even_where_the_past_is_meant():
    assert parse_day("next fri", TODAY, past=True) == date(2026, 12, 4)


@given(st.text(max_size=20) | st.from_regex(SHAPES, fullmatch=True), st.booleans())
def test_whatever_is_typed_is_a_day_or_words(typed, past):
    with suppress(TypedDateError):
        assert isinstance(parse_day(typed, TODAY, past=past), date)
    with suppress(TypedDateError):
        assert isinstance(parse_when(typed, NOW).at, datetime)


@given(st.dates(date(1900, 1, 1), date(2200, 12, 31)), st.booleans())
def test_a_whole_date_is_read_alike_in_every_writing(day, past):
    month = f"{day:%B}"
    for typed in (
        day.isoformat(),
        f"{day.day}/{day.month}/{day.year}",
        f"{day.day}.{day.month}.{day.year}",
        f"{day.day} {month} {day.year}",
        f"{month[:3]} {day.day}, {day.year}",
    ):
        assert parse_day(typed, TODAY, past=past) == day
    written = f"{day.month}/{day.day}/{day.year}"
    assert parse_day(written, TODAY, day_first=False, past=past) == day


@given(st.dates(date(1990, 1, 1), date(2100, 1, 1)), st.dates())
def test_a_day_without_a_year_is_the_nearest_on_the_side_that_is_meant(today, day):
    typed = f"{day.day}/{day.month}"

    ahead, behind = parse_day(typed, today), parse_day(typed, today, past=True)

    assert behind <= today <= ahead
    assert {(d.day, d.month) for d in (ahead, behind)} == {(day.day, day.month)}
    # 29 February may be eight years away, where a century has none.
    most = 8 * 366 if typed == "29/2" else 366
    assert max((ahead - today).days, (today - behind).days) <= most


NOW = datetime(2026, 11, 23, 14, 31, tzinfo=UTC)


@pytest.mark.parametrize(
    ("typed", "at", "minutes"),
    [
        ("today 14:10, 18 min", datetime(2026, 11, 23, 14, 10, tzinfo=UTC), 18),
        ("yesterday 9am", datetime(2026, 11, 22, 9, 0, tzinfo=UTC), None),
        ("mon 14:30 1h", datetime(2026, 11, 23, 14, 30, tzinfo=UTC), 60),
        ("20/11 1.5h", datetime(2026, 11, 20, 14, 31, tzinfo=UTC), 90),
        ("12pm", datetime(2026, 11, 23, 12, 0, tzinfo=UTC), None),
        ("9.30, 1h 30", datetime(2026, 11, 23, 9, 30, tzinfo=UTC), 90),
        ("20.11. 14:10", datetime(2026, 11, 20, 14, 10, tzinfo=UTC), None),
        ("20.11.2026 9.30", datetime(2026, 11, 20, 9, 30, tzinfo=UTC), None),
        ("20.11.2026", datetime(2026, 11, 20, 14, 31, tzinfo=UTC), None),
        ("today 1.25h", datetime(2026, 11, 23, 14, 31, tzinfo=UTC), 75),
        ("", datetime(2026, 11, 23, 14, 31, tzinfo=UTC), None),
    ],
)
def test_a_moment_and_its_length_are_read(typed, at, minutes):
    when = parse_when(typed, NOW)

    assert (when.at, when.minutes) == (at, minutes)


@pytest.mark.parametrize("typed", ["99am", "0pm", "25:00", "today 13am", "9:75"])
def test_a_time_no_clock_shows_is_refused(typed):
    with pytest.raises(TypedDateError, match="is not a"):
        parse_when(typed, NOW)
