"""What is stored is what would be computed, alike for both sides."""

from datetime import date, timedelta
from decimal import Decimal

import pytest

from engagements.contracts import actions
from engagements.contracts.figures import compute, refresh_sides, refresh_terms
from engagements.models import Contract, KeyDate, RelationshipSide, Side
from engagements.parties.calendars import joint_calendar

TODAY = date(2026, 11, 18)
SHAPES = [
    {},
    {"renewal": "none", "client_notice": 77, "client_notice_unit": "days"},
    {"renewal": "express", "supplier_notice_unit": "business_days"},
    {"renewal": "evergreen", "end_on": None, "renewal_months": None},
    {"end_on": None, "initial_months": 36},
    {"start_on": date(2027, 1, 1), "end_on": date(2028, 12, 31)},
    {"renewal": "none", "end_on": date(2025, 3, 31)},
    {"drafted": True},
    {"notice_given_by": "client", "notice_given_on": date(2026, 11, 2)},
    {"terminated_on": date(2026, 10, 1)},
    {"terminated_on": date(2026, 12, 1)},
]


def recomputed(contract, today=TODAY):
    relationship = contract.relationship
    both = joint_calendar(relationship.client, relationship.supplier)
    return compute(contract, today, both.works)


@pytest.mark.parametrize("terms", SHAPES)
def test_what_is_stored_is_what_is_recomputed(world, terms):
    contract = world.contract(**terms)
    contract = Contract.objects.get(pk=contract.pk)

    expected = recomputed(contract)

    assert {name: getattr(contract, name) for name in expected} == expected


def test_the_sweep_brings_every_contract_up_to_the_day_and_then_rests(world):
    for terms in SHAPES:
        world.contract(**terms)
    later = TODAY + timedelta(days=200)

    changed = refresh_terms(Contract.objects.all(), later)

    assert changed > 0
    for contract in Contract.objects.all():
        expected = recomputed(contract, later)
        assert {name: getattr(contract, name) for name in expected} == expected
    assert refresh_terms(Contract.objects.all(), later) == 0


def test_the_sweep_reads_the_same_number_of_times_for_one_and_for_three(
    world, django_assert_num_queries
):
    for count in (1, 3):
        while Contract.objects.count() < count:
            world.contract()
        refresh_terms(Contract.objects.all(), TODAY + timedelta(days=400))
        with django_assert_num_queries(6):
            refresh_terms(Contract.objects.all(), TODAY)


def test_exchanging_the_sides_exchanges_their_days(world):
    terms = {"client_notice": 3, "supplier_notice": 6}
    contract = world.contract(**terms)
    mirrored = world.contract(client_notice=6, supplier_notice=3)

    assert contract.client_act_by == mirrored.supplier_act_by
    assert contract.supplier_notice_by == mirrored.client_notice_by


@pytest.mark.parametrize("side", list(Side))
def test_a_side_knows_its_soonest_day_not_yet_passed(world, side):
    far = world.contract(end_on=date(2028, 3, 31), supplier_notice=3)
    near = world.contract(supplier_notice=3)
    world.contract(end_on=date(2026, 12, 31), supplier_notice=3)

    row = RelationshipSide.objects.get(relationship=world.relationship, side=side)

    assert row.act_by == date(2026, 12, 31)
    assert row.act_by_contract == near != far
    assert row.live_contracts == 3


def test_a_window_counts_for_the_side_that_may_use_it(world):
    contract = world.contract()
    actions.add_key_date(
        by=world.by(),
        contract=contract,
        values={
            "kind": KeyDate.Kind.BREAK,
            "title": "Break",
            "side": Side.SUPPLIER,
            "on": date(2026, 12, 1),
        },
    )

    days = dict(RelationshipSide.objects.values_list("side", "act_by"))

    assert days["supplier"] == date(2026, 12, 1)
    assert days["client"] == date(2026, 12, 31)


def test_the_worth_of_a_side_is_unknown_while_one_contract_is(world):
    world.contract()
    world.contract(value=None, currency="")

    refresh_sides(None, TODAY)

    assert set(RelationshipSide.objects.values_list("annual_value")) == {(None,)}


def test_two_currencies_are_never_added(world):
    world.contract()
    world.contract(currency="EUR")

    assert set(RelationshipSide.objects.values_list("annual_value")) == {(None,)}


@pytest.mark.parametrize(
    ("terms", "expected"),
    [
        ({}, Decimal("4200000.00")),
        ({"value_basis": "year", "value": 5}, Decimal(5)),
        ({"value": None, "currency": ""}, None),
        ({"end_on": None}, None),
        ({"end_on": None, "typed_annual_value": 7}, Decimal(7)),
        ({"end_on": None, "initial_months": 24, "value": 10}, Decimal("5.00")),
        ({"end_on": date(2024, 6, 30), "value": 10}, Decimal("10.00")),
        ({"currency": "JPY", "value": 1000}, Decimal(333)),
    ],
)
def test_the_value_a_year_is_the_value_by_the_years_of_its_term(world, terms, expected):
    assert world.contract(**terms).annual_value == expected


def test_rows_that_came_in_by_another_way_are_brought_up_the_same(world):
    made = world.contract()
    values = {
        field.attname: getattr(made, field.attname)
        for field in Contract._meta.concrete_fields
        if field.editable and not field.primary_key
    }
    row = Contract.objects.create(**values)

    refresh_terms(Contract.objects.filter(pk=row.pk), TODAY)

    row.refresh_from_db()
    assert row.client_act_by == made.client_act_by
    assert row.annual_value == made.annual_value
