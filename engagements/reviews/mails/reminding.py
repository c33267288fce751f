"""Which of the people asked are reminded on a day: each once a day, however many ask.

Nothing here looks at answers: whoever has answered is left out when the mail would
leave, so that no row tells who was.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

from django.db.models import Q

from engagements.models import HealthReview, Notice, Rater
from engagements.notices.ledger import Owed
from engagements.parties.working_days import JointCalendar
from engagements.reviews.calendar import REMIND, REMIND_AGAIN
from engagements.reviews.mails import kinds
from engagements.reviews.mails.inviting import stopped, to_rater

Group = list[tuple[HealthReview, JointCalendar]]


@dataclass(frozen=True)
class Listed:
    """Somebody on the list of a review; `threshold` is the working day of a mail."""

    review: HealthReview
    rater: Rater
    threshold: int = 0
    unwanted: bool = False


def listed(reviews: Iterable[HealthReview], kind: str) -> list[Listed]:
    """Everybody asked by these reviews, and who stopped a kind: two queries."""
    known = {review.pk: review for review in reviews}
    rows = Rater.objects.filter(
        review__in=known, revoked_at=None, ineligible=Rater.Ineligible.NO
    )
    raters = list(rows.select_related("contact__organisation"))
    unwanted = stopped(kind, raters)
    return [
        Listed(known[one.review_id], one, unwanted=one.contact_id in unwanted)
        for one in raters
    ]


def reminders_due(group: Group, today: date) -> list[Listed]:
    """The reminders of these reviews that are due and have no row.

    Of several missed ones only the last is sent; the others are kept, so that they are
    not found again.
    """
    reviews = [review for review, _both in group]
    told = _told(reviews)
    days = {review.pk: _days(review, both, today) for review, both in group}
    found = []
    for one in listed(reviews, kinds.REMINDER):
        due = days[one.review.pk]
        for threshold, day in due.items():
            asked_before = one.rater.ask_on is None or one.rater.ask_on < day
            if asked_before and threshold not in told.get(one.review.pk, ()):
                late = threshold != max(due)
                found.append(
                    replace(one, threshold=threshold, unwanted=one.unwanted or late)
                )
    return found


def _days(review: HealthReview, both: JointCalendar, today: date) -> dict[int, date]:
    """The days of its reminders that have come."""
    counts = [*REMIND, *([REMIND_AGAIN] if review.extended_at else [])]
    days = {count: both.add(review.opens_on, count) for count in counts}
    return {count: day for count, day in days.items() if day <= today}


def _told(reviews: list[HealthReview]) -> dict[UUID, set[int]]:
    rows = Notice.objects.filter(
        kind=kinds.REMINDER, object_id__in=[review.pk for review in reviews]
    )
    found: dict[UUID, set[int]] = {}
    pairs = rows.order_by().values_list("object_id", "threshold").distinct()
    for review, threshold in pairs:
        if review is not None and threshold is not None:
            found.setdefault(review, set()).add(threshold)
    return found


def once_a_day(due: Iterable[Listed], today: date) -> list[Owed]:
    """One mail a person: the first names every review that asks them, and the others
    keep a row without a mail. Whoever is invited today was told of all of them."""
    rows = list(due)
    invited, elsewhere = _invited(rows, today), _asked_by(rows, today)
    asking: dict[UUID, list[Listed]] = {}
    for one in rows:
        if not one.unwanted and one.rater.contact_id not in invited:
            asking.setdefault(one.rater.contact_id, []).append(one)
    return [
        _owed(
            one,
            first=one in asking.get(one.rater.contact_id, [])[:1],
            asked_by=elsewhere[one.rater.contact_id],
        )
        for one in rows
    ]


def _owed(one: Listed, *, first: bool, asked_by: list[UUID]) -> Owed:
    return to_rater(
        kinds.REMINDER,
        one.review,
        one.rater,
        threshold=one.threshold,
        also=[pk for pk in asked_by if pk != one.review.pk] if first else (),
        unwanted=not first,
    )


def _asked_by(rows: list[Listed], today: date) -> dict[UUID, list[UUID]]:
    """The reviews that ask these people by today: {person: reviews}; one query."""
    found: dict[UUID, list[UUID]] = {one.rater.contact_id: [] for one in rows}
    if not found:
        return found
    asking = Rater.objects.filter(
        Q(ask_on=None) | Q(ask_on__lte=today),
        contact__in=found,
        revoked_at=None,
        ineligible=Rater.Ineligible.NO,
        review__state__in=HealthReview.ASKING,
    )
    for person, review in asking.order_by("review__opens_on", "review_id").values_list(
        "contact_id", "review_id"
    ):
        found[person].append(review)
    return found


def _invited(rows: list[Listed], today: date) -> set[UUID]:
    people = {one.rater.contact_id for one in rows}
    told = Notice.objects.filter(
        kind=kinds.INVITATION, recipient__in=people, due_at__date=today
    )
    return set(told.order_by().values_list("recipient_id", flat=True))
