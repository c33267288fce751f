"""What an import would do, worked out in memory."""

from collections import Counter
from datetime import date
from decimal import Decimal
from uuid import uuid4

import pytest

from engagements.exchange.known import (
    Known,
    KnownContract,
    KnownOrganisation,
    KnownRelationship,
)
from engagements.exchange.planning import make_plan
from engagements.exchange.profiles import load_profile
from engagements.exchange.reading import read_table
from engagements.exchange.remarks import Kind, Weight
from engagements.exchange.reporting import report_of
from engagements.exchange.rows import read_amendments, read_contracts
from tests.engagements.exchange.conftest import (
    REGISTER,
    csv_of,
    needs_register,
    profile,
)
from tests.engagements.exchange.test_profiles import KEPT

ABN, OTHER_ABN = "51824753556", "53004085616"


def nothing_known(name="Tarnmoor Health", **own):
    return Known(KnownOrganisation(uuid4(), name, claimed=True, **own))


def planned(content, amended=b"", known=None, **changes):
    chosen = profile(**changes)
    amended = read_amendments(read_table(amended), chosen) if amended else ()
    return make_plan(
        read_contracts(read_table(content), chosen),
        amended,
        chosen,
        known or nothing_known(),
    )


def kinds(plan):
    return Counter(remark.kind for remark in plan.remarks if remark.rejects)


BOTH = {
    "client": {"name": "Client", "number": {"scheme": "AU-ABN", "column": "CN"}},
    "supplier": {"name": "Supplier", "number": {"scheme": "AU-ABN", "column": "SN"}},
}
COLUMNS = {"key": "No", "start_on": "Start", "end_on": "End", "value": "Value"}
HEADER = "No,Client,CN,Supplier,SN,Start,End,Value"


def register(*rows, **more):
    return planned(
        csv_of(*rows, header=HEADER), organisations=BOTH, contract=COLUMNS, **more
    )


def test_organisations_are_one_by_number_or_by_name():
    plan = register(
        f"1,Dept of Ash,,HOLLIN PTY LTD,{ABN},2026-01-01,,",
        f"2,DEPT  OF ASH,,Hollin Pty Ltd,{ABN},2026-01-01,,",
        "3,Dept of Ash,,Hollin Pty Ltd,,2026-01-01,,",
        f"4,Hollin Pty Ltd,{ABN},Elm Works,{OTHER_ABN},2026-01-01,,",
    )

    named = {one.key: sorted([one.name, *one.aliases]) for one in plan.organisations}
    assert named == {
        ("", "dept of ash"): ["DEPT OF ASH", "Dept of Ash"],
        ("AU-ABN", ABN): ["HOLLIN PTY LTD", "Hollin Pty Ltd"],
        ("", "hollin pty ltd"): ["Hollin Pty Ltd"],
        ("AU-ABN", OTHER_ABN): ["Elm Works"],
    }
    assert len(plan.relationships) == 3
    warnings = report_of(plan)["warnings"]
    assert warnings["name_spelled_differently"] == 2
    assert warnings["same_name_other_number"] == 1
    assert warnings["no_number"] == 2


def test_the_commonest_spelling_is_the_name_and_the_others_are_kept():
    plan = register(
        f"1,Ash,,HOLLIN,{ABN},2026-01-01,,",
        f"2,Ash,,Hollin,{ABN},2026-01-01,,",
        f"3,Ash,,Hollin,{ABN},2026-01-01,,",
    )
    hollin = next(one for one in plan.organisations if one.numbers)

    assert hollin.name == "Hollin"
    assert hollin.aliases == ["HOLLIN"]


def test_rows_that_only_a_plan_can_refuse():
    plan = register(
        f"1,Ash,,Elm,{ABN},2026-01-01,,",
        f"1,Ash,,Elm,{ABN},2026-01-01,,",
        f"2,Elm,{ABN},Elm Works,{ABN},2026-01-01,,",
    )

    assert kinds(plan) == {Kind.REPEATED_CONTRACT: 1, Kind.SAME_ORGANISATION: 1}
    report = report_of(plan)
    assert report["read"] == 3
    assert report["contracts"] == {
        "new": 1,
        "updated": 0,
        "unchanged": 0,
        "rejected": 2,
    }


