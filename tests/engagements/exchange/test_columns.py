"""Guesses about columns: from headers and samples, never silently where unsure."""

from engagements.exchange.columns import (
    Confidence,
    guess_amendments,
    guess_columns,
    mark_before_number,
)
from engagements.exchange.reading import read_table
from engagements.exchange.values import DateForm, NumberForm
from engagements.models import Side
from tests.engagements.exchange.conftest import REGISTER, needs_register


def guessed(text, side=Side.CLIENT):
    found = guess_columns(read_table(text.encode()), side)
    return found, {one.column: (one.target, one.scheme) for one in found.columns}


def test_plain_headers_are_understood_for_the_side_one_stands_for():
    _found, client = guessed(
        "Contract no;Vendor;Début;Start date;End date;Total value;Notice period\n"
        "1;Hollin;x;13.4.2026;12.4.2027;1,50;3 months\n"
    )
    _found, supplier = guessed(
        "Company,Notice period,Start\nHollin,3,2026-01-01\n", Side.SUPPLIER
    )

    assert client == {
        "Contract no": ("contract.key", ""),
        "Vendor": ("organisations.supplier.name", ""),
        "Début": ("", ""),
        "Start date": ("contract.start_on", ""),
        "End date": ("contract.end_on", ""),
        "Total value": ("contract.value", ""),
        "Notice period": ("contract.client_notice", ""),
    }
    assert supplier["Company"] == ("organisations.client.name", "")
    assert supplier["Notice period"] == ("contract.supplier_notice", "")


def test_samples_contradict_a_header():
    _found, columns = guessed("Supplier,Start,Value\nHollin,when agreed,a lot\n")

    assert columns["Start"] == ("", "")
    assert columns["Value"] == ("", "")


def test_registration_numbers_are_seen_by_their_check_digits():
    _found, columns = guessed("Supplier,Code,Start\nX,51 824 753 556,2026-01-01\n")

    assert columns["Code"] == ("organisations.supplier.number", "AU-ABN")


def test_a_choice_between_day_and_month_is_left_to_a_person():
    unsettled, _columns = guessed("Supplier,Start,End\nX,3/4/2026,5/6/2027\n")
    settled, _columns = guessed("Supplier,Start,End\nX,3/4/2026,25/6/2027\n")

    assert not unsettled.dates_settled
    assert settled.dates_settled
    assert settled.dates == (DateForm.DAY_FIRST,)


def test_columns_that_contradict_each_other_are_left_to_a_person():
    found, _columns = guessed("Supplier,Start,End\nX,13/4/2026,4/25/2027\n")

    assert not found.dates_settled


def test_numbers_that_read_in_two_ways_are_left_to_a_person():
    unsettled, _columns = guessed('Supplier,Start,Value\nX,2026-01-01,"1,234"\n')
    settled, _columns = guessed("Supplier;Start;Value\nX;2026-01-01;780.098,10\n")

    assert not unsettled.numbers_settled
    assert settled.numbers == NumberForm(",", ".")
    assert settled.numbers_settled


def test_a_guess_shows_five_samples_and_how_sure_it_is():
    rows = "\n".join(f"S{n},{n},2026-01-01" for n in range(9))
    found, _columns = guessed(f"supplierName,Supplier town of old,Start\n{rows}\n")
    name, town, _start = found.columns

    assert name.samples == ("S0", "S1", "S2", "S3", "S4")
    assert name.confidence is Confidence.SURE
    assert town.confidence is Confidence.LIKELY


def test_the_number_of_an_amendment_follows_its_mark():
    assert mark_before_number(["CN1-A1", "CN22-A13"]) == "-A"
    assert mark_before_number(["CN1-A1", "CN1/2"]) == ""
    assert mark_before_number(["one"]) == ""


@needs_register
def test_a_public_register_is_understood_at_first_sight():
    found = guess_columns(
        read_table((REGISTER / "contracts.csv").read_bytes()), Side.CLIENT
    )
    columns = {one.target: one.column for one in found.columns if one.target}
    amended = guess_amendments(
        read_table((REGISTER / "amendments.csv").read_bytes()), "contract_id"
    )

    assert columns["contract.key"] == "contract_id"
    assert columns["organisations.client.name"] == "agency_name"
    assert columns["organisations.client.number"] == "agency_abn"
    assert columns["organisations.supplier.name"] == "supplier_name"
    assert columns["organisations.supplier.number"] == "supplier_abn"
    assert columns["contract.title"] == "contract_description"
    assert columns["contract.value"] == "contract_value_amount"
    assert columns["contract.start_on"] == "contract_date_start"
    assert columns["contract.end_on"] == "contract_date_end"
    assert found.dates == (DateForm.ISO,)
    assert found.numbers_settled
    assert {one.target: one.column for one in amended.columns if one.target} == {
        "amendments.reference": "contract_amendment_id",
        "amendments.contract": "contract_id",
        "amendments.value": "contract_value_amount",
        "amendments.signed_on": "contract_date_signed",
        "amendments.start_on": "contract_date_start",
        "amendments.end_on": "contract_date_end",
    }
