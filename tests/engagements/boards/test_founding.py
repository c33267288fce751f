"""The host founds a board, names a facilitator, puts people forward."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from engagements.boards.actions.charter import FIELDS
from engagements.models import Board, BoardSeat, Change, Notice, Organisation
from tests.factories import (
    BoardFactory,
    BoardMeetingFactory,
    BoardSeatFactory,
    ContactFactory,
    FacilitatorFactory,
    MembershipFactory,
    RecommendationFactory,
    RelationshipFactory,
    UserFactory,
    board_with_seats,
)
from tests.sitting import Client

pytestmark = pytest.mark.django_db
NAMED = {
    "name": "Ada Neutral",
    "email": "Ada@neutral.example",
    "works_for": "Neutral & Co",
    "paid_by": "Tarnmoor",
    "formerly": "",
}
PERSON = {"organisation": "Birkdale", "name": "Bo", "email": "bo@birkdale.example"}


@pytest.fixture
def board():
    return BoardFactory()


@pytest.fixture
def host(board):
    return browser_of(board.supplier)


def browser_of(organisation, role="executive"):
    return signed_in(
        MembershipFactory(organisation=organisation, role=role).contact.user
    )


def signed_in(user):
    client = Client()
    client.force_login(user)
    return client


def at(name, *args):
    return reverse(f"engagements:{name}", args=args)


def test_an_executive_founds_changes_and_archives_a_board():
    membership = MembershipFactory(role="executive")
    client = signed_in(membership.contact.user)
    assert "No board yet" in client.get(at("boards")).content.decode()
    said = {"name": " Client  council ", "term_months": 24, "attribution": "named"}

    answer = client.post(at("board-create"), said)

    board = Board.objects.get()
    assert answer["Location"] == board.get_absolute_url()
    assert (board.name, board.supplier) == ("Client council", membership.organisation)
    again = client.post(at("board-create"), said)
    assert "already" in again.content.decode()
    edit = at("board-edit", board.pk)
    assert "Client council" in client.get(edit).content.decode()
    assert client.post(edit, said | {"term_months": 12}).status_code == 302
    assert client.post(edit, said | {"term_months": 2}).status_code == 422
    board.refresh_from_db()
    assert board.term_months == 12
    archive = at("board-archive", board.pk)
    assert "Archive Client council?" in client.get(archive).content.decode()
    assert client.post(archive).status_code == 302
    assert "Archived" in client.get(at("boards")).content.decode()
    assert client.get(edit).status_code == 403
    changes = Change.objects.filter(object_id=board.pk)
    assert [list(row.fields) for row in changes.order_by("created_at")] == [
        ["name"],
        ["term_months"],
        ["archived_at"],
    ]


def test_a_board_is_not_archived_during_a_meeting(board, host):
    BoardMeetingFactory(board=board, phase="deliberation")

    host.post(at("board-archive", board.pk))

    assert not Board.objects.exclude(archived_at=None).exists()
    page = host.get(board.get_absolute_url()).content.decode()
    assert "A meeting is open: Annual meeting." in page


def test_the_facilitator_is_named_with_what_the_members_are_told(board, host):
    page = at("board-facilitator", board.pk)
    assert host.get(page).status_code == 200

    assert host.post(page, NAMED).status_code == 302

    board.refresh_from_db()
    seat = BoardSeat.objects.get()
    assert seat.contact == board.facilitator
    assert (seat.role, seat.organisation, seat.to_on) == ("facilitator", None, None)
    notice = Notice.objects.get()
    assert (notice.kind, notice.recipient) == ("board-invitation", seat.contact)
    assert "Paid by Tarnmoor" in host.get(board.get_absolute_url()).content.decode()
    assert "Ada Neutral" in host.get(page).content.decode()


def test_naming_the_same_person_keeps_the_seat_and_another_one_ends_it(board, host):
    page = at("board-facilitator", board.pk)
    host.post(page, NAMED)
    first = BoardSeat.objects.get()

    host.post(page, NAMED | {"formerly": "Birkdale"})
    assert BoardSeat.objects.get() == first
    host.post(page, NAMED | {"name": "Cy", "email": "cy@other.example"})

    first.refresh_from_db()
    assert first.ended_on == timezone.localdate()
    assert BoardSeat.objects.current().get().contact.name == "Cy"
    assert Notice.objects.count() == 2


def test_what_is_corrected_of_the_facilitator_is_kept_or_refused(board, host):
    page = at("board-facilitator", board.pk)
    host.post(page, NAMED)
    seat = BoardSeat.objects.get()

    host.post(page, NAMED | {"name": "Ada Even", "works_for": "Even & Co"})

    board.refresh_from_db()
    person = board.facilitator
    assert (person.name, person.organisation.name) == ("Ada Even", "Even & Co")
    assert BoardSeat.objects.get() == seat
    assert "Even &amp; Co" in host.get(board.get_absolute_url()).content.decode()

    # Once somebody else says who works there, it is not the host's to write.
    person.organisation.claimed_at = timezone.now()
    person.organisation.save()
    for field in ("name", "works_for"):
        said = {"name": "Ada Even", "works_for": "Even & Co", field: "Odd"}
        answer = host.post(page, NAMED | said)
        (why,) = answer.context["form"].errors[field]
        assert "This address belongs to Ada Even of Even" in why


def test_the_facilitator_is_not_changed_during_a_meeting(board, host):
    host.post(at("board-facilitator", board.pk), NAMED)
    BoardMeetingFactory(board=board, phase="opening")
    other = NAMED | {"name": "Cy", "email": "cy@other.example"}

    answer = host.post(at("board-facilitator", board.pk), other)

    assert "Wait until it is over." in answer.content.decode()


def test_the_rule_about_names_stands_while_a_meeting_is_open(board, host):
    meeting = BoardMeetingFactory(board=board, phase="deliberation")
    said = {"name": "Renamed", "term_months": 24, "attribution": "named"}
    edit = at("board-edit", board.pk)

    refused = host.post(edit, said)

    assert refused.status_code == 422
    (why,) = refused.context["form"].errors["attribution"]
    assert "Wait until it is over." in why
    board.refresh_from_db()
    assert board.attribution == "unattributed"
    # Its name may change, and the rule too once the meeting is over.
    assert host.post(edit, said | {"attribution": "unattributed"}).status_code == 302
    type(meeting).objects.update(phase="response")
    assert host.post(edit, said).status_code == 302


PUT_OFF = {
    "decision": "defer",
    "decided_at": timezone.now(),
    "reason": "Not yet",
    "deferred_once": True,
    "deferred_until": timezone.localdate() + timedelta(days=90),
}


@pytest.mark.parametrize("answer", [{}, PUT_OFF])
def test_a_board_that_waits_for_a_yes_or_no_is_not_archived(board, host, answer):
    meeting = BoardMeetingFactory(board=board, phase="response")
    asked = RecommendationFactory(meeting=meeting, **answer)

    host.post(at("board-archive", board.pk))

    page = host.get(board.get_absolute_url()).content.decode()
    assert f"what the board asked for: {asked.number}, {asked.wording}." in page
    asked.decision, asked.reason = "decline", "Never"
    asked.decided_at = timezone.now()
    asked.save()
    host.post(at("board-archive", board.pk))
    assert Board.objects.exclude(archived_at=None).exists()


@pytest.mark.parametrize("whose", ["supplier", "member"])
def test_a_facilitator_of_the_host_or_of_a_member_is_refused_with_the_reason(
    board, host, whose
):
    place = board.supplier
    if whose == "member":
        place = BoardSeatFactory(board=board).organisation
    ContactFactory(organisation=place, email="ada@neutral.example")

    answer = host.post(at("board-facilitator", board.pk), NAMED)

    assert answer.status_code == 422
    assert f"Ada Neutral belongs to {place.name}" in answer.content.decode()
    board.refresh_from_db()
    assert board.facilitator is None
    assert not Notice.objects.exists()


@pytest.mark.parametrize("whose", ["supplier", "member"])
def test_a_facilitator_who_works_for_the_board_by_their_own_word_is_refused(
    board, host, whose
):
    place = board.supplier
    if whose == "member":
        place = BoardSeatFactory(board=board).organisation
    places = Organisation.objects.count()

    answer = host.post(
        at("board-facilitator", board.pk), NAMED | {"works_for": place.name.upper()}
    )

    assert answer.status_code == 422
    assert "is on the board" in answer.context["form"].errors["works_for"][0]
    board.refresh_from_db()
    assert board.facilitator is None
    assert Organisation.objects.count() == places


def test_the_host_puts_forward_and_nobody_is_written_to(board, host):
    page = at("board-seat-propose", board.pk)
    assert host.get(page).status_code == 200

    assert host.post(page, PERSON).status_code == 302

    seat = BoardSeat.objects.get()
    place = seat.organisation
    assert (place.name, place.kept_by) == ("Birkdale", board.supplier)
    assert (seat.invited_on, seat.supplier) == (None, board.supplier)
    assert not BoardSeat.objects.current().exists()
    assert not Notice.objects.exists()
    shown = host.get(board.get_absolute_url()).content.decode()
    assert "Put forward, not invited yet" in shown
    assert "already has its seat" in host.post(page, PERSON).content.decode()
    host.post(at("board-seat-drop", board.pk, seat.pk))
    assert not BoardSeat.objects.exists()


def test_a_known_client_and_a_known_person_are_found_again(board, host):
    client = RelationshipFactory(supplier=board.supplier).client
    person = ContactFactory(organisation=client, email="bo@birkdale.example")
    count = Organisation.objects.count()

    host.post(
        at("board-seat-propose", board.pk),
        PERSON | {"organisation": f" {client.name.upper()} "},
    )

    assert BoardSeat.objects.get().contact == person
    assert Organisation.objects.count() == count


@pytest.mark.parametrize("how", ["name", "address"])
def test_the_host_has_no_seat_on_its_own_board(board, host, how):
    said = dict(PERSON)
    if how == "name":
        said["organisation"] = board.supplier.name
    else:
        ContactFactory(organisation=board.supplier, email=PERSON["email"])

    answer = host.post(at("board-seat-propose", board.pk), said)

    assert answer.status_code == 422
    assert not BoardSeat.objects.exists()


def test_a_named_facilitator_invites_and_the_host_no_longer_does(board, host):
    seat = FacilitatorFactory(board=board)
    Board.objects.update(facilitator=seat.contact)

    for name in ("board-seat-propose", "board-charter"):
        assert host.get(at(name, board.pk)).status_code == 403


def test_the_host_drafts_the_charter_until_the_facilitator_is_named(board, host):
    page = at("board-charter", board.pk)
    assert host.post(page, {"purpose": "x"}).status_code == 422

    assert host.post(page, dict.fromkeys(FIELDS, "As agreed")).status_code == 302
    host.post(page, dict.fromkeys(FIELDS, "As said"))

    draft = board.charters.get()
    assert (draft.number, draft.purpose, draft.proposed_on) == (1, "As said", None)
    assert "As said" in host.get(page).content.decode()
    shown = host.get(board.get_absolute_url()).content.decode()
    assert "A draft, not proposed yet" in shown


@pytest.mark.parametrize(("members", "said"), [(5, True), (6, False), (16, True)])
def test_a_small_or_large_board_is_told_so(members, said):
    board = board_with_seats(members)

    page = browser_of(board.supplier).get(board.get_absolute_url()).content.decode()

    assert (f"{members} members sit." in page) is said


def test_who_sits_reads_the_shell_and_neither_keeps_it_nor_founds_one(board):
    seat = BoardSeatFactory(board=board)
    seat.contact.user = UserFactory(email=seat.address)
    seat.contact.save()
    client = signed_in(seat.contact.user)

    assert board.name in client.get(at("boards")).content.decode()
    assert "Enter the room" in client.get(board.get_absolute_url()).content.decode()
    assert client.get(at("board-edit", board.pk)).status_code == 403
    assert client.get(at("board-create")).status_code == 403


def test_a_facilitator_who_acts_for_nobody_reads_the_shell_and_enters(board):
    seat = FacilitatorFactory(board=board)
    client = signed_in(UserFactory(email=seat.contact.email))

    assert board.name in client.get(at("boards")).content.decode()
    assert "Enter the room" in client.get(board.get_absolute_url()).content.decode()
    assert client.post(at("board-enter", board.pk))["Location"] == "/b/"
    assert client.get("/b/").status_code == 200
    for name in ("board-edit", "board-facilitator", "board-archive"):
        assert client.get(at(name, board.pk)).status_code == 403
    seat.delete()
    assert client.get(at("boards")).status_code == 403
    assert client.get(board.get_absolute_url()).status_code == 404
    assert client.get("/b/").status_code == 404


def test_lists_and_boards_cost_the_same_whatever_their_size(
    board, host, django_assert_max_num_queries
):
    counts = []
    for boards, seats in ((1, 8), (3, 15)):
        for _n in range(boards - Board.objects.count()):
            BoardFactory(supplier=board.supplier)
        for _n in range(seats - board.seats.count()):
            BoardSeatFactory(board=board)
        for page in (at("boards"), board.get_absolute_url()):
            with django_assert_max_num_queries(30) as made:
                host.get(page)
            counts.append(len(made))

    assert counts[:2] == counts[2:]
    assert max(counts) <= 14