def test_what_only_rejected_rows_name_is_counted_as_rejected():
    plan = register(
        "1,Ash,,Elm,,2026-01-01,,",
        "2,Ash,,Oak,,never,,",
        "3,Ash,,Oak,,2026-01-01,2025-01-01,",
    )
    report = report_of(plan)

    assert [one.name for one in plan.organisations] == ["Ash", "Elm"]
    assert report["organisations"]["rejected"] == 1
    assert report["relationships"]["rejected"] == 1
    assert report["contracts"]["rejected"] == 2


def test_the_own_organisation_is_not_brought_in_again():
    known = nothing_known("Ash", numbers={("AU-ABN", ABN)})
    plan = register(
        f"1,Some other spelling,{ABN},Elm,,2026-01-01,,",
        "2,ASH,,Elm,,2026-01-01,,",
        f"3,Ash,{OTHER_ABN},Elm,,2026-01-01,,",
        known=known,
    )

    assert [one.outcome for one in plan.organisations] == ["unchanged", "new", "new"]
    assert plan.organisations[0].pk == known.own.pk
    assert len(plan.relationships) == 2


def test_a_side_the_file_does_not_name_is_the_own_one():
    known = nothing_known("Ash")
    plan = planned(csv_of("1,Elm,T,2026-01-01,,", "2,ash,T,2026-01-01,,"), known=known)

    assert kinds(plan) == {Kind.SAME_ORGANISATION: 1}
    assert plan.relationships[0].client is None


def test_a_relationship_begins_with_its_first_contract():
    plan = planned(csv_of("1,Elm,T,2026-05-01,,", "2,ELM,U,2024-02-01,,"))

    assert [one.started_on for one in plan.relationships] == [date(2024, 2, 1)]


def test_contracts_without_a_number_are_told_apart_by_title_and_start():
    columns = {"title": "Title", "start_on": "Start"}
    plan = planned(
        csv_of(",Elm,T,2026-05-01,,", ",Elm,t,2026-05-01,,", ",Elm,T,2027-05-01,,"),
        contract=columns,
    )

    assert kinds(plan) == {Kind.REPEATED_CONTRACT: 1}
    assert len(plan.contracts) == 2


AMENDED = {
    "contract": "No",
    "reference": "Ref",
    "number_after": "-A",
    "value": "Value",
    "end_on": "End",
}


def test_amendments_apply_in_the_order_of_their_numbers():
    amendments = csv_of(
        "C1-A2,C1,30,2028-01-01",
        "C1-A1,C1,20,",
        "C1-A1,C1,25,",
        "C9-A1,C9,1,",
        "C1-A3,C1,40,2020-01-01",
        header="Ref,No,Value,End",
    )
    plan = planned(
        csv_of("C1,Elm,T,2026-01-01,2027-01-01,10"), amendments, amendments=AMENDED
    )
    (contract,) = plan.contracts

    assert [(a.number, a.changes) for a in contract.amendments] == [
        (1, {"value": ["10.00", "20.00"]}),
        (2, {"value": ["20.00", "30.00"], "end_on": ["2027-01-01", "2028-01-01"]}),
    ]
    assert contract.terms["value"] == Decimal("30.00")
    assert contract.original["end_on"] == date(2027, 1, 1)
    assert contract.in_force(date(2027, 6, 1))
    assert not contract.in_force(date(2027, 6, 1), original=True)
    assert kinds(plan) == {
        Kind.REPEATED_AMENDMENT: 1,
        Kind.UNKNOWN_CONTRACT: 1,
        Kind.ENDS_BEFORE_START: 1,
    }
    assert report_of(plan)["amendments"]["rejected"] == 3
    assert report_of(plan)["totals"] == {
        "GBP": {"original": "10.00", "current": "30.00"}
    }


def test_an_amendment_that_fits_two_contracts_is_not_guessed():
    plan = planned(
        csv_of("C1,Elm,T,2026-01-01,,", "C1,Oak,T,2026-01-01,,"),
        csv_of("C1-A1,C1,5,", header="Ref,No,Value,End"),
        amendments=AMENDED,
    )

    assert kinds(plan) == {Kind.AMBIGUOUS_CONTRACT: 1}


@pytest.mark.parametrize(
    ("day", "in_force"),
    [
        (date(2025, 12, 31), False),
        (date(2026, 1, 1), True),
        (date(2026, 12, 31), True),
        (date(2027, 1, 1), False),
    ],
)
def test_both_ends_of_a_contract_are_in_force(day, in_force):
    plan = planned(csv_of("1,Elm,T,2026-01-01,2026-12-31,"))

    assert plan.contracts[0].in_force(day) is in_force


