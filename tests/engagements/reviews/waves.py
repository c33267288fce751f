"""Waves in every state, made the way the application makes them."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

from django.utils import timezone

from engagements.models import (
    HealthReview,
    OpenResponse,
    Rater,
    Relationship,
    Side,
)
from engagements.parties.calendars import joint_calendar
from engagements.reviews.actions import answering, asking
from engagements.reviews.calendar import wave_of
from engagements.reviews.instrument.library import supplied
from engagements.reviews.responses import key_of
from tests.factories import ContactFactory, RelationshipFactory

OPENS = date(2026, 3, 2)


def scheduled_wave(
    relationship: Relationship | None = None,
    *,
    client: int = 4,
    supplier: int = 4,
    opens_on: date = OPENS,
    **values,
) -> HealthReview:
    """A wave both sides have confirmed, with so many people of each side."""
    relationship = relationship or RelationshipFactory()
    form = values.pop("form", HealthReview.Form.FULL)
    both = joint_calendar(relationship.client, relationship.supplier)
    days = vars(wave_of(opens_on, form, both))
    review = HealthReview.objects.create(
        relationship=relationship,
        state=values.pop("state", HealthReview.State.SCHEDULED),
        set_up_at=timezone.now(),
        instrument=values.pop("instrument", None) or supplied(),
        **days,
        **values,
    )
    for side, count in ((Side.CLIENT, client), (Side.SUPPLIER, supplier)):
        place = getattr(relationship, side.value)
        for number in range(count):
            Rater.objects.create(
                review=review,
                side=side,
                contact=ContactFactory(organisation=place),
                group=list(Rater.Group)[number % 3],
            )
    return review


def open_wave(relationship: Relationship | None = None, **values) -> HealthReview:
    """A wave that asks, opened by the clock on its day; it closes years from now."""
    review = scheduled_wave(relationship, **values)
    opened = asking.open_review(review=review, now=morning(review.opens_on))
    assert opened
    review.refresh_from_db()
    return review


def still_asking(**values) -> HealthReview:
    """A wave that asks today, whatever today is."""
    today = timezone.localdate()
    return open_wave(opens_on=today, **values)


def morning(day: date) -> datetime:
    """A moment early on a day."""
    return datetime.combine(day, time(6), tzinfo=UTC)


def after_closing(review: HealthReview) -> datetime:
    """The first moment at which no answer is taken any more."""
    review.refresh_from_db()
    assert review.closes_at
    return review.closes_at + timedelta(seconds=1)


def answered(review: HealthReview, **points: int | dict[str, int]) -> HealthReview:
    """Everybody of a named side has answered: a point, or a point an item.

    Written as rows, so that it can be long ago.
    """
    for rater in raters(review):
        given = points.get(rater.side)
        if given is None:
            continue
        items = [one.key for one in answering.asked_of(review) if not one.is_open]
        answers = dict.fromkeys(items, given) if isinstance(given, int) else given
        OpenResponse.objects.create(
            key=key_of(review.secret, rater),
            review=review,
            side=rater.side,
            group=rater.group,
            answers=answers,
            consented=review.is_named,
            sent=True,
        )
    return review


def closed_wave(relationship: Relationship | None = None, **values) -> HealthReview:
    """A wave that was answered (`client=`, `supplier=` points) and is over.

    Released at once, or with too few answers where a side has no point.
    """
    points = {side.value: values.pop(f"{side.value}_point", None) for side in Side}
    review = open_wave(relationship, **values)
    answered(review, **points)
    asking.close_review(review=review, now=after_closing(review))
    review.refresh_from_db()
    return review


def raters(review: HealthReview, side: Side | str | None = None) -> list[Rater]:
    """Those asked, in the order they were put on the list."""
    rows = review.raters.select_related(
        "review__secret", "review__instrument", "contact"
    ).order_by("created_at")
    return list(rows.filter(side=side) if side else rows)


def answer(rater: Rater, point: int | str, **others: int | str) -> None:
    """Answer every statement alike, but for those that are named.

    The first by its own press, which is refused where the review asks no more; what
    twenty-three presses more would leave is written at once.
    """
    items = [one.key for one in answering.asked_of(rater.review) if not one.is_open]
    given = dict.fromkeys(items, point)
    given |= {item: one for item, one in others.items() if item in given}
    response = answering.save_answer(
        rater=rater,
        item=items[0],
        value=str(given[items[0]]),
        consented=rater.review.is_named,
    )
    response.answers = given
    response.save(update_fields=["answers"])


def answer_all(review: HealthReview, *, client: int = 6, supplier: int = 5) -> None:
    """Everybody of a side gives the same point to everything."""
    for rater in raters(review):
        answer(rater, client if rater.side == Side.CLIENT else supplier)
