"""Local clocks as instants, at the days when clocks change."""

from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

import pytest

from engagements.reminders.local_time import to_utc


@pytest.mark.parametrize(
    ("zone", "day", "at", "expected"),
    [
        ("Europe/Berlin", (2026, 3, 29), (2, 30), (2026, 3, 29, 1, 30)),
        ("Europe/Berlin", (2026, 10, 25), (2, 30), (2026, 10, 25, 0, 30)),
        ("America/New_York", (2026, 3, 8), (2, 30), (2026, 3, 8, 7, 30)),
        ("America/New_York", (2026, 11, 1), (1, 30), (2026, 11, 1, 5, 30)),
        ("Australia/Lord_Howe", (2026, 10, 4), (2, 15), (2026, 10, 3, 15, 45)),
        ("America/Santiago", (2026, 9, 6), (0, 0), (2026, 9, 6, 4, 0)),
        ("Europe/Berlin", (2026, 7, 1), (7, 30), (2026, 7, 1, 5, 30)),
    ],
)
def test_a_gap_moves_forward_and_a_fold_means_the_first(zone, day, at, expected):
    found = to_utc(date(*day), time(*at), ZoneInfo(zone))

    assert found == datetime(*expected, tzinfo=UTC)
