"""Who may do what, asked directly where a page asks only part of it."""

import inspect

import pytest
from django.core.exceptions import PermissionDenied
from django.test import RequestFactory

from engagements import access
from engagements.boards import rights as board_rights
from engagements.charters import rights
from engagements.models import RelationshipSide, Side
from tests.factories import (
    MembershipFactory,
    OrganisationFactory,
    RelationshipFactory,
)

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.parametrize("world", [Side.CLIENT], indirect=True),
]
RULES = {
    name: rule
    for place in (access, rights, board_rights)
    for name, rule in inspect.getmembers(place, inspect.isfunction)
    if name.startswith(("can_", "is_", "hosts"))
}
# What a rule is asked about, by the name of its argument.
ABOUT = {
    "relationship": "relationship",
    "interaction": "shared_entry",
    "contract": "contract",
    "commitment": "promise",
    "organisation": "own",
    "contact": "guest",
    "side": "side",
    "version": "draft",
    "review": "review",
    "asked": "confirmation",
    "charter": "charter",
    "acceptance": "acceptance",
    "board": "board",
    "promise": "board_promise",
}


def asked(rule, world, persona):
    rows = world.rows | {"side": world.rows["relationship"].sides.get(side=Side.CLIENT)}
    return rule(world.users[persona], *(rows[ABOUT[name]] for name in about(rule)))


def about(rule):
    """The names of what is asked about, beside the person."""
    return list(inspect.signature(rule).parameters)[1:]


@pytest.mark.parametrize("name", RULES)
@pytest.mark.parametrize("persona", ["operator", "own_former", "other_former"])
def test_whoever_acts_for_nobody_may_nothing(world, name, persona):
    assert asked(RULES[name], world, persona) is False


@pytest.mark.parametrize("name", [name for name, rule in RULES.items() if about(rule)])
def test_a_stranger_may_nothing_with_somebody_else_s_row(world, name):
    assert asked(RULES[name], world, "outsider") is False


def test_without_a_standing_there_is_no_side(world):
    operator, relationship = world.users["operator"], world.rows["relationship"]

    assert access.own_side(operator, relationship) is None
    assert access.side_of(operator, relationship) is None
    assert access.side_of(world.users["own_manager"], relationship) is Side.CLIENT
    assert access.side_of(world.users["other_manager"], relationship) is Side.SUPPLIER


def test_whoever_acts_for_nobody_is_told_so(world):
    request = RequestFactory().get("/")
    request.user = world.users["operator"]

    with pytest.raises(PermissionDenied, match="does not act for an organisation"):
        access.require_standing(request)


def test_a_refusal_says_why(world):
    access.deny_unless(allowed=True)
    with pytest.raises(PermissionDenied, match="too late"):
        access.deny_unless(allowed=False, reason="too late")


@pytest.mark.parametrize("side", list(Side))
def test_a_counterpart_may_ask_an_unclaimed_organisation_to_act_for_itself(world, side):
    """Its keeper is a third: an imported register."""
    keeper = OrganisationFactory()
    unclaimed = OrganisationFactory(claimed_at=None, kept_by=keeper)
    counterpart = MembershipFactory(role="administrator")
    stranger = MembershipFactory(role="administrator").contact.user
    user = counterpart.contact.user
    assert access.can_invite_to_claim(user, unclaimed) is False

    RelationshipFactory(
        **{side.value: counterpart.organisation, side.other.value: unclaimed}
    )

    assert access.can_invite_to_claim(user, unclaimed) is True
    assert access.can_invite_to_claim(stranger, unclaimed) is False
    unclaimed.claimed_at = keeper.claimed_at
    assert access.can_invite_to_claim(user, unclaimed) is False


def test_a_team_is_changed_by_its_own_side_or_while_nobody_acts_for_it(world):
    own, other = world.users["own_administrator"], world.users["other_administrator"]
    client = RelationshipSide.objects.get(
        relationship=world.rows["relationship"], side=Side.CLIENT
    )

    assert access.can_change_team(own, client) is True
    assert access.can_change_team(other, client) is False
    client.acted_by = None
    assert access.can_change_team(other, client) is True
