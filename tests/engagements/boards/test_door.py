"""Who enters a board's room, and who is refused whatever cookie the browser holds."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.contrib.auth import SESSION_KEY
from django.http import HttpResponse
from django.test import RequestFactory
from django.utils import timezone

from engagements import links
from engagements.boards import door
from engagements.links import Purpose
from engagements.models import Board, BoardSeat, Membership, Organisation, TeamRole
from tests.factories import (
    BoardFactory,
    BoardSeatFactory,
    ContactFactory,
    FacilitatorFactory,
    MembershipFactory,
    RelationshipFactory,
    TeamRoleFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate


@pytest.fixture
def seat():
    """A member without an account."""
    return BoardSeatFactory()


def request_with(seat, user=None):
    """A request whose browser holds the cookie of a seat."""
    response = HttpResponse()
    door.let_in(response, seat)
    request = RequestFactory().get("/b/")
    request.COOKIES = {name: one.value for name, one in response.cookies.items()}
    request.session = {} if user is None else {SESSION_KEY: str(user.pk)}
    return request


def enters(seat, user=None):
    """Whether cookie and link open; they always agree."""
    request = request_with(seat, user)
    token = links.token_of(Purpose.BOARD, seat.pk, seat.version)
    by_cookie, by_link = door.seat_of(request), door.read(request, token)
    assert by_cookie == by_link
    return by_cookie == seat


def change(seat, **values):
    BoardSeat.objects.filter(pk=seat.pk).update(**values)


def test_a_member_without_an_account_enters_by_one_question(
    seat, django_assert_num_queries
):
    request = request_with(seat)

    with django_assert_num_queries(1):
        assert door.seat_of(request) == seat


def test_a_facilitator_enters_as_the_members_do():
    assert enters(FacilitatorFactory())


def test_without_cookie_or_with_a_foreign_token_nobody_enters(seat):
    request = RequestFactory().get("/b/")
    request.session = {}

    assert door.seat_of(request) is None
    assert door.read(request, "x.y") is None


@pytest.mark.parametrize(
    "ended",
    [
        {"invited_on": None},
        {"ended_on": TODAY()},
        {"to_on": TODAY()},
        {"from_on": TODAY() + timedelta(days=1), "to_on": TODAY() + timedelta(days=9)},
        {"version": 2},
    ],
)
def test_a_seat_that_is_not_held_today_opens_nothing(seat, ended):
    request = request_with(seat)
    assert door.seat_of(request) == seat

    change(seat, **ended)

    assert door.seat_of(request) is None


def test_an_archived_board_is_shut_but_for_whoever_reads(seat):
    Board.objects.update(archived_at=timezone.now())
    request = request_with(seat)

    assert door.seat_of(request) is None
    assert door.seat_of(request, archived=True) == seat
    assert door.read(request, links.token_of(Purpose.BOARD, seat.pk, 1)) == seat


def test_a_switched_off_sign_in_shuts_the_room_too(seat):
    seat.contact.user = UserFactory(is_active=False)
    seat.contact.save()

    assert not enters(seat)


def works_there(seat):
    return ContactFactory(organisation=seat.supplier, email=seat.contact.email)


def acts_for(seat):
    return Membership.objects.create(
        contact=seat.contact, organisation=seat.supplier, role="executive"
    )


def speaks_for(seat):
    relationship = RelationshipFactory(supplier=seat.supplier)
    return TeamRoleFactory(
        relationship=relationship, side="supplier", contact=seat.contact
    )


def speaks_for_it_as_a_client(seat):
    relationship = RelationshipFactory(client=seat.supplier)
    return TeamRoleFactory(relationship=relationship, contact=seat.contact)


def signs_in_there(seat):
    user = UserFactory(email=seat.address.upper())
    return MembershipFactory(organisation=seat.supplier, contact__user=user)


@pytest.mark.parametrize("joins", [acts_for, signs_in_there])
@pytest.mark.parametrize("kind", [BoardSeatFactory, FacilitatorFactory])
def test_whoever_joins_the_host_is_out_at_once(kind, joins):
    seat = kind()
    assert enters(seat)

    joins(seat)

    assert not enters(seat)


@pytest.mark.parametrize("types", [works_there, speaks_for, speaks_for_it_as_a_client])
@pytest.mark.parametrize("kind", [BoardSeatFactory, FacilitatorFactory])
def test_what_the_host_merely_typed_shuts_nobody_out(kind, types):
    seat = kind()

    types(seat)

    assert enters(seat)
    assert list(BoardSeat.objects.reached()) == [seat]


def test_whoever_left_the_host_may_sit(seat):
    acts_for(seat)
    speaks_for(seat)
    works_there(seat)
    Membership.objects.update(ended_at=timezone.now())
    TeamRole.objects.update(to_on=TODAY() - timedelta(days=1))
    type(seat.contact).objects.filter(organisation=seat.supplier).update(
        left_on=TODAY() - timedelta(days=1)
    )

    assert enters(seat)


def test_a_member_enters_signed_in_by_the_address_of_the_link(seat):
    assert enters(seat, UserFactory(email=seat.address.upper()))


def test_a_sign_in_joined_to_the_entry_alone_opens_nothing(seat):
    """The host may keep the entry of a member's organisation, and have it claimed by
    an address of its own."""
    seat.contact.user = UserFactory()
    seat.contact.save()

    assert not enters(seat, seat.contact.user)
    assert list(Board.objects.visible_to(seat.contact.user)) == []


@pytest.mark.parametrize("role", ["administrator", "executive", "account_manager"])
def test_whoever_is_signed_in_as_somebody_else_is_refused(seat, role):
    """The host's people and the colleagues of the member, with the member's cookie."""
    for place in (seat.supplier, seat.organisation):
        other = MembershipFactory(organisation=place, role=role).contact.user
        assert not enters(seat, other)


@pytest.mark.parametrize("power", ["is_staff", "is_superuser"])
def test_an_operator_is_refused_even_as_the_person_of_the_seat(seat, power):
    seat.contact.user = UserFactory(email=seat.contact.email, **{power: True})
    seat.contact.save()

    assert not enters(seat, seat.contact.user)


def test_a_seat_without_an_address_is_nobody_s_double():
    board = BoardFactory()
    ContactFactory(organisation=board.supplier, email="")
    seat = BoardSeatFactory(board=board)
    type(seat.contact).objects.update(email="")
    change(seat, address="")

    assert enters(seat)


WRITTEN = [
    {"email": "me@host.example"},
    {"left_on": TODAY() - timedelta(days=1)},
    {"archived_at": timezone.now()},
]


@pytest.mark.parametrize("written", WRITTEN)
@pytest.mark.parametrize("claimed", [True, False])
def test_an_entry_shuts_the_door_where_the_organisation_keeps_it_itself(
    seat, claimed, written
):
    """The host may keep the entry of a member's organisation, and write into it."""
    if not claimed:
        place = Organisation.objects.filter(pk=seat.organisation_id)
        place.update(claimed_at=None, kept_by=seat.supplier)

    type(seat.contact).objects.filter(pk=seat.contact.pk).update(**written)

    assert enters(seat) is not claimed
    # No mail follows it either way.
    assert not BoardSeat.objects.reached().exists()
