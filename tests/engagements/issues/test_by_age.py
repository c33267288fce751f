"""How many issues are open and for how long, the same in a figure and in its list."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from engagements.dashboards.across import across
from engagements.issues import queries
from engagements.issues.actions import opening
from engagements.models import JointIssue, RelationshipSide
from engagements.relationships.figures import refresh_issues
from tests.engagements.issues.conftest import SAID, to_closed
from tests.factories import MembershipFactory

pytestmark = pytest.mark.django_db
TODAY = datetime(2026, 11, 27, 10, tzinfo=UTC)


def opened(own, day: int, month: int = 11) -> JointIssue:
    moment = datetime(2026, month, day, 10, tzinfo=UTC)
    said = replace(SAID, happened_on=moment.date())
    return opening.open_issue(
        relationship=own.relationship, by=own.contact, said=said, now=moment
    )


def browser(contact) -> Client:
    client = Client()
    client.force_login(contact.user)
    return client


@pytest.fixture
def ages(seats):
    """On 27 November: one of ten working days, one of eleven, one closed."""
    own, other = seats
    young, old = opened(own, 13), opened(own, 12)
    to_closed(own, other)
    return young, old


@time_machine.travel(TODAY, tick=False)
def test_the_figure_is_the_length_of_the_list_it_opens(seats, ages):
    young, old = ages
    for one in seats:
        client = browser(one.contact)
        page = client.get("/portfolio/").text
        lists = {
            age: [row.pk for row in client.get(f"/issues/?age={age}").context["page"]]
            for age in ("young", "old", "open", "nonsense")
        }

        assert '<a class="plain" href="/issues/?age=young">1</a>' in page
        assert '<a class="plain" href="/issues/?age=old">1</a>' in page
        assert "The oldest has been open for 15 days." in page
        assert (lists["young"], lists["old"]) == ([young.pk], [old.pk])
        # Those open the longest first; of what is not known, all.
        assert lists["open"] == [old.pk, young.pk]
        assert len(lists["nonsense"]) == 3


@time_machine.travel(TODAY, tick=False)
def test_what_a_side_keeps_is_what_would_be_counted(seats, ages):
    sides = RelationshipSide.objects.filter(relationship=seats[0].relationship)
    kept = list(sides.order_by("side").values_list("open_issues", "issues_since"))

    refresh_issues(None)

    assert kept == [(2, ages[1].opened_on)] * 2
    assert kept == list(
        sides.order_by("side").values_list("open_issues", "issues_since")
    )
    page = browser(seats[0].contact).get(seats[0].relationship.get_absolute_url()).text
    assert "2 open, the oldest since" in page
    assert "Issues<small>2</small>" in page


@time_machine.travel(TODAY, tick=False)
def test_nothing_is_asked_for_those_who_have_none(seats):
    client = browser(seats[0].contact)
    costs = []
    for day in (None, 12, 13):
        if day is not None:
            opened(seats[0], day)
        with CaptureQueriesContext(connection) as asked:
            page = client.get("/portfolio/")
        costs.append(len(asked))
        assert ("none is open" in page.text) == (day is None)

    assert costs[0] == costs[1] == costs[2] <= 11


def test_who_sees_the_relationship_counts_it_and_nobody_else(seats, ages):
    stranger = MembershipFactory(role="executive").contact.user
    today = TODAY.date()

    found = [across(user, today).issues for user in (seats[0].contact.user, stranger)]

    assert found == [queries.ByAge(1, 1, 15), None]
