"""What the host's people and those who sit may do, and which boards each sees."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import IntegrityError, transaction
from django.utils import timezone

from engagements.boards import rights
from engagements.models import Board, BoardSeat, Membership, belongs_to
from tests.factories import (
    BoardFactory,
    BoardSeatFactory,
    ContactFactory,
    FacilitatorFactory,
    MembershipFactory,
    OrganisationFactory,
    UserFactory,
    board_with_seats,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def board():
    return BoardFactory()


def of(organisation, role):
    return MembershipFactory(organisation=organisation, role=role).contact.user


def signed_in(seat):
    seat.contact.user = UserFactory(email=seat.address)
    seat.contact.save()
    return seat.contact.user


def seen(user):
    return list(Board.objects.visible_to(user))


@pytest.mark.parametrize("role", ["administrator", "executive"])
def test_executives_and_administrators_of_the_host_keep_the_board(board, role):
    user = of(board.supplier, role)

    assert seen(user) == [board]
    assert rights.can_found_board(user)
    for right in (
        rights.hosts,
        rights.can_keep_board,
        rights.can_propose_seat,
        rights.can_write_charter,
        rights.can_answer_recommendation,
    ):
        assert right(user, board) is True
    assert rights.can_enter_room(user, board) is False


def test_an_account_manager_of_the_host_does_not_know_of_it(board):
    user = of(board.supplier, "account_manager")

    assert seen(user) == []
    assert rights.can_found_board(user) is False
    assert rights.hosts(user, board) is False


def test_whoever_acts_for_nobody_or_elsewhere_keeps_nothing(board):
    stranger = of(OrganisationFactory(), "administrator")

    for user in (stranger, UserFactory(is_staff=True, is_superuser=True)):
        assert seen(user) == []
        assert rights.hosts(user, board) is False
        assert rights.can_enter_room(user, board) is False
    assert rights.can_found_board(UserFactory()) is False
    assert seen(AnonymousUser()) == []


def test_once_the_facilitator_is_named_the_host_puts_nobody_forward(board):
    user = of(board.supplier, "executive")
    board.facilitator = FacilitatorFactory(board=board).contact

    assert rights.can_keep_board(user, board) is True
    assert rights.can_propose_seat(user, board) is False
    assert rights.can_write_charter(user, board) is False


def test_an_archived_board_is_read_and_its_room_shut(board):
    host = of(board.supplier, "executive")
    member = signed_in(BoardSeatFactory(board=board))
    Board.objects.update(archived_at=timezone.now())
    board.refresh_from_db()

    assert seen(host) == [board]
    assert seen(member) == [board]
    assert seen(of(board.supplier, "account_manager")) == []
    assert rights.can_keep_board(host, board) is False
    assert rights.can_restore_board(host, board) is True
    assert rights.can_restore_board(member, board) is False
    assert rights.can_enter_room(member, board) is False


@pytest.mark.parametrize("kind", [BoardSeatFactory, FacilitatorFactory])
def test_whoever_sits_sees_the_board_and_may_enter(board, kind):
    seat = kind(board=board)
    user = signed_in(seat)

    assert seen(user) == [board]
    assert rights.seat_on(user, board) == seat
    assert rights.can_enter_room(user, board) is True
    assert rights.hosts(user, board) is False


def test_the_colleagues_of_a_member_do_not_know_of_it(board):
    seat = BoardSeatFactory(board=board)

    for role in ("administrator", "executive", "account_manager"):
        user = of(seat.organisation, role)
        assert seen(user) == []
        assert rights.can_enter_room(user, board) is False


def test_a_member_who_joins_the_host_loses_the_seat_s_sight(board):
    seat = BoardSeatFactory(board=board)
    user = signed_in(seat)
    ContactFactory(organisation=board.supplier, email=seat.contact.email)
    assert rights.seat_on(user, board) == seat
    assert belongs_to(seat.contact, board.supplier)
    assert not belongs_to(seat.contact, OrganisationFactory())

    Membership.objects.create(
        contact=seat.contact, organisation=board.supplier, role="account_manager"
    )

    assert seen(user) == []
    assert rights.seat_on(user, board) is None


def test_an_operator_sits_nowhere(board):
    user = signed_in(BoardSeatFactory(board=board))
    type(user).objects.filter(pk=user.pk).update(is_staff=True)
    user.refresh_from_db()

    assert seen(user) == []


REFUSED = {
    "the_host_has_no_seat": lambda board: {"organisation": board.supplier},
    "a_member_sits_for_an_organisation": lambda board: {"organisation": None},
    "the_chair_is_a_member": lambda board: {
        "role": "facilitator",
        "organisation": None,
        "is_chair": True,
    },
    "a_member_s_term_ends": lambda board: {"to_on": None},
    "one_seat_an_organisation": lambda board: {
        "organisation": board.seats.members().first().organisation
    },
    "one_facilitator_a_board": lambda board: {
        "role": "facilitator",
        "organisation": None,
    },
    "one_chair_a_board": lambda board: {"is_chair": True},
}


@pytest.mark.parametrize("rule", REFUSED)
def test_the_database_refuses_a_wrong_seat(rule):
    board = board_with_seats(1)
    before = BoardSeat.objects.count()
    wrong = REFUSED[rule](board)

    with pytest.raises(IntegrityError), transaction.atomic():
        BoardSeatFactory(board=board, contact=board.facilitator, **wrong)

    assert BoardSeat.objects.count() == before


def test_a_board_with_eight_seats_is_a_board_with_eight_seats():
    board = board_with_seats()

    assert board.seats.current().members().count() == 8
    assert board.seats.current().count() == 9
    assert board.seats.proposed().count() == 0
