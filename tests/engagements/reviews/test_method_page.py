"""The page that explains the method says what the code does."""

from collections import Counter
from dataclasses import replace
from datetime import date

import pytest
from django.urls import reverse
from django.utils import timezone

from engagements.models import HealthReview
from engagements.reviews.actions.instruments import publish
from engagements.reviews.explanation.sections import explained
from engagements.reviews.explanation.topics import TOPICS
from engagements.reviews.instrument.library import rhr_8, supplied
from engagements.reviews.scoring.parameters import STANDARD, parameters
from tests.engagements.reviews.instruments import Editor, administrator, draft
from tests.factories import MembershipFactory, RelationshipFactory


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
    assert only.usual == usual[only.meaning]


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


def method_page(browser, version):
    return browser.get(
        reverse("engagements:review-method"),
        {"version": getattr(version, "pk", version)},
    )


@pytest.fixture
def ours(db):
    """A published version with words, weights and thresholds of its own."""
    by = administrator()
    editor = Editor(by, draft(by))
    editor.item("TRU1", text="We keep our word.", new_meaning=True)
    editor.weights(
        TRU=20, COM=5, DIR=12.5, TEA=12.5, DEL=12.5, SOL=12.5, INN=12.5, FAI=12.5
    )
    editor.thresholds(green=72.5)
    return publish(by=by, version=editor.version)


def test_another_version_is_explained_with_its_own_figures(client, ours):
    client.force_login(MembershipFactory(organisation=ours.organisation).contact.user)

    words = method_page(client, ours).content.decode()

    assert "We keep our word." in words
    assert "Promises between our organisations" not in words
    assert f"RHR-8, version 1.1 of {ours.organisation.name}." in words
    assert "72.5 points" in words
    assert words.count("Set by this question set; usually 70 points") == 1
    assert words.count("Set by this question set") == 1
    assert "Weight 20 %" in words
    assert "Weight 5 %" in words


def test_the_supplied_version_is_the_one_shown_without_asking(client, db):
    client.force_login(MembershipFactory().contact.user)

    asked = method_page(client, supplied()).context
    plain = client.get(reverse("engagements:review-method")).context

    for part in ("content", "title", "topics", "labels", "sections"):
        assert asked[part] == plain[part]


def set_up_with(version, relationship):
    """A review somebody began to set up with this version."""
    return HealthReview.objects.create(
        relationship=relationship,
        form="full",
        instrument=version,
        set_up_at=timezone.now(),
        **dict.fromkeys(
            (
                "slot_on",
                "prepare_on",
                "opens_on",
                "closes_on",
                "publish_by",
                "discuss_by",
                "agree_by",
            ),
            date(2030, 1, 7),
        ),
    )


def test_the_other_side_of_a_review_reads_how_it_is_computed(client, ours):
    """Whoever is asked by a version may read it, and edits nothing of it."""
    other = MembershipFactory(role="executive").contact
    client.force_login(other.user)
    assert method_page(client, ours).status_code == 404

    relationship = RelationshipFactory(
        client=ours.organisation, supplier=other.organisation
    )
    set_up_with(ours, relationship)

    assert "We keep our word." in method_page(client, ours).content.decode()
    assert client.get(ours.get_absolute_url()).status_code == 404


@pytest.mark.parametrize("asked", ["1", "x", "0198c7a2-7c51-7f3e-9d0a-3f5b8c2d1e4f"])
def test_a_version_nobody_knows_is_not_found(client, db, asked):
    client.force_login(MembershipFactory().contact.user)

    assert method_page(client, asked).status_code == 404
