"""A clock that stood still for days: all that is due is caught up, each once."""

from datetime import UTC, datetime, time, timedelta

import pytest
from django.utils import timezone

from engagements.models import Contract, Notice
from tests.factories import (
    ContractFactory,
    MembershipFactory,
    RelationshipFactory,
    TeamRoleFactory,
)

pytestmark = [
    pytest.mark.faults,
    pytest.mark.django_db(transaction=True),
    pytest.mark.timeout(240),
]


@pytest.fixture
def contract(transactional_db):
    """Nobody has spoken for long, and a deadline lies some 53 days ahead."""
    today = timezone.localdate()
    member = MembershipFactory(role="account_manager")
    relationship = RelationshipFactory(
        client=member.organisation, started_on=today - timedelta(days=300)
    )
    TeamRoleFactory(relationship=relationship, side="client", contact=member.contact)
    return ContractFactory(
        relationship=relationship,
        start_on=today - timedelta(days=300),
        end_on=today + timedelta(days=55),
        initial_months=None,
        client_notice=1,
        client_notice_unit=Contract.Unit.DAYS,
    )


def round_on(installation, day, at_once=1):
    """Real processes that do a round as of the morning of a day, all at once."""
    moment = datetime.combine(day, time(9), UTC)
    rounds = [installation.tick(moment) for _ in range(at_once)]
    assert [found.wait(60) for found in rounds] == [0] * at_once


def told(kind):
    """The thresholds a kind was told at, in the application."""
    rows = Notice.objects.filter(kind=kind, side="client", channel="in_app")
    return sorted(rows.values_list("threshold", flat=True))


def test_weeks_without_a_clock_are_caught_up_once(installation, contract):
    round_on(installation, timezone.localdate())
    assert (told("notice-deadline"), told("silence")) == ([60], [0])

    contract.refresh_from_db()
    later = contract.client_act_by - timedelta(days=29)
    assert later - timezone.localdate() >= timedelta(days=21)
    round_on(installation, later, at_once=2)
    round_on(installation, later)

    assert told("notice-deadline") == [30, 60]
    # Three weeks were missed: one reminder says so, not three.
    assert told("silence") == [0, 0]
