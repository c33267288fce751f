"""The health each side's row keeps is what the rows behind it say, whatever happens."""

from __future__ import annotations

from datetime import UTC, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from engagements.models import (
    Commitment,
    Contract,
    HealthReview,
    JointIssue,
    RelationshipSide,
    ReviewAction,
    ReviewResult,
    SideSnapshot,
)
from engagements.reminders.rounds import sweep
from engagements.reviews.actions import releasing
from engagements.reviews.figures import refresh_health, refresh_what_changed
from engagements.reviews.queries.actions import due_and_on_time
from tests.engagements.reviews.waves import OPENS, closed_wave, scheduled_wave
from tests.factories import (
    CommitmentFactory,
    ContactFactory,
    ContractFactory,
    RelationshipFactory,
)

pytestmark = pytest.mark.django_db


def day_of(review):
    return timezone.localdate(review.closed_at, UTC)


def sides(relationship):
    rows = RelationshipSide.objects.filter(relationship=relationship).order_by("side")
    return list(rows)


def health(relationship) -> str:
    client, supplier = sides(relationship)
    kept = {
        (row.health, tuple(row.health_why), row.health_score, row.client_score)
        for row in (client, supplier)
    }
    assert len(kept) == 1, "Both sides read the same."
    return client.health


def promised(review, *, due_on, done_on=None):
    promise = CommitmentFactory(
        relationship=review.relationship, original_due_on=due_on, done_on=done_on
    )
    return ReviewAction.objects.create(
        review=review,
        text=promise.text,
        side=promise.side,
        owner=promise.owner,
        due_on=due_on,
        measure="A rota",
        proposed_by=promise.owner,
        commitment=promise,
    )


def test_release_writes_it_to_both_sides():
    review = closed_wave(client_point=6, supplier_point=7)

    assert health(review.relationship) == "strong"
    row = sides(review.relationship)[0]
    assert (row.client_score, row.supplier_score, row.score_gap) == (83, 95, -12)
    assert row.health_review_id == review.pk
    assert row.reviewed_on == day_of(review)
    assert row.health_topics[0][2:] == ["83", "95+", -12]
    assert len(row.health_topics) == 8


def test_nothing_is_shown_before_release():
    facilitator = ContactFactory()
    review = closed_wave(client_point=6, supplier_point=6, facilitator=facilitator)

    assert review.state == HealthReview.State.CLOSED
    assert health(review.relationship) == "none"
    assert refresh_health(None, day_of(review)) == 0
    releasing.release_review(review=review, now=review.closed_at, by=facilitator)
    assert health(review.relationship) == "strong"


def test_too_few_answers_are_too_few_even_after_a_good_review():
    good = closed_wave(client_point=6, supplier_point=6)
    later = {"opens_on": OPENS + timedelta(days=200), "supplier_point": 6}
    closed_wave(good.relationship, **later)

    assert health(good.relationship) == "few"
    assert sides(good.relationship)[0].health_score is None


def test_a_named_check_in_of_two_a_side_is_a_reading():
    review = closed_wave(
        client=2, supplier=2, form="check_in", mode="named",
        client_point=6, supplier_point=5,
    )  # fmt: skip

    assert health(review.relationship) == "steady"
    assert sides(review.relationship)[0].health_basis == "check_in"


def test_age_makes_it_stale_and_takes_nothing_away():
    review = closed_wave(client_point=6, supplier_point=6)
    ids, day = [review.relationship_id], day_of(review)

    assert refresh_health(ids, day + timedelta(days=270)) == 0
    assert refresh_health(ids, day + timedelta(days=280)) == 2
    row = sides(review.relationship)[1]
    assert (row.health, row.health_last) == ("stale", "strong")
    assert row.health_score == 83
    assert refresh_health(None, day + timedelta(days=280)) == 0


def test_an_open_issue_of_severity_1_caps_it_until_it_is_closed():
    review = closed_wave(client_point=6, supplier_point=6)
    today, relationship = day_of(review), review.relationship
    issue = JointIssue.objects.create(
        relationship=relationship,
        title="No power",
        severity="1",
        happened_on=today,
        opened_on=today,
        opened_by=ContactFactory(),
    )

    assert refresh_what_changed(today) == 2
    assert health(relationship) == "watch"
    assert sides(relationship)[0].health_why[0].startswith("open_sev1")
    issue.state, issue.closed_on = "closed", today
    issue.save()
    assert refresh_what_changed(today) == 2
    assert health(relationship) == "strong"


