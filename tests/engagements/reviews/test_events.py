"""After an event one pulse, unless people are asked around then in any case."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine
from django.db import IntegrityError
from django.utils import timezone

from engagements.models import (
    Amendment,
    Contract,
    HealthReview,
    JointIssue,
    Relationship,
    ReviewResult,
    Standing,
    TeamRole,
)
from engagements.relationships.actions.relationships import change_relationship
from engagements.reviews.actions import (
    plan_event_pulses,
    plan_reviews,
    plan_what_changed,
)
from engagements.reviews.causes import why
from engagements.reviews.events import Asked, Event, slot_for
from engagements.wording import long_day
from tests.engagements.reviews.waves import closed_wave, scheduled_wave
from tests.factories import (
    ContactFactory,
    ContractFactory,
    RelationshipFactory,
    TeamRoleFactory,
)

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 23)
Cause = HealthReview.Cause


@pytest.fixture
def relationship():
    """Asked once a year, next in June."""
    return yearly()


def yearly() -> Relationship:
    row = RelationshipFactory(started_on=date(2024, 6, 3), segment="routine")
    ContractFactory(relationship=row, state=Contract.State.ACTIVE)
    return row


def caused(relationship) -> list[HealthReview]:
    return list(
        HealthReview.objects.planned()
        .filter(relationship=relationship)
        .exclude(cause=Cause.CALENDAR)
    )


def happened(day: date = TODAY) -> int:
    """What a day's sweep plans."""
    plan_reviews(None, day)
    return plan_event_pulses(None, day)


def new_sponsor(relationship, on: date, side="client") -> TeamRole:
    if not relationship.team.filter(side=side, role="sponsor").exists():
        TeamRoleFactory(
            relationship=relationship,
            side=side,
            role="sponsor",
            from_on=relationship.started_on,
        )
    return TeamRoleFactory(
        relationship=relationship, side=side, role="sponsor", from_on=on
    )


def amended(relationship, before, after, on: date = TODAY) -> Amendment:
    return Amendment.objects.create(
        contract=relationship.contracts.get(),
        number=1,
        signed_on=on,
        changes={"value": [before, after]},
    )


@pytest.mark.parametrize("side", ["client", "supplier"])
def test_a_new_sponsor_of_either_side_is_asked_about_in_two_weeks(relationship, side):
    new_sponsor(relationship, TODAY - timedelta(days=2), side)

    assert happened() == 1

    (pulse,) = caused(relationship)
    assert (pulse.form, pulse.cause) == ("pulse", Cause.PEOPLE)
    assert pulse.slot_on == TODAY + timedelta(days=12)
    assert pulse.caused_on == TODAY - timedelta(days=2)
    relationship.refresh_from_db()
    assert relationship.next_review_on == pulse.opens_on


def test_the_first_people_of_a_side_change_nothing(relationship):
    for role in ("sponsor", "interface", "delivery"):
        TeamRoleFactory(relationship=relationship, role=role, from_on=TODAY)

    assert happened() == 0


def test_who_comes_back_to_a_role_of_their_own_changes_nothing(relationship):
    person = ContactFactory(organisation=relationship.client)
    for begin, end in ((date(2025, 1, 1), date(2025, 2, 1)), (TODAY, None)):
        TeamRoleFactory(
            relationship=relationship, role="sponsor", contact=person,
            from_on=begin, to_on=end,
        )  # fmt: skip

    assert happened() == 0


@pytest.mark.parametrize(
    ("before", "after", "pulses"),
    [
        ("1000.00", "1100.00", 0),
        ("1000.00", "1100.01", 1),
        ("1000.00", "899.00", 1),
        (None, "5000.00", 0),
        ("1000.00", None, 0),
    ],
)
def test_a_contract_that_changed_by_more_than_a_tenth(
    relationship, before, after, pulses
):
    amended(relationship, before, after)

    assert happened() == pulses
    assert [row.cause for row in caused(relationship)] == [Cause.CONTRACT] * pulses


