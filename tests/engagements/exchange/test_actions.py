"""What a commit writes, and that the same file again writes nothing."""

from collections import Counter
from datetime import date
from decimal import Decimal

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext

from engagements import search
from engagements.contracts.actions import change_contract
from engagements.contracts.figures import refresh_sides, refresh_terms
from engagements.errors import RuleError
from engagements.exchange import actions
from engagements.models import (
    Amendment,
    Change,
    Contract,
    ImportRun,
    Organisation,
    OrganisationAlias,
    Relationship,
    RelationshipSide,
    Side,
    TimelineEntry,
    Visibility,
    standing_of,
)
from engagements.parties.actions import add_identifier
from tests.engagements.exchange.conftest import csv_of, profile_data
from tests.factories import MembershipFactory, OrganisationFactory, RelationshipFactory

pytestmark = pytest.mark.django_db

AMENDED = {"contract": "No", "reference": "Ref", "number_after": "-A", "value": "Value"}
NOTICE = {
    "key": "No",
    "title": "Title",
    "start_on": "Start",
    "end_on": "End",
    "client_notice": "Value",
}


def bring_in(member, content, amended=b"", **changes):
    """One file all the way in."""
    data = profile_data(**changes)
    run = actions.keep_file(
        by=member.contact,
        organisation=member.organisation,
        name="contracts.csv",
        content=content,
        stands_for=data["stands_for"],
        amendments=amended,
    )
    run = actions.choose_columns(run=run, profile=data)
    return actions.commit_import(by=member.contact, run=run)


def everything():
    """How many rows of each kind there are, and when they were written last."""
    models = (Organisation, Relationship, Contract, Amendment, OrganisationAlias)
    return [
        (
            model.__name__,
            sorted(model.objects.order_by().values_list("pk", "updated_at")),
        )
        for model in models
    ] + [Change.objects.count(), TimelineEntry.objects.count()]


def test_a_contract_comes_in_with_its_deadline_and_both_sides(administrator):
    with time_machine.travel("2026-11-01T10:00:00Z", tick=False):
        bring_in(
            administrator,
            csv_of("C-1,Hollin,Cleaning,2026-01-01,2027-06-30,3"),
            contract=NOTICE,
        )

    contract = Contract.objects.get()
    client, supplier = contract.relationship.sides.order_by("side")
    assert contract.client_notice == 3
    assert contract.client_act_by is not None
    assert contract.state == Contract.State.ACTIVE
    assert contract.original_end_on == date(2027, 6, 30)
    assert client.acted_by == administrator.organisation
    assert client.act_by == contract.client_act_by
    assert client.live_contracts == 1
    assert supplier.acted_by is None
    assert supplier.organisation.kept_by == administrator.organisation


def test_what_is_stored_is_what_would_be_computed(administrator):
    bring_in(
        administrator,
        csv_of(
            "C-1,Hollin,Cleaning,2026-01-01,2099-06-30,3",
            "C-2,Hollin,Guards,2020-01-01,2021-06-30,",
        ),
        contract=NOTICE,
    )

    assert refresh_terms(Contract.objects.all(), date.today()) == 0  # noqa: DTZ011, TID251 - any day does
    assert refresh_sides(None, date.today()) == 0  # noqa: DTZ011, TID251 - any day does


def test_the_same_file_again_writes_nothing(administrator):
    content = csv_of(
        "C-1,Hollin,Cleaning,2026-01-01,2027-06-30,10",
        "C-2,HOLLIN,Guards,2026-01-01,,",
        "C-3,Hollin,Guards,never,,",
    )
    amendments = csv_of("C-1-A1,C-1,20", header="Ref,No,Value")
    bring_in(administrator, content, amendments, amendments=AMENDED)
    before = everything()

    run = bring_in(administrator, content, amendments, amendments=AMENDED)

    assert everything() == before
    assert run.report["contracts"] == {
        "new": 0,
        "updated": 0,
        "unchanged": 2,
        "rejected": 1,
    }


