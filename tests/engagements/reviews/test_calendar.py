"""When reviews fall, as arithmetic."""

from datetime import date

import pytest

from engagements.parties.working_days import JointCalendar, WorkingCalendar
from engagements.reviews.calendar import next_wave, wave

PLAIN = JointCalendar((WorkingCalendar(),))


def test_a_wave_counts_working_days_of_both_sides():
    client = WorkingCalendar(closed=frozenset({date(2026, 5, 4)}))
    supplier = WorkingCalendar(closed=frozenset({date(2026, 5, 1)}))

    found = wave(date(2026, 1, 24), "strategic", 1, JointCalendar((client, supplier)))

    assert found.opens_on == date(2026, 4, 24)
    assert found.closes_on == date(2026, 5, 12)
    assert found.publish_by == date(2026, 5, 14)
    assert found.discuss_by == date(2026, 5, 26)
    assert found.agree_by == date(2026, 6, 2)
    assert found.prepare_on == date(2026, 4, 17)


def test_a_wave_on_a_day_of_rest_opens_on_the_next_working_day():
    found = wave(date(2026, 8, 31), "leverage", 1, PLAIN)

    assert (found.slot_on, found.opens_on) == (date(2027, 2, 28), date(2027, 3, 1))


@pytest.mark.parametrize(
    ("segment", "forms"),
    [
        ("strategic", ["pulse", "full", "pulse", "full"]),
        ("bottleneck", ["pulse", "full", "pulse", "full"]),
        ("leverage", ["pulse", "full", "pulse", "full"]),
        ("routine", ["pulse", "pulse", "pulse", "pulse"]),
        ("", ["pulse", "pulse", "pulse", "pulse"]),
    ],
)
def test_the_segment_says_which_waves_are_full(segment, forms):
    found = [wave(date(2026, 1, 5), segment, n, PLAIN).form for n in (1, 2, 3, 4)]

    assert found == forms


@pytest.mark.parametrize(
    ("segment", "opens"),
    [
        ("strategic", date(2026, 7, 6)),
        ("bottleneck", date(2026, 7, 6)),
        ("leverage", date(2026, 7, 6)),
        ("routine", date(2027, 1, 5)),
        ("", date(2027, 1, 5)),
    ],
)
def test_the_next_wave_is_counted_from_the_anchor_not_from_today(segment, opens):
    found = next_wave(date(2026, 1, 5), segment, date(2026, 4, 30), PLAIN)

    assert found.opens_on == opens


def test_a_wave_stays_the_next_one_until_it_closes():
    opens, closes = date(2026, 4, 6), date(2026, 4, 20)

    for today in (date(2026, 3, 1), opens, closes):
        found = next_wave(date(2026, 1, 5), "strategic", today, PLAIN)
        assert (found.opens_on, found.closes_on) == (opens, closes)

    after = next_wave(date(2026, 1, 5), "strategic", date(2026, 4, 21), PLAIN)
    assert after.opens_on == date(2026, 7, 6)


def test_a_slot_that_was_used_is_not_used_again():
    first = next_wave(date(2026, 1, 5), "strategic", date(2026, 2, 1), PLAIN)

    found = next_wave(
        date(2026, 1, 5),
        "strategic",
        date(2026, 2, 1),
        PLAIN,
        frozenset({first.slot_on}),
    )

    assert found.slot_on == date(2026, 7, 5)


def test_a_relationship_that_begins_later_has_its_first_wave_after_it():
    found = next_wave(date(2027, 3, 1), "routine", date(2026, 1, 1), PLAIN)

    assert found.slot_on == date(2028, 3, 1)
