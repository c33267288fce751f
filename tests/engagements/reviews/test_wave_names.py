"""A wave has one name on every page: the month it closed in."""

from __future__ import annotations

from datetime import date

import pytest
import time_machine
from django.urls import reverse

from engagements.models import HealthReview, ReviewResult
from engagements.reviews import course_words
from tests.engagements.reviews.waves import closed_wave, scheduled_wave

pytestmark = pytest.mark.django_db
# Two weeks later it is March.
OPENS = date(2026, 2, 23)


@pytest.fixture(autouse=True)
def _today():
    with time_machine.travel("2026-03-20 09:00Z", tick=False):
        yield


def test_a_result_is_called_by_the_month_it_closed_in(pair):
    review = closed_wave(
        pair.relationship, opens_on=OPENS, client_point=6, supplier_point=5
    )
    assert review.state == HealthReview.State.RELEASED
    document = ReviewResult.objects.get(review=review, audience="shared").document
    waves = reverse("engagements:relationship-reviews", args=[pair.relationship.pk])

    assert review.wave_on == date.fromisoformat(document["closed_on"])
    assert [one.label for one in course_words.drawn(document)] == ["Mar 2026"]
    for page in (review.get_absolute_url(), waves, "/reviews/"):
        text = pair.browser().get(page).text
        assert "Mar 2026" in text, page
        assert "Feb 2026" not in text.replace("23 Feb 2026", ""), page


def test_before_that_by_the_month_it_is_to_close_in(pair):
    review = scheduled_wave(pair.relationship, opens_on=date(2026, 3, 25))
    assert review.closes_on.month == 4

    waves = reverse("engagements:relationship-reviews", args=[pair.relationship.pk])
    for page in (review.get_absolute_url(), waves):
        assert "Apr 2026" in pair.browser().get(page).text, page


def test_an_early_end_counts(pair):
    review = scheduled_wave(opens_on=OPENS)
    assert review.wave_on == review.closes_on
    review.closed_at = "2026-02-27T12:00Z"
    HealthReview.objects.filter(pk=review.pk).update(closed_at=review.closed_at)
    review.refresh_from_db()

    assert review.wave_on == date(2026, 2, 27)
