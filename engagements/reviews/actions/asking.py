"""The clock opens a review, extends it once and closes it. Sections 4.1 and 4.2.

Each act holds the review first, so that two workers, or a worker and a person who
answers at the last second, have one effect together.
"""

from __future__ import annotations

import zoneinfo
from collections.abc import Iterable
from dataclasses import asdict
from datetime import UTC, date, datetime, time
from random import Random, SystemRandom
from typing import Any

from django.db import transaction
from django.utils import timezone

from engagements.models import (
    Contact,
    HealthReview,
    InstrumentVersion,
    OpenResponse,
    Rater,
    ReviewResult,
    ReviewSecret,
    Side,
)
from engagements.parties.calendars import joint_calendar
from engagements.reviews import mails
from engagements.reviews.actions.budget import keep_to_the_budget
from engagements.reviews.actions.carrying import carry_over
from engagements.reviews.actions.moving import held, move
from engagements.reviews.actions.releasing import release_review
from engagements.reviews.actions.sealing import seal
from engagements.reviews.calendar import extended, wave_of
from engagements.reviews.figures import refresh_health
from engagements.reviews.instrument.library import content_of
from engagements.reviews.instrument.thresholds import method_of
from engagements.reviews.queries.short import sides_short
from engagements.reviews.responses import asked, new_secret
from engagements.reviews.results import computed
from engagements.reviews.turnout import Turnout, turnout

State = HealthReview.State
_LAST_MINUTE = time(23, 59)


@transaction.atomic
def open_review(*, review: HealthReview, now: datetime) -> bool:
    """Ask everybody; from now on nothing of what is asked, and of whom, changes.

    Where people dropped out since both confirmed, and too few of a side are left, it
    stays scheduled and both sides hear of it once. Returns whether this call opened it.
    """
    row = held(review)
    today = timezone.localdate(now, UTC)
    if row.state != State.SCHEDULED or row.opens_on > today:
        return False
    assert row.instrument is not None  # noqa: S101 - a constraint says so
    planned_on, days = row.opens_on, _days(row, today)
    row.opens_on, row.closes_on = days["opens_on"], days["closes_on"]
    keep_to_the_budget(row)
    if sides_short(row, row.raters.all()):
        mails.owe_kept_back(row, planned_on)
        return False
    raters = asked(row)
    new_secret(row)
    closes_at = _closing(days["closes_on"], raters)
    also: dict[str, Any] = (
        {"opened_at": now, "closes_at": closes_at} | _frozen(row, raters) | days
    )
    mails.owe_invitations(move(review=row, to=State.OPEN, also=also))
    carry_over(review=row, now=now)
    InstrumentVersion.objects.filter(pk=row.instrument.pk, used_at=None).update(
        used_at=now, updated_at=now
    )
    return True


def _frozen(review: HealthReview, raters: Iterable[Rater]) -> dict[str, dict]:
    """What the result will be computed by: thresholds, weights, partition."""
    assert review.instrument is not None  # noqa: S101 - a constraint says so
    groups: dict[str, set[str]] = {side.value: set() for side in Side}
    for rater in raters:
        groups[rater.side].add(rater.group)
    return {
        "method": asdict(method_of(review.instrument.method)),
        "weights": content_of(review.instrument).weights,
        "partition": {side: sorted(found) for side, found in groups.items()},
    }


def _days(review: HealthReview, today: date) -> dict[str, date]:
    """The days of the wave; where the clock stood still, all of them move along."""
    opens = max(review.opens_on, today)
    both = joint_calendar(review.relationship.client, review.relationship.supplier)
    wave = wave_of(opens, review.form, both)
    names = ("closes_on", "publish_by", "discuss_by", "agree_by")
    return {"opens_on": opens} | {name: getattr(wave, name) for name in names}


def _closing(day: date, raters: Iterable[Rater]) -> datetime:
    """The last minute of a day where it ends last among those who are asked."""
    zones = {rater.contact.organisation.time_zone for rater in raters} or {"UTC"}
    return max(
        datetime.combine(day, _LAST_MINUTE, zoneinfo.ZoneInfo(zone)).astimezone(UTC)
        for zone in zones
    )


@transaction.atomic
def end_asking(*, review: HealthReview, now: datetime) -> str:
    """What the clock does when the time is over: extend once, or close.

    Returns the state it brought about; empty where the time is not over.
    """
    row = held(review)
    if not row.is_asking or row.closes_at is None or row.closes_at > now:
        return ""
    if row.state == State.OPEN and turnout(row).is_poor:
        return _extend(row, now).state
    return close_review(review=row, now=now).state


def _extend(review: HealthReview, now: datetime) -> HealthReview:
    both = joint_calendar(review.relationship.client, review.relationship.supplier)
    closes = extended(review.closes_on, both)
    later = {
        name: extended(getattr(review, name), both)
        for name in ("publish_by", "discuss_by", "agree_by")
    }
    also = {
        "extended_at": now,
        "closes_on": closes,
        "closes_at": _closing(closes, asked(review)),
    }
    row = move(review=review, to=State.EXTENDED, also=also | later)
    mails.owe_extended(row)
    return row


@transaction.atomic
def close_early(*, review: HealthReview, now: datetime) -> bool:
    """Close before the time where everybody of both sides has said they are done."""
    row = held(review)
    if not row.is_asking or not turnout(row).is_complete:
        return False
    close_review(review=row, now=now)
    return True


@transaction.atomic
def close_review(
    *, review: HealthReview, now: datetime, chance: Random | None = None
) -> HealthReview:
    """Take no more answers, seal them, compute the result once.

    With too few answers of a side it ends as insufficient; without a facilitator it is
    released at once, to both sides at the same moment. `chance` is for tests alone.
    """
    row = held(review)
    found: Turnout = turnout(row)
    seal(row, chance=chance or SystemRandom())
    row = move(review=row, to=State.CLOSED, also={"closed_at": now})
    ReviewResult.objects.bulk_create(
        ReviewResult(review=row, audience=audience, document=document)
        for audience, document in computed(row).items()
    )
    mails.owe_facilitation(row)
    if not found.is_sufficient:
        row = move(review=row, to=State.INSUFFICIENT)
        mails.owe_insufficient(row)
        refresh_health([row.relationship_id], timezone.localdate(now, UTC))
        return row
    if row.facilitator_id is None:
        release_review(review=row, now=now)
        row.refresh_from_db()
    return row


@transaction.atomic
def cancel_open(
    *, review: HealthReview, reason: str, by: Contact | None = None
) -> HealthReview:
    """Both coordinators called it off: every answer is destroyed, nothing is told."""
    also = {"cancelled_reason": reason}
    row = move(review=review, to=State.CANCELLED, by=by, reason=reason, also=also)
    mails.owe_called_off(row)
    OpenResponse.objects.filter(review=row).delete()
    ReviewSecret.objects.filter(review=row).delete()
    return row
