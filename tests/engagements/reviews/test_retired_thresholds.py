"""A method that was frozen with a threshold since given up stays readable."""

from __future__ import annotations

import pytest

from engagements.models import HealthReview
from engagements.reviews import frozen
from engagements.reviews.actions import asking
from engagements.reviews.instrument.thresholds import method_of
from engagements.reviews.results.reading import wave_of
from engagements.reviews.scoring.parameters import STANDARD
from engagements.reviews.sitting import least_per_side
from engagements.reviews.turnout import turnout
from tests.engagements.reviews.waves import (
    after_closing,
    answer_all,
    still_asking,
)

GIVEN_UP = {"straight_line_seconds": 60.0}


def test_a_threshold_given_up_is_read_over_and_no_other():
    assert method_of(GIVEN_UP) == STANDARD
    with pytest.raises(TypeError):
        method_of({"never_known": 1.0})


@pytest.mark.django_db
def test_a_review_frozen_with_it_is_answered_closed_and_read():
    frozen.remove()  # what an open review is computed by does not change
    review = still_asking()
    review.method |= GIVEN_UP
    HealthReview.objects.filter(pk=review.pk).update(method=review.method)
    answer_all(review)
    assert turnout(review).sides
    assert least_per_side(review) == STANDARD.least_per_side

    asking.close_review(review=review, now=after_closing(review))

    review.refresh_from_db()
    assert review.method.items() >= GIVEN_UP.items()
    assert review.state == HealthReview.State.RELEASED
    assert wave_of(review).method == STANDARD
