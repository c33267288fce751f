"""Behind the door: facilitator and chair invite, the members ratify, mails go out."""

from __future__ import annotations

from datetime import timedelta

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone

from engagements.boards import mails
from engagements.boards.actions import charter as charters
from engagements.boards.actions import seats as acts
from engagements.boards.actions.charter import FIELDS
from engagements.contracts.terms import add_months
from engagements.errors import RuleError
from engagements.models import (
    BoardCharter,
    BoardMeeting,
    BoardSeat,
    Membership,
    Notice,
    Organisation,
)
from engagements.notices.kinds import known
from engagements.notices.ledger import owe
from engagements.reminders.kinds import register_all
from engagements.reminders.rules.boards import board_meetings_ahead
from tests.engagements.boards.conftest import enter
from tests.factories import (
    BoardSeatFactory,
    MembershipFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db
TEXTS = dict.fromkeys(FIELDS, "What we agreed on")
PERSON = {"organisation": "Birkdale", "name": "Bo", "email": "bo@birkdale.example"}


def at(name, *args):
    return reverse(f"engagements:{name}", args=args)


def press(seat, what, on, **sent):
    return enter(seat).post(at(f"board-seat-{what}", on.pk), sent)


@pytest.mark.parametrize("who", ["facilitator", "chair"])
def test_facilitator_and_chair_invite_by_mail(request, who, board):
    seat = request.getfixturevalue(who)
    client = enter(seat)
    assert client.get(at("board-seat-new")).status_code == 200

    assert client.post(at("board-seat-new"), PERSON).status_code == 302

    new = BoardSeat.objects.get(contact__email=PERSON["email"])
    today = timezone.localdate()
    assert (new.invited_on, new.to_on) == (today, add_months(today, 24))
    assert "Bo" in client.get(at("board-seats")).content.decode()
    notice = Notice.objects.get(recipient=new.contact)
    assert notice.organisation == new.organisation
    register_all()
    kind = known(notice.kind)
    assert kind.sealed
    assert kind.still_wanted(notice)
    letter = kind.letter(notice)
    assert "for Birkdale until" in letter.paragraphs[0]
    assert enter(new).get("/b/").status_code == 200
    assert "/b/" in letter.url
    assert client.post(at("board-seat-new"), PERSON).status_code == 422


def test_whom_the_facilitator_belongs_to_gets_no_seat(board, facilitator):
    """By name and by another entry of the address, in words that are kept."""
    client, guide = enter(facilitator), facilitator.contact
    place = guide.organisation.name
    for person in (
        PERSON | {"organisation": place.upper()},
        PERSON | {"email": guide.email},
    ):
        answer = client.post(at("board-seat-new"), person)
        assert answer.status_code == 422
        assert set(answer.context["form"].errors) == {"organisation"}
        assert person["email"] in answer.text
    assert not Organisation.objects.filter(name="Birkdale").exists()


def test_a_member_manages_no_seats(member, chair):
    client = enter(member)

    assert client.get(at("board-seats")).status_code == 403
    assert press(member, "end", chair).status_code == 403
    for act in (acts.end, acts.renew, acts.make_chair, acts.new_link):
        with pytest.raises(RuleError):
            act(by=member, seat=chair)


def test_whom_the_host_put_forward_is_invited_or_left_out(board, facilitator):
    first, second = (BoardSeatFactory(board=board, invited_on=None) for _n in "ab")
    page = enter(facilitator).get(at("board-seats")).content.decode()
    assert "Put forward by the host" in page

    press(facilitator, "invite", first)
    press(facilitator, "leave-out", second)

    first.refresh_from_db()
    assert first.invited_on == first.from_on == timezone.localdate()
    assert not BoardSeat.objects.filter(pk=second.pk).exists()
    again = press(facilitator, "invite", first)
    assert "changed meanwhile" in again.content.decode()


def test_whoever_joined_the_host_meanwhile_is_not_invited(board, facilitator):
    seat = BoardSeatFactory(board=board, invited_on=None)
    user = UserFactory(email=seat.contact.email)
    MembershipFactory(organisation=board.supplier, contact__user=user)

    answer = press(facilitator, "invite", seat, asked="1")

    assert f"belongs to {board.supplier}" in answer.content.decode()


def test_a_term_is_renewed_once(facilitator, member):
    until = member.to_on

    assert press(facilitator, "renew", member).status_code == 302
    answer = press(facilitator, "renew", member)

    member.refresh_from_db()
    assert (member.to_on, member.renewed) == (add_months(until, 24), True)
    assert "has had two terms" in answer.content.decode()


def test_a_seat_whose_term_has_passed_is_shut_and_waits_for_a_decision(
    facilitator, member
):
    browser = enter(member)
    BoardSeat.objects.filter(pk=member.pk).update(to_on=timezone.localdate())

    assert browser.get("/b/").status_code == 404
    page = enter(facilitator).get(at("board-seats")).content.decode()
    assert "The term ended on" in page
    press(facilitator, "renew", member)
    assert browser.get("/b/").status_code == 200


def test_an_ended_seat_is_shut_at_once_and_frees_its_place(board, facilitator, chair):
    browser = enter(chair)

    page = enter(facilitator).get(at("board-seat-end", chair.pk)).content.decode()
    assert f"End the seat of {chair.contact.name}?" in page
    assert browser.get("/b/").status_code == 200
    press(facilitator, "end", chair)

    assert browser.get("/b/").status_code == 404
    assert press(facilitator, "end", chair).status_code == 404
    chair.refresh_from_db()
    assert (chair.ended_on, chair.is_chair) == (timezone.localdate(), False)
    BoardSeatFactory(board=board, organisation=chair.organisation)


def test_whoever_left_or_joined_the_host_is_shown_as_shut(board, facilitator):
    gone, joined, off = board.seats.members()
    type(gone.contact).objects.filter(pk=gone.contact_id).update(
        left_on=timezone.localdate() - timedelta(days=1)
    )
    Membership.objects.create(
        contact=joined.contact, organisation=board.supplier, role="executive"
    )
    off.contact.user = UserFactory(is_active=False)
    off.contact.save()

    page = enter(facilitator).get(at("board-seats")).content.decode()

    assert "Nobody sits yet" in page
    assert f"Has left {gone.organisation}." in page
    assert f"Has left {off.organisation}." in page
    assert f"Belongs to {board.supplier} now." in page


def test_no_mail_follows_an_address_that_somebody_changed(board, facilitator, member):
    owe([mails.invitation(member)])
    notice = Notice.objects.get()
    type(member.contact).objects.filter(pk=member.contact_id).update(
        email="me@host.example"
    )

    assert not mails.invitation_wanted(notice)
    page = enter(facilitator).get(at("board-seats")).content.decode()
    assert "The address became me@host.example." in page
    press(facilitator, "link", member)
    member.refresh_from_db()
    assert (member.address, member.version) == ("me@host.example", 2)
    assert enter(member).get("/b/").status_code == 200


def test_another_member_takes_the_chair(board, chair, member):
    press(chair, "chair", member)

    assert board.seats.get(is_chair=True) == member


def test_a_new_link_shuts_the_earlier_one(facilitator, member):
    browser = enter(member)

    press(facilitator, "link", member)

    assert browser.get("/b/").status_code == 404
    member.refresh_from_db()
    old = Notice(kind="board-invitation", object_id=member.pk, counter=1)
    old.recipient_id = member.contact_id
    assert not mails.invitation_wanted(old)
    assert mails.invitation_wanted(Notice.objects.get(recipient=member.contact))
    assert enter(member).get("/b/").status_code == 200


def test_the_facilitator_gets_a_letter_of_its_own(facilitator):
    owe([mails.invitation(facilitator)])

    letter = mails.invitation_letter(Notice.objects.get())

    assert "asked to facilitate" in letter.paragraphs[0]


def proposed(facilitator):
    client = enter(facilitator)
    assert client.post(at("board-charter-write"), TEXTS).status_code == 302
    assert client.post(at("board-charter-propose")).status_code == 302
    return BoardCharter.objects.order_by("-number").first()


def ratify(seat, number):
    return enter(seat).post(at("board-charter-ratify"), {"number": number})


@pytest.mark.parametrize("number", ["", "x", "9" * 5000])
def test_what_is_no_number_of_a_charter_is_not_found(number, member):
    assert ratify(member, number).status_code == 404


def test_the_members_ratify_and_the_quorum_brings_it_into_force(board, facilitator):
    row = proposed(facilitator)
    first, second, third = board.seats.members()
    register_all()
    asked = Notice.objects.filter(kind="board-charter")
    assert {one.recipient_id for one in asked} == {
        seat.contact_id for seat in (first, second, third)
    }
    assert "Read and ratify" in enter(first).get("/b/").content.decode()

    assert ratify(first, row.number).status_code == 302
    row.refresh_from_db()
    assert row.ratified_on is None
    ratify(second, row.number)

    row.refresh_from_db()
    today = timezone.localdate()
    assert (row.ratified_on, row.review_on) == (today, add_months(today, 12))
    wanted = [one.recipient_id for one in asked if mails.charter_wanted(one)]
    assert wanted == [third.contact_id]
    letter = mails.charter_letter(asked.get(recipient=third.contact))
    assert "Do you say yes" in letter.paragraphs[0]
    page = enter(third).get(at("board-home-charter")).content.decode()
    assert "2 of 3" not in page
    assert "Ratify the charter" in page
    assert "No answer yet" in page
    ratify(third, row.number)
    assert row.ratifications.count() == 3


def test_what_is_proposed_keeps_its_words_and_a_newer_one_takes_its_place(
    board, facilitator, member
):
    first = proposed(facilitator)
    enter(facilitator).post(
        at("board-charter-write"), TEXTS | {"purpose": "Another purpose"}
    )

    page = enter(facilitator).get(at("board-home-charter")).content.decode()
    assert "Another purpose" in page
    hidden = enter(member).get(at("board-home-charter")).content.decode()
    assert "Another purpose" not in hidden
    enter(facilitator).post(at("board-charter-propose"))

    first.refresh_from_db()
    assert first.purpose == "What we agreed on"
    answer = ratify(member, first.number)
    assert "Read that one." in answer.content.decode()
    notice = Notice.objects.filter(object_id=first.pk).first()
    assert not mails.charter_wanted(notice)


def test_neither_the_facilitator_nor_a_wrong_number_ratifies(facilitator, member):
    row = proposed(facilitator)

    assert ratify(facilitator, row.number).status_code == 422
    assert ratify(member, "x").status_code == 404


def test_after_a_year_the_charter_has_lapsed_and_is_put_to_the_members_again(
    board, facilitator
):
    row = proposed(facilitator)
    for seat in board.seats.members():
        ratify(seat, row.number)
    BoardSeat.objects.members().update(to_on=timezone.localdate() + timedelta(days=800))

    page = enter(facilitator).get(at("board-home-charter")).content.decode()
    assert "Ask for another year" not in page
    with time_machine.travel(timezone.now() + timedelta(days=366), tick=False):
        client = enter(facilitator)
        page = client.get(at("board-home-charter")).content.decode()
        assert "Ask for another year" in page
        assert "has lapsed" in client.get("/b/").content.decode()
        client.post(at("board-charter-propose"))

    again = board.charters.order_by("-number").first()
    assert (again.number, again.purpose) == (2, row.purpose)
    answer = enter(facilitator).post(at("board-charter-propose"))
    assert "asked already" in answer.content.decode()


def test_without_words_nothing_is_proposed_and_a_member_does_not_write(
    board, facilitator, member
):
    answer = enter(facilitator).post(at("board-charter-propose"))
    assert "Write the charter first." in answer.content.decode()

    with pytest.raises(RuleError):
        charters.write_draft(by=member, board=board, **TEXTS)


@pytest.mark.parametrize(
    ("ahead", "threshold"), [(43, None), (42, 42), (8, 42), (7, 7), (0, 7)]
)
def test_the_members_hear_of_a_meeting_six_weeks_and_a_week_before(
    board, meeting, ahead, threshold
):
    today = meeting.held_on - timedelta(days=ahead)
    for batch in board_meetings_ahead(today):
        owe(batch)
        owe(batch)

    told = Notice.objects.filter(kind="board-meeting")

    assert {one.threshold for one in told} == ({threshold} - {None})
    assert told.count() == (4 if threshold else 0)
    assert all(mails.meeting_wanted(one) for one in told)
    for one in told:
        words = " ".join(mails.meeting_letter(one).paragraphs)
        assert ("Please read before" in words) is (threshold == 7)


def test_a_moved_meeting_is_told_again_and_an_open_one_no_more(board, meeting):
    day = meeting.held_on - timedelta(days=30)
    for batch in board_meetings_ahead(day):
        owe(batch)
    first = Notice.objects.first()
    BoardMeeting.objects.update(held_on=day + timedelta(days=20), place="Leeds")
    for batch in board_meetings_ahead(day):
        owe(batch)

    assert not mails.meeting_wanted(first)
    second = Notice.objects.exclude(day=first.day).first()
    assert mails.meeting_wanted(second)
    assert "Place: Leeds" in mails.meeting_letter(second).paragraphs
    BoardMeeting.objects.update(phase="opening")
    assert not mails.meeting_wanted(second)
    BoardMeeting.objects.all().delete()
    assert not mails.meeting_wanted(second)


def test_a_charter_that_is_gone_is_not_asked_about(facilitator):
    proposed(facilitator)
    notice = Notice.objects.filter(kind="board-charter").first()
    BoardCharter.objects.all().delete()

    assert not mails.charter_wanted(notice)
