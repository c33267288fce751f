"""Measure closing reviews: python -m tests.benchmarks.reviews [--waves N] [--json FILE]

One full wave of two sides of eight closes, scores and is released; then so many more
close in the rounds of one night. Each has a facilitator and a released wave before it,
so that movement, course and early warning are computed. DATABASE_URL names an empty
database.
"""

from __future__ import annotations

import argparse
import json
import os
import secrets
import sys
import time
from datetime import date, timedelta
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING

import django

if TYPE_CHECKING:
    from engagements.models import HealthReview, Relationship

A_SIDE = 8
ONE_SECONDS, NIGHT_SECONDS = 1.0, 300.0
_BEFORE, _OPENED = date(2025, 12, 1), date(2026, 3, 2)
# By then nobody may answer any more, and the clock releases for the facilitator.
_LATER = timedelta(days=30)


def main() -> int:
    """Measure both; 1 when a bar is missed."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--waves", type=int, default=1_000)
    options.add_argument("--json", type=Path)
    asked = options.parse_args()
    os.environ.setdefault("SECRET_KEY", secrets.token_urlsafe(60))
    os.environ.setdefault("ALLOWED_HOSTS", "localhost")
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.benchmarks.settings")
    django.setup()
    figures = _measured(asked.waves)
    for name, figure in figures.items():
        sys.stdout.write(f"{name:32} {figure}\n")
    if asked.json:
        asked.json.write_text(json.dumps(figures, indent=2))
    good = figures["one wave, seconds"] <= ONE_SECONDS
    return 0 if good and figures["the night, seconds"] <= NIGHT_SECONDS else 1


def _measured(waves: int) -> dict[str, float]:
    from django.core.management import call_command
    from django.db import connection

    from engagements.models import HealthReview
    from engagements.reviews.actions import asking, clock, releasing
    from tests.engagements.reviews.waves import morning

    call_command("migrate", verbosity=0)
    figures: dict[str, float] = {"database": connection.vendor}  # type: ignore[dict-item]  # a name
    first, *_rest = _answered(waves + 1)
    over = morning(_OPENED + _LATER)
    began = time.perf_counter()
    asking.close_review(review=first, now=over)
    releasing.release_review(review=first, now=over, by=first.facilitator)
    figures["one wave, seconds"] = round(time.perf_counter() - began, 3)
    began = time.perf_counter()
    moved = clock.advance(over)
    figures["the night, seconds"] = round(time.perf_counter() - began, 1)
    released = HealthReview.objects.filter(state="released", opens_on=_OPENED).count()
    # Each is closed, then released.
    assert (moved, released) == (2 * waves, waves + 1), (moved, released)
    return figures | {"waves": waves, "people": (waves + 1) * 2 * A_SIDE}


def _answered(count: int) -> list[HealthReview]:
    """Waves that ask, answered in full by everybody, each after a released one."""
    from engagements.reviews.actions import asking
    from tests.engagements.reviews.waves import morning
    from tests.factories import ContactFactory

    drawn = Random(8)  # noqa: S311 - the same waves every time
    facilitator, reviews = ContactFactory(), []
    for _wave in range(count):
        earlier = _asking(drawn, None, _BEFORE)
        asking.close_review(review=earlier, now=morning(_BEFORE + _LATER))
        review = _asking(drawn, earlier.relationship, _OPENED, facilitator=facilitator)
        reviews.append(review)
    return reviews


def _asking(
    drawn: Random, relationship: Relationship | None, opens_on: date, **values: object
) -> HealthReview:
    from engagements.models import HealthReview, OpenResponse
    from engagements.reviews.actions import asking
    from engagements.reviews.actions.answering import asked_of
    from engagements.reviews.responses import key_of
    from tests.engagements.reviews.waves import morning, scheduled_wave

    made = scheduled_wave(
        relationship, client=A_SIDE, supplier=A_SIDE, opens_on=opens_on, **values
    )
    asking.open_review(review=made, now=morning(opens_on))
    rows = HealthReview.objects.select_related(
        "secret", "instrument", "relationship", "facilitator"
    )
    review = rows.get(pk=made.pk)
    items = [one.key for one in asked_of(review) if not one.is_open]
    OpenResponse.objects.bulk_create(
        OpenResponse(
            key=key_of(review.secret, rater),
            review=review,
            side=rater.side,
            group=rater.group,
            answers={item: drawn.randint(3, 7) for item in items},
            words={"OPEN1": "Go on as we do.", "OPEN2": "Ring sooner."},
            sent=True,
        )
        for rater in review.raters.all()
    )
    return review


if __name__ == "__main__":
    sys.exit(main())
