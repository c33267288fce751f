"""The talk on a result: planned, held, put right; once, by both sides."""

from datetime import timedelta

import pytest
from django.utils import timezone

from engagements.errors import RuleError
from engagements.models import (
    HealthReview,
    ReviewConversation,
    ReviewTransition,
    Side,
    TimelineEntry,
)
from engagements.reviews.actions import conversation
from engagements.reviews.actions.conversation import Plan
from tests.engagements.reviews import talks, waves

pytestmark = pytest.mark.django_db
State = HealthReview.State


@pytest.fixture
def talk():
    return talks.released(client=6, supplier=4)


def plan(talk, **values):
    tomorrow = timezone.now() + timedelta(days=1)
    given = {"planned_at": tomorrow, "people": tuple(talk.both), **values}
    return conversation.plan_conversation(
        review=talk.review, by=talk.people[Side.CLIENT], plan=Plan(**given)
    )


def entries(talk, mark):
    return TimelineEntry.objects.filter(object_id=talk.review.pk, mark=mark)


def test_a_plan_takes_its_agenda_from_the_result(talk):
    plan(talk, place="Ward 4", minutes=45)

    found = ReviewConversation.objects.get()
    stages = {one["stage"]: one for one in found.agenda}
    assert sum(one["minutes"] for one in found.agenda) == 45
    # The client gave 6 of 7 everywhere, the supplier 4: 83 and 50.
    assert stages["gap"]["topic"]["client"] == "83"
    assert stages["gap"]["topic"]["supplier"] == "50"
    assert stages["gap"]["topic"]["gap"] == 33
    assert found.place == "Ward 4"
    assert {row.side for row in found.participants.all()} == {"client", "supplier"}


def test_both_sides_read_of_the_plan_on_the_timeline(talk):
    plan(talk, place="Ward 4")

    entry = entries(talk, "planned").get()
    assert entry.visibility == "shared"
    assert entry.address == f"/reviews/{talk.review.pk}/conversation/"
    assert "Ada of the supplier" in entry.people
    assert "Ward 4" in entry.facts


def test_planning_anew_replaces_the_plan(talk):
    plan(talk, minutes=60)
    plan(talk, minutes=45, people=())

    found = ReviewConversation.objects.get()
    assert sum(one["minutes"] for one in found.agenda) == 45
    assert not found.participants.exists()
    assert entries(talk, "planned").count() == 1


def test_a_plan_lies_ahead(talk):
    with pytest.raises(RuleError, match="ahead") as error:
        plan(talk, planned_at=timezone.now() - timedelta(minutes=1))

    assert error.value.field == "day"
    assert not ReviewConversation.objects.exists()


def test_there_is_nothing_to_talk_about_before_the_result(db):
    review = waves.still_asking()
    talk = talks.Talk(review, {})

    with pytest.raises(RuleError, match="not there yet"):
        conversation.plan_conversation(
            review=review, by=None, plan=Plan(timezone.now() + timedelta(days=1))
        )
    with pytest.raises(RuleError, match="not there yet"):
        talk.hold(people=[], by=None)


@pytest.mark.parametrize("side", list(Side))
def test_a_talk_was_held_and_its_topics_are_kept(talk, side):
    plan(talk)

    talk.hold(by=talk.people[side], minutes="  Alarms reach one desk only. ")

    review = talk.fresh()
    found = ReviewConversation.objects.get()
    assert review.state == State.DISCUSSED
    assert found.minutes == "Alarms reach one desk only."
    assert found.recorded_by == talk.people[side]
    assert [one["stage"] for one in found.topics] == ["gap", "weakest", "best"]
    step = ReviewTransition.objects.get(to_state=State.DISCUSSED)
    assert (step.from_state, step.by) == (State.RELEASED, talk.people[side])


def test_the_timeline_says_who_talked_and_no_longer_that_it_is_planned(talk):
    plan(talk)
    talk.hold()

    assert not entries(talk, "planned").exists()
    entry = entries(talk, "discussed").get()
    assert "Ada of the client" in entry.people
    assert any("Held on" in fact for fact in entry.facts)
    assert entry.address.endswith("/conversation/")


def test_a_talk_needs_no_plan(talk):
    talk.hold()

    found = ReviewConversation.objects.get()
    assert found.planned_at is None
    assert found.agenda


@pytest.mark.parametrize("side", list(Side))
def test_a_talk_needs_somebody_of_each_side(talk, side):
    alone = [(talk.people[side], side.value)]

    with pytest.raises(RuleError, match="who took part") as error:
        talk.hold(people=alone)

    assert error.value.field == f"{side.other.value}_people"
    assert talk.fresh().state == State.RELEASED
    assert not ReviewConversation.objects.exists()


def test_a_talk_is_not_held_before_the_result_nor_ahead(talk):
    released = timezone.localdate(talk.review.released_at)

    with pytest.raises(RuleError, match="not earlier") as early:
        talk.hold(held_on=released - timedelta(days=1))
    with pytest.raises(RuleError, match="once it was held") as late:
        talk.hold(held_on=timezone.localdate() + timedelta(days=1))
    assert {early.value.field, late.value.field} == {"held_on"}

    talk.hold(held_on=released)
    assert talk.fresh().state == State.DISCUSSED


def test_a_talk_is_held_once(talk):
    talk.hold(minutes="The first record.")

    with pytest.raises(RuleError, match="already"):
        talk.hold(minutes="The second.")
    with pytest.raises(RuleError, match="already"):
        plan(talk)
    assert ReviewConversation.objects.get().minutes == "The first record."


def test_too_few_answers_are_talked_about_without_figures():
    talk = talks.insufficient()
    assert talk.review.state == State.INSUFFICIENT

    plan(talk)
    talk.hold()

    found = ReviewConversation.objects.get()
    assert talk.fresh().state == State.DISCUSSED
    assert found.topics == []
    assert "wish" in [one["stage"] for one in found.agenda]
    assert all("topic" not in one for one in found.agenda)


def test_minutes_are_put_right_until_both_sides_agree(talk):
    with pytest.raises(RuleError, match="until you agree"):
        correct(talk, "Too early")
    talk.hold(minutes="Helo")

    correct(talk, " Hello ")

    assert ReviewConversation.objects.get().minutes == "Hello"
    talk.agree(no_action=True)
    with pytest.raises(RuleError, match="until you agree"):
        correct(talk, "Something else")
    assert ReviewConversation.objects.get().minutes == "Hello"


def correct(talk, minutes):
    return conversation.correct_minutes(
        review=talk.review, by=talk.people[Side.SUPPLIER], minutes=minutes
    )