def test_amendments_keep_the_terms_before_and_after(administrator):
    bring_in(
        administrator,
        csv_of("C-1,Hollin,Cleaning,2026-01-01,2027-06-30,10"),
        csv_of("C-1-A2,C-1,30", "C-1-A1,C-1,20", header="Ref,No,Value"),
        amendments=AMENDED,
    )

    contract = Contract.objects.get()
    assert contract.value == Decimal("30.00")
    assert contract.original_value == Decimal("10.00")
    assert list(contract.amendments.values_list("number", "changes")) == [
        (1, {"value": ["10.00", "20.00"]}),
        (2, {"value": ["20.00", "30.00"]}),
    ]


def test_a_later_amendment_reaches_a_contract_of_an_earlier_file(administrator):
    bring_in(administrator, csv_of("C-1,Hollin,Cleaning,2026-01-01,,10"))

    run = bring_in(
        administrator,
        csv_of("C-2,Hollin,Guards,2026-01-01,,5"),
        csv_of("C-1-A1,C-1,20", header="Ref,No,Value"),
        amendments=AMENDED,
    )

    assert run.report["amendments"]["new"] == 1
    assert run.report["read"] == 1
    assert Contract.objects.get(external_id="C-1").value == Decimal("20.00")


def test_a_second_file_of_the_old_terms_does_not_undo_an_amendment(administrator):
    content = csv_of("C-1,Hollin,Cleaning,2026-01-01,,10")
    amendments = csv_of("C-1-A1,C-1,20", header="Ref,No,Value")
    bring_in(administrator, content, amendments, amendments=AMENDED)

    bring_in(administrator, content)

    assert Contract.objects.get().value == Decimal("20.00")


def test_what_a_person_filled_in_stays(administrator):
    content = csv_of("C-1,Hollin,Cleaning,2026-01-01,2027-06-30,10")
    bring_in(administrator, content)
    by = standing_of(administrator.contact.user)
    change_contract(
        by=by,
        contract=Contract.objects.get(),
        values={"title": "Cleaning of wards", "end_on": date(2028, 6, 30)},
    )

    run = bring_in(administrator, content)
    later = bring_in(
        administrator, csv_of("C-1,Hollin,Cleaning II,2026-01-01,2027-06-30,12")
    )

    contract = Contract.objects.get()
    assert run.report["contracts"]["unchanged"] == 1
    assert later.report["contracts"]["updated"] == 1
    assert later.report["warnings"]["changed_here"] == 1
    assert contract.title == "Cleaning of wards"
    assert contract.end_on == date(2028, 6, 30)
    assert contract.value == Decimal("12.00")


def test_other_spellings_are_kept_and_found(administrator):
    numbered = {
        "supplier": {
            "name": "Supplier",
            "number": {"scheme": "AU-ABN", "column": "Value"},
        }
    }
    columns = {"key": "No", "start_on": "Start"}
    bring_in(
        administrator,
        csv_of(
            "1,Hollin Vale Pty Ltd,T,2026-01-01,,51824753556",
            "2,HVPL Group,T,2026-01-01,,51824753556",
        ),
        organisations=numbered,
        contract=columns,
    )

    organisation = Organisation.objects.get(name="Hollin Vale Pty Ltd")
    assert [alias.name for alias in organisation.aliases.all()] == ["HVPL Group"]
    for words in ("hvpl", "hollin va", "518247"):
        found = search.matching(words).values_list("object_id", flat=True)
        assert organisation.pk in found


def test_a_new_spelling_of_a_later_file_is_an_update(administrator):
    numbered = {
        "supplier": {
            "name": "Supplier",
            "number": {"scheme": "GB-COH", "column": "Value"},
        }
    }
    settings = {
        "organisations": numbered,
        "contract": {"key": "No", "start_on": "Start"},
    }
    bring_in(administrator, csv_of("1,Hollin,T,2026-01-01,,SC1"), **settings)

    run = bring_in(
        administrator, csv_of("1,Hollin Vale,T,2026-01-01,,SC 1"), **settings
    )

    assert run.report["organisations"]["updated"] == 1
    assert Organisation.objects.filter(name="Hollin").count() == 1
    assert OrganisationAlias.objects.get().name == "Hollin Vale"


