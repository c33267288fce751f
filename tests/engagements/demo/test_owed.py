"""The demo tells nobody today of what its story says happened long ago."""

from __future__ import annotations

import pytest
from django.utils import timezone

from engagements.demo.actions import seed_demo
from engagements.models import HealthReview, Notice, ReviewConfirmation
from engagements.reminders.planning import plan
from tests.engagements.demo.test_reviews import SIZE

pytestmark = pytest.mark.django_db
UNSENT = [Notice.State.PENDING, Notice.State.LEASED, Notice.State.SENDING]


def test_a_round_owes_nothing_about_a_review_that_is_over():
    seed_demo(**SIZE, today=timezone.localdate())

    plan(timezone.now())

    over = HealthReview.objects.filter(closed_at__isnull=False)
    about = [*over.values_list("pk", flat=True)]
    asked = ReviewConfirmation.objects.filter(review__in=over)
    about += asked.values_list("pk", flat=True)
    owed = Notice.objects.filter(object_id__in=about, state__in=UNSENT)
    kinds = sorted(owed.order_by().values_list("kind", "object_id"))
    assert {kind for kind, _about in kinds} == set()