def kept(known, organisation, **facts):
    """A contract of the books, as an earlier import wrote it."""
    told = {
        "title": "T",
        "start_on": date(2026, 1, 1),
        "end_on": date(2026, 12, 31),
        "original_start_on": date(2026, 1, 1),
        "original_end_on": date(2026, 12, 31),
    }
    imported = {
        name: value if isinstance(value, str) else value.isoformat()
        for name, value in told.items()
    }
    defaults = {"renewal": "none", "value": None, "client_notice": None}
    units = {"client_notice_unit": "months", "supplier_notice_unit": "months"}
    rest = {"initial_months": None, "renewal_months": None, "supplier_notice": None}
    everything = {**defaults, **units, **rest, **told, **facts}
    return KnownContract(
        uuid4(), uuid4(), known.own.pk, organisation.pk, "1", everything, imported
    )


def books(**facts):
    elm = KnownOrganisation(uuid4(), "Elm")
    known = nothing_known()
    contract = kept(known, elm, **facts)
    return Known(
        known.own,
        [elm],
        {(known.own.pk, elm.pk, "General"): KnownRelationship(contract.relationship)},
        [contract],
    )


def test_the_same_file_again_changes_nothing():
    plan = planned(csv_of("1,Elm,T,2026-01-01,2026-12-31,"), known=books())
    report = report_of(plan)

    for name in ("organisations", "relationships", "contracts"):
        assert report[name] == {"new": 0, "updated": 0, "unchanged": 1, "rejected": 0}


def test_a_value_changed_by_hand_stays_when_the_file_says_the_same_again():
    known = books(title="Cleaning of wards", end_on=date(2027, 12, 31))
    plan = planned(csv_of("1,Elm,T,2026-01-01,2026-12-31,"), known=known)

    assert plan.contracts[0].outcome == "unchanged"
    assert plan.contracts[0].terms["end_on"] == date(2027, 12, 31)


def test_a_new_word_of_the_file_is_taken_where_nobody_wrote_another():
    plan = planned(csv_of("1,Elm,New title,2026-01-01,2026-12-31,9"), known=books())

    assert plan.contracts[0].changed == {
        "title": "New title",
        "value": Decimal("9.00"),
        "original_value": Decimal("9.00"),
        "currency": "GBP",
    }


def test_a_new_word_of_the_file_does_not_overwrite_a_hand():
    known = books(title="Cleaning of wards")
    plan = planned(csv_of("1,Elm,New title,2026-01-01,2026-12-31,"), known=known)

    assert plan.contracts[0].outcome == "unchanged"
    assert Kind.CHANGED_HERE in {remark.kind for remark in plan.remarks}


def test_every_kind_of_remark_has_words_and_a_weight():
    for kind in Kind:
        assert str(kind.label)
        assert kind.weight in Weight


def test_the_documentation_lists_every_kind_of_remark():
    text = (KEPT.parent / "import.md").read_text()

    missing = [kind.value for kind in Kind if f"`{kind.value}`" not in text]
    assert missing == []


@needs_register
def test_a_public_register_is_reconciled_to_the_cent():
    chosen = load_profile((KEPT / "austender.json").read_text())
    tables = [
        read_table((REGISTER / name).read_bytes())
        for name in ("contracts.csv", "amendments.csv")
    ]
    plan = make_plan(
        read_contracts(tables[0], chosen),
        read_amendments(tables[1], chosen),
        chosen,
        nothing_known("Register"),
    )
    report = report_of(plan, [date(2024, 7, 1)])

    assert report["read"] == 600
    for name, count in (
        ("organisations", 538),
        ("relationships", 548),
        ("contracts", 600),
        ("amendments", 64),
    ):
        assert report[name] == {
            "new": count,
            "updated": 0,
            "unchanged": 0,
            "rejected": 0,
        }
    assert report["totals"] == {
        "AUD": {"original": "314794628.70", "current": "326642649.04"}
    }
    assert report["in_force"] == {"2024-07-01": 275}
    assert report["in_force_original"] == {"2024-07-01": 270}
    clients = {one.client.key for one in plan.relationships}
    suppliers = {one.supplier.key for one in plan.relationships}
    assert len(clients) == 67
    assert len([key for key in clients if key[0] == ""]) == 2
    assert Counter(scheme for scheme, _number in suppliers) == {"AU-ABN": 427, "": 48}
    assert len(clients & suppliers) == 4
    assert len([one for one in plan.contracts if one.amendments]) == 60