def test_a_round_notices_notice_given_and_taken_back():
    review = closed_wave(client_point=6, supplier_point=6)
    paper = ContractFactory(relationship=review.relationship, state="active")
    today = day_of(review)
    assert refresh_what_changed(today) == 0

    paper.notice_given_by, paper.notice_given_on = "client", today
    paper.save()
    assert refresh_what_changed(today) == 2
    assert health(review.relationship) == "risk"

    with CaptureQueriesContext(connection) as asked:
        assert refresh_what_changed(today) == 0
    assert len(asked) == 1

    paper.state = Contract.State.TERMINATED
    paper.save()
    assert refresh_what_changed(today) == 2
    assert health(review.relationship) == "strong"


def test_a_round_notices_that_agreed_actions_are_late_and_that_they_were_not():
    review = closed_wave(client_point=6, supplier_point=6)
    today = day_of(review)
    due = today - timedelta(days=3)
    actions = [promised(review, due_on=due) for _each in range(3)]
    CommitmentFactory(relationship=review.relationship, original_due_on=due)

    assert refresh_what_changed(today) == 2
    assert sides(review.relationship)[0].health_why == ["actions_overdue::"]

    for action in actions[:2]:
        Commitment.objects.filter(pk=action.commitment_id).update(
            done_on=due, done_at=timezone.now(), updated_at=timezone.now()
        )
    assert refresh_what_changed(today) == 2
    assert health(review.relationship) == "strong"


def test_another_segment_is_another_age():
    review = closed_wave(client_point=6, supplier_point=6)
    later = day_of(review) + timedelta(days=300)
    refresh_health(None, later)
    assert health(review.relationship) == "stale"

    relationship = review.relationship
    relationship.segment = "leverage"
    relationship.save()
    assert refresh_what_changed(later) == 2
    assert health(relationship) == "strong"


def test_the_sweep_writes_what_no_round_saw_and_keeps_the_month():
    review = closed_wave(client_point=6, supplier_point=6)
    RelationshipSide.objects.update(health="watch", health_score=3)

    assert sweep(review.closed_at)

    assert health(review.relationship) == "strong"
    kept = SideSnapshot.objects.filter(
        relationship_side__relationship=review.relationship
    )
    assert {row.figures["health"] for row in kept} == {"strong"}
    assert {row.figures["client_score"] for row in kept} == {83}


def test_a_gap_is_told_as_its_frozen_result_prints_it():
    """An older result may have rounded otherwise; both pages say what it says."""
    new = closed_wave(client_point=6, supplier_point=5)
    documents = dict(new.results.values_list("audience", "document"))
    documents["series"]["gap"], documents["shared"]["gap"] = 19.6, 20
    topic = documents["shared"]["dimensions"][0]
    topic["gap"] = 40
    old = scheduled_wave(
        state="closed", closed_at=new.closed_at, method=new.method, client=0, supplier=0
    )
    for audience, document in documents.items():
        ReviewResult.objects.create(review=old, audience=audience, document=document)
    HealthReview.objects.filter(pk=old.pk).update(
        state="released", released_at=new.released_at
    )

    refresh_health([old.relationship_id], day_of(new))

    for side in sides(old.relationship):
        assert side.score_gap == 20
        assert {row[0]: row[4] for row in side.health_topics}[topic["key"]] == 40


def test_it_costs_the_same_for_one_and_for_more():
    def cost() -> int:
        with CaptureQueriesContext(connection) as asked:
            refresh_health(None, timezone.localdate())
        return len(asked)

    closed_wave(client_point=6, supplier_point=6)
    one = cost()
    for _each in range(3):
        closed_wave(client_point=6, supplier_point=5)
    RelationshipFactory()

    assert cost() == one <= 14


def test_actions_that_were_late_more_than_a_year_ago_count_no_more():
    review = closed_wave(client_point=6, supplier_point=6)
    today = day_of(review)
    long_ago = today - timedelta(days=366)
    for due, done in [(long_ago, None)] * 3 + [(today - timedelta(days=9), today)]:
        promised(review, due_on=due, done_on=done and due)

    assert due_and_on_time(review.relationship_id, today) == (1, 1)
    refresh_health([review.relationship_id], today)
    assert health(review.relationship) == "strong"
    # A day earlier the three were within a year.
    assert due_and_on_time(review.relationship_id, today - timedelta(days=1)) == (4, 1)
    refresh_health([review.relationship_id], today - timedelta(days=1))
    assert sides(review.relationship)[0].health_why == ["actions_overdue::"]
