"""When each of the people on a list may be asked, by what asks them elsewhere.

Reads reviews of all relationships, whoever looks: what comes of it is a day, or that
somebody is left out, and never which review it was.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, date, timedelta
from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils import timezone

from engagements.models import HealthReview, Rater
from engagements.parties.calendars import calendars_of, joint_calendar
from engagements.parties.working_days import JointCalendar
from engagements.reviews.budget import LEAST, SPACE, YEAR, Request, ask_day
from engagements.reviews.calendar import reminders

State, Reason = HealthReview.State, Rater.Ineligible


def days_to_ask(
    review: HealthReview, people: Iterable[UUID], both: JointCalendar | None = None
) -> dict[UUID, date | None]:
    """{person: the day they are asked, None where they cannot be}: up to three
    queries, one fewer with the days both sides work at hand."""
    if both is None:
        both = joint_calendar(review.relationship.client, review.relationship.supplier)
    last = max(review.opens_on, both.add(review.closes_on, -LEAST))
    wanted = list(people)
    known: dict[UUID, list[Request]] = {person: [] for person in wanted}
    for person, request in _requests(_asked_elsewhere(review, wanted), review.opens_on):
        known[person].append(request)
    return {
        person: ask_day(requests, review.opens_on, last, both.on_or_after)
        for person, requests in known.items()
    }


def left_out(
    review: HealthReview, both: JointCalendar, seats: Mapping[str, list[UUID]]
) -> dict[str, int]:
    """{side: how many of its people could not be asked, were it to open so}."""
    everybody = [person for people in seats.values() for person in people]
    days = days_to_ask(review, everybody, both)
    return {
        side: sum(days[person] is None for person in people)
        for side, people in seats.items()
    }


def foreseen(review: HealthReview, raters: Iterable[Rater]) -> None:
    """Set on rows that are not stored what opening it now would decide."""
    rows = list(raters)
    days = days_to_ask(review, [row.contact_id for row in rows])
    for row in rows:
        decide(row, days[row.contact_id], review.opens_on)


def decide(row: Rater, day: date | None, opens_on: date) -> None:
    """Write the day on somebody's row; who is left out for another reason stays so."""
    if row.ineligible in (Reason.NO, Reason.BUDGET):
        row.ineligible = Reason.BUDGET if day is None else Reason.NO
        row.ask_on = day if day is not None and day > opens_on else None


def _asked_elsewhere(review: HealthReview, people: list[UUID]) -> QuerySet[Rater]:
    """Asked within a year, or about to be, by what opens no later than this one."""
    begun = Q(review__opened_at__isnull=False) | Q(review__state=State.SCHEDULED)
    since = review.opens_on - YEAR - SPACE
    rows = Rater.objects.filter(
        begun, contact__in=people, review__opens_on__range=(since, review.opens_on)
    )
    return (
        rows.exclude(review=review)
        .exclude(ineligible__in=[Reason.BUDGET, Reason.BOUNCED])
        .select_related(
            "review__relationship__client", "review__relationship__supplier"
        )
        .order_by("pk")
    )


def _requests(rows: Iterable[Rater], opens_on: date) -> Iterator[tuple[UUID, Request]]:
    found = list(rows)
    waiting = [row.review for row in found if _until(row.review) >= opens_on]
    calendars = _calendars(waiting)
    for row in found:
        both = calendars.get(row.review_id)
        on = row.ask_on or row.review.opens_on
        days = reminders(row.review.opens_on, both) if both else ()
        mails = tuple(day for day in days if day > on)
        yield row.contact_id, Request(on, max(on, _until(row.review)), mails)


def _until(review: HealthReview) -> date:
    """The last day on which another may be asked with it; none once it is over."""
    if review.closed_at is not None:
        return timezone.localdate(review.closed_at, UTC) - timedelta(days=1)
    if review.state == State.CANCELLED:
        return review.opens_on
    return review.closes_on


def _calendars(reviews: list[HealthReview]) -> dict[UUID, JointCalendar]:
    places = {
        place.pk: place
        for review in reviews
        for place in (review.relationship.client, review.relationship.supplier)
    }
    known = calendars_of(places.values()) if places else {}
    return {
        review.pk: JointCalendar(
            (
                known[review.relationship.client_id],
                known[review.relationship.supplier_id],
            )
        )
        for review in reviews
    }
