"""What the host noted about people of a board: told to whoever leads, never a lock."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from engagements.boards.actions import founding
from engagements.boards.actions.room_verdicts import state, vote
from engagements.models import (
    BoardMeeting,
    BoardSeat,
    Contact,
    Notice,
    Organisation,
    Standing,
)
from tests.engagements.boards.conftest import enter
from tests.factories import (
    BoardMeetingFactory,
    BoardSeatFactory,
    ContactFactory,
    RecommendationFactory,
)

pytestmark = pytest.mark.django_db
PERSON = {"organisation": "Birkdale", "name": "Bo", "email": "bo@birkdale.example"}


def at(name, *args):
    return reverse(f"engagements:{name}", args=args)


def press(seat, what, on, **sent):
    return enter(seat).post(at(f"board-seat-{what}", on.pk), sent)


def test_whom_the_host_lists_is_asked_before_the_invitation(board, facilitator):
    seat = BoardSeatFactory(board=board, invited_on=None)
    listed = (seat.contact.email, PERSON["email"])
    for address in listed:
        ContactFactory(organisation=board.supplier, email=address)
    client = enter(facilitator)

    refused = press(facilitator, "invite", seat).content.decode()
    assert "Ask first whether it is so." in refused
    assert "ask before you invite." in refused
    assert "I asked: invite" in refused
    assert press(facilitator, "invite", seat, asked="1").status_code == 302
    assert "I asked" not in client.get(at("board-seat-new")).content.decode()
    refused = client.post(at("board-seat-new"), PERSON).content.decode()
    assert "I asked: this person does not work for the host" in refused
    assert (
        client.post(at("board-seat-new"), PERSON | {"asked": "on"}).status_code == 302
    )

    sitting = BoardSeat.objects.current().filter(contact__email__in=listed)
    assert sitting.count() == 2
    page = client.get(at("board-seats")).content.decode()
    assert page.count("in the list of its own people") == 2


def keep_for_the_host(seat):
    place = Organisation.objects.filter(pk=seat.organisation_id)
    place.update(claimed_at=None, kept_by=seat.supplier)


def test_what_the_host_noted_of_a_member_is_told_to_whoever_leads(
    board, facilitator, django_assert_num_queries
):
    client = enter(facilitator)
    client.get(at("board-seats"))
    with django_assert_num_queries(5):
        client.get(at("board-seats"))
    gone, moved, _third = board.seats.members().order_by("pk")
    for seat in (gone, moved):
        keep_for_the_host(seat)
    contacts = type(gone.contact).objects
    contacts.filter(pk=gone.contact_id).update(
        left_on=timezone.localdate() - timedelta(days=1)
    )
    contacts.filter(pk=moved.contact_id).update(email="me@host.example")
    ContactFactory(organisation=board.supplier, email=facilitator.address)

    with django_assert_num_queries(5):
        page = client.get(at("board-seats")).content.decode()

    host = board.supplier.name
    assert f"{host} noted that {gone.contact.name} has left." in page
    assert f"{host} noted another address, me@host.example." in page
    assert "Shut, not ended" not in page
    # To whom the facilitator belongs is told to all who sit.
    assert "in the list of its own people" in enter(gone).get("/b/").content.decode()


def test_no_new_link_goes_to_an_address_of_the_host(board, facilitator, member):
    keep_for_the_host(member)
    ContactFactory(organisation=board.supplier, email="me@host.example")
    contacts = type(member.contact).objects.filter(pk=member.contact_id)
    contacts.update(email="me@host.example")

    answer = press(facilitator, "link", member)

    assert "Ask first whether it is so." in answer.content.decode()
    member.refresh_from_db()
    assert member.version == 1


def test_at_another_address_the_facilitator_gets_a_new_link(board, facilitator):
    host = Standing(board.founded_by, board.supplier, "executive")
    person = facilitator.contact
    kept = Organisation.objects.filter(pk=person.organisation_id)
    kept.update(claimed_at=None, kept_by=board.supplier)
    Contact.objects.filter(pk=person.pk).update(email="new@neutral.example")
    said = {"name": person.name, "works_for": "Neutral", "paid_by": "All"}

    for _twice in range(2):
        founding.name_facilitator(
            by=host, board=board, email="new@neutral.example", **said
        )

    facilitator.refresh_from_db()
    assert (facilitator.address, facilitator.version) == ("new@neutral.example", 2)
    assert Notice.objects.filter(kind="board-invitation").count() == 1


def test_a_vote_stays_given_and_an_organisation_has_one(board, facilitator):
    asked = RecommendationFactory(
        meeting=BoardMeetingFactory(board=board, phase=BoardMeeting.Phase.RESPONSE),
        state="reported_back",
        decision="accept",
        decided_at=timezone.now(),
        delivered_on=timezone.localdate(),
    )
    first, second, third = board.seats.members()
    for seat, verdict in ((first, "not"), (second, "not"), (third, "done")):
        vote(by=seat, recommendation=asked, verdict=verdict)
    # Left, ended, followed by somebody who votes as well.
    Contact.objects.filter(pk=first.contact_id).update(
        left_on=timezone.localdate() - timedelta(days=1)
    )
    BoardSeat.objects.filter(pk=second.pk).update(ended_on=timezone.localdate())
    follows = BoardSeatFactory(
        board=board, organisation=second.organisation, from_on=timezone.localdate()
    )
    vote(by=follows, recommendation=asked, verdict="done")

    page = enter(facilitator).get(at("board-door-recommendation", asked.pk))

    assert "3 members have voted." in page.content.decode()
    row = state(by=facilitator, recommendation=asked, today=timezone.localdate())
    assert row.verdict == "done"
