"""The page that explains the method says what the code does."""

from collections import Counter
from dataclasses import replace

import pytest
from django.urls import reverse

from engagements.reviews.explanation.sections import explained
from engagements.reviews.explanation.topics import TOPICS
from engagements.reviews.instrument.library import rhr_8
from engagements.reviews.scoring.parameters import STANDARD, parameters
from tests.factories import MembershipFactory


def test_every_threshold_is_explained_once():
    named = Counter(name for topic in TOPICS for name in topic.names)

    assert named == Counter(one.name for one in parameters(STANDARD))


@pytest.mark.parametrize(
    ("given", "value", "meaning"),
    [
        ({"green": 72.5}, "72.5 points", "of health from which it is green"),
        ({"low_rate": 0.455}, "45.5 %", "answered, under which a side is silent"),
        ({"most_arrangements": 30_000}, "30,000", "arrangements counted one by one"),
        ({"trend_limit": 2.0}, "2 times", "deviations from the centre"),
        ({"least_per_side": 4}, "4 people", "valid answers a side needs for a figure"),
        ({"ageing": 1.5}, "1.5 times the usual interval", "of age after which"),
    ],
)
def test_another_method_is_explained_with_its_own_thresholds(given, value, meaning):
    usual = {
        one.meaning: one.value
        for part in explained(STANDARD)
        for one in part.thresholds
    }
    changed = [
        one
        for part in explained(replace(STANDARD, **given))
        for one in part.thresholds
        if usual[one.meaning] != one.value
    ]

    (only,) = changed
    assert only.value == value
    assert only.meaning.startswith(meaning)


@pytest.mark.django_db
def test_the_page_shows_all_statements_and_thresholds(
    client, django_assert_max_num_queries
):
    client.force_login(MembershipFactory().contact.user)

    with django_assert_max_num_queries(6):
        response = client.get(reverse("engagements:review-method"))

    words = response.content.decode().replace("&#x27;", "'")
    for dimension in rhr_8().dimensions:
        assert dimension.meaning["en"] in words
    for item in rhr_8().items:
        if item.module == "core":
            assert item.text["en"] in words
    assert words.count('<td class="num nw b">') == len(parameters(STANDARD))
