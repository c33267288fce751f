"""The installation's own worker and clock, with minutes as tenths of seconds.

Only the waiting is shortened, and one kind of message is added whose words need no
relationship; everything else is what an installation runs.
"""

from __future__ import annotations

import os
from datetime import timedelta

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "relman.settings")
django.setup()

from engagements.models import Notice  # noqa: E402 - the settings come first
from engagements.notices import delivery, heartbeat  # noqa: E402 - as above
from engagements.notices.kinds import Kind, Letter, register  # noqa: E402 - as above
from relman.celery import app  # noqa: E402, F401 - what the command line asks for

TRIAL = "trial"


def letter(notice: Notice) -> Letter:
    """A few words; a poisoned one cannot be written."""
    if notice.facts.get("poison"):
        message = "These words cannot be written."
        raise ValueError(message)
    return Letter("Trial", ["One of many."], "Open", "http://localhost:8000/")


def prepare() -> None:
    """Shorten the waiting and add the kind."""
    register(Kind(TRIAL, "Trial", letter, lambda notice: True))
    heartbeat.LEASE = timedelta(seconds=3)
    delivery._UNKNOWN_PAUSE = timedelta(seconds=2)  # noqa: SLF001 - only here may time run faster
    delivery._PAUSES = tuple(minutes / 30 for minutes in (1, 2, 3, 4, 5, 6, 7, 8))  # noqa: SLF001 - as above
    delivery._NOT_REACHED_PAUSE = timedelta(seconds=0.5)  # noqa: SLF001 - as above


prepare()
