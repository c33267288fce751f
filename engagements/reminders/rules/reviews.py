"""Reviews: the people asked are reminded, and what stays undone is told in pairs.

People asked may never sign in, and so may those who speak for a side: these rules owe
mails themselves instead of naming a role. What belongs together is yielded together, so
that a round cut short leaves a review with all of its messages or with none.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta

from django.db.models import Exists, OuterRef, Q, QuerySet

from engagements.models import HealthReview, Notice, Side
from engagements.notices.ledger import Owed
from engagements.parties.calendars import calendars_of
from engagements.parties.working_days import JointCalendar, WorkingCalendar
from engagements.reviews.calendar import REMIND, REMIND_AGAIN
from engagements.reviews.mails import kinds
from engagements.reviews.mails.inviting import to_rater
from engagements.reviews.mails.owing import to_both, to_people
from engagements.reviews.mails.reminding import (
    Group,
    Listed,
    listed,
    once_a_day,
    reminders_due,
)
from engagements.reviews.mails.speakers import Speakers, speakers

State = HealthReview.State
# The working day after the opening on which a coordinator hears that few have answered.
FEW_AFTER = 8
# Working days after the release without a conversation: the owner, then both sponsors.
NO_TALK, STILL_NO_TALK = 10, 15
# Nobody is told of what has been left undone for longer than this.
_OLDEST = timedelta(days=60)
_PLAIN = JointCalendar((WorkingCalendar(),))
_BATCH = 200


def people_told_ahead(today: date) -> Iterator[list[Owed]]:
    """Five working days before a review opens, to everybody on its list."""
    rows = _untold(
        _kept().filter(
            state=State.SCHEDULED, prepare_on__lte=today, opens_on__gt=today
        ),
        kinds.AHEAD,
        "opens_on",
    )
    for group in _groups(rows):
        found = listed([review for review, _both in group], kinds.AHEAD)
        yield [
            to_rater(
                kinds.AHEAD, one.review, one.rater, threshold=0, unwanted=one.unwanted
            )
            for one in found
        ]


def people_reminded(today: date) -> Iterator[list[Owed]]:
    """Three, seven and nine working days after the opening, and once more after an
    extension; all in one, because a person gets one mail a day."""
    due: list[Listed] = []
    asking = _kept().filter(state__in=HealthReview.ASKING, closes_on__gte=today)
    for group in _groups(asking.filter(_without_reminder(today))):
        due += reminders_due(group, today)
    yield once_a_day(due, today)


def _without_reminder(today: date) -> Q:
    """With holidays a day is never earlier than with weekends alone."""
    again = Q(extended_at__isnull=False) & _none_since(REMIND_AGAIN, today)
    for days in REMIND:
        again |= _none_since(days, today)
    return again


def _none_since(days: int, today: date) -> Q:
    told = _told(kinds.REMINDER, "opens_on", threshold=days)
    return Q(opens_on__lte=_PLAIN.add(today, -days)) & ~Q(Exists(told))


def few_have_answered(today: date) -> Iterator[list[Owed]]:
    """On the eighth working day to the coordinator of each side: the mail leaves only
    if fewer than half have answered, and only for sides with people enough."""
    rows = _kept().filter(state=State.OPEN, opens_on__lte=_PLAIN.add(today, -FEW_AFTER))
    for group in _groups(_untold(rows, kinds.FEW_ANSWERS, "opens_on", FEW_AFTER)):
        due = [
            review
            for review, both in group
            if both.add(review.opens_on, FEW_AFTER) <= today
        ]
        told = speakers(due, today)
        yield [
            message
            for review in due
            for side in Side
            for message in to_people(
                told,
                review,
                kinds.FEW_ANSWERS,
                told.coordinators(review, side.value),
                side=side.value,
                threshold=FEW_AFTER,
                day=review.opens_on,
            )
        ]


def not_talked_about(today: date) -> Iterator[list[Owed]]:
    """Ten working days after the release to the owner, fifteen to both sponsors."""
    for days in (NO_TALK, STILL_NO_TALK):
        rows = _kept().filter(
            state=State.RELEASED,
            released_at__lt=_end_of(_PLAIN.add(today, -days)),
            released_at__gte=_end_of(today - _OLDEST),
        )
        for group in _groups(_untold(rows, kinds.MEETING, "discuss_by", days)):
            due = [
                review
                for review, both in group
                if both.add(_released_on(review), days) <= today
            ]
            told = speakers(due, today)
            yield [
                message for review in due for message in _no_talk(told, review, days)
            ]


def _no_talk(told: Speakers, review: HealthReview, days: int) -> Iterator[Owed]:
    if days == STILL_NO_TALK:
        return to_both(
            told,
            review,
            kinds.MEETING,
            "sponsors",
            threshold=days,
            day=review.discuss_by,
        )
    return to_people(
        told,
        review,
        kinds.MEETING,
        told.owner(review),
        side=review.owner_side,
        threshold=days,
        day=review.discuss_by,
    )


def _released_on(review: HealthReview) -> date:
    assert review.released_at is not None  # noqa: S101 - only released ones are asked
    return review.released_at.astimezone(UTC).date()


def _end_of(day: date) -> datetime:
    return datetime.combine(day + timedelta(days=1), time(), UTC)


def no_actions_agreed(today: date) -> Iterator[list[Owed]]:
    """The day to agree actions has passed: both coordinators."""
    rows = _kept().filter(
        state__in=[State.RELEASED, State.DISCUSSED],
        agree_by__lt=today,
        agree_by__gte=today - _OLDEST,
    )
    for group in _groups(_untold(rows, kinds.ACTIONS, "agree_by")):
        reviews = [review for review, _both in group]
        told = speakers(reviews, today)
        yield [
            message
            for review in reviews
            for message in to_both(
                told,
                review,
                kinds.ACTIONS,
                "coordinators",
                threshold=0,
                day=review.agree_by,
            )
        ]


def _kept() -> QuerySet[HealthReview]:
    return HealthReview.objects.filter(relationship__archived_at=None)


def _told(kind: str, day: str, threshold: int = 0) -> QuerySet[Notice]:
    """Any message of a review, on any side: they are written together."""
    return Notice.objects.filter(
        kind=kind, object_id=OuterRef("pk"), threshold=threshold, day=OuterRef(day)
    )


def _untold(
    rows: QuerySet[HealthReview], kind: str, day: str, threshold: int = 0
) -> QuerySet[HealthReview]:
    return rows.filter(~Exists(_told(kind, day, threshold)))


def _groups(rows: QuerySet[HealthReview]) -> Iterator[Group]:
    """Reviews with the days on which both sides work, some at a time."""
    related = ("relationship__client", "relationship__supplier")
    found = list(rows.select_related(*related).order_by("pk"))
    for start in range(0, len(found), _BATCH):
        part = found[start : start + _BATCH]
        pairs = [(row.relationship.client, row.relationship.supplier) for row in part]
        places = {place.pk: place for pair in pairs for place in pair}
        known = calendars_of(places.values())
        yield [
            (row, JointCalendar(tuple(known[place.pk] for place in pair)))
            for row, pair in zip(part, pairs, strict=True)
        ]
