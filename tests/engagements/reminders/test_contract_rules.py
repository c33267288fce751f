"""Deadlines of contracts: who is told when, and what is left out."""

from datetime import timedelta

import pytest
from django.utils import timezone

from engagements.models import (
    Absence,
    Contract,
    KeyDate,
    Notice,
    NoticePreference,
    Relationship,
    RelationshipSide,
    TeamRole,
)
from engagements.reminders.planning import MOST_AT_ONCE
from tests.engagements.reminders.conftest import TODAY, name, told
from tests.factories import ContractFactory

MAIL = Notice.Channel.MAIL


def in_days(count):
    return TODAY + timedelta(days=count)


def test_administrator_and_interface_person_of_the_side_are_told(world, contract):
    assert told("notice-deadline") == sorted(
        ("client", name(world, "client", role), 60)
        for role in ("administrator", "account_manager")
    )


def test_a_sponsor_is_told_too(world, contract):
    sponsor = world.by("client", "executive").contact
    TeamRole.objects.create(
        relationship=world.relationship,
        side="client",
        contact=sponsor,
        role=TeamRole.Role.SPONSOR,
        from_on=TODAY,
    )

    assert ("client", sponsor.name, 60) in told("notice-deadline")


@pytest.mark.parametrize(
    ("days", "threshold"),
    [(181, None), (180, 180), (91, 180), (90, 90), (61, 90), (60, 60), (30, 30),
     (11, 30), (10, 10), (0, 10), (-1, None)],
)  # fmt: skip
def test_each_day_ahead_belongs_to_one_threshold(contract, days, threshold):
    Contract.objects.update(client_act_by=in_days(days))

    found = {row[2] for row in told("notice-deadline")}

    assert found == ({threshold} if threshold is not None else set())


def test_every_threshold_is_told_once_though_days_were_missed(contract):
    Contract.objects.update(client_act_by=in_days(180))
    for day in (0, 1, 95, 96, 125, 160, 175, 180, 185):
        told("notice-deadline", day=in_days(day))

    thresholds = Notice.objects.filter(
        kind="notice-deadline", channel=Notice.Channel.IN_APP
    ).values_list("threshold", flat=True)
    # Two people each; 180, 90, 60, 30, 10 days before.
    assert sorted(thresholds) == [10, 10, 30, 30, 60, 60, 90, 90, 180, 180]


@pytest.mark.parametrize("times", [1, 2, 50])
def test_planning_often_is_planning_once(contract, times):
    for _ in range(times):
        told("notice-deadline")

    assert Notice.objects.filter(kind="notice-deadline").count() == 2


@pytest.mark.parametrize(
    "values",
    [
        {"state": Contract.State.EXPIRED},
        {"state": Contract.State.TERMINATED},
        {"state": Contract.State.DRAFT},
        {"archived_at": timezone.now()},
        {"notice_given_by": "client", "notice_given_on": TODAY},
        {"client_act_by": None},
    ],
)
def test_a_contract_that_asks_nobody_to_act_is_left_out(contract, values):
    Contract.objects.update(**values)

    assert told("notice-deadline") == []


def test_an_archived_relationship_is_left_out(contract):
    Relationship.objects.update(archived_at=timezone.now())

    assert told("notice-deadline") == []


def test_a_side_nobody_acts_on_is_left_out(contract):
    RelationshipSide.objects.filter(side="client").update(acted_by=None)

    assert told("notice-deadline") == []


def test_a_changed_date_is_told_again_and_so_is_one_that_comes_back(contract):
    told("notice-deadline")
    contract.client_act_by, contract.alarm_counter = in_days(50), 1
    contract.save()
    told("notice-deadline")
    contract.client_act_by, contract.alarm_counter = in_days(38), 2
    contract.save()

    assert len(told("notice-deadline")) == 6


def test_a_switched_off_person_is_left_out(world, contract):
    user = world.user("client", "account_manager")
    user.is_active = False
    user.save()

    assert told("notice-deadline") == [
        ("client", name(world, "client", "administrator"), 60)
    ]


def test_a_person_of_the_other_side_is_never_told(world, contract):
    TeamRole.objects.create(
        relationship=world.relationship,
        side="client",
        contact=world.by("supplier", "account_manager").contact,
        role=TeamRole.Role.SPONSOR,
        from_on=TODAY,
    )

    names = {row[1] for row in told("notice-deadline")}
    assert name(world, "supplier", "account_manager") not in names


