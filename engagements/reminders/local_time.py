"""A local date and time as an instant: what a person's clock says where they are."""

from __future__ import annotations

from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo


def to_utc(day: date, at: time, zone: ZoneInfo) -> datetime:
    """The instant at which a clock in the zone shows this date and time.

    A time the clock skips moves forward by the gap, and one it shows twice means the
    first: both are what `fold=0` says, the offset before the change.
    """
    return datetime.combine(day, at, zone).replace(fold=0).astimezone(UTC)
