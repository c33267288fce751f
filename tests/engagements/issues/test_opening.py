"""What the form asks before an issue is opened: is it the same again?"""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from engagements.issues.actions import opening
from engagements.models import JointIssue
from tests.engagements.issues.conftest import to_accounts

pytestmark = pytest.mark.django_db
ASKED = "Is it the same again within 90 days?"


@pytest.fixture
def form(seats):
    """Read the form to open an issue, as the own side reads it."""
    own, _other = seats
    browser = Client()
    browser.force_login(own.contact.user)
    address = reverse("engagements:issue-create", args=[own.relationship.pk])
    return lambda query="": browser.get(address + query).text


def test_the_same_within_90_days_is_asked_about(seats, form):
    earlier = to_accounts(*seats)

    shown = form()

    assert ASKED in shown
    assert f"?before={earlier.pk}" in shown
    chosen = form(f"?before={earlier.pk}")
    assert ASKED not in chosen
    assert f'value="{earlier.pk}" selected' in chosen


@pytest.mark.parametrize(("days", "asked"), [(90, True), (91, False)])
def test_what_is_longer_ago_is_not_asked_about(seats, form, days, asked):
    day = timezone.localdate() - timedelta(days=days)
    to_accounts(*seats)
    JointIssue.objects.update(happened_on=day, opened_on=day)

    assert (ASKED in form()) is asked


def test_the_form_asks_about_three_at_most(seats, form):
    own, _other = seats
    for number in range(5):
        said = opening.Opening(title=f"Late {number}", happened_on=timezone.localdate())
        opening.open_issue(relationship=own.relationship, by=own.contact, said=said)

    assert form().count(ASKED) == 3
