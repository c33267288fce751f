"""What is pressed is meant for the words that were read, and what was typed comes
back whatever has happened meanwhile."""

from __future__ import annotations

from uuid import uuid4

import pytest
from django.urls import reverse

from engagements.boards.actions import room_drafts, room_words
from engagements.boards.actions.room_drafts import Words
from engagements.boards.queries.room_drafts import shown_as
from engagements.models import BoardMeeting, Contribution, DraftApproval, RoomDraft
from tests.engagements.boards.conftest import enter
from tests.factories import RoomDraftFactory

pytestmark = pytest.mark.django_db
BESIDE = {"X-Room": "1"}
ANOTHER = "There is another wording by now."


def at(meeting, name="board-drafts", *more):
    return reverse(f"engagements:{name}", args=[meeting.pk, *more])


@pytest.fixture
def draft(talk):
    return RoomDraftFactory(meeting=talk, wording="Old", approved_in_room=False)


@pytest.fixture
def late(draft):
    """The mark of a page that was read before one word changed, and not the first."""
    mark = shown_as(draft)
    RoomDraft.objects.filter(pk=draft.pk).update(benefits="Nobody but us")
    return mark


def typed_in(page: str) -> bool:
    return ">Typed</textarea>" in page


@pytest.mark.parametrize("how", ["approve", "against"])
def test_a_wording_nobody_has_read_is_answered_by_nobody(
    talk, draft, late, member, how
):
    sent = {how: draft.pk, "shown": late, "dissent": "Typed"}
    client = enter(member)

    beside = client.post(at(talk), sent, headers=BESIDE)
    answer = client.post(at(talk), sent)

    # A page with script comes again too, to show what it says now.
    assert (beside.status_code, answer.status_code) == (409, 422)
    page = answer.content.decode()
    # At the top, and beside the draft it is about.
    assert page.count(ANOTHER) == 2
    assert "Nobody but us" in page
    assert typed_in(page)
    assert not DraftApproval.objects.exists()


@pytest.mark.parametrize("how", ["tick", "untick", "drop"])
def test_facilitator_and_chair_too_press_for_the_words_they_read(
    talk, draft, late, chair, how
):
    answer = enter(chair).post(at(talk), {how: draft.pk, "shown": late, "hands": "3"})

    assert ANOTHER in answer.content.decode()
    draft.refresh_from_db()
    assert (draft.approved_in_room, draft.dropped) == (False, False)


def test_an_approval_with_words_against_it_is_asked_about(talk, draft, member):
    sent = {"approve": draft.pk, "shown": shown_as(draft), "dissent": "Typed"}

    answer = enter(member).post(at(talk), sent)

    page = answer.content.decode()
    assert answer.status_code == 422
    assert "You wrote what speaks against it." in page
    assert typed_in(page)
    assert not DraftApproval.objects.exists()


def test_what_is_kept_in_the_tab_hangs_on_the_draft_and_not_on_its_place(
    talk, draft, member
):
    second = RoomDraftFactory(meeting=talk, position=9_999)
    client = enter(member)
    assert f'id="dissent-{second.pk}"' in client.get(at(talk)).content.decode()

    RoomDraft.objects.filter(pk=draft.pk).update(dropped=True)

    page = client.get(at(talk)).content.decode()
    assert f'id="f-{second.pk}"' in page
    assert f'id="dissent-{second.pk}"' in page
    assert str(draft.pk) not in page


def test_of_two_who_edit_a_draft_the_second_sees_what_the_first_wrote(
    talk, draft, chair, facilitator
):
    change = at(talk, "board-draft", draft.pk)
    client = enter(chair)
    opened = client.get(change).context["form"].initial["shown"]
    room_drafts.change(
        by=facilitator, meeting=talk, draft=draft.pk, shown=opened, words=Words("First")
    )
    sent = {"key": draft.pk, "shown": opened, "wording": "Typed"}

    beside = client.post(change, sent, headers=BESIDE)
    answer = client.post(change, sent)

    page = answer.content.decode()
    assert (beside.status_code, answer.status_code) == (409, 422)
    assert "Somebody changed this draft meanwhile." in page
    assert "What it says now" in page
    assert "First" in page
    assert "Typed</textarea>" in page
    draft.refresh_from_db()
    assert draft.wording == "First"
    # Read, and sent again.
    shown = answer.context["form"]["shown"].value()
    assert client.post(change, sent | {"shown": shown}).status_code == 302
    draft.refresh_from_db()
    assert draft.wording == "Typed"


