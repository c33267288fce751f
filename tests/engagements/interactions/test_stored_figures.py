"""What each side keeps of its promises and contracts, as it is written by every act."""

from datetime import timedelta

import pytest
from django.utils import timezone

from engagements.commitments.actions import commit, finish, let_go, reopen
from engagements.commitments.said import Said
from engagements.contracts.figures import refresh_sides
from engagements.models import (
    Relationship,
    RelationshipSide,
    Side,
    Visibility,
    standing_of,
)
from engagements.relationships.actions import (
    accept_relationship,
    archive_relationship,
    change_relationship,
    create_relationship,
    restore_relationship,
)
from engagements.relationships.figures import refresh_promises
from tests.engagements.interactions.conftest import logged
from tests.factories import (
    CommitmentFactory,
    ContractFactory,
    MembershipFactory,
    OrganisationFactory,
)

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate()
DUE = TODAY + timedelta(days=9)


def promised(seat):
    """The days the seat's side keeps: of the client's promises, of the supplier's."""
    kept = RelationshipSide.objects.get(pk=seat.own.pk)
    return kept.client_promise_on, kept.supplier_promise_on


def of(side, day=DUE):
    return (day, None) if side == Side.CLIENT else (None, day)


def made(seat, visibility=Visibility.SHARED, **values):
    said = {
        "relationship": seat.relationship,
        "side": Side(seat.own.side),
        "owner": seat.contact,
        "text": "Name a deputy",
        "due_on": DUE,
    }
    return commit(by=seat.by, said=Said(**said | values), visibility=visibility)


def test_a_shared_promise_is_kept_by_both_sides_until_it_is_done(seats):
    own, other = seats
    promise = made(own)
    by = own.by
    assert promised(own) == promised(other) == of(own.own.side)

    promise = finish(by=by, commitment=promise, done_on=TODAY)
    assert promised(own) == promised(other) == (None, None)

    reopen(by=by, commitment=promise)
    assert promised(own) == promised(other) == of(own.own.side)


def test_an_internal_promise_changes_no_figure_of_the_other_side(seats):
    own, other = seats
    made(own, visibility=Visibility.INTERNAL)
    assert promised(own) == of(own.own.side)
    assert promised(other) == (None, None)


def test_a_promise_both_sides_let_go_is_kept_no_longer(seats):
    own, other = seats
    promise = made(own)
    for seat in seats:
        assert promised(own) == of(own.own.side)
        let_go(
            by=seat.by,
            commitment=promise,
            side=Side(seat.own.side),
            reason="No longer needed",
        )
    assert promised(own) == promised(other) == (None, None)


def test_what_is_stored_is_what_is_computed_anew(seats):
    own, _other = seats
    made(own)
    made(own, text="Earlier", due_on=TODAY)
    before = promised(own)
    RelationshipSide.objects.update(client_promise_on=None, supplier_promise_on=None)

    refresh_promises(None)

    assert promised(own) == before == of(own.own.side, TODAY)


def test_sides_keep_what_their_relationship_says():
    by = standing_of(MembershipFactory(role="administrator").contact.user)
    relationship = create_relationship(
        by=by, client=by.organisation, supplier=OrganisationFactory(), segment="routine"
    )
    for segment in ("routine", "strategic"):
        change_relationship(
            by=by, relationship=relationship, segment=segment, reason="Grew"
        )
        kept = relationship.sides.values_list("segment", "marked_active", "archived")
        assert set(kept) == {(segment, True, False)}


def test_an_archived_relationship_leaves_the_figures_of_its_sides():
    by = standing_of(MembershipFactory(role="administrator").contact.user)
    relationship = create_relationship(
        by=by, client=by.organisation, supplier=OrganisationFactory()
    )
    archive_relationship(by=by, relationship=relationship, reason="Over")
    assert {side.archived for side in relationship.sides.all()} == {True}
    restore_relationship(by=by, relationship=relationship)
    assert {side.archived for side in relationship.sides.all()} == {False}


def test_who_takes_over_a_side_does_not_learn_what_its_keeper_kept_to_itself(seats):
    own, other = seats
    logged(own, "Only for us", people=((other.contact, other.side),))
    CommitmentFactory(
        relationship=own.relationship,
        side=own.own.side,
        organisation=own.own.acted_by,
        visibility=Visibility.INTERNAL,
        original_due_on=DUE,
    )
    refresh_promises(None)
    newcomer = MembershipFactory(role="administrator")
    side = RelationshipSide.objects.filter(pk=own.own.pk)
    side.update(organisation=newcomer.organisation)
    Relationship.objects.filter(pk=own.relationship.pk).update(
        proposed_to=own.own.side, **{own.own.side: newcomer.organisation}
    )

    accept_relationship(
        by=standing_of(newcomer.contact.user), relationship=own.relationship
    )

    taken = side.get()
    assert taken.acted_by == newcomer.organisation
    assert taken.last_contact_at is taken.last_contact_with is None
    assert promised(own) == (None, None)


def test_every_contract_but_the_archived_is_counted(seats):
    own, _other = seats
    for archived in (None, None, timezone.now()):
        ContractFactory(relationship=own.relationship, archived_at=archived)

    refresh_sides(None, TODAY)

    counted = RelationshipSide.objects.filter(relationship=own.relationship)
    assert set(counted.values_list("contracts", flat=True)) == {2}
