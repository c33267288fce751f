"""Each active relationship has one planned review, and others have none."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from engagements.models import Contract, HealthReview, Relationship
from engagements.reviews.actions import plan_reviews, plan_what_changed
from tests.factories import ContractFactory, RelationshipFactory

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 23)


@pytest.fixture
def relationship():
    """Strategic, with a contract in force."""
    relationship = RelationshipFactory(started_on=date(2024, 1, 15))
    ContractFactory(relationship=relationship, state=Contract.State.ACTIVE)
    return relationship


def drafts(relationship):
    return list(HealthReview.objects.planned().filter(relationship=relationship))


def test_an_active_relationship_gets_one_review(relationship):
    plan_reviews([relationship.pk], TODAY)

    (review,) = drafts(relationship)
    assert (review.slot_on, review.form) == (date(2027, 1, 15), "full")
    relationship.refresh_from_db()
    assert relationship.next_review_on == review.opens_on == date(2027, 1, 15)


@pytest.mark.parametrize("times", [1, 2, 50])
def test_planning_often_is_planning_once(relationship, times):
    changes = [plan_reviews(None, TODAY) for _ in range(times)]

    assert len(drafts(relationship)) == 1
    assert changes == [1] + [0] * (times - 1)


def test_a_relationship_without_live_contract_is_left_out():
    relationship = RelationshipFactory()
    ContractFactory(relationship=relationship, state=Contract.State.EXPIRED)

    plan_reviews(None, TODAY)

    assert drafts(relationship) == []


def test_one_marked_active_needs_no_contract():
    relationship = RelationshipFactory(marked_active_at=timezone.now())

    plan_reviews(None, TODAY)

    assert len(drafts(relationship)) == 1


def test_one_that_was_not_accepted_is_left_out(relationship):
    Relationship.objects.update(proposed_to="supplier")

    plan_reviews(None, TODAY)

    assert drafts(relationship) == []


def test_archiving_takes_the_plan_away(relationship):
    plan_reviews(None, TODAY)
    Relationship.objects.update(archived_at=timezone.now())

    plan_what_changed(TODAY)

    assert drafts(relationship) == []
    relationship.refresh_from_db()
    assert relationship.next_review_on is None


def test_a_new_segment_replans(relationship):
    plan_reviews(None, TODAY)
    relationship.segment = "routine"
    relationship.started_on = date(2024, 6, 3)
    relationship.save()

    assert plan_what_changed(TODAY) == 1

    (review,) = drafts(relationship)
    assert (review.opens_on, review.form) == (date(2027, 6, 3), "pulse")


def test_nothing_changed_asks_once(relationship, django_assert_num_queries):
    plan_reviews(None, TODAY)

    with django_assert_num_queries(1):
        assert plan_what_changed(TODAY) == 0


def test_a_review_whose_days_passed_is_kept_as_not_held(relationship):
    plan_reviews(None, TODAY)
    (first,) = drafts(relationship)

    plan_what_changed(first.closes_on + timedelta(days=1))

    first.refresh_from_db()
    (second,) = drafts(relationship)
    assert first.state == HealthReview.State.CANCELLED
    assert first.cancelled_reason
    assert second.slot_on == date(2027, 4, 15)


def test_a_passed_slot_is_never_planned_again(relationship):
    plan_reviews(None, TODAY)
    (first,) = drafts(relationship)
    plan_reviews(None, first.closes_on + timedelta(days=1))

    plan_reviews(None, first.closes_on)

    (review,) = drafts(relationship)
    assert review.slot_on != first.slot_on
