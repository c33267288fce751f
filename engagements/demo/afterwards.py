"""What followed from a result of the demo: a talk, agreed actions, what was kept."""

from __future__ import annotations

from datetime import timedelta

from engagements.demo.asked import evening
from engagements.demo.people import World
from engagements.demo.stories import ACTIONS, MINUTES
from engagements.models import (
    Commitment,
    ConversationParticipant,
    HealthReview,
    ReviewAction,
    ReviewConfirmation,
    ReviewConversation,
    Side,
)
from engagements.reviews.actions.moving import move

State = HealthReview.State
# Days from the agreement to the day each action is due.
_DUE = (30, 60, 90)


def talk_and_agree(
    world: World, review: HealthReview, state: str, *, late: int
) -> None:
    """Talk about a released result, agree on actions, keep all but the late ones."""
    _talk(world, review)
    if state == State.DISCUSSED:
        return
    for number, (topic, text, measure) in enumerate(_next_actions()):
        side = list(Side)[number % 2]
        promise = _promise(world, review, side, number, late=number < late)
        promise.text, promise.measure = text, measure
        promise.save()
        ReviewAction.objects.create(
            review=review,
            dimension=topic,
            text=text,
            side=side,
            owner=promise.owner,
            due_on=promise.original_due_on,
            measure=measure,
            proposed_by=promise.owner,
            commitment=promise,
        )
    _agree(world, review)
    if state == State.COMPLETED:
        over = evening(review.agree_by + timedelta(days=_DUE[-1]))
        move(review=review, to=State.COMPLETED, also={"completed_at": over})


def _next_actions() -> list[tuple[str, str, str]]:
    """Three, and others for the next talk."""
    begin = ReviewAction.objects.count()
    return [ACTIONS[(begin + n) % len(ACTIONS)] for n in range(len(_DUE))]


def _talk(world: World, review: HealthReview) -> None:
    conversation = ReviewConversation.objects.create(
        review=review,
        planned_at=evening(review.discuss_by),
        place="The client's site",
        held_on=review.discuss_by,
        minutes=MINUTES,
        planned_by=review.owner,
        recorded_by=review.facilitator or review.owner,
    )
    ConversationParticipant.objects.bulk_create(
        ConversationParticipant(conversation=conversation, contact=person, side=side)
        for side in Side
        for person in world.people[review.relationship_id, side][:2]
    )
    move(review=review, to=State.DISCUSSED, by=review.facilitator or review.owner)


def _promise(
    world: World, review: HealthReview, side: Side, number: int, *, late: bool
) -> Commitment:
    """Done two days early and verified, if its day has come and it is not late."""
    owner = world.people[review.relationship_id, side][0]
    due = review.agree_by + timedelta(days=_DUE[number])
    done_on = due - timedelta(days=2)
    done = not late and done_on < world.today
    return Commitment(
        relationship=review.relationship,
        side=side,
        organisation=owner.organisation,
        visibility="shared",
        origin_kind=Commitment.Origin.REVIEW,
        origin_id=review.pk,
        owner=owner,
        original_due_on=due,
        due_on=due,
        done_at=evening(done_on) if done else None,
        done_on=done_on if done else None,
        verified_at=evening(done_on) if done else None,
        verified_by=world.people[review.relationship_id, side.other][0]
        if done
        else None,
        written_by=owner,
    )


def _agree(world: World, review: HealthReview) -> None:
    for side in Side:
        person = world.people[review.relationship_id, side][0]
        ReviewConfirmation.objects.create(
            review=review,
            purpose=ReviewConfirmation.Purpose.ACTIONS,
            side=side,
            contact=person,
            asked_on=review.agree_by,
            answer=ReviewConfirmation.Answer.YES,
            answered_at=evening(review.agree_by),
            answered_by=person,
        )
    move(review=review, to=State.AGREED)
