"""Options, breaks and other days: each way out."""

from datetime import date

import pytest

from engagements.contracts import actions
from engagements.errors import RuleError
from engagements.models import KeyDate

OPTION = {
    "kind": KeyDate.Kind.OPTION,
    "title": "Option of a year",
    "on": date(2026, 12, 1),
    "extends_months": 12,
}


@pytest.fixture
def contract(world):
    return world.contract(renewal="none")


def add(world, contract, **values):
    return actions.add_key_date(
        by=world.by(), contract=contract, values={**OPTION, **values}
    )


@pytest.mark.parametrize("on", [date(2024, 3, 31), date(2027, 4, 1)])
def test_a_window_closes_while_the_contract_runs(world, contract, on):
    with pytest.raises(RuleError) as error:
        add(world, contract, on=on)

    assert error.value.field == "on"


def test_another_key_date_may_come_after_the_end(world, contract):
    assert add(world, contract, kind=KeyDate.Kind.OTHER, on=date(2027, 6, 1))


def test_a_window_opens_before_it_closes(world, contract):
    with pytest.raises(RuleError, match="must open before"):
        add(world, contract, opens_on=date(2026, 12, 2))


def test_an_option_that_was_taken_moves_the_end(world, contract):
    row = add(world, contract)

    actions.settle_key_date(by=world.by(), key_date=row, outcome="Taken", taken=True)

    contract.refresh_from_db()
    assert contract.current_end_on == date(2028, 3, 31)
    with pytest.raises(RuleError, match="already settled"):
        actions.settle_key_date(by=world.by(), key_date=row, outcome="Again")


def test_a_break_moves_no_end(world, contract):
    row = add(world, contract, kind=KeyDate.Kind.BREAK, extends_months=None)

    with pytest.raises(RuleError) as error:
        actions.settle_key_date(by=world.by(), key_date=row, outcome="x", taken=True)

    assert error.value.field == "taken"
    row.refresh_from_db()
    assert row.settled_at is None


def test_a_corrected_day_says_why_and_warns_again(world, contract):
    row = add(world, contract)
    correct = {"by": world.by(), "key_date": row}

    with pytest.raises(RuleError):
        actions.change_key_date(**correct, values={"on": date(2026, 12, 8)}, reason="")
    actions.change_key_date(
        **correct, values={"on": date(2026, 12, 8)}, reason="Clause 4.3"
    )

    before = contract.alarm_counter
    contract.refresh_from_db()
    assert contract.alarm_counter > before
    actions.settle_key_date(by=world.by(), key_date=row, outcome="Let go")
    with pytest.raises(RuleError, match="already settled"):
        actions.change_key_date(**correct, values={"title": "x"}, reason="y")