def test_a_former_interface_person_is_left_out(world, contract):
    TeamRole.objects.update(to_on=in_days(-1))

    assert told("notice-deadline") == [
        ("client", name(world, "client", "administrator"), 60)
    ]


def test_a_deputy_is_told_while_somebody_is_away(world, contract):
    deputy = world.by("client", "elsewhere").contact
    Absence.objects.create(
        contact=world.by("client", "account_manager").contact,
        deputy=deputy,
        from_on=in_days(-1),
        to_on=in_days(1),
    )

    names = {row[1] for row in told("notice-deadline")}
    assert names == {name(world, "client", "administrator"), deputy.name}


def test_far_away_it_joins_the_digest_and_near_it_is_mailed_alone(contract):
    assert told("notice-deadline", MAIL) == []
    assert told("digest", MAIL)

    Contract.objects.update(client_act_by=in_days(9), alarm_counter=1)
    assert len(told("notice-deadline", MAIL)) == 2


def test_a_legal_deadline_can_be_redirected_and_not_switched_off(world, contract):
    person = world.by("client", "administrator").contact
    Contract.objects.update(client_act_by=in_days(5))
    NoticePreference.objects.create(
        contact=person, kind="notice-deadline", choice=NoticePreference.Choice.OFF
    )

    assert person.name in {row[1] for row in told("notice-deadline")}
    assert person.name not in {row[1] for row in told("notice-deadline", MAIL)}


def test_an_import_that_lands_inside_windows_sends_one_summary(world):
    ContractFactory.create_batch(
        MOST_AT_ONCE + 1,
        relationship=world.relationship,
        state=Contract.State.RENEWING,
        client_act_by=in_days(8),
    )

    assert told("notice-deadline", MAIL) == []
    assert len(told("notice-deadline")) == 2 * (MOST_AT_ONCE + 1)
    summaries = Notice.objects.filter(kind="digest")
    assert summaries.count() == 2
    assert {row.due_at for row in summaries} == {timezone.now()}


@pytest.mark.parametrize(
    ("days", "threshold"),
    [(91, None), (90, 90), (30, 30), (7, 7), (1, 7), (0, 0)],
)
def test_the_end_of_a_contract_is_told_in_time(world, days, threshold):
    ContractFactory(
        relationship=world.relationship,
        state=Contract.State.ACTIVE,
        renewal=Contract.Renewal.NONE,
        current_end_on=in_days(days),
    )

    found = {(row[0], row[2]) for row in told("contract-end")}

    sides = ("client", "supplier") if threshold is not None else ()
    assert found == {(side, threshold) for side in sides}


@pytest.mark.parametrize(
    "values",
    [
        {"renewal": Contract.Renewal.TACIT},
        {"renewal": Contract.Renewal.EVERGREEN},
        {"state": Contract.State.EXPIRED},
        {"current_end_on": None},
        {"current_end_on": in_days(-1)},
    ],
)
def test_a_contract_that_does_not_end_soon_is_left_out(world, values):
    given = {
        "state": Contract.State.ACTIVE,
        "renewal": Contract.Renewal.NONE,
        "current_end_on": in_days(20),
    } | values
    ContractFactory(relationship=world.relationship, **given)

    assert told("contract-end") == []


def test_a_key_date_is_told_to_the_side_that_may_act(contract):
    KeyDate.objects.create(
        contract=contract, title="Break", side="client", on=in_days(20)
    )
    KeyDate.objects.create(contract=contract, title="Review", on=in_days(20))

    sides = [row[0] for row in told("key-date")]

    assert (sides.count("client"), sides.count("supplier")) == (4, 2)


def test_a_settled_key_date_or_one_of_an_ended_contract_is_left_out(contract):
    KeyDate.objects.create(
        contract=contract, title="Break", on=in_days(20), settled_at=timezone.now()
    )
    ended = ContractFactory(
        relationship=contract.relationship, state=Contract.State.EXPIRED
    )
    KeyDate.objects.create(contract=ended, title="Option", on=in_days(20))

    assert told("key-date") == []
