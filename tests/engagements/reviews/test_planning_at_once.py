"""Two rounds at the same moment plan an event once, and ask a person once."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.utils import timezone

from engagements.models import HealthReview, Notice, Rater
from engagements.reviews.actions import asking, plan_event_pulses, plan_reviews
from tests.engagements.parties.test_at_once import at_once, refused
from tests.engagements.reviews.waves import morning, scheduled_wave
from tests.factories import ContactFactory, RelationshipFactory, TeamRoleFactory

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]
TODAY = date(2026, 11, 23)
TIMES = 5


@pytest.mark.parametrize("_time", range(TIMES))
def test_two_rounds_plan_an_event_once(_time):
    relationships = [
        RelationshipFactory(
            started_on=date(2024, 6, 3),
            segment="routine",
            marked_active_at=timezone.now(),
        )
        for _ in range(3)
    ]
    for row in relationships:
        for on in (row.started_on, TODAY):
            TeamRoleFactory(relationship=row, role="sponsor", from_on=on)
    backwards = [row.pk for row in reversed(relationships)]

    results = at_once(
        lambda: plan_event_pulses(None, TODAY),
        lambda: plan_event_pulses(backwards, TODAY),
        lambda: plan_reviews(None, TODAY),
    )

    assert not refused(results)
    assert sum(results[:2]) == 3
    caused = HealthReview.objects.filter(cause=HealthReview.Cause.PEOPLE)
    assert caused.values("relationship").distinct().count() == caused.count() == 3
    calendar = HealthReview.objects.filter(cause=HealthReview.Cause.CALENDAR)
    assert calendar.count() == 3


@pytest.mark.parametrize("_time", range(TIMES))
def test_two_reviews_that_open_at_once_ask_a_person_in_one_mail(_time):
    person, opens = ContactFactory(), date(2026, 3, 2)
    reviews = [
        scheduled_wave(client=1, supplier=0, opens_on=opens + timedelta(days=days))
        for days in (0, 2)
    ]
    for review in reviews:
        Rater.objects.create(review=review, side="client", contact=person)
    now = morning(opens + timedelta(days=2))

    results = at_once(
        *(
            lambda review=review: asking.open_review(review=review, now=now)
            for review in reviews
        )
    )

    assert results == [True, True]
    waiting = Notice.objects.filter(
        kind="review-invitation", recipient=person.pk, state=Notice.State.PENDING
    )
    (mail,) = waiting
    assert len(mail.facts["also"]) == 1