def test_an_amendment_typed_in_years_later_asks_nobody(relationship):
    amended(relationship, "1000.00", "2000.00", on=date(2025, 1, 7))

    assert happened() == 0


@time_machine.travel(datetime(2026, 11, 23, 9, tzinfo=UTC), tick=False)
@pytest.mark.parametrize(("before", "pulses"), [("", 0), ("leverage", 1)])
def test_another_segment_but_not_the_first_one(relationship, before, pulses):
    Relationship.objects.update(segment=before)
    relationship.refresh_from_db()
    person = ContactFactory(organisation=relationship.client)
    change_relationship(
        by=Standing(person, relationship.client, "account_manager"),
        relationship=relationship,
        segment="routine",
        reason="Fewer sites",
    )

    assert happened() == pulses
    assert [row.cause for row in caused(relationship)] == [Cause.SEGMENT] * pulses


def test_ninety_days_after_the_beginning(relationship):
    Relationship.objects.update(started_on=TODAY - timedelta(days=60))

    assert happened() == 1

    (pulse,) = caused(relationship)
    assert pulse.cause == Cause.TRANSITION
    assert pulse.slot_on == TODAY + timedelta(days=30)


def test_a_strategic_relationship_is_asked_by_then_in_any_case(relationship):
    Relationship.objects.update(
        started_on=TODAY - timedelta(days=60), segment="strategic"
    )

    assert happened() == 0


def test_an_alert_is_looked_at_again_as_early_as_may_be(relationship):
    wave = closed_wave(
        relationship, opens_on=date(2026, 11, 2), client_point=6, supplier_point=5
    )
    series = wave.results.get(audience="series").document
    assert happened(wave.closes_on) == 0
    other = yearly()
    alarming(other, series)

    assert happened(wave.closes_on) == 1

    (pulse,) = caused(other)
    closed = timezone.localdate(other.reviews.get(state="released").closed_at, UTC)
    assert pulse.cause == Cause.WARNING
    assert pulse.slot_on == closed + timedelta(days=45)


def alarming(relationship, series) -> None:
    """A wave whose figures gave an alert, at the same time."""
    wave = scheduled_wave(relationship, opens_on=date(2026, 11, 2))
    now = datetime(2026, 11, 16, 22, tzinfo=UTC)
    HealthReview.objects.filter(pk=wave.pk).update(state="open", opened_at=now)
    HealthReview.objects.filter(pk=wave.pk).update(state="closed", closed_at=now)
    ReviewResult.objects.create(
        review=wave, audience="series", document={**series, "warning": "alert"}
    )
    HealthReview.objects.filter(pk=wave.pk).update(state="released", released_at=now)


@pytest.mark.parametrize(
    ("severity", "ago", "pulses"), [("1", 3, 1), ("2", 3, 0), ("1", 46, 0)]
)
def test_a_severe_joint_issue_that_was_closed_asks_30_days_later(
    relationship, severity, ago, pulses
):
    on = TODAY - timedelta(days=ago)
    JointIssue.objects.create(
        relationship=relationship,
        title="The line stood still",
        severity=severity,
        state="unconfirmed",
        happened_on=on,
        opened_on=on,
        opened_by=ContactFactory(),
        closed_on=on,
    )

    assert happened() == pulses

    assert [
        (row.cause, row.caused_on, row.slot_on) for row in caused(relationship)
    ] == [(Cause.ISSUE, on, on + timedelta(days=30))] * pulses
    assert why(Cause.ISSUE, on) == (
        f"after a severe joint issue was closed on {long_day(on)}"
    )


