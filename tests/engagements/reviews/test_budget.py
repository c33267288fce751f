"""When a person may be asked again, as arithmetic."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from engagements.reviews.budget import MOST, Request, ask_day

OPENS = date(2026, 11, 23)


def day(count: int) -> date:
    return OPENS + timedelta(days=count)


def asked(*counts: int, last: int = 11) -> int | None:
    """Asked so many days before, each time for two weeks: so many days after."""
    found = ask_day([of(count) for count in counts], OPENS, day(last))
    return None if found is None else (found - OPENS).days


def of(count: int, *mails: int, until: int | None = None) -> Request:
    end = count + 14 if until is None else until
    return Request(day(count), day(end), tuple(day(one) for one in mails))


@pytest.mark.parametrize(
    ("before", "days"),
    [((), 0), ((-30,), 0), ((-29,), 1), ((-19,), 11), ((-18,), None)],
)
def test_once_in_thirty_days(before, days):
    assert asked(*before) == days


def test_on_a_day_both_sides_work():
    def monday(found: date) -> date:
        return found + timedelta(days=-found.weekday() % 7)

    assert ask_day([of(-25)], OPENS, day(11), monday) == day(7)
    assert ask_day([of(-25)], OPENS, day(6), monday) is None
    assert ask_day([of(-40)], day(1), day(11), monday) == day(1)


def test_six_times_in_a_year():
    year = [-360, -300, -240, -180, -120, -60]

    assert asked(*year[1:]) == 0
    assert asked(*year) == 5
    assert asked(-350, *year[1:]) is None
    assert asked(-365, *year[1:]) == 0
    assert len(year) == MOST


def test_with_another_that_asks_it_comes_with_its_next_mail():
    running = of(-5, -2, 3, 8)

    assert ask_day([running], OPENS, day(11)) == day(3)
    assert ask_day([running], OPENS, day(2)) == OPENS
    assert ask_day([of(-13)], OPENS, day(11)) == OPENS


def test_two_that_open_on_a_day_are_asked_at_once():
    assert ask_day([of(0, 3, 9)], OPENS, day(11)) == OPENS


def test_with_another_that_waits_it_waits_as_well():
    assert ask_day([of(4, until=9)], OPENS, day(11)) == day(4)
    assert ask_day([of(4, until=9)], OPENS, day(3)) is None


def test_one_sitting_counts_once_and_ends_after_thirty_days():
    together = [of(-28), of(-20, until=2), of(-15, until=2)]

    assert ask_day(together, OPENS, day(11)) == OPENS
    assert ask_day([*together, of(-29, until=-1)], day(3), day(11)) == day(3)
    for_long = [of(-31), of(-20, until=9)]
    assert ask_day(for_long, OPENS, day(11)) == OPENS
    five = [of(-300 + 60 * number) for number in range(4)]
    assert ask_day([*five, of(-40), of(-35)], OPENS, day(11)) == OPENS
