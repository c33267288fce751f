"""Dates and money in words."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from django.utils import timezone

from engagements import wording

TODAY = date(2026, 11, 18)


@pytest.mark.parametrize(
    ("day", "words"),
    [
        (date(2026, 11, 15), "3 days late"),
        (date(2026, 11, 17), "1 day late"),
        (date(2026, 11, 18), "Today"),
        (date(2026, 11, 19), "Tomorrow"),
        (date(2026, 11, 20), "Fri 20 Nov"),
        (date(2026, 12, 2), "Wed 2 Dec"),
        (date(2026, 12, 3), "3 Dec"),
        (date(2027, 1, 14), "14 Jan 2027"),
        (None, "No date"),
    ],
)
def test_when_something_is_due(day: date | None, words: str):
    assert wording.due_words(day, TODAY) == words


@pytest.mark.parametrize(
    ("day", "words"),
    [
        (date(2026, 11, 18), "Today"),
        (date(2026, 11, 17), "Yesterday"),
        (date(2026, 9, 7), "72 days"),
        (date(2026, 11, 20), "Fri 20 Nov"),
        (None, "Not known"),
    ],
)
def test_how_long_ago_something_was(day: date | None, words: str):
    assert wording.since_words(day, TODAY) == words


def test_contracts_say_the_year():
    assert wording.long_day(date(2027, 1, 14)) == "14 Jan 2027"
    assert wording.full_day(date(2027, 1, 14), TODAY) == "Thu 14 Jan 2027"
    assert wording.month_words(date(2024, 4, 1)) == "Apr 2024"


def test_a_moment_belongs_to_the_day_of_the_reader():
    late = datetime(2026, 11, 18, 23, 30, tzinfo=UTC)
    with timezone.override("Europe/Berlin"):
        assert wording.day_of(late) == date(2026, 11, 19)
    assert wording.day_of(TODAY) == TODAY


@pytest.mark.parametrize(
    ("amount", "words"),
    [
        ("0", "£0"),
        ("900", "£900"),
        ("999.49", "£999"),
        ("999.50", "£1k"),
        ("850000", "£850k"),
        ("999499", "£999k"),
        ("999500", "£1.0m"),
        ("4200000", "£4.2m"),
        ("4250000", "£4.3m"),
        ("41800000", "£41.8m"),
        ("949900000", "£949.9m"),
        ("949999999", "£950.0m"),
        ("950000000", "£1.0bn"),
        ("-4200000", "-£4.2m"),
    ],
)
def test_money_at_a_glance(amount: str, words: str):
    assert wording.compact_money(Decimal(amount), "GBP") == words


@pytest.mark.parametrize(
    ("amount", "currency", "words"),
    [
        (Decimal("12600000.00"), "GBP", "£12,600,000"),
        (Decimal("99.5"), "EUR", "€99.50"),
        (Decimal("314794628.70"), "AUD", "A$314,794,628.70"),
        (Decimal(5), "XTS", "XTS 5"),
        (None, "GBP", "Not known"),
    ],
)
def test_money_in_full(amount: Decimal | None, currency: str, words: str):
    assert wording.money(amount, currency) == words


def test_an_unknown_amount_is_said():
    assert wording.compact_money(None, "GBP") == "Not known"
