"""A review on its page before there is a result: numbers, questions, who may what."""

import pytest
import time_machine
from django.urls import reverse

from engagements.models import HealthReview, Side
from engagements.reviews.actions import asking, plan_reviews
from tests.engagements.reviews.setups import (
    CHECK_IN,
    NOW,
    OPENS,
    PULSE,
    TODAY,
    ask,
    begun,
    latest,
    ready,
    scheduled,
    set_count,
    staffed,
)
from tests.engagements.reviews.waves import answer, morning, raters

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _today():
    with time_machine.travel(NOW, tick=False):
        yield


def address(name, review, *more):
    return reverse(f"engagements:review-{name}", args=[review.pk, *more])


def own(pair):
    return pair.browser()


def test_while_it_asks_a_number_of_the_own_side_is_shown_and_never_who(pair):
    review = scheduled(staffed(pair), PULSE)
    asking.open_review(review=review, now=morning(OPENS))
    for rater in raters(review, pair.own)[:2]:
        answer(rater, 5)

    with time_machine.travel("2026-11-30 12:00Z", tick=False):
        ours = pair.browser().get(review.get_absolute_url()).text
        theirs = pair.browser(pair.other).get(review.get_absolute_url()).text

    assert "2 of 4 answered" in ours
    assert "4 people asked" in ours
    assert "2 of 4" not in theirs
    assert "0 of 4 answered" in theirs


def test_of_few_people_no_number_is_shown(pair):
    review = scheduled(staffed(pair), CHECK_IN)
    asking.open_review(review=review, now=morning(OPENS))
    answer(raters(review, pair.own)[0], 5)

    with time_machine.travel("2026-11-30 12:00Z", tick=False):
        page = own(pair).get(review.get_absolute_url()).text

    assert "answered" not in page
    assert "2 people asked" in page


def test_before_it_asks_only_the_side_that_began_it_calls_it_off(pair):
    review = begun(staffed(pair), PULSE)
    theirs = pair.browser(pair.other)

    assert theirs.get(address("cancel", review)).status_code == 403
    assert own(pair).post(address("cancel", review), {"reason": ""}).status_code == 422
    own(pair).post(address("cancel", review), {"reason": "A merger"})

    review.refresh_from_db()
    assert review.state == "cancelled"
    assert "A merger" in theirs.get(review.get_absolute_url()).text


def test_while_it_asks_the_other_side_is_asked_and_reads_why(pair):
    review = scheduled(staffed(pair), PULSE)
    asking.open_review(review=review, now=morning(OPENS))
    theirs = pair.browser(pair.other)

    theirs.post(address("cancel", review), {"reason": "A merger"})
    page = own(pair).get(review.get_absolute_url()).text
    assert "Call the review off?" in page
    assert "A merger" in page
    row = latest(review, "cancel")[pair.own]
    own(pair).post(
        f"/confirmations/{row.pk}/", {"answer": "no", "reason": "We want it"}
    )

    review.refresh_from_db()
    assert review.state == "open"
    assert "Call the review off?" not in own(pair).get(review.get_absolute_url()).text


def test_a_side_confirms_on_the_page_or_says_what_should_be_different(pair):
    review = ready(staffed(pair), PULSE)
    ask(pair, review)
    row, theirs = latest(review)[pair.other], pair.browser(pair.other)

    assert "Your side is asked to confirm" in theirs.get(review.get_absolute_url()).text
    refused = theirs.post(f"/confirmations/{row.pk}/", {"answer": "no", "reason": " "})
    assert refused.status_code == 422
    assert "Say what should be different" in refused.text
    assert "<title>Error:" in " ".join(refused.text.split())
    theirs.post(
        f"/confirmations/{row.pk}/", {"answer": "no", "reason": "Not that week"}
    )

    shown = own(pair).get(review.get_absolute_url()).text
    assert "Not that week" in shown
    assert "does not confirm it like this" in shown
    assert "Ask both sides to confirm" in shown
    assert own(pair).post(f"/confirmations/{row.pk}/").status_code == 403


def test_a_line_of_the_calendar_leads_to_setting_it_up(pair):
    staffed(pair)
    plan_reviews([pair.relationship.pk], TODAY)
    line = HealthReview.objects.planned().get(relationship=pair.relationship)

    page = own(pair).get(line.get_absolute_url()).text

    assert "nobody has begun to set it up" in page
    assert f"/reviews/new/?r={pair.relationship.pk}" in page


@pytest.mark.parametrize("role", ["executive", "elsewhere"])
def test_who_only_reads_sets_nothing_up(pair, role):
    review = ready(staffed(pair), PULSE)
    browser = pair.browser(role=role)
    expected = 403 if role == "executive" else 404

    assert browser.get(address("how", review)).status_code == expected
    assert browser.post(address("ask", review)).status_code == expected
    if role == "executive":
        page = browser.get(review.get_absolute_url()).text
        assert "Ask both sides to confirm</button>" not in page


@pytest.mark.parametrize("people", [4, 12])
def test_the_page_has_a_fixed_number_of_queries(
    pair, people, django_assert_num_queries
):
    review = ready(staffed(pair), PULSE)
    for side in Side:
        set_count(pair, review, side, people)
    ask(pair, review)
    browser = own(pair)
    browser.get(review.get_absolute_url())

    with django_assert_num_queries(21):
        browser.get(review.get_absolute_url())
    with django_assert_num_queries(13):
        browser.get(address("people", review, pair.own))
