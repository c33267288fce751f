"""Whether the application and its clock run."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from engagements.models import Tick
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db


def ticked(ago: timedelta) -> None:
    moment = timezone.now() - ago
    Tick.objects.create(started_at=moment, finished_at=moment)


def test_health_is_ok_after_a_recent_round(client):
    ticked(timedelta(seconds=20))

    answer = client.get(reverse("engagements:health"))

    assert (answer.status_code, answer.json()) == (200, {"status": "ok"})


@pytest.mark.parametrize("rounds", [[], [timedelta(minutes=10)]])
def test_health_is_degraded_without_a_recent_round(client, rounds):
    for ago in rounds:
        ticked(ago)

    answer = client.get(reverse("engagements:health"))

    assert (answer.status_code, answer.json()) == (503, {"status": "degraded"})


def test_only_an_operator_reads_the_figures(client):
    ticked(timedelta(seconds=20))
    client.force_login(UserFactory(is_staff=True))

    answer = client.get(reverse("engagements:health")).json()

    assert answer["pending"] == answer["dead"] == answer["parked"] == 0
