"""Two acts on one review at the same moment have exactly one effect each."""

from __future__ import annotations

import pytest
from django.utils import timezone

from engagements.errors import RuleError
from engagements.models import (
    HealthReview,
    OpenResponse,
    ReviewResult,
    ReviewSecret,
    ReviewTransition,
    SealedResponse,
    Side,
)
from engagements.reviews.actions import answering, asking, clock, releasing
from engagements.reviews.responses import response_of
from tests.engagements.parties.test_at_once import at_once, refused
from tests.engagements.reviews.waves import (
    after_closing,
    answer_all,
    morning,
    raters,
    scheduled_wave,
    still_asking,
)
from tests.factories import ContactFactory

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]
State = HealthReview.State
TIMES = 5


def moved_to(review: HealthReview, state: str) -> int:
    return ReviewTransition.objects.filter(review=review, to_state=state).count()


def saved(rater, item, value="5"):
    return lambda: answering.save_answer(rater=rater, item=item, value=value)


def test_two_people_answer_at_once():
    review = still_asking()
    first, second = raters(review, Side.CLIENT)[:2]

    at_once(*(saved(one, f"TRU{n}") for one in (first, second) for n in (1, 2, 3)))

    for one in (first, second):
        assert set(response_of(one).answers) == {"TRU1", "TRU2", "TRU3"}


def test_one_person_on_two_devices_loses_nothing():
    review = still_asking()
    rater = raters(review)[0]

    at_once(saved(rater, "TRU1", "2"), saved(rater, "COM1", "3"), saved(rater, "DIR1"))

    assert response_of(rater).answers == {"TRU1": 2, "COM1": 3, "DIR1": 5}


@pytest.mark.parametrize("_time", range(TIMES))
def test_an_answer_at_the_second_of_closing_is_in_or_refused(_time):
    review = still_asking()
    answer_all(review, client=4)
    rater = raters(review, Side.CLIENT)[0]

    results = at_once(
        saved(rater, "TRU1", "7"),
        lambda: asking.close_review(review=review, now=timezone.now()),
    )

    values = sorted(
        row.answers["TRU1"] for row in SealedResponse.objects.filter(side="client")
    )
    late = bool(refused(results))
    assert values == ([4, 4, 4, 4] if late else [4, 4, 4, 7])
    assert not OpenResponse.objects.exists()


@pytest.mark.parametrize("_time", range(TIMES))
def test_two_clocks_open_once(_time):
    review = scheduled_wave()
    now = morning(review.opens_on)

    at_once(lambda: clock.advance(now), lambda: clock.advance(now))

    assert ReviewSecret.objects.filter(review=review).count() == 1
    assert moved_to(review, State.OPEN) == 1


@pytest.mark.parametrize("_time", range(TIMES))
def test_two_clocks_close_once(_time):
    review = still_asking()
    answer_all(review)
    now = after_closing(review)

    at_once(lambda: clock.advance(now), lambda: clock.advance(now))

    assert SealedResponse.objects.filter(review=review).count() == 8
    assert ReviewResult.objects.filter(review=review, audience="series").count() == 1
    assert moved_to(review, State.RELEASED) == 1


@pytest.fixture
def closed():
    review = still_asking(facilitator=ContactFactory())
    answer_all(review)
    asking.close_review(review=review, now=after_closing(review))
    review.refresh_from_db()
    return review


@pytest.mark.parametrize("_time", range(TIMES))
def test_a_double_click_on_release_releases_once(_time, closed):
    def release():
        now = timezone.now()
        return releasing.release_review(review=closed, by=closed.facilitator, now=now)

    results = at_once(release, release)

    assert sorted(results) == [False, True]
    assert moved_to(closed, State.RELEASED) == 1


@pytest.mark.parametrize("_time", range(TIMES))
def test_a_facilitator_and_the_clock_release_once(_time, closed):
    now = morning(closed.publish_by)

    at_once(
        lambda: releasing.release_review(review=closed, by=closed.facilitator, now=now),
        lambda: clock.advance(now),
    )

    assert moved_to(closed, State.RELEASED) == 1


def test_calling_off_while_closing_does_one_of_both():
    review = still_asking()
    answer_all(review)

    results = at_once(
        lambda: asking.cancel_open(review=review, reason="A merger"),
        lambda: clock.advance(after_closing(review)),
    )

    review.refresh_from_db()
    cancelled = review.state == State.CANCELLED
    assert cancelled != isinstance(results[0], RuleError)
    assert SealedResponse.objects.exists() is not cancelled
