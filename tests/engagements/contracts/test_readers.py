"""Who reads a contract stands beside its days, as the sides of its relationship say."""

from datetime import date

import pytest
from django.utils import timezone

from engagements.contracts.figures import refresh_sides
from engagements.contracts.queries import listing
from engagements.models import Contract, RelationshipSide, Side
from engagements.relationships import actions as relationships
from tests.factories import ContractFactory, OrganisationFactory, RelationshipFactory

TODAY = date(2026, 11, 18)


def readers(contract):
    return Contract.objects.values_list("client_reader", "supplier_reader").get(
        pk=contract.pk
    )


def acting(relationship):
    sides = {row.side: row for row in relationship.sides.all()}
    rows = [sides[side] for side in Side]
    return tuple(None if row.archived else row.acted_by_id for row in rows)


def test_a_new_contract_is_read_by_both_sides(world):
    contract = world.contract()

    both = (world.relationship.client_id, world.relationship.supplier_id)
    assert readers(contract) == acting(world.relationship) == both


def test_an_archived_relationship_s_contracts_are_on_nobody_s_list(world):
    contract = world.contract()
    relationship = world.relationship

    relationships.archive_relationship(
        by=world.by(), relationship=relationship, reason="Over"
    )
    assert readers(contract) == (None, None)
    relationships.restore_relationship(by=world.by(), relationship=relationship)
    assert readers(contract) == acting(relationship) != (None, None)


@pytest.mark.parametrize("side", list(Side))
def test_who_accepts_a_relationship_reads_its_contracts_from_then_on(world, side):
    asked = world.by(side.value).organisation
    relationship = RelationshipFactory(**{side.value: asked}, proposed_to=side)
    own = RelationshipSide.objects.filter(relationship=relationship, side=side)
    own.update(acted_by=None)
    contract = ContractFactory(relationship=relationship)
    refresh_sides([relationship.pk], TODAY)
    place = list(Side).index(side)
    assert readers(contract)[place] is None

    relationships.accept_relationship(
        by=world.by(side.value), relationship=relationship
    )

    assert readers(contract)[place] == asked.pk


@pytest.mark.parametrize(
    ("before", "after"), [(None, True), (True, None), (True, True), (None, None)]
)
def test_what_is_kept_becomes_what_the_sides_say_and_is_then_left_alone(
    world, before, after
):
    contract, other = world.contract(), OrganisationFactory()
    Contract.objects.update(client_reader=other.pk if before else None)
    own = RelationshipSide.objects.filter(
        relationship=world.relationship, side="client"
    )
    own.update(acted_by=world.relationship.client if after else None)

    changed = Contract.objects.keep_readers()

    assert readers(contract)[0] == (world.relationship.client_id if after else None)
    assert changed == int(bool(before or after))
    assert Contract.objects.keep_readers() == 0


def test_the_list_walks_the_own_days_alone(world, monkeypatch):
    """A page of the usual order, along the index and put in order, is the same."""
    for number in range(7):
        world.contract(title=f"C{number}", end_on=date(2028 + number, 1, 31))
    monkeypatch.setattr(listing, "ROWS", 3)
    user, asked = world.user(role="executive"), listing.Asked()
    today = timezone.localdate()

    quick = [listing.contracts(user, asked, page=n, today=today) for n in (1, 2)]
    monkeypatch.setattr(listing, "_FAST_PAGES", 0)
    slow = [listing.contracts(user, asked, page=n, today=today) for n in (1, 2)]

    titles = [[row.title for row in page.object_list] for page in quick]
    assert titles == [[row.title for row in page.object_list] for page in slow]
    assert sum(map(len, titles)) == 6