def test_an_organisation_by_name_stays_the_same_when_it_gets_a_number(administrator):
    numbered = {
        "supplier": {
            "name": "Supplier",
            "number": {"scheme": "GB-COH", "column": "Value"},
        }
    }
    settings = {
        "organisations": numbered,
        "contract": {"key": "No", "start_on": "Start"},
    }
    content = csv_of("1,Hollin,T,2026-01-01,,")
    bring_in(administrator, content, **settings)
    add_identifier(
        by=standing_of(administrator.contact.user),
        organisation=Organisation.objects.get(name="Hollin"),
        scheme="GB-COH",
        value="SC1",
    )

    run = bring_in(administrator, content, **settings)

    assert run.report["organisations"] == {
        "new": 0,
        "updated": 0,
        "unchanged": 1,
        "rejected": 0,
    }


def test_a_claimed_counterpart_is_recognised_and_left_alone(administrator):
    hollin = OrganisationFactory(name="Hollin")
    relationship = RelationshipFactory(
        client=administrator.organisation, supplier=hollin
    )

    run = bring_in(administrator, csv_of("1,HOLLIN,T,2026-01-01,,"))

    assert run.report["organisations"]["unchanged"] == 1
    assert Organisation.objects.filter(kept_by=administrator.organisation).count() == 0
    assert not OrganisationAlias.objects.exists()
    assert Contract.objects.get().relationship.supplier == hollin
    assert run.report["relationships"]["new"] == (relationship.scope != "General")


def test_a_register_of_two_kept_sides_stands_for_one(administrator):
    both = {"client": {"name": "Title"}, "supplier": {"name": "Supplier"}}
    bring_in(
        administrator,
        csv_of("1,Hollin,Ash,2026-01-01,,"),
        stands_for="supplier",
        organisations=both,
        contract={"key": "No", "start_on": "Start"},
    )

    acted = dict(RelationshipSide.objects.values_list("side", "acted_by"))
    assert acted == {Side.CLIENT: None, Side.SUPPLIER: administrator.organisation.pk}
    visible = Relationship.objects.visible_to(administrator.contact.user)
    assert visible.count() == 1


def test_each_contract_stands_once_on_the_timeline_with_its_history(administrator):
    bring_in(administrator, csv_of("C-1,Hollin,Cleaning,2026-01-01,,10"))

    contract = Contract.objects.get()
    entries = Counter(TimelineEntry.objects.values_list("kind", flat=True))
    change = Change.objects.get(object_id=contract.pk)
    assert entries == {"change": 1, "contract": 1}
    assert change.reason == "Imported from contracts.csv"
    assert change.visibility == Visibility.SHARED
    assert change.fields["value"] == [None, "10.00"]


def test_two_organisations_may_keep_the_same_company(administrator):
    other = MembershipFactory()
    content = csv_of("C-1,Hollin,Cleaning,2026-01-01,,10")

    bring_in(administrator, content)
    bring_in(other, content)

    assert Organisation.objects.filter(name="Hollin").count() == 2
    assert Contract.objects.visible_to(administrator.contact.user).count() == 1


def test_a_file_that_cannot_be_used_leaves_the_import_as_it_was(administrator):
    run = actions.keep_file(
        by=administrator.contact,
        organisation=administrator.organisation,
        name="x.csv",
        content=b"a,b\n1,2\n",
        stands_for="client",
    )

    with pytest.raises(RuleError, match=r"no column .*“Supplier”"):
        actions.choose_columns(run=run, profile=profile_data())
    with pytest.raises(RuleError, match="Check the columns first"):
        actions.commit_import(by=administrator.contact, run=run)

    run.refresh_from_db()
    assert run.state == ImportRun.State.UPLOADED
    assert run.profile == {}


def test_a_file_is_imported_once(administrator):
    run = bring_in(administrator, csv_of("C-1,Hollin,Cleaning,2026-01-01,,10"))

    with pytest.raises(RuleError, match="imported already"):
        actions.commit_import(by=administrator.contact, run=run)
    with pytest.raises(RuleError, match="imported already"):
        actions.choose_columns(run=run, profile=profile_data())


def test_queries_grow_with_batches_not_with_rows(administrator):
    counts = []
    for size in (10, 300):
        rows = [
            f"{size}-{n},S{size}-{n},T,2026-01-01,2027-01-01,1" for n in range(size)
        ]
        with CaptureQueriesContext(connection) as captured:
            bring_in(administrator, csv_of(*rows))
        counts.append(len(captured))

    # SQLite takes few values in a statement, so that batches are small there.
    assert counts[1] - counts[0] < (300 - 10) / 3
