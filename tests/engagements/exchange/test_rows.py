"""Records into rows: typed values, or remarks with the line, the column and why."""

from datetime import date
from decimal import Decimal

import pytest

from engagements.exchange.reading import UnreadableFileError, read_table
from engagements.exchange.remarks import Kind
from engagements.exchange.rows import read_amendments, read_contracts
from tests.engagements.exchange.conftest import csv_of, profile


def read(*rows, header=None, **changes):
    content = csv_of(*rows, header=header) if header else csv_of(*rows)
    return list(read_contracts(read_table(content), profile(**changes)))


def remarks(*rows, header=None, **changes):
    return [
        (remark.kind, remark.line, remark.column)
        for one in read(*rows, header=header, **changes)
        for remark in one.remarks
    ]


def test_a_row_becomes_typed_values():
    (one,) = read("C-1,Hollin  Vale,Cleaning,2026-01-01,2026-12-31,1200.5")

    assert one.row.key == "C-1"
    assert one.row.scope == "General"
    assert one.row.client is None
    assert one.row.supplier.name == "Hollin Vale"
    assert one.row.supplier.key == ("", "hollin vale")
    assert one.row.facts == {
        "title": "Cleaning",
        "start_on": date(2026, 1, 1),
        "end_on": date(2026, 12, 31),
        "value": Decimal("1200.50"),
        "currency": "GBP",
    }
    assert one.remarks == ()


@pytest.mark.parametrize(
    ("row", "kind", "column"),
    [
        ("C-1,H,T,31/12/2026,,", Kind.UNREADABLE_DATE, "Start"),
        ("C-1,H,T,2026-01-01,soon,", Kind.UNREADABLE_DATE, "End"),
        ("C-1,H,T,2026-01-01,,1.2.3", Kind.UNREADABLE_NUMBER, "Value"),
        ("C-1,H,T,2026-01-01,,99999999999999999", Kind.UNREADABLE_NUMBER, "Value"),
        ("C-1,H,T,2026-01-01,,-5", Kind.NEGATIVE_VALUE, "Value"),
        ("C-1,,T,2026-01-01,,", Kind.MISSING_ORGANISATION, "Supplier"),
        ("C-1,H,T,,2026-01-01,", Kind.MISSING_START, "Start"),
        ("C-1,H,T,2026-02-01,2026-01-31,", Kind.ENDS_BEFORE_START, "End"),
        ("C-1,H,T,2026-02-01", Kind.WRONG_COLUMN_COUNT, ""),
        ("C-1,H,T,2026-02-01,,,x", Kind.WRONG_COLUMN_COUNT, ""),
        ("C-1,H,T,2026-02-01,,,", None, ""),
    ],
)
def test_a_bad_row_says_where_and_stops_no_other(row, kind, column):
    bad, good = read(row, "C-2,Hollin,Cleaning,2026-01-01,,")

    found = [(r.kind, r.line, r.column) for r in bad.remarks]
    assert found == ([(kind, 2, column)] if kind else [])
    assert (bad.row is None) is bool(kind)
    assert good.row.key == "C-2"


def test_a_value_without_any_currency_is_not_guessed():
    assert remarks("C-1,H,T,2026-01-01,,5", currency="") == [
        (Kind.MISSING_CURRENCY, 2, "Value")
    ]
    assert remarks("C-1,H,T,2026-01-01,,", currency="") == []


def test_the_currency_of_a_row_wins_and_must_exist():
    header = "No,Supplier,Title,Start,End,Value,Cur"
    columns = {"start_on": "Start", "value": "Value", "currency": "Cur"}

    good, bad = read(
        "1,H,T,2026-01-01,,5,aud",
        "2,H,T,2026-01-01,,5,Pounds",
        header=header,
        contract=columns,
    )

    assert good.row.facts["currency"] == "AUD"
    assert [remark.kind for remark in bad.remarks] == [Kind.UNKNOWN_CURRENCY]


def test_words_for_nothing_are_nothing():
    (one,) = read("C-1,H,n/a,2026-01-01,Unknown,-", null_words=["unknown"])

    assert one.row.facts == {"start_on": date(2026, 1, 1)}