def test_what_it_is_made_of_is_bound_too(talk, draft, chair, member):
    said = room_words.say(by=member, meeting=talk, key=uuid4(), text="Calls take weeks")
    mark = shown_as(draft)
    Contribution.objects.filter(pk=said.pk).update(
        draft=draft, ends_as="recommendation"
    )

    sent = {"key": draft.pk, "shown": mark, "wording": draft.wording}
    answer = enter(chair).post(at(talk, "board-draft", draft.pk), sent)

    assert answer.status_code == 422
    said.refresh_from_db()
    assert said.draft == draft


@pytest.mark.parametrize("phase", ["read_out", "response"])
@pytest.mark.parametrize(
    ("who", "name", "sent"),
    [
        ("member", "board-room", {"text": "Typed", "key": str(uuid4())}),
        ("chair", "board-room", {"title": "Typed", "topic_key": str(uuid4())}),
        ("facilitator", "board-capture", {"line": "Typed", "key": str(uuid4())}),
    ],
)
def test_what_was_typed_comes_back_when_the_meeting_has_moved_on(
    request, talk, phase, who, name, sent
):
    client = enter(request.getfixturevalue(who))
    BoardMeeting.objects.update(phase=phase)

    answer = client.post(at(talk, name), sent)

    assert answer.status_code == 422
    assert typed_in(answer.content.decode())


def test_pages_that_are_gone_give_back_what_was_typed_into_them(
    talk, draft, chair, member
):
    said = room_words.say(by=member, meeting=talk, key=uuid4(), text="Calls take weeks")
    client = enter(chair)
    words = {"key": str(uuid4()), "wording": "Typed"}
    RoomDraft.objects.update(dropped=True)
    dropped = client.post(at(talk, "board-draft", draft.pk), words)
    against = {"against": draft.pk, "dissent": "Typed", "shown": shown_as(draft)}
    answers = [dropped, client.post(at(talk), against)]
    BoardMeeting.objects.update(phase="response")
    answers += [
        client.post(at(talk, "board-draft-new"), words),
        client.post(at(talk), against),
        client.post(at(talk, "board-room-said", said.pk), words),
        client.post(at(talk, "board-agenda"), {"lines": "Typed"}),
    ]

    for answer in answers:
        assert answer.status_code == 422
        assert typed_in(answer.content.decode())
    assert "This draft was dropped." in dropped.content.decode()
    # With script the page stands and keeps the words itself.
    beside = client.post(at(talk), against, headers=BESIDE)
    assert (beside.status_code, beside.content) == (422, b"The room is not open now.")
    # Without words there is nothing to give back.
    assert client.get(at(talk)).status_code == 404
    assert client.post(at(talk), {"drop": draft.pk}).status_code == 404


def test_another_form_of_the_page_does_not_empty_a_proposed_wording(
    talk, facilitator, member
):
    said = room_words.say(by=member, meeting=talk, key=uuid4(), text="Calls take weeks")
    Contribution.objects.update(strategic_wording="Faster", wording_state="proposed")

    answer = enter(facilitator).post(
        at(talk, "board-room-said", said.pk), {"hands": "99"}
    )

    page = answer.content.decode()
    assert "Faster</textarea>" in page
    assert 'value="99"' in page


def test_what_a_form_of_another_link_holds_is_given_back_and_kept_nowhere(
    talk, facilitator
):
    sent = {"line": "Typed", "key": str(uuid4()), "of": "another"}

    answer = enter(facilitator).post(at(talk, "board-capture"), sent)

    assert answer.status_code == 404
    assert ">Typed</p>" in answer.content.decode()
    assert not Contribution.objects.exists()
