"""From criticism to strategy: sorted, worded anew, and ended as exactly one thing."""

from __future__ import annotations

from uuid import uuid4

import pytest
from django.urls import reverse

from engagements.boards.actions import moving, room_words
from engagements.boards.queries import room_ends
from engagements.boards.states import Meet
from engagements.errors import RuleError
from engagements.models import (
    Attendance,
    Board,
    BoardMeeting,
    Contribution,
    JointIssue,
    Room,
    RoomDraft,
)
from tests.engagements.boards.conftest import enter
from tests.factories import RelationshipFactory, TeamRoleFactory

pytestmark = pytest.mark.django_db
BESIDE = {"X-Room": "1"}


@pytest.fixture
def row(talk, member):
    """What a member said without a name."""
    return say(member, talk)


def say(seat, meeting, text="The portal is down again", **more):
    return room_words.say(by=seat, meeting=meeting, key=uuid4(), text=text, **more)


def at(row, name="board-room-said"):
    return reverse(f"engagements:{name}", args=[row.meeting_id, row.pk])


def press(seat, row, **sent):
    """What the page answers; the row as it is then."""
    answer = enter(seat).post(at(row), sent, headers=BESIDE)
    row.refresh_from_db()
    return answer


def refused(seat, row, words, **sent):
    before = list(Contribution.objects.order_by("pk").values())
    answer = press(seat, row, **sent)
    assert answer.status_code == 422
    assert words in answer.content.decode()
    assert list(Contribution.objects.order_by("pk").values()) == before


WORDING = "One owner for the uptime"


def test_the_author_takes_the_wording_or_keeps_the_own(row, member, chair, facilitator):
    press(facilitator, row, kind="operational")
    press(facilitator, row, wording=WORDING)
    assert (row.kind, row.wording_state) == ("operational", "proposed")
    page = enter(member).get(at(row)).content.decode()
    assert WORDING in page
    assert "Take this wording" in page
    assert "Take this wording" not in enter(chair).get(at(row)).content.decode()

    refused(chair, row, "for its author", answer="takes", shown=WORDING)
    refused(member, row, "another wording by now", answer="takes", shown="Older")
    press(member, row, answer="keeps", shown=WORDING)
    assert row.wording_state == "kept"
    press(member, row, answer="takes", shown=WORDING)
    assert row.wording_state == "accepted"

    press(facilitator, row, wording="")
    assert (row.strategic_wording, row.wording_state) == ("", "")
    press(facilitator, row, kind="")
    assert row.kind == ""


def test_members_do_not_sort(row, member, chair):
    for seat in (member, chair):
        refused(seat, row, "for the facilitator", kind="strategic")
        refused(seat, row, "for the facilitator", wording="Mine")
        refused(seat, row, "for the facilitator", hands="2")


def test_for_words_without_a_name_the_facilitator_ticks(talk, facilitator, member):
    client = enter(facilitator)
    capture = reverse("engagements:board-capture", args=[talk.pk])
    client.post(
        capture, {"key": uuid4(), "line": "Nobody calls", "kind": "operational"}
    )
    row = Contribution.objects.get()
    press(facilitator, row, wording=WORDING)

    refused(member, row, "for its author", answer="takes", shown=WORDING)
    page = client.get(at(row)).content.decode()
    assert "tick what its author says" in page
    press(facilitator, row, answer="takes", shown=WORDING)

    assert row.wording_state == "accepted"


def test_words_a_member_wrote_are_not_the_facilitators_to_end(
    talk, row, member, chair, facilitator
):
    press(facilitator, row, kind="operational")
    press(facilitator, row, wording=WORDING)
    Attendance.objects.create(meeting=talk, seat=member, present=True)
    Attendance.objects.create(meeting=talk, seat=chair, present=True)
    asked = {"answer": "takes", "shown": WORDING}
    # The author's leaving changes nothing: it would tell who the author is.
    for seat in (None, member, chair):
        Attendance.objects.update(present=True)
        Attendance.objects.filter(seat=seat).update(present=False)
        for sent in (asked, {"park": "1"}, {"withdraw": "1"}):
            refused(facilitator, row, "for its author", **sent)
    shown = enter(facilitator).get(at(row)).content.decode()
    assert "Take this wording" not in shown
    assert "Its author agrees" not in shown

    Attendance.objects.update(present=False)
    press(facilitator, row, withdraw="1")
    assert row.ends_as == "withdrawn"


