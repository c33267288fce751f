"""Pages of the talk: the agenda, the plan, the record, the actions, both sides' yes."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from engagements.models import (
    HealthReview,
    Membership,
    Relationship,
    ReviewAction,
    ReviewConfirmation,
    ReviewConversation,
    Side,
)
from tests.engagements.reviews import talks, waves
from tests.factories import ContactFactory, MembershipFactory, UserFactory
from tests.sitting import Client

pytestmark = pytest.mark.django_db
State = HealthReview.State


@pytest.fixture
def talk():
    return talks.released(client=6, supplier=4)


def url(name, talk, *more):
    return reverse(f"engagements:{name}", args=[talk.review.pk, *more])


def page(talk, side=Side.CLIENT, browser=None):
    browser = browser or talk.browser(side)
    response = browser.get(url("review-conversation", talk))
    assert response.status_code == 200
    return response.content.decode()


def tomorrow():
    return (timezone.localdate() + timedelta(days=1)).isoformat()


def planned(talk, side=Side.CLIENT, **values):
    given = {
        "day": tomorrow(),
        "time": "14:30",
        "minutes": "45",
        "place": "Ward 4",
        **{f"{one}_people": [talk.people[one].pk] for one in Side},
    }
    address = url("review-conversation-plan", talk)
    return talk.browser(side).post(address, given | values)


def held(talk, side=Side.CLIENT, browser=None, **values):
    given = {
        "held_on": timezone.localdate().isoformat(),
        "minutes": "Alarms reach one desk only.",
        **{f"{one}_people": [talk.people[one].pk] for one in Side},
    }
    address = url("review-conversation-hold", talk)
    return (browser or talk.browser(side)).post(address, given | values)


def action(talk, side=Side.CLIENT, **values):
    return {
        "text": "Ring both desks",
        "dimension": "COM",
        "owner": f"{side}:{talk.people[side].pk}",
        "due_on": tomorrow(),
        "measure": "Both desks log it",
    } | values


@pytest.mark.parametrize("side", list(Side))
def test_either_side_reads_the_same_agenda_with_both_numbers(talk, side):
    html = page(talk, side)

    assert "Where it looks different" in html
    assert "83" in html
    assert "50" in html
    assert html.index("What goes best") < html.index("Where it looks different")
    assert "Plan the conversation" in html
    assert "Not asked yet" in html
    assert "No earlier action." in html


@pytest.mark.parametrize("side", list(Side))
def test_either_side_plans(talk, side):
    response = planned(talk, side)

    assert response.status_code == 302
    found = ReviewConversation.objects.get()
    assert f"{timezone.localtime(found.planned_at):%H:%M}" == "14:30"
    html = page(talk, side.other)
    assert "Ward 4" in html
    assert "14:30" in html
    assert "Ada of the supplier" in html
    assert 'name="time"' not in html


def test_a_plan_is_changed_and_shows_what_was_planned(talk):
    planned(talk)

    html = talk.browser(Side.SUPPLIER).get(url("review-conversation-plan", talk))
    body = html.content.decode()
    assert 'value="14:30"' in body
    assert 'value="Ward 4"' in body

    planned(talk, Side.SUPPLIER, time="16:00")
    assert "16:00" in page(talk)


def test_a_wrong_plan_keeps_what_was_typed_and_names_the_field(talk):
    response = planned(talk, time="half past", day="31/2/2030")

    assert response.status_code == 422
    body = response.content.decode()
    assert "half past" in body
    assert "31/2/2030" in body
    assert not ReviewConversation.objects.exists()
    yesterday = (timezone.localdate() - timedelta(days=1)).isoformat()
    assert "ahead" in planned(talk, day=yesterday).content.decode()


@pytest.mark.parametrize("side", list(Side))
def test_where_nobody_facilitates_either_side_records_the_talk(talk, side):
    planned(talk)
    assert "It was held" in page(talk, side)

    assert held(talk, side).status_code == 302

    assert talk.fresh().state == State.DISCUSSED
    html = page(talk, side.other)
    assert "Alarms reach one desk only." in html
    assert "Who took part" in html
    assert "It was held" not in html


def test_without_somebody_of_a_side_the_form_says_which(talk):
    response = held(talk, supplier_people=[])

    assert response.status_code == 422
    assert "at least one person of Tarnmoor" in response.content.decode()
    assert talk.fresh().state == State.RELEASED


def test_whoever_was_expected_can_be_named_after_leaving_the_team(talk):
    planned(talk)
    talk.relationship.team.filter(side="supplier").delete()

    browser = talk.browser(Side.CLIENT)
    html = browser.get(url("review-conversation-hold", talk)).content.decode()
    assert "Ada of the supplier" in html
    held(talk)
    assert talk.fresh().state == State.DISCUSSED


def test_minutes_are_corrected_on_their_page(talk):
    held(talk)
    address = url("review-conversation-minutes", talk)
    browser = talk.browser(Side.SUPPLIER)
    assert "Alarms reach" in browser.get(address).content.decode()

    browser.post(address, {"minutes": "Alarms reach two desks."})

    assert "Alarms reach two desks." in page(talk)


@pytest.mark.parametrize("side", list(Side))
def test_an_action_is_added_changed_and_left_out(talk, side):
    held(talk)
    browser = talk.browser(side)
    new = url("review-action-create", talk)
    assert "Communication" in browser.get(new).content.decode()

    browser.post(new, action(talk, side.other))

    row = ReviewAction.objects.get()
    assert row.side == side.other
    edit = url("review-action-edit", talk, row.pk)
    assert "Both desks log it" in browser.get(edit).content.decode()
    browser.post(edit, action(talk, side, text="Ring all desks"))
    row.refresh_from_db()
    assert (row.text, row.side) == ("Ring all desks", side)
    assert "Ring all desks" in page(talk, side.other)
    browser.post(url("review-action-remove", talk, row.pk))
    assert not ReviewAction.objects.exists()


def test_a_day_that_is_over_is_named_beside_what_else_is_missing(talk):
    response = talk.browser(Side.CLIENT).post(
        url("review-action-create", talk), {"text": "", "due_on": "14 Jan 2020"}
    )

    errors = response.context["form"].errors
    assert errors["due_on"] == ["An action is due on a day ahead."]
    assert {"text", "dimension", "owner", "measure"} < set(errors)


def test_an_incomplete_action_names_each_field(talk):
    response = talk.browser(Side.CLIENT).post(
        url("review-action-create", talk), {"text": ""}
    )

    assert response.status_code == 422
    body = response.content.decode()
    for label in (
        "What will be done",
        "Topic",
        "Owner",
        "Due on",
        "How we will notice",
    ):
        assert f"{label} is missing" in body


def test_an_action_of_another_review_is_not_found_here(talk):
    other = talks.released()
    row = other.propose()

    browser = talk.browser(Side.CLIENT)
    assert browser.get(url("review-action-edit", talk, row.pk)).status_code == 404
    assert browser.post(url("review-action-remove", talk, row.pk)).status_code == 404


def test_from_asking_to_promises_on_pages(talk):
    held(talk)
    client, supplier = talk.browser(Side.CLIENT), talk.browser(Side.SUPPLIER)
    for text in ("Ring both desks", "Ring all desks", "Name a duty lead"):
        given = action(talk, Side.SUPPLIER, text=text)
        client.post(url("review-action-create", talk), given)
    client.post(url("review-actions-ask", talk))
    html = page(talk, Side.SUPPLIER)
    assert "Does Tarnmoor agree?" in html
    assert "Ada of the client was asked on" in html

    for browser, side in ((supplier, Side.SUPPLIER), (client, Side.CLIENT)):
        row = ReviewConfirmation.objects.get(side=side)
        response = browser.post(
            reverse("engagements:confirmation-answer", args=[row.pk]),
            {"answer": "yes"},
        )
        assert response["Location"] == url("review-conversation", talk)

    assert talk.fresh().state == State.AGREED
    html = page(talk)
    promise = ReviewAction.objects.first().commitment
    assert f'href="/commitments/{promise.pk}/"' in html
    assert "Add an action" not in html
    assert "Does Hollin Vale agree?" not in html


def test_a_no_is_read_by_the_other_side_with_its_reason(talk):
    held(talk)
    talk.propose()
    asked = talk.ask()
    address = reverse("engagements:confirmation-answer", args=[asked["supplier"].pk])
    talk.browser(Side.SUPPLIER).post(
        address, {"answer": "no", "reason": "Not before March"}
    )

    html = page(talk)
    assert "Not before March" in html
    assert "Not like this" in html
    assert "Ask both sides anew" in html


def test_no_action_is_said_by_a_button_of_its_own(talk):
    held(talk)
    html = page(talk)
    assert "Ask both sides: no action" in html

    talk.browser(Side.CLIENT).post(url("review-actions-ask", talk), {"no_action": "1"})
    for row in ReviewConfirmation.objects.all():
        talk.say(row)

    assert "Both sides agreed that no action is needed." in page(talk)


def test_a_broken_rule_is_said_on_the_page(talk):
    browser = talk.browser(Side.CLIENT)

    response = browser.post(url("review-actions-ask", talk), follow=True)

    assert "once the conversation was held" in response.content.decode()
    row = talk.propose()
    HealthReview.objects.filter(pk=talk.review.pk).update(state=State.DISCUSSED)
    talk.agree()
    response = browser.post(url("review-action-remove", talk, row.pk), follow=True)
    assert "Both sides agreed" in response.content.decode()


def test_too_few_answers_show_an_agenda_without_figures():
    html = page(talks.insufficient())

    assert "What would help most" in html
    assert "Too few people answered" in html


def test_there_is_no_page_before_the_result(talk):
    asking = waves.still_asking()
    other = talks.Talk(asking, {})
    member = MembershipFactory(organisation=asking.relationship.client)
    browser = Client()
    browser.force_login(member.contact.user)

    assert browser.get(url("review-conversation", other)).status_code == 404
    assert browser.get(url("review-conversation-hold", other)).status_code == 404


def test_who_only_reads_neither_plans_nor_answers(talk):
    executive = MembershipFactory(
        organisation=talk.relationship.client, role=Membership.Role.EXECUTIVE
    )
    browser = Client()
    browser.force_login(executive.contact.user)

    html = page(talk, browser=browser)
    assert 'name="time"' not in html
    assert "Add an action" not in html
    assert browser.get(url("review-conversation-plan", talk)).status_code == 403
    assert browser.get(url("review-action-create", talk)).status_code == 403


def test_an_archived_relationship_is_read_and_not_written(talk):
    Relationship.objects.update(archived_at=timezone.now())

    page(talk)
    browser = talk.browser(Side.CLIENT)
    assert browser.get(url("review-conversation-plan", talk)).status_code == 404


@pytest.fixture
def facilitated(talk):
    """A review with a facilitator who signs in and belongs to neither side."""
    guide = ContactFactory(name="Fay", user=UserFactory())
    HealthReview.objects.filter(pk=talk.review.pk).update(facilitator=guide)
    talk.fresh()
    browser = Client()
    browser.force_login(guide.user)
    return talk, browser


def test_a_facilitator_records_and_the_sides_plan(facilitated):
    talk, guide = facilitated
    planned(talk)

    assert "It was held" not in page(talk)
    assert held(talk).status_code == 403
    assert "It was held" in page(talk, browser=guide)
    assert held(talk, browser=guide).status_code == 302

    assert ReviewConversation.objects.get().recorded_by.name == "Fay"
    guide.post(url("review-action-create", talk), action(talk))
    assert ReviewAction.objects.get().proposed_by.name == "Fay"
    assert "Does Hollin Vale agree?" not in page(talk, browser=guide)


@pytest.mark.parametrize("actions", [1, 3])
def test_the_page_takes_the_same_queries_whatever_it_shows(
    talk, actions, django_assert_num_queries
):
    held(talk)
    for number in range(actions):
        talk.propose(text=f"Number {number}")
    talk.ask()
    browser = talk.browser(Side.CLIENT)
    browser.get(url("review-conversation", talk))

    with django_assert_num_queries(QUERIES):
        browser.get(url("review-conversation", talk))


QUERIES = 11
