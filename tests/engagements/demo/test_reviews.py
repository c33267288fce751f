"""The demo's reviews: every state and every label can be looked at, and taken away."""

from __future__ import annotations

from datetime import UTC

import pytest
from django.test import Client
from django.utils import timezone
from zeal import zeal_ignore

from engagements.demo.names import HOST
from engagements.demo.stories import STORIES, chapters
from engagements.models import (
    BoardSeat,
    Health,
    HealthReview,
    Notice,
    OpenResponse,
    Organisation,
    OwnerReading,
    Relationship,
    RelationshipSide,
    ReviewAction,
    ReviewConfirmation,
    SealedResponse,
    TimelineEntry,
)
from engagements.parties.actions.demo import remove_demo
from engagements.reminders.planning import plan
from engagements.reviews.figures import refresh_health
from tests.worlds import kept

pytestmark = pytest.mark.django_db
State = HealthReview.State
PRESS = "/welcome/demo/"
UNSENT = [Notice.State.PENDING, Notice.State.LEASED, Notice.State.SENDING]


@pytest.fixture(scope="module")
def pressed(django_db_setup, django_db_blocker):
    """What the press that loads the demo answers; its reviews take long to write."""
    with kept(django_db_blocker):
        browser = Client()
        assert browser.get(PRESS).status_code == 405
        assert not Organisation.objects.exists()
        # Its reviews are opened and closed one after the other, as real ones are.
        with zeal_ignore():
            answer = browser.post(PRESS)
        yield answer


def test_the_demo_is_loaded_by_a_press_and_never_by_looking(pressed, client):
    assert pressed["Location"] == "/welcome/"
    assert Organisation.objects.filter(demo=True).exists()
    assert b"Sign in as" in client.get("/welcome/").content


def test_every_state_and_every_label_is_there_and_can_be_taken_away(pressed):
    today = timezone.localdate()
    reviews = HealthReview.objects.all()
    found = set(reviews.values_list("state", flat=True))
    assert found >= set(State.values)
    there = Relationship.objects.count()
    told = [one for rank, one in STORIES.items() if rank < there]
    by_story = reviews.filter(cause=HealthReview.Cause.BY_HAND)
    assert by_story.count() == sum(len(list(chapters(one))) for one in told)
    labels = set(RelationshipSide.objects.values_list("health", flat=True))
    assert labels == set(Health.values)
    forms = set(
        reviews.filter(released_at__isnull=False).values_list("form", flat=True)
    )
    assert forms == set(HealthReview.Form.values)

    seats = BoardSeat.objects.current().neutral()
    assert seats.members().count() >= 6
    assert seats.count() == BoardSeat.objects.count()
    assert_consistent(today)
    readings = OwnerReading.objects.filter(organisation__name=HOST)
    assert readings.count() == OwnerReading.objects.count() == 4
    assert not readings.exclude(relationship__sides__health_review=None).exists()
    remove_demo()
    assert not HealthReview.objects.exists()
    assert not OwnerReading.objects.exists()
    assert not SealedResponse.objects.exists()


def assert_consistent(today):
    """As if the application had lived through it."""
    assert refresh_health(None, today) == 0
    running = HealthReview.objects.asking()
    assert OpenResponse.objects.filter(review__in=running).count() > 0
    late = TimelineEntry.objects.filter(kind="review", at__gt=timezone.now())
    assert not late.exists()
    for review in HealthReview.objects.filter(closed_at__isnull=False):
        assert timezone.localdate(review.closed_at, UTC) <= today
    actions = ReviewAction.objects.select_related("commitment")
    assert {one.commitment.visibility for one in actions} == {"shared"}
    sides = RelationshipSide.objects.order_by().values_list(
        "relationship", "health", "client_score", "supplier_score"
    )
    assert sides.distinct().count() * 2 == RelationshipSide.objects.count()


def test_a_round_owes_nothing_about_a_review_that_is_over(pressed):
    """The demo tells nobody today of what its story says happened long ago."""
    plan(timezone.now())

    over = HealthReview.objects.filter(closed_at__isnull=False)
    about = [*over.values_list("pk", flat=True)]
    asked = ReviewConfirmation.objects.filter(review__in=over)
    about += asked.values_list("pk", flat=True)
    owed = Notice.objects.filter(object_id__in=about, state__in=UNSENT)
    kinds = sorted(owed.order_by().values_list("kind", "object_id"))
    assert {kind for kind, _about in kinds} == set()
