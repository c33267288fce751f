"""The clock of a run that would pass midnight is set back: its day stays one day.

What a test wrote down of today, when its file was read, is yesterday in the same run
after midnight. Runs that begin by day see the true time of day.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import time_machine
from django.db.models.functions import Now

# By UTC, and an hour earlier than any run needs: summer time has midnight at 23.
LATE = 21
BACK = timedelta(hours=4)


def set_back(now: datetime) -> bool:
    """Whether a run that begins now had its clock set back, Python's and the one that
    databases tell."""
    if now.astimezone(UTC).hour < LATE:
        return False
    time_machine.travel(now - BACK, tick=True).start()
    hours = f"{BACK // timedelta(hours=1)} hours"
    form = "%%%%Y-%%%%m-%%%%d %%%%H:%%%%M:%%%%f"
    told = {
        "as_sqlite": f"STRFTIME('{form}', 'NOW', '-{hours}')",
        "as_postgresql": f"(STATEMENT_TIMESTAMP() - INTERVAL '{hours}')",
    }
    for name, template in told.items():
        setattr(Now, name, _saying(template))
    return True


def _saying(template: str):
    def as_told(self, compiler, connection, **more):
        return self.as_sql(compiler, connection, template=template, **more)

    return as_told