def test_long_broken_and_precise_texts_are_taken_with_a_remark():
    long_title = "x" * 251
    kinds = remarks(f"C-1,H\ufffdllin,{long_title},2026-01-01,,1.005")

    assert kinds == [
        (Kind.LOST_CHARACTER, 2, "Supplier"),
        (Kind.TEXT_SHORTENED, 2, "Title"),
        (Kind.VALUE_ROUNDED, 2, "Value"),
    ]


def test_a_number_that_fails_its_check_leaves_the_name_as_key():
    parties = {
        "supplier": {
            "name": "Supplier",
            "number": {"scheme": "AU-ABN", "column": "No"},
            "country": "Title",
        }
    }
    columns = {"start_on": "Start"}
    good, bad, none = read(
        "51 824 753 556,Hollin,AUSTRALIA,2026-01-01,,",
        "51 824 753 557,Hollin,Atlantis,2026-01-01,,",
        ",Hollin,,2026-01-01,,",
        organisations=parties,
        contract=columns,
    )

    assert good.row.supplier.key == ("AU-ABN", "51824753556")
    assert good.row.supplier.facts == (("country", "AU"),)
    assert bad.row.supplier.key == ("", "hollin")
    assert [remark.kind for remark in bad.remarks] == [
        Kind.FAILED_CHECK,
        Kind.UNKNOWN_COUNTRY,
    ]
    assert none.remarks == ()


def test_choices_and_periods_are_read_in_the_words_people_use():
    header = "Supplier,Start,Renewal,Term,Notice"
    columns = {
        "start_on": "Start",
        "renewal": "Renewal",
        "renewal_months": "Term",
        "client_notice": "Notice",
    }
    rows = read(
        "H,2026-01-01,Auto-renew,12,90 days",
        "H,2026-01-01,Rolling,,3",
        "H,2026-01-01,verlängert,12,30 Working Days",
        "H,2026-01-01,perhaps,12,a while",
        header=header,
        contract=columns,
        words={"renewal": {"Verlangert": "tacit"}},
    )

    assert rows[0].row.facts | {"start_on": None} == {
        "start_on": None,
        "renewal": "tacit",
        "renewal_months": 12,
        "client_notice": 90,
        "client_notice_unit": "days",
    }
    assert rows[1].row.facts["renewal"] == "evergreen"
    assert rows[2].row.facts["renewal"] == "tacit"
    assert rows[2].row.facts["client_notice_unit"] == "business_days"
    assert [r.kind for r in rows[3].remarks] == [
        Kind.UNKNOWN_WORD,
        Kind.UNREADABLE_NUMBER,
    ]


def test_terms_that_contradict_each_other_are_refused_by_the_rules_of_contracts():
    found = read(
        "H,2026-01-01,2026-12-31,auto",
        header="Supplier,Start,End,Renewal",
        contract={"start_on": "Start", "end_on": "End", "renewal": "Renewal"},
    )

    assert [remark.kind for remark in found[0].remarks] == [Kind.TERMS_CONTRADICT]
    assert "by how many months it renews" in found[0].remarks[0].words


def test_missing_columns_refuse_the_file_and_are_all_named():
    with pytest.raises(UnreadableFileError) as caught:
        read("1,2026-01-01", header="No,Begin")

    assert "“Supplier” (for organisations.supplier.name)" in caught.value.message
    assert "“Start” (for contract.start_on)" in caught.value.message
    assert "It has: No, Begin." in caught.value.message


def test_headers_match_whatever_their_case_spaces_and_accents():
    (one,) = read(
        "C-1,H,T,2026-01-01,,5", header="NO, supplier ,títle,Start,END,\u00a0Value"
    )

    assert one.row.facts["title"] == "T"


def amended(*rows, **changes):
    chosen = profile(
        amendments={
            "contract": "No",
            "reference": "Ref",
            "number_after": "-A",
            "value": "Value",
        },
        **changes,
    )
    content = csv_of(*rows, header="Ref,No,Value")
    return list(read_amendments(read_table(content), chosen))


def test_amendments_are_numbered_by_their_reference():
    first, free, none = amended("C1-A12,C1,5", "late change,C1,6", "C1-A1,,7")

    assert first.row.number == 12
    assert first.row.facts == {"value": Decimal("5.00")}
    assert free.row.number is None
    assert none.row is None
    assert [r.kind for r in none.remarks] == [Kind.MISSING_REFERENCE]
    assert none.remarks[0].of_amendments
