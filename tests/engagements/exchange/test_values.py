"""Cells into values, and which way a column is written."""

import zoneinfo
from datetime import date, datetime
from decimal import Decimal

import pytest

from engagements.exchange.values import (
    DateForm,
    NumberForm,
    UnreadableError,
    amount_of,
    day_of,
    folded,
    likely_forms,
    likely_numbers,
    text_of,
    whole_of,
)

SYDNEY = zoneinfo.ZoneInfo("Australia/Sydney")
UTC = zoneinfo.ZoneInfo("UTC")
COMMA = NumberForm(",", ".")


@pytest.mark.parametrize(
    ("cell", "form", "day"),
    [
        ("2026-03-04", DateForm.ISO, date(2026, 3, 4)),
        ("2026-03-04T09:30:00", DateForm.ISO, date(2026, 3, 4)),
        ("4/3/2026", DateForm.DAY_FIRST, date(2026, 3, 4)),
        ("04.03.26", DateForm.DAY_FIRST, date(2026, 3, 4)),
        ("4-3-2026 00:00", DateForm.DAY_FIRST, date(2026, 3, 4)),
        ("3/4/2026", DateForm.MONTH_FIRST, date(2026, 3, 4)),
        ("20260304", DateForm.COMPACT, date(2026, 3, 4)),
        ("4 Mar 2026", DateForm.MONTH_NAMES, date(2026, 3, 4)),
        ("4-Mar-26", DateForm.MONTH_NAMES, date(2026, 3, 4)),
        ("March 4th, 2026", DateForm.MONTH_NAMES, date(2026, 3, 4)),
        ("1/1/69", DateForm.DAY_FIRST, date(1969, 1, 1)),
        (date(2026, 3, 4), DateForm.ISO, date(2026, 3, 4)),
        (datetime.fromisoformat("2026-03-04T23:00"), DateForm.ISO, date(2026, 3, 4)),
    ],
)
def test_a_day_is_read_the_way_it_is_written(cell, form, day):
    assert day_of(cell, [form], UTC) == day


@pytest.mark.parametrize(
    ("cell", "form"),
    [
        ("31/31/2026", DateForm.DAY_FIRST),
        ("2026-02-30", DateForm.ISO),
        ("20260304", DateForm.ISO),
        ("2026-W10-3", DateForm.ISO),
        ("4/3/2026", DateForm.ISO),
        ("0202-03-04", DateForm.ISO),
        ("0001-01-01T00:00:00+10:00", DateForm.ISO),
        ("4 Marble 2026", DateForm.MONTH_NAMES),
        ("soon", DateForm.ISO),
        ("45123", DateForm.DAY_FIRST),
    ],
)
def test_a_day_that_is_none_is_not_guessed(cell, form):
    with pytest.raises(UnreadableError):
        day_of(cell, [form], UTC)


@pytest.mark.parametrize(
    ("moment", "day"),
    [
        ("2023-06-14T14:00:00Z", date(2023, 6, 15)),
        ("2023-11-13T13:00:00Z", date(2023, 11, 14)),
        ("2023-11-13T12:59:59Z", date(2023, 11, 13)),
        ("2023-06-15T00:00:00+10:00", date(2023, 6, 15)),
    ],
)
def test_a_moment_becomes_the_day_it_was_in_the_profiles_zone(moment, day):
    assert day_of(moment, [DateForm.ISO], SYDNEY) == day


@pytest.mark.parametrize(
    ("cell", "form", "amount"),
    [
        ("1234.5", NumberForm(), "1234.5"),
        ("1,234,567.89", NumberForm(), "1234567.89"),
        ("780.098,10", COMMA, "780098.10"),
        ("1 234,50 €", NumberForm(",", " "), "1234.50"),
        ("1'234.50", NumberForm(), "1234.50"),
        ("AUD 500", NumberForm(), "500"),
        ("$1,000", NumberForm(), "1000"),
        ("(25.00)", NumberForm(), "-25.00"),
        ("25-", NumberForm(), "-25"),
        (Decimal("3.10"), COMMA, "3.10"),
    ],
)
def test_an_amount_is_read_the_way_it_is_written(cell, form, amount):
    assert amount_of(cell, form) == Decimal(amount)


@pytest.mark.parametrize(
    ("cell", "form"),
    [
        ("780.098,10", NumberForm()),
        ("1,23", NumberForm()),
        ("1.234,5", NumberForm()),
        ("NaN", NumberForm()),
        ("1e5", NumberForm()),
        ("Infinity", NumberForm()),
        ("twelve", NumberForm()),
        ("1.2.3", COMMA),
        ("--", NumberForm()),
    ],
)
def test_an_amount_written_another_way_is_refused_not_misread(cell, form):
    with pytest.raises(UnreadableError):
        amount_of(cell, form)


@pytest.mark.parametrize("cell", ["1.5", "-1", "1201", "three"])
def test_periods_are_whole_and_of_this_world(cell):
    with pytest.raises(UnreadableError):
        whole_of(cell)


def test_one_row_past_the_twelfth_decides_a_whole_column():
    assert likely_forms(["3/4/2026", "13/4/2026"]) == [DateForm.DAY_FIRST]
    assert likely_forms(["3/4/2026", "4/13/2026"]) == [DateForm.MONTH_FIRST]


def test_a_column_that_can_be_read_in_two_ways_is_not_decided():
    assert likely_forms(["3/4/2026", "5/6/2026"]) == [
        DateForm.DAY_FIRST,
        DateForm.MONTH_FIRST,
    ]
    assert likely_forms(["13/4/2026", "4/13/2026"]) == []
    assert len(likely_numbers(["1,234", "5,678"])) == 2


def test_a_columns_decimal_sign_is_seen():
    assert likely_numbers(["780.098,10", "12"]) == [COMMA]
    assert likely_numbers(["780,098.10", "12"]) == [NumberForm()]
    assert likely_numbers(["12", "13"]) == [NumberForm()]
    assert likely_numbers(["1.234,5", "1,234.5"]) == []


def test_a_few_cells_of_nonsense_do_not_hide_what_a_column_is():
    assert likely_forms(["13/4/2026", "31/31/2026", "soon", "1/2/2026"]) == [
        DateForm.DAY_FIRST
    ]
    assert likely_forms(["13/4/2026", "soon", "never"]) == []
    assert likely_numbers(["1.234,50", "a lot"]) == [COMMA]
    assert likely_numbers(["a", "b", "3"]) == []


def test_words_are_compared_without_case_accents_and_odd_spaces():
    assert folded("  Début\u00a0du_Contrat ") == "debut du contrat"
    assert folded("\uff33\uff34\uff21\uff32\uff34-date") == "start date"


def test_a_number_of_a_workbook_reads_as_people_write_it():
    assert text_of(Decimal(63573932849)) == "63573932849"
    assert text_of(Decimal("63573932849.0")) == "63573932849"
    assert text_of(date(2026, 3, 4)) == "2026-03-04"
    assert text_of(None) == ""
