"""Beginning, changing, archiving; teams, owners, pins; claimed counterparts."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from engagements import search
from engagements.errors import RuleError
from engagements.models import (
    Change,
    Relationship,
    Side,
    TimelineEntry,
    Visibility,
    standing_of,
)
from engagements.parties.actions import create_organisation
from engagements.relationships import actions
from tests.factories import (
    ContactFactory,
    MembershipFactory,
    OrganisationFactory,
    RelationshipFactory,
    TeamRoleFactory,
)

pytestmark = pytest.mark.django_db


def begin(by, **given):
    supplier = given.pop("supplier", None) or create_organisation(by=by, name="Merrow")
    return actions.create_relationship(
        by=by, client=by.organisation, supplier=supplier, **given
    )


def test_a_relationship_begins_with_two_sides_and_an_entry(by, user):
    relationship = begin(by, started_on=date(2024, 1, 15), owner=by.contact)

    sides = {row.side: row for row in relationship.sides.all()}
    assert sides["client"].acted_by == by.organisation
    assert sides["client"].owner == by.contact
    assert sides["client"].contact_due_on == date(2024, 2, 14)
    assert sides["supplier"].acted_by is None
    assert TimelineEntry.objects.filter(relationship=relationship).count() == 1
    assert relationship in Relationship.objects.visible_to(user)
    assert search.matching("merrow").filter(kind="relationship").exists()


@pytest.mark.parametrize("stands_for", list(Side))
def test_a_keeper_of_both_sides_stands_for_one(by, stands_for):
    client = create_organisation(by=by, name="Agency")
    supplier = create_organisation(by=by, name="Merrow")

    relationship = actions.create_relationship(
        by=by, client=client, supplier=supplier, stands_for=stands_for
    )

    acting = {row.side: row.acted_by for row in relationship.sides.all()}
    assert acting == {stands_for: by.organisation, stands_for.other: None}


def test_a_claimed_counterpart_is_asked_first(by):
    supplier = OrganisationFactory()

    relationship = begin(by, supplier=supplier)

    assert relationship.proposed_to == "supplier"
    assert relationship.sides.get(side="supplier").acted_by is None


def test_the_same_scope_twice_is_refused(by):
    relationship = begin(by)

    with pytest.raises(RuleError) as refusal:
        begin(by, supplier=relationship.supplier, scope=" General ")

    assert refusal.value.field == "scope"


def test_a_segment_changes_with_a_reason_both_sides_read(by):
    relationship = begin(by, segment="routine", started_on=date(2024, 1, 15))

    with pytest.raises(RuleError) as refusal:
        actions.change_relationship(
            by=by, relationship=relationship, segment="strategic"
        )
    changed = actions.change_relationship(
        by=by, relationship=relationship, segment="strategic", reason="Runs the wards"
    )

    assert refusal.value.field == "reason"
    change = Change.objects.of(changed).get(reason="Runs the wards")
    assert change.fields == {"segment": ["routine", "strategic"]}
    assert change.visibility == Visibility.SHARED
    entry = TimelineEntry.objects.get(relationship=changed, mark="segment")
    assert entry.text == "Runs the wards"
    assert changed.sides.first().contact_due_on == date(2024, 1, 29)


def test_archiving_needs_a_reason_and_can_be_taken_back(by):
    relationship = begin(by)

    with pytest.raises(RuleError):
        actions.archive_relationship(by=by, relationship=relationship, reason=" ")
    actions.archive_relationship(by=by, relationship=relationship, reason="Ended")
    relationship.refresh_from_db()
    assert relationship.archived_at
    assert not search.matching("merrow").filter(kind="relationship").exists()

    actions.restore_relationship(by=by, relationship=relationship)
    relationship.refresh_from_db()
    assert relationship.archived_at is None


def test_the_interface_person_owns_the_side_until_somebody_is_chosen(by):
    relationship = begin(by)
    first = ContactFactory(organisation=by.organisation)
    second = ContactFactory(organisation=by.organisation)
    give = {"by": by, "relationship": relationship, "side": "client"}
    role = actions.add_role(
        **give, contact=first, role="interface", from_on=date(2024, 1, 1)
    )
    actions.add_role(**give, contact=second, role="interface", from_on=date(2024, 6, 1))
    side = relationship.sides.get(side="client")
    assert side.owner == first

    actions.end_role(by=by, team_role=role, to_on=timezone.localdate())
    side.refresh_from_db()
    assert side.owner == second

    actions.choose_owner(by=by, side=side, contact=first)
    side.refresh_from_db()
    assert side.owner == first

    actions.choose_owner(by=by, side=side, contact=None)
    side.refresh_from_db()
    assert side.owner == second


def test_nobody_of_the_other_side_gets_a_role_on_this_one(by):
    relationship = begin(by)
    stranger = ContactFactory(organisation=relationship.supplier)

    with pytest.raises(RuleError):
        actions.add_role(
            by=by,
            relationship=relationship,
            side="client",
            contact=stranger,
            role="sponsor",
            from_on=date(2024, 1, 1),
        )


def test_who_leaves_ends_every_role(by):
    relationship = begin(by)
    contact = ContactFactory(organisation=relationship.supplier)
    row = TeamRoleFactory(relationship=relationship, side="supplier", contact=contact)

    actions.person_leaves(by=by, contact=contact, left_on=date(2026, 1, 31))

    row.refresh_from_db()
    assert row.to_on == date(2026, 1, 31)


def test_seven_relationships_can_be_pinned(by):
    for _each in range(7):
        actions.pin(by=by, relationship=RelationshipFactory(client=by.organisation))

    with pytest.raises(RuleError):
        actions.pin(by=by, relationship=RelationshipFactory(client=by.organisation))
    actions.unpin(by=by, relationship=by.contact.pins.first().relationship)

    assert by.contact.pins.count() == 6


def test_a_claimed_side_is_acted_on_by_its_own_people_once_accepted(by):
    theirs = MembershipFactory()
    relationship = begin(by, supplier=theirs.organisation)
    them = standing_of(theirs.contact.user)

    actions.accept_relationship(by=them, relationship=relationship)

    relationship.refresh_from_db()
    assert relationship.proposed_to == ""
    assert relationship.sides.get(side="supplier").acted_by == theirs.organisation
    with pytest.raises(RuleError):
        actions.accept_relationship(by=them, relationship=relationship)


def test_a_declined_relationship_stays_with_the_side_that_wrote_it(by):
    theirs = MembershipFactory()
    relationship = begin(by, supplier=theirs.organisation)

    actions.decline_relationship(
        by=standing_of(theirs.contact.user), relationship=relationship, reason="Ended"
    )

    relationship.refresh_from_db()
    assert relationship.proposed_to == ""
    assert relationship.sides.get(side="supplier").acted_by is None
    assert relationship not in Relationship.objects.visible_to(theirs.contact.user)


def test_an_ended_role_hands_over_only_to_who_stays(by):
    relationship = begin(by, owner=by.contact)
    role = relationship.team.get()
    today = timezone.localdate()

    actions.end_role(by=by, team_role=role, to_on=today)

    assert relationship.sides.get(side="client").owner is None
    role.refresh_from_db()
    assert role.to_on == today < today + timedelta(days=1)
