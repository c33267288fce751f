"""Taking an import back, as far as nobody built on it since."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
import time_machine
from django.utils import timezone

from engagements.contracts.actions import change_contract
from engagements.errors import RuleError
from engagements.exchange.undoing import undo_import
from engagements.models import (
    Amendment,
    Change,
    Contract,
    ImportRun,
    Organisation,
    Relationship,
    SearchEntry,
    TimelineEntry,
    standing_of,
)
from tests.engagements.exchange.conftest import csv_of
from tests.engagements.exchange.test_actions import AMENDED, bring_in
from tests.factories import ContactFactory, InteractionFactory

pytestmark = pytest.mark.django_db

ROWS = (
    "C-1,Hollin,Cleaning,2026-01-01,2027-06-30,10",
    "C-2,Brack,Guards,2026-01-01,2027-06-30,10",
)


def test_nothing_is_left_of_what_nobody_touched(administrator):
    run = bring_in(
        administrator,
        csv_of(*ROWS),
        csv_of("C-1-A1,C-1,20", header="Ref,No,Value"),
        amendments=AMENDED,
    )

    counts = undo_import(by=administrator.contact, run=run)

    assert counts == {"removed": 2, "restored": 0, "kept": 0}
    for model in (Contract, Amendment, Relationship, Change, TimelineEntry):
        assert not model.objects.exists()
    assert Organisation.objects.get() == administrator.organisation
    assert not SearchEntry.objects.exists()


def test_a_contract_changed_since_stays_with_all_it_stands_on(administrator):
    run = bring_in(administrator, csv_of(*ROWS))
    change_contract(
        by=standing_of(administrator.contact.user),
        contract=Contract.objects.get(title="Cleaning"),
        values={"client_notice": 3},
    )

    counts = undo_import(by=administrator.contact, run=run)

    assert counts == {"removed": 1, "restored": 0, "kept": 1}
    assert Contract.objects.get().title == "Cleaning"
    assert Relationship.objects.get().supplier.name == "Hollin"
    assert not Organisation.objects.filter(name="Brack").exists()


def test_a_relationship_somebody_spoke_about_stays(administrator):
    run = bring_in(administrator, csv_of(*ROWS))
    spoken = Relationship.objects.get(supplier__name="Hollin")
    InteractionFactory(relationship=spoken, written_by=administrator.contact)

    undo_import(by=administrator.contact, run=run)

    assert not Contract.objects.exists()
    assert Relationship.objects.get() == spoken


def test_an_organisation_with_people_of_its_own_stays(administrator):
    run = bring_in(administrator, csv_of(*ROWS))
    ContactFactory(organisation=Organisation.objects.get(name="Hollin"))

    undo_import(by=administrator.contact, run=run)

    names = Organisation.objects.values_list("name", flat=True)
    assert sorted(names) == ["Hollin", administrator.organisation.name]


def test_contracts_that_were_there_before_get_their_values_back(administrator):
    bring_in(administrator, csv_of(*ROWS))
    run = bring_in(
        administrator,
        csv_of("C-1,Hollin,Cleaning,2026-01-01,2028-06-30,15"),
        csv_of("C-1-A1,C-1,20", header="Ref,No,Value"),
        amendments=AMENDED,
    )
    assert Contract.objects.get(external_id="C-1").value == Decimal("20.00")

    counts = undo_import(by=administrator.contact, run=run)

    contract = Contract.objects.get(external_id="C-1")
    assert counts == {"removed": 0, "restored": 1, "kept": 0}
    assert contract.value == contract.original_value == Decimal("10.00")
    assert contract.end_on == contract.current_end_on == date(2027, 6, 30)
    assert not Amendment.objects.exists()


def test_a_file_comes_in_again_after_it_was_undone(administrator):
    run = bring_in(administrator, csv_of(*ROWS))
    undo_import(by=administrator.contact, run=run)

    again = bring_in(administrator, csv_of(*ROWS))

    assert again.report["contracts"]["new"] == 2


def test_an_import_is_undone_once_and_for_seven_days(administrator):
    run = bring_in(administrator, csv_of(*ROWS))
    undo_import(by=administrator.contact, run=run)
    with pytest.raises(RuleError, match="nothing to undo"):
        undo_import(by=administrator.contact, run=run)

    late = bring_in(administrator, csv_of(*ROWS))
    with (
        time_machine.travel(timezone.now() + timedelta(days=7, minutes=1)),
        pytest.raises(RuleError, match="7 days"),
    ):
        undo_import(by=administrator.contact, run=late)
    late.refresh_from_db()
    assert late.state == ImportRun.State.COMMITTED
