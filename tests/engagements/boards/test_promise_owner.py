"""Whoever promised a board something finds it, keeps it, reads that recommendation."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from engagements.models import Membership, RecommendationPromise
from tests.factories import MembershipFactory, RecommendationFactory

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate()


@pytest.fixture
def given(meeting):
    """A promise of an account manager of the host."""
    dan = MembershipFactory(
        organisation=meeting.board.supplier, role="account_manager"
    ).contact
    asked = RecommendationFactory(
        meeting=meeting,
        state="committed",
        decision="accept",
        decided_at=timezone.now(),
    )
    RecommendationFactory(meeting=meeting, ancestor=asked, wording="Another matter")
    return RecommendationPromise.objects.create(
        recommendation=asked,
        owner=dan,
        text="A calendar of changes",
        measure="It hangs there",
        original_due_on=TODAY + timedelta(days=2),
        due_on=TODAY + timedelta(days=2),
    )


def at(name, given):
    row = given.recommendation
    return reverse(
        f"engagements:board-promise-{name}", args=[row.board_id, row.pk, given.pk]
    )


def test_the_owner_of_a_promise_to_a_board_keeps_it(given):
    client, row = Client(), given.recommendation
    client.force_login(given.owner.user)
    home, promises = reverse("engagements:home"), reverse("engagements:commitments")

    for address in (home, promises, f"{promises}?mine=1", row.get_absolute_url()):
        assert given.text in client.get(address).content.decode()
    read = client.get(row.get_absolute_url()).content.decode()
    assert row.wording in read
    assert "Another matter" not in read
    # Nor is there a way to the rest of the board, or to answering it.
    assert client.get(row.board.get_absolute_url()).status_code == 404
    assert row.board.get_absolute_url() + '"' not in read
    answer = reverse("engagements:board-answer", args=[row.board_id, row.pk])
    assert client.get(answer).status_code == 404

    moved = {"due_on": (TODAY + timedelta(days=9)).isoformat(), "reason": "Holidays"}
    client.post(at("move", given), moved)
    client.post(at("done", given))

    given.refresh_from_db()
    assert (given.original_due_on, given.due_on, given.done_on) == (
        TODAY + timedelta(days=2),
        TODAY + timedelta(days=9),
        TODAY,
    )
    assert given.text in client.get(promises).content.decode()
    assert given.text not in client.get(home).content.decode()


def test_whoever_left_the_host_reads_it_no_more(given):
    client = Client()
    client.force_login(given.owner.user)
    Membership.objects.filter(contact=given.owner).update(ended_at=timezone.now())

    assert client.get(given.recommendation.get_absolute_url()).status_code == 404
    assert client.post(at("done", given)).status_code == 404