def test_a_name_speaks_for_itself_alone(talk, member, facilitator):
    Board.objects.update(attribution="named")
    member.board.refresh_from_db()
    row = say(member, talk, named=True)
    press(facilitator, row, kind="operational")
    Attendance.objects.create(meeting=talk, seat=member, present=True)

    refused(facilitator, row, "for its author", park="1")
    refused(facilitator, row, "for its author", withdraw="1")

    # Who is not there cannot end it: the facilitator sets it aside.
    Attendance.objects.update(present=False)
    press(facilitator, row, withdraw="1")
    assert row.ends_as == "withdrawn"
    refused(facilitator, row, "for its author", reopen="1")
    press(member, row, reopen="1")
    assert row.ends_as == ""


def test_what_is_operational_is_parked_with_consent_and_carried_out_by_the_member(
    row, member, chair, facilitator
):
    relationship = RelationshipFactory(
        client=member.organisation, supplier=member.supplier
    )
    for side, contact in (("client", member.contact), ("supplier", None)):
        more = {"contact": contact} if contact else {}
        TeamRoleFactory(relationship=relationship, side=side, role="interface", **more)
    refused(member, row, "Only what is operational", park="1")
    press(facilitator, row, kind="operational")
    refused(chair, row, "for its author", park="1")
    press(member, row, park="1")
    assert (row.ends_as, bool(row.consent_on), row.issue) == ("issue", True, None)
    # Nothing has left the room.
    assert not JointIssue.objects.exists()
    refused(member, row, "ended already", withdraw="1")

    said = {"title": "Portal outages", "happened_on": "1/11/2026", "severity": "2"}
    assert enter(facilitator).get(at(row, "board-room-carry")).status_code == 404
    client = enter(member)
    lead = client.get(at(row, "board-room-carry")).content.decode()
    assert member.supplier.name in lead
    assert row.text not in lead
    answer = client.post(at(row, "board-room-carry"), said)

    assert answer.status_code == 302
    issue = JointIssue.objects.get()
    row.refresh_from_db()
    assert (row.issue, issue.relationship, issue.opened_by) == (
        issue,
        relationship,
        member.contact,
    )
    refused(member, row, "A joint issue is open", reopen="1")
    assert client.get(at(row, "board-room-carry")).status_code == 404


def test_of_several_relationships_the_member_chooses_one(row, member, facilitator):
    pair = {"client": member.organisation, "supplier": member.supplier}
    made = {
        scope: RelationshipFactory(**pair, scope=scope)
        for scope in ("Archive", "Desk", "Network")
    }
    for scope in ("Desk", "Network"):
        for side in ("client", "supplier"):
            TeamRoleFactory(relationship=made[scope], side=side, role="interface")
    press(facilitator, row, kind="operational")
    press(member, row, park="1")
    said = {"title": "Outages", "happened_on": "1/11/2026", "severity": "2"}
    client = enter(member)

    page = client.get(at(row, "board-room-carry")).content.decode()
    assert ">Desk</option>" in page
    assert ">Archive</option>" not in page
    assert "nobody to ask there: Archive." in page
    for missing in ("", str(made["Archive"].pk)):
        answer = client.post(
            at(row, "board-room-carry"), said | {"relationship": missing}
        )
        assert answer.status_code == 422
    client.post(
        at(row, "board-room-carry"), said | {"relationship": made["Network"].pk}
    )

    assert JointIssue.objects.get().relationship == made["Network"]


def test_without_a_relationship_the_refusal_says_so(row, member, facilitator):
    press(facilitator, row, kind="operational")
    press(member, row, park="1")
    said = {"title": "Outages", "happened_on": "1/11/2026", "severity": "2"}

    answer = enter(member).post(at(row, "board-room-carry"), said)

    assert answer.status_code == 422
    assert "There is no relationship with" in answer.content.decode()


