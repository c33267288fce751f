"""Both sides talk about a result: planned with an agenda, then held. Section 4.5."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from engagements import history
from engagements.errors import RuleError
from engagements.models import (
    Contact,
    ConversationParticipant,
    HealthReview,
    ReviewConversation,
    Side,
    TimelineEntry,
    Visibility,
)
from engagements.reviews.actions.moving import held, move
from engagements.reviews.agenda import LONGEST, Stage, agenda
from engagements.reviews.queries.agreed import (
    TALKED_ABOUT,
    document_of,
    earlier_actions,
)
from engagements.wording import full_day, long_day

State = HealthReview.State
People = Iterable[tuple[Contact, str]]
_TOPICS = (Stage.GAP, Stage.WEAKEST, Stage.BEST)


@dataclass(frozen=True)
class Plan:
    """When and where the sides meet, for how long, and who is expected."""

    planned_at: datetime
    place: str = ""
    minutes: int = LONGEST
    people: tuple[tuple[Contact, str], ...] = ()


@transaction.atomic
def plan_conversation(
    *, review: HealthReview, by: Contact, plan: Plan
) -> ReviewConversation:
    """Plan the talk on a result, or plan it anew; its agenda follows from the result.

    Raises RuleError before the result is there, after the talk, and for a moment that
    has passed.
    """
    row = held(review)
    _check_talked_about(row)
    if plan.planned_at <= timezone.now():
        raise RuleError(_("A conversation is planned for a time ahead."), field="day")
    conversation = _conversation(row, minutes=plan.minutes)
    conversation.planned_at = plan.planned_at
    conversation.place = plan.place
    conversation.planned_by = by
    conversation.save()
    _take_part(conversation, plan.people)
    history.record_event(
        row.relationship,
        kind=TimelineEntry.Kind.REVIEW,
        mark="planned",
        title=_("%(form)s: conversation planned") % {"form": row.get_form_display()},
        visibility=Visibility.SHARED,
        row=row,
        address=conversation.get_absolute_url(),
        people=[person for person, _side in plan.people],
        facts=_when(plan),
    )
    return conversation


def _when(plan: Plan) -> list[str]:
    local = timezone.localtime(plan.planned_at)
    day = full_day(local.date(), timezone.localdate())
    return [f"{day}, {local:%H:%M}", *([plan.place] if plan.place else [])]


@transaction.atomic
def hold(
    *,
    review: HealthReview,
    by: Contact,
    held_on: date,
    people: People,
    minutes: str = "",
) -> ReviewConversation:
    """Record that both sides talked: when, who, what was said.

    The widest gap, the weakest and the best topic are kept with it. Raises RuleError
    for a day before the result or ahead, and where a side was not there.
    """
    row = held(review)
    _check_talked_about(row)
    _check_day(row, held_on)
    taken_part = dict(people)
    _check_both_sides(row, taken_part.values())
    conversation = _conversation(row)
    conversation.held_on = held_on
    conversation.minutes = minutes.strip()
    conversation.recorded_by = by
    conversation.topics = _topics(conversation.agenda)
    conversation.save()
    _take_part(conversation, taken_part.items())
    move(review=row, to=State.DISCUSSED, by=by)
    _tell(conversation, taken_part)
    return conversation


@transaction.atomic
def correct_minutes(
    *, review: HealthReview, by: Contact, minutes: str
) -> ReviewConversation:
    """Put the minutes right, until both sides agree on what follows.

    Raises RuleError before the talk and after that.
    """
    row = held(review)
    if row.state != State.DISCUSSED:
        raise RuleError(_("Minutes are kept from the conversation until you agree."))
    conversation = ReviewConversation.objects.get(review=row)
    conversation.minutes = minutes.strip()
    conversation.recorded_by = by
    conversation.save(update_fields=["minutes", "recorded_by", "updated_at"])
    return conversation


def _check_talked_about(review: HealthReview) -> None:
    if review.state in TALKED_ABOUT:
        return
    if review.state in (State.DISCUSSED, State.AGREED, State.COMPLETED):
        raise RuleError(_("This conversation was held already."))
    raise RuleError(_("The result is not there yet."))


def _check_day(review: HealthReview, day: date) -> None:
    since = review.released_at or review.closed_at
    first = timezone.localdate(since) if since else review.closes_on
    if day < first:
        words = _("The result is there since %(day)s: the conversation is not earlier.")
        raise RuleError(words % {"day": long_day(first)}, field="held_on")
    if day > timezone.localdate():
        raise RuleError(
            _("A conversation is recorded once it was held."), field="held_on"
        )


def _check_both_sides(review: HealthReview, sides: Iterable[str]) -> None:
    there = {str(side) for side in sides}
    for side in Side:
        if side.value not in there:
            name = getattr(review.relationship, side.value).name
            words = _("Name at least one person of %(name)s who took part.")
            raise RuleError(words % {"name": name}, field=f"{side}_people")


def _conversation(
    review: HealthReview, *, minutes: int | None = None
) -> ReviewConversation:
    """The row of a review, its agenda made from the result; as planned if it was."""
    found = ReviewConversation.objects.filter(review=review).first()
    conversation = found or ReviewConversation(review=review)
    if not conversation.agenda or minutes is not None:
        conversation.agenda = agenda(
            document_of(review),
            previous=len(earlier_actions(review)),
            minutes=minutes or LONGEST,
        )
    return conversation


def _take_part(conversation: ReviewConversation, people: People) -> None:
    conversation.participants.all().delete()
    ConversationParticipant.objects.bulk_create(
        ConversationParticipant(conversation=conversation, contact=person, side=side)
        for person, side in dict(people).items()
    )


def _topics(stages: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Widest gap, weakest and best topic, as they stood on the agenda."""
    by_stage = {one["stage"]: one for one in stages}
    if by_stage.get(Stage.GAP, {}).get("also_weakest"):
        by_stage[Stage.WEAKEST] = by_stage[Stage.GAP]
    return [
        {"stage": stage.value, **by_stage[stage]["topic"]}
        for stage in _TOPICS
        if stage in by_stage
    ]


def _tell(conversation: ReviewConversation, people: dict[Contact, str]) -> None:
    """Both sides' timelines say who talked about what; the plan is past."""
    review = conversation.review
    entries = TimelineEntry.objects.filter(object_id=review.pk)
    entries.filter(mark="planned").delete()
    names = list(dict.fromkeys(one["name"] for one in conversation.topics))
    history.record_event(
        review.relationship,
        kind=TimelineEntry.Kind.REVIEW,
        mark=State.DISCUSSED,
        title=_("%(form)s talked about") % {"form": review.get_form_display()},
        visibility=Visibility.SHARED,
        row=review,
        address=conversation.get_absolute_url(),
        people=people,
        facts=[_("Held on %(day)s") % {"day": long_day(_held(conversation))}, *names],
    )


def _held(conversation: ReviewConversation) -> date:
    assert conversation.held_on is not None  # noqa: S101 - written just now
    return conversation.held_on
