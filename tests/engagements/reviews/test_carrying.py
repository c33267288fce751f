"""A review ends when its actions are done, or when the next one takes them over."""

from datetime import timedelta

import pytest
from django.utils import timezone

from engagements.commitments import actions as commitments
from engagements.models import HealthReview, ReviewTransition, Side, standing_of
from engagements.reviews.actions import clock
from engagements.reviews.queries.agreed import earlier_actions
from tests.engagements.reviews import talks, waves

pytestmark = pytest.mark.django_db
State = HealthReview.State


@pytest.fixture
def agreed():
    """A review with two agreed actions, one of each side."""
    talk = talks.released()
    talk.hold()
    actions = [talk.propose(side, text=f"Of the {side.value}") for side in Side]
    talk.agree()
    for action in actions:
        action.refresh_from_db()
    return talk, actions


def by(action):
    return standing_of(action.owner.user)


def finish(action):
    promise = action.commitment
    commitments.finish(by=by(action), commitment=promise, done_on=timezone.localdate())


def let_go(action):
    for side in Side:
        commitments.let_go(
            by=by(action), commitment=action.commitment, side=side, reason="Not needed"
        )


def next_wave(talk, **values):
    opens_on = timezone.localdate() + timedelta(days=values.pop("days", 0))
    return waves.open_wave(
        talk.relationship, opens_on=opens_on, client=2, supplier=2, **values
    )


def test_all_done_or_let_go_completes_a_review(agreed):
    talk, (first, second) = agreed
    finish(first)
    clock.begin_day(timezone.now())
    assert talk.fresh().state == State.AGREED

    let_go(second)
    clock.begin_day(timezone.now())
    clock.begin_day(timezone.now())

    assert talk.fresh().state == State.COMPLETED
    assert talk.review.completed_at is not None
    step = ReviewTransition.objects.get(to_state=State.COMPLETED)
    assert step.by is None


def test_let_go_by_one_side_alone_completes_nothing(agreed):
    talk, (first, second) = agreed
    finish(first)
    commitments.let_go(
        by=by(second), commitment=second.commitment, side=Side.CLIENT, reason="No"
    )

    clock.begin_day(timezone.now())

    assert talk.fresh().state == State.AGREED


def test_agreed_without_any_action_is_complete():
    talk = talks.released()
    talk.hold()
    talk.agree(no_action=True)

    clock.begin_day(timezone.now())

    assert talk.fresh().state == State.COMPLETED


def test_the_next_review_takes_over_what_is_open_and_ends_the_last(agreed):
    talk, (done, still_open) = agreed
    finish(done)

    following = next_wave(talk)

    assert talk.fresh().state == State.COMPLETED
    done.refresh_from_db()
    still_open.refresh_from_db()
    assert done.carried_to is None
    assert still_open.carried_to == following
    assert still_open.commitment.cancelled_at is None
    # Both are looked at first in the next talk: how it went, and what is open.
    assert set(earlier_actions(following)) == {done, still_open}


def test_what_was_carried_once_is_carried_on(agreed):
    talk, (first, _second) = agreed
    second = next_wave(talk)
    HealthReview.objects.filter(pk=second.pk).update(state=State.CLOSED)
    HealthReview.objects.filter(pk=second.pk).update(state=State.INSUFFICIENT)

    third = next_wave(talk, days=90)

    first.refresh_from_db()
    assert first.carried_to == third
    assert first in earlier_actions(third)


def test_a_review_nobody_agreed_on_stays_as_it_is(agreed):
    talk = talks.released()
    talk.hold()

    next_wave(talk)

    assert talk.fresh().state == State.DISCUSSED


def test_another_relationship_keeps_its_own(agreed):
    talk, (first, _second) = agreed
    other = talks.released()

    next_wave(other)

    first.refresh_from_db()
    assert talk.fresh().state == State.AGREED
    assert first.carried_to is None
    assert earlier_actions(other.review) == []


def test_the_agenda_begins_with_what_was_agreed_before(agreed):
    talk, _actions = agreed
    following = talks.released(
        relationship=talk.relationship,
        people=talk.people,
        opens_on=talks.weeks_ago(3),
    )

    following.hold()

    assert following.review.conversation.agenda[0]["stage"] == "previous"
    page = following.browser(Side.CLIENT).get(
        f"/reviews/{following.review.pk}/conversation/"
    )
    assert "Of the supplier" in page.content.decode()
