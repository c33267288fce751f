"""Bringing in, changing and archiving organisations."""

from datetime import date

import pytest

from engagements import search
from engagements.errors import RuleError
from engagements.models import Change, Organisation, SearchEntry, Side, standing_of
from engagements.parties import actions, queries
from tests.factories import MembershipFactory, OrganisationFactory, RelationshipFactory

pytestmark = pytest.mark.django_db


def test_who_brings_an_organisation_in_keeps_it(by, user):
    row = actions.create_organisation(
        by=by, name="  Merrow   Water ", identifiers=[("gb-coh", "0123 4567")]
    )

    assert row.name == "Merrow Water"
    assert row.kept_by == by.organisation
    assert row.claimed_at is None
    assert str(row.identifiers.get()) == "GB-COH 01234567"
    assert row in Organisation.objects.visible_to(user)


def test_an_organisation_is_found_by_name_spelling_and_number(by):
    row = actions.create_organisation(
        by=by,
        name="Merrow Water",
        aliases=["Merrow Utilities"],
        identifiers=[("GB-COH", "01234567")],
    )

    for text in ("merr", "utilit", "01234567"):
        assert [entry.object_id for entry in search.matching(text)] == [row.pk]


def test_a_number_names_one_organisation_in_one_book(by):
    actions.create_organisation(by=by, name="A", identifiers=[("AU-ABN", "1")])
    other = MembershipFactory()

    with pytest.raises(RuleError) as refusal:
        actions.create_organisation(by=by, name="B", identifiers=[("AU-ABN", "1")])
    elsewhere = actions.create_organisation(
        by=standing_of(other.contact.user), name="B", identifiers=[("AU-ABN", "1")]
    )

    assert refusal.value.field == "value"
    assert elsewhere.identifiers.count() == 1


def test_an_organisation_is_never_part_of_its_own_parts(by):
    top = actions.create_organisation(by=by, name="Top")
    middle = actions.create_organisation(by=by, name="Middle", parent=top)
    low = actions.create_organisation(by=by, name="Low", parent=middle)

    with pytest.raises(RuleError) as refusal:
        actions.change_organisation(by=by, organisation=top, parent=low)

    assert refusal.value.field == "parent"


def test_a_new_name_is_kept_with_its_reason_and_found_at_once(by):
    relationship = RelationshipFactory(client=by.organisation)
    search.index_relationships([relationship])
    supplier = relationship.supplier

    actions.change_organisation(
        by=by, organisation=supplier, name="Quillbrook", reason="New owner"
    )

    change = Change.objects.of(supplier).get()
    assert change.fields["name"][1] == "Quillbrook"
    assert change.reason == "New owner"
    found = {entry.object_id for entry in search.matching("quillb")}
    assert found == {supplier.pk, relationship.pk}


@pytest.mark.parametrize("side", list(Side))
def test_a_new_name_is_read_across_every_table_it_sits_at(by, side):
    renamed = actions.create_organisation(by=by, name="Merrow Water")
    across = RelationshipFactory(**{side.value: renamed})
    elsewhere = RelationshipFactory()
    apart = {row.pk: row.counterpart for row in elsewhere.sides.all()}

    actions.change_organisation(by=by, organisation=renamed, name="Merrow Utilities")

    names = dict(across.sides.values_list("side", "counterpart"))
    assert names[side.other] == "Merrow Utilities"
    assert names[side] == getattr(across, side.other.value).name
    assert {row.pk: row.counterpart for row in elsewhere.sides.all()} == apart


def test_archiving_is_refused_with_what_stands_in_the_way(by):
    row = actions.create_organisation(by=by, name="Merrow")
    actions.create_organisation(by=by, name="Part", parent=row)
    relationship = RelationshipFactory(client=by.organisation, supplier=row)

    with pytest.raises(RuleError) as refusal:
        actions.archive_organisation(by=by, organisation=row)

    assert "1 relationship is not archived" in refusal.value.message
    assert "1 organisation is part of it" in refusal.value.message
    assert relationship.supplier.archived_at is None


def test_an_archived_organisation_leaves_lists_and_search_until_restored(by, user):
    row = actions.create_organisation(by=by, name="Merrow")

    actions.archive_organisation(by=by, organisation=row, reason="Merged")

    assert row not in queries.organisations(user)
    assert row in queries.organisations(user, text="merr", which="archived")
    assert not SearchEntry.objects.filter(object_id=row.pk).exists()

    actions.restore_organisation(by=by, organisation=row)

    assert row in queries.organisations(user)


@pytest.mark.parametrize(
    ("given", "reason"),
    [
        ({"name": "MERROW  wåter"}, "same name"),
        ({"name": "Merrow Utilities"}, "also known by this name"),
        ({"name": "X", "domain": "merrow.example"}, "same internet domain"),
        ({"name": "X", "identifiers": [("AU-ABN", "1")]}, "same registration number"),
    ],
)
def test_a_possible_duplicate_is_named_with_its_reason(by, user, given, reason):
    row = actions.create_organisation(
        by=by,
        name="Merrow Water",
        domain="merrow.example",
        aliases=["Merrow Utilities"],
        identifiers=[("AU-ABN", "1")],
    )

    found = queries.possible_duplicates(user, **given)

    assert [(one.organisation, str(one.reason)) for one in found] == [(row, reason)]


def test_duplicates_never_tell_of_other_books(by, user):
    OrganisationFactory(name="Merrow Water")

    assert queries.possible_duplicates(user, name="Merrow Water") == []


def test_a_day_is_named_once(by):
    day = {"on": date(2026, 12, 24), "name": "Closed"}
    actions.add_day(by=by, organisation=by.organisation, **day)

    with pytest.raises(RuleError) as refusal:
        actions.add_day(by=by, organisation=by.organisation, **day)

    assert refusal.value.field == "on"
    assert by.organisation.days.count() == 1
