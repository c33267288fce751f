"""Who is asked in a wave of the demo, that both sides confirmed it, what is said."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time
from random import Random
from uuid import UUID

from engagements.demo.opinions import answers, words
from engagements.demo.people import World, fill
from engagements.demo.stories import Chapter, Story
from engagements.models import (
    Contact,
    HealthReview,
    InstrumentVersion,
    OpenResponse,
    Rater,
    Relationship,
    ReviewConfirmation,
    Side,
    TeamRole,
)
from engagements.reviews.actions.answering import asked_of
from engagements.reviews.budget import SPACE, YEAR
from engagements.reviews.calendar import Wave
from engagements.reviews.instrument.library import content_of
from engagements.reviews.responses import key_of
from engagements.reviews.seats import group_of

Form, Mode, State = HealthReview.Form, HealthReview.Mode, HealthReview.State
# Of the six a year, those left over are for whoever looks around.
_MOST = 4
_GROUPS = (Rater.Group.LEAD, Rater.Group.OPS, Rater.Group.COMMERCIAL)


@dataclass
class Setting:
    """What all waves of the demo share; `drawn` is apart from the world's chance."""

    world: World
    drawn: Random
    instrument: InstrumentVersion
    facilitator: Contact
    # Who sat on a side last time, and the days each person is asked on.
    seated: dict[tuple[UUID, str], list[Contact]] = field(default_factory=dict)
    asked_on: dict[UUID, list[date]] = field(default_factory=dict)

    def may_ask(self, person: Contact, on: date) -> bool:
        """Well within the contact budget, whatever is told before or after."""
        days = [abs(on - day) for day in self.asked_on.get(person.pk, ())]
        return all(apart > SPACE for apart in days) and (
            sum(apart < YEAR for apart in days) < _MOST
        )


def set_up(
    setting: Setting,
    relationship: Relationship,
    story: Story,
    chapter: Chapter,
    wave: Wave,
) -> HealthReview:
    """A review with its people, confirmed by both sides; by one while it is a draft."""
    world = setting.world
    draft = chapter.state == State.DRAFT
    side = next(one for one in Side if _acts(world, relationship, one))
    review = HealthReview.objects.create(
        relationship=relationship,
        state=State.DRAFT if draft else State.SCHEDULED,
        cause=HealthReview.Cause.BY_HAND,
        set_up_at=morning(min(wave.prepare_on, world.today)),
        owner=world.people[relationship.pk, side][0],
        owner_side=side,
        facilitator=setting.facilitator if wave.form == Form.FULL else None,
        instrument=setting.instrument,
        mode=Mode.NAMED if wave.form == Form.CHECK_IN else Mode.CONFIDENTIAL,
        **vars(wave),
    )
    for one in Side:
        _name_people(setting, review, one, story.people)
        _confirm(world, review, one, said=one is side or not draft)
    return review


def _acts(world: World, relationship: Relationship, side: Side) -> bool:
    return getattr(relationship, side.value) in (world.host, world.partner)


def _name_people(
    setting: Setting, review: HealthReview, side: Side, count: int
) -> None:
    """The people of last time, else who speaks for the side, else colleagues who are
    not asked elsewhere around then."""
    world, seat = setting.world, (review.relationship_id, side.value)
    colleagues = world.of_organisation[getattr(review.relationship, f"{side.value}_id")]
    known = [*setting.seated.get(seat, ()), *world.people[seat[0], side], *colleagues]
    free = [
        one for one in dict.fromkeys(known) if setting.may_ask(one, review.opens_on)
    ]
    while len(free) < count:
        place = getattr(review.relationship, side.value)
        fill(world, place, colleagues, len(colleagues) + 1)
        colleagues[-1].save()
        free.append(colleagues[-1])
    setting.seated[seat] = free[:count]
    for person in free[:count]:
        setting.asked_on.setdefault(person.pk, []).append(review.opens_on)
    roles = _roles(review, side)
    Rater.objects.bulk_create(
        Rater(
            review=review,
            side=side,
            contact=person,
            group=group_of(roles[person.pk])
            if person.pk in roles
            else _GROUPS[number % 3],
        )
        for number, person in enumerate(free[:count])
    )


def _roles(review: HealthReview, side: Side) -> dict[UUID, list[str]]:
    """As what the people of the team speak for the side."""
    rows = TeamRole.objects.filter(relationship=review.relationship_id, side=side)
    found: dict[UUID, list[str]] = {}
    for person, role in rows.order_by().values_list("contact_id", "role"):
        found.setdefault(person, []).append(role)
    return found


def _confirm(world: World, review: HealthReview, side: Side, *, said: bool) -> None:
    person = world.people[review.relationship_id, side][0]
    on = min(review.prepare_on, world.today)
    ReviewConfirmation.objects.create(
        review=review,
        purpose=ReviewConfirmation.Purpose.RATERS,
        side=side,
        contact=person,
        asked_on=on,
        answer=ReviewConfirmation.Answer.YES if said else "",
        answered_at=morning(on) if said else None,
        answered_by=person if said else None,
    )


def answer(
    setting: Setting, review: HealthReview, story: Story, chapter: Chapter
) -> None:
    """Everybody answers, but for who is silent; one still may while it is open."""
    # While it asks, one person of the supplier is still to answer.
    waiting = (0, 1) if chapter.state == State.OPEN else (0, 0)
    rows: list[OpenResponse] = []
    for index, side in enumerate(Side):
        people = list(review.raters.filter(side=side).order_by("created_at", "pk"))
        count = len(people) - chapter.silent[index] - waiting[index]
        rows += _responses(setting, review, story, chapter, people[:count])
    OpenResponse.objects.bulk_create(rows)


def _responses(
    setting: Setting,
    review: HealthReview,
    story: Story,
    chapter: Chapter,
    people: list[Rater],
) -> Iterator[OpenResponse]:
    assert review.instrument is not None  # noqa: S101 - set up just now
    content, asked = content_of(review.instrument), asked_of(review)
    said: set[str] = set()
    for place, rater in enumerate(people):
        index = list(Side).index(Side(rater.side))
        blind = chapter.blind if rater.side == Side.CLIENT else {}
        yield OpenResponse(
            key=key_of(review.secret, rater),
            review=review,
            side=rater.side,
            group=rater.group,
            answers=answers(
                setting.drawn,
                content,
                asked,
                chapter.levels[index],
                {name: both[index] for name, both in story.apart.items()},
                people=story.people,
                blind=[name for name, count in blind.items() if place < count],
            ),
            words=words(setting.drawn, asked, said),
            sent=True,
            consented=review.is_named,
        )


def morning(day: date) -> datetime:
    """Early on a day."""
    return datetime.combine(day, time(6), tzinfo=UTC)


def evening(day: date) -> datetime:
    """Late on a day."""
    return datetime.combine(day, time(16), tzinfo=UTC)