def test_an_event_asks_once_whatever_becomes_of_its_pulse(relationship):
    new_sponsor(relationship, TODAY)
    happened()
    assert [happened() for _ in range(3)] == [0, 0, 0]
    (pulse,) = caused(relationship)
    pulse.state = HealthReview.State.CANCELLED
    pulse.save()

    assert happened(TODAY + timedelta(days=1)) == 0
    assert caused(relationship) == []


def test_two_events_within_weeks_are_one_pulse(relationship):
    new_sponsor(relationship, TODAY - timedelta(days=10))
    amended(relationship, "100.00", "300.00")
    new_sponsor(relationship, TODAY - timedelta(days=3), "supplier")

    assert happened() == 1
    assert [row.cause for row in caused(relationship)] == [Cause.PEOPLE]


def test_none_where_the_calendar_asks_within_45_days(relationship):
    Relationship.objects.update(started_on=date(2024, 1, 18))
    new_sponsor(relationship, TODAY)

    assert happened() == 0


def test_a_wave_planned_since_takes_its_place(relationship):
    new_sponsor(relationship, TODAY)
    happened()
    scheduled_wave(relationship, opens_on=date(2026, 12, 21))

    assert happened(TODAY + timedelta(days=1)) == 1
    assert caused(relationship) == []
    assert happened(TODAY + timedelta(days=2)) == 0


def test_not_soon_after_a_wave_that_is_over(relationship):
    wave = scheduled_wave(relationship, opens_on=date(2026, 10, 26))
    HealthReview.objects.filter(pk=wave.pk).update(
        state="open", opened_at=timezone.now()
    )
    HealthReview.objects.filter(pk=wave.pk).update(state="closed")
    new_sponsor(relationship, TODAY)

    happened()

    (pulse,) = caused(relationship)
    assert pulse.slot_on == wave.closes_on + timedelta(days=45)


def test_a_relationship_that_ends_loses_it(relationship):
    new_sponsor(relationship, TODAY)
    happened()
    Relationship.objects.update(archived_at=timezone.now())

    plan_what_changed(TODAY)

    assert not HealthReview.objects.planned().exists()
    assert happened() == 0


def test_one_whose_days_passed_says_so_and_comes_no_more(relationship):
    new_sponsor(relationship, TODAY)
    happened()
    (pulse,) = caused(relationship)

    assert happened(pulse.closes_on + timedelta(days=1)) == 0
    pulse.refresh_from_db()
    assert pulse.state == HealthReview.State.CANCELLED


def test_the_calendar_is_asked_for_beside_it(relationship, django_assert_num_queries):
    new_sponsor(relationship, TODAY)
    happened()
    HealthReview.objects.filter(cause=Cause.CALENDAR).delete()

    assert plan_what_changed(TODAY) == 1
    with django_assert_num_queries(1):
        assert plan_what_changed(TODAY) == 0
    assert HealthReview.objects.planned().count() == 2


def test_the_database_takes_an_event_once(relationship):
    new_sponsor(relationship, TODAY)
    happened()
    (pulse,) = caused(relationship)
    pulse.pk, pulse.slot_on = None, pulse.slot_on + timedelta(days=1)
    pulse._state.adding = True

    with pytest.raises(IntegrityError):
        pulse.save()


def test_no_more_queries_for_more_relationships(
    relationship, django_assert_max_num_queries
):
    for _ in range(4):
        new_sponsor(yearly(), TODAY)
    plan_reviews(None, TODAY)

    with django_assert_max_num_queries(15):
        assert plan_event_pulses(None, TODAY) == 4
    with django_assert_max_num_queries(11):
        assert plan_event_pulses(None, TODAY) == 0


def test_a_slot_that_is_taken_moves_on_by_a_day():
    event = Event(Cause.PEOPLE, TODAY, TODAY + timedelta(days=14))
    free = slot_for(event, [], {event.ask_from})

    assert free == event.ask_from + timedelta(days=1)
    due = Asked(free + timedelta(days=45), free + timedelta(days=59))
    assert slot_for(event, [due], {event.ask_from}) is None