def test_the_read_out_waits_until_everything_has_ended(
    talk, row, member, chair, facilitator
):
    other = say(chair, talk, "More of the same")
    with pytest.raises(RuleError, match="2 contributions are still open"):
        moving.move(by=chair, meeting=talk, action=Meet.READ_OUT)
    Attendance.objects.create(meeting=talk, seat=chair, present=True)
    page = enter(facilitator).get(at(row)).content.decode()
    assert "only once all members are noted as not here" in page
    assert "parks or withdraws" not in enter(member).get(at(row)).content.decode()
    press(member, row, withdraw="1")
    press(chair, other, withdraw="1")

    moving.move(by=chair, meeting=talk, action=Meet.READ_OUT)

    # Nobody can tell any more who said it.
    assert Room.objects.get().secret is None
    assert set(Contribution.objects.values_list("author_key", flat=True)) == {""}
    assert "Your own words" not in enter(member).get(at(row)).content.decode()


def test_a_member_opens_the_own_again_and_nobody_elses(row, member, chair):
    press(member, row, withdraw="1")

    refused(chair, row, "for its author", reopen="1")
    press(member, row, reopen="1")

    assert row.ends_as == ""


def test_conversion_is_counted_and_told_to_those_who_sit(
    talk, row, member, facilitator
):
    say(member, talk, "Stay as you are")
    assert room_ends.ends(talk).conversion is None
    draft = RoomDraft.objects.create(meeting=talk, wording="One owner")
    rows = Contribution.objects.filter(pk=row.pk)
    rows.update(kind="operational", ends_as="recommendation", draft=draft)
    for _number in range(2):
        other = say(member, talk)
        Contribution.objects.filter(pk=other.pk).update(
            kind="operational", ends_as="withdrawn"
        )

    found = room_ends.ends(talk)

    assert (found.said, found.open, found.operational, found.converted) == (4, 1, 3, 1)
    assert found.conversion == 33
    room = reverse("engagements:board-room", args=[talk.pk])
    assert "1 of 3 operational ones became strategy: 33%" in (
        enter(facilitator).get(room).content.decode()
    )


def test_capturing_needs_no_hand_but_the_facilitators(talk, member, chair, facilitator):
    capture = reverse("engagements:board-capture", args=[talk.pk])
    for seat in (member, chair):
        assert enter(seat).get(capture).status_code == 403
        assert enter(seat).post(capture, {"line": "x"}).status_code == 403
    client = enter(facilitator)

    def line(words, **more):
        return client.post(
            capture, {"key": uuid4(), "line": words, **more}, headers=BESIDE
        )

    assert "a number counts hands" in line("3").content.decode()
    assert line("Decide faster", kind="strategic").status_code == 204
    assert line("2").status_code == 204
    assert "more than the 3 members" in line("42").content.decode()
    assert line("x" * 501).status_code == 422
    row = Contribution.objects.get()
    assert (row.text, row.kind, row.hands, row.captured, row.seat, row.author_key) == (
        "Decide faster",
        "strategic",
        2,
        True,
        None,
        "",
    )
    key = uuid4()
    for _twice in range(2):
        client.post(capture, {"key": key, "line": "Sent twice"}, headers=BESIDE)
    assert Contribution.objects.count() == 2
    press(facilitator, row, hands="3")
    assert row.hands == 3
    press(facilitator, row, hands="")
    assert row.hands is None
    page = client.get(capture).content.decode()
    assert page.index("Sent twice") < page.index("Decide faster")
    state = client.get(
        reverse("engagements:board-room-state", args=[talk.pk]) + "?capture"
    )
    shown = state.content.decode()
    assert shown.index("Sent twice") < shown.index("Decide faster")


def test_what_the_database_refuses_it_does_not_quote(talk, facilitator, caplog):
    """A key that is taken in another room: the row it would make is not logged."""
    other = BoardMeeting.objects.create(
        board=talk.board, number=2, title="Next", held_on=talk.held_on
    )
    taken = Contribution.objects.create(meeting=other, text="There")
    capture = reverse("engagements:board-capture", args=[talk.pk])

    sent = {"key": taken.pk, "line": "Not to be quoted"}
    answer = enter(facilitator).post(capture, sent, headers=BESIDE)

    assert answer.status_code == 422
    assert "could not be kept" in answer.content.decode()
    assert "quoted" not in caplog.text
