"""Each way out of each act on a contract."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.utils import timezone

from engagements.contracts import actions
from engagements.errors import RuleError
from engagements.models import (
    Change,
    Contract,
    Notice,
    RelationshipSide,
    SearchEntry,
    Side,
    TimelineEntry,
)

TODAY = date(2026, 11, 18)


def refused(field, act, *args, **kwargs):
    with pytest.raises(RuleError) as error:
        act(*args, **kwargs)
    assert error.value.field == field
    return error.value.message


def test_a_recorded_contract_knows_its_days_and_leaves_its_traces(world):
    contract = world.contract()

    assert contract.state == Contract.State.ACTIVE
    assert contract.client_notice_by == date(2026, 12, 31)
    assert contract.supplier_notice_by == date(2026, 9, 30)
    assert contract.annual_value == Decimal("4200000.00")
    assert contract.original_end_on == date(2027, 3, 31)
    client = RelationshipSide.objects.get(
        relationship=world.relationship, side=Side.CLIENT
    )
    assert (client.act_by, client.act_by_contract) == (date(2026, 12, 31), contract)
    assert (client.live_contracts, client.currency) == (1, "GBP")
    entry = TimelineEntry.objects.get(object_id=contract.pk)
    assert entry.visibility == "shared"
    assert SearchEntry.objects.get(object_id=contract.pk).label == contract.title


def test_the_other_side_is_told_of_each_change_and_the_own_side_is_not(world):
    contract = world.contract()
    Notice.objects.all().delete()

    actions.change_contract(
        by=world.by(), contract=contract, values={"title": "Plant"}, reason=""
    )

    told = Notice.objects.filter(kind="contract-changed")
    assert {row.organisation for row in told} == {world.relationship.supplier}
    assert {row.recipient for row in told} == {world.by("supplier").contact}


@pytest.mark.parametrize("side", ["client", "supplier"])
def test_both_sides_write_alike(world, side):
    contract = actions.create_contract(
        by=world.by(side),
        relationship=world.relationship,
        values={"title": "Alike", "start_on": TODAY},
    )

    assert contract.state == Contract.State.OPEN_ENDED


@pytest.mark.parametrize(
    ("terms", "field", "words"),
    [
        ({"end_on": date(2024, 3, 1)}, "end_on", "begins on 1 Apr 2024"),
        ({"renewal_months": None}, "renewal_months", "such as 12"),
        ({"currency": ""}, "", "currency"),
        ({"value": -1}, "", "0 or more"),
        (
            {"drafted": True, "signed_on": date(2024, 3, 1)},
            "signed_on",
            "A draft is not signed",
        ),
        ({"end_on": None, "initial_months": 0}, "initial_months", "1 to 1,200"),
    ],
)
def test_terms_that_contradict_each_other_are_refused_on_their_field(
    world, terms, field, words
):
    assert words in refused(field, world.contract, **terms)
    assert not Contract.objects.exists()


def test_signed_terms_are_corrected_only_with_a_reason(world):
    contract = world.contract(signed_on=date(2024, 3, 1))
    values = {"client_notice": 4}

    refused(
        "reason",
        actions.change_contract,
        by=world.by(),
        contract=contract,
        values=values,
    )
    changed = actions.change_contract(
        by=world.by(), contract=contract, values=values, reason="Clause 18.2"
    )

    assert changed.client_notice_by == date(2026, 11, 30)
    change = Change.objects.of(contract).exclude(reason="").get()
    assert (change.reason, change.fields["client_notice"]) == (
        "Clause 18.2",
        ["3", "4"],
    )


def test_nothing_is_recorded_where_nothing_differs(world):
    contract = world.contract()
    before = Change.objects.count()

    actions.change_contract(
        by=world.by(), contract=contract, values={"client_notice": 3}
    )

    assert Change.objects.count() == before


def test_a_date_that_comes_back_arms_its_warnings_again(world):
    contract = world.contract()
    first = (contract.client_act_by, contract.alarm_counter)

    for months in (4, 3):
        contract = actions.change_contract(
            by=world.by(), contract=contract, values={"client_notice": months}
        )

    assert contract.client_act_by == first[0]
    assert contract.alarm_counter > first[1]


def test_an_amendment_keeps_the_terms_before_and_after(world):
    contract = world.contract(signed_on=date(2024, 3, 1))

    amendment = actions.amend(
        by=world.by(),
        contract=contract,
        values={"value": Decimal(15_000_000), "end_on": date(2028, 3, 31)},
        signed_on=TODAY,
    )

    contract.refresh_from_db()
    assert amendment.number == 1
    assert amendment.changes["end_on"] == ["2027-03-31", "2028-03-31"]
    assert contract.original_value == Decimal(12_600_000)
    assert contract.current_end_on == date(2028, 3, 31)


def test_an_amendment_that_changes_nothing_or_comes_too_soon_is_refused(world):
    contract = world.contract(signed_on=date(2024, 3, 1))
    amend = {"by": world.by(), "contract": contract}

    refused("", actions.amend, **amend, values={}, signed_on=TODAY)
    refused(
        "signed_on",
        actions.amend,
        **amend,
        values={"client_notice": 1},
        signed_on=date(2024, 2, 1),
    )
    draft = world.contract(drafted=True)
    refused(
        "",
        actions.amend,
        by=world.by(),
        contract=draft,
        values={"client_notice": 1},
        signed_on=TODAY,
    )


@pytest.mark.parametrize("side", [Side.CLIENT, Side.SUPPLIER])
def test_notice_ends_the_contract_and_asks_nobody_to_act_any_more(world, side):
    contract = world.contract(supplier_notice=3)

    contract = actions.give_notice(
        by=world.by(), contract=contract, side=side, on=TODAY
    )

    assert contract.state == Contract.State.ENDING
    assert (contract.client_act_by, contract.supplier_act_by) == (None, None)
    assert not RelationshipSide.objects.exclude(act_by=None).exists()


def test_notice_is_refused_twice_ahead_of_time_and_after_the_end(world):
    contract = world.contract()
    give = {"by": world.by(), "side": Side.CLIENT}
    tomorrow = TODAY + timedelta(days=1)

    refused("on", actions.give_notice, **give, contract=contract, on=tomorrow)
    early = date(2024, 1, 1)
    refused("on", actions.give_notice, **give, contract=contract, on=early)
    actions.give_notice(**give, contract=contract, on=TODAY)
    refused("", actions.give_notice, **give, contract=contract, on=TODAY)
    draft = world.contract(drafted=True)
    refused("", actions.give_notice, **give, contract=draft, on=TODAY)
    over = world.contract(renewal="none", end_on=date(2025, 3, 31))
    refused("", actions.give_notice, **give, contract=over, on=TODAY)


def test_a_withdrawn_notice_brings_the_deadline_back_and_warns_again(world):
    contract = world.contract()
    given = actions.give_notice(
        by=world.by(), contract=contract, side=Side.CLIENT, on=TODAY
    )

    back = actions.withdraw_notice(
        by=world.by("supplier"), contract=given, reason="Agreed to go on"
    )

    assert back.client_act_by == contract.client_act_by
    assert back.alarm_counter > contract.alarm_counter
    refused("", actions.withdraw_notice, by=world.by(), contract=back, reason="Again")


def test_each_side_gives_its_own_reason_for_an_early_end(world):
    contract = world.contract()
    day = date(2026, 12, 31)

    for side, reason in ((Side.CLIENT, "Site closes"), (Side.SUPPLIER, "Agreed")):
        contract = actions.terminate(
            by=world.by(side.value), contract=contract, side=side, on=day, reason=reason
        )

    assert contract.state == Contract.State.ENDING
    assert contract.current_end_on == day
    assert contract.client_termination_reason == "Site closes"
    assert contract.supplier_termination_reason == "Agreed"
    refused(
        "on",
        actions.terminate,
        by=world.by(),
        contract=contract,
        side=Side.CLIENT,
        on=date(2026, 12, 30),
        reason="Sooner",
    )


@pytest.mark.parametrize("on", [date(2024, 3, 31), date(2027, 3, 31)])
def test_an_early_end_lies_inside_the_term(world, on):
    contract = world.contract()

    end = {"side": Side.CLIENT, "on": on, "reason": "Because"}
    refused("on", actions.terminate, by=world.by(), contract=contract, **end)
    draft = world.contract(drafted=True)
    refused("", actions.terminate, by=world.by(), contract=draft, **end)


def test_an_express_renewal_is_confirmed_once_for_a_form_sent_twice(world):
    contract = world.contract(renewal="express")

    contract = actions.confirm_renewal(by=world.by(), contract=contract, times=0)

    assert contract.current_end_on == date(2028, 3, 31)
    refused("", actions.confirm_renewal, by=world.by(), contract=contract, times=0)


def test_only_a_living_express_contract_with_an_end_is_confirmed(world):
    tacit = world.contract()
    endless = world.contract(renewal="express", end_on=None)
    given = actions.give_notice(
        by=world.by(),
        contract=world.contract(renewal="express"),
        side=Side.CLIENT,
        on=TODAY,
    )

    for contract in (tacit, endless, given):
        refused("", actions.confirm_renewal, by=world.by(), contract=contract)


def test_an_archived_contract_counts_no_longer_and_can_be_restored(world):
    contract = world.contract()

    archived = actions.archive_contract(
        by=world.by(), contract=contract, reason="Entered twice"
    )

    sides = RelationshipSide.objects.filter(relationship=world.relationship)
    assert {row.live_contracts for row in sides} == {0}
    refused(
        "",
        actions.change_contract,
        by=world.by(),
        contract=archived,
        values={"title": "Other"},
    )
    actions.restore_contract(by=world.by("supplier"), contract=archived)
    assert {row.live_contracts for row in sides.all()} == {1}
    assert SearchEntry.objects.filter(object_id=contract.pk).exists()
    refused("", actions.restore_contract, by=world.by(), contract=archived)


def test_a_framework_is_archived_after_what_stands_under_it(world):
    framework = world.contract()
    world.contract(title="Work order", parent=framework)

    message = refused(
        "",
        actions.archive_contract,
        by=world.by(),
        contract=framework,
        reason="Old",
    )

    assert message.startswith("1 ")


def test_frameworks_do_not_stand_in_a_circle(world):
    framework = world.contract()
    order = world.contract(title="Work order", parent=framework)

    refused(
        "parent",
        actions.change_contract,
        by=world.by(),
        contract=framework,
        values={"parent": order},
    )


def test_the_act_of_a_day_long_gone_is_still_dated_today(world):
    contract = world.contract()

    entry = TimelineEntry.objects.get(object_id=contract.pk)

    assert timezone.localdate(entry.at) == TODAY
