"""The demo's health reviews: set up as rows, then opened, answered and closed as real
ones are, so that every result is one the application computed.
"""

from __future__ import annotations

from collections.abc import Container
from datetime import timedelta
from random import Random

from django.utils import timezone

from engagements.demo.afterwards import talk_and_agree
from engagements.demo.asked import Setting, answer, evening, morning, set_up
from engagements.demo.people import World, fill, organisation
from engagements.demo.stories import CALLED_OFF, STORIES, Chapter, Story, chapters
from engagements.models import (
    Contact,
    HealthReview,
    Relationship,
    Side,
    TimelineEntry,
)
from engagements.parties.calendars import joint_calendar
from engagements.parties.working_days import JointCalendar
from engagements.reviews import calendar
from engagements.reviews.actions import asking, releasing
from engagements.reviews.actions.moving import move
from engagements.reviews.calendar import Wave
from engagements.reviews.figures import refresh_health
from engagements.reviews.instrument.library import supplied

State, Form = HealthReview.State, HealthReview.Form
# Working days from today to the opening of what is not over yet.
_OPENS = {
    State.OPEN: -3,
    State.SCHEDULED: 4,
    State.DRAFT: 8,
    State.CANCELLED: 6,
    State.CLOSED: -calendar.WINDOW - 1,
    State.EXTENDED: -calendar.WINDOW - 1,
}
_PULSE_OPENED = -calendar.WINDOW - 2
_FACILITATOR = ("Larkrise Facilitation", "Ruth Adeyemi", "Facilitator")
_MOST_SLOTS = 40


def add_people(world: World) -> Contact:
    """Enough people to be asked, and a neutral facilitator; before anything is stored.

    Returns the facilitator.
    """
    for rank, relationship in enumerate(world.relationships):
        if rank in STORIES:
            for side in Side:
                place = getattr(relationship, side.value)
                fill(
                    world, place, world.of_organisation[place.pk], STORIES[rank].people
                )
    name, person, title = _FACILITATOR
    place = organisation(name, "GB", kept_by=world.host, claimed=None)
    place.change_set = world.change_set
    contact = Contact(
        organisation=place, name=person, email="ruth@larkrise.example", job_title=title
    )
    world.organisations.append(place)
    world.contacts.append(contact)
    return contact


def write_reviews(
    world: World, facilitator: Contact, *, seed: int, told_of: Container[int]
) -> int:
    """Write the stories of the relationships of these ranks; returns the waves."""
    drawn = Random(seed)  # noqa: S311 - a demo wants the same world, not a secret
    setting = Setting(world, drawn, supplied(), facilitator)
    there = range(len(world.relationships))
    told = [rank for rank in STORIES if rank in there and rank in told_of]
    written = sum(
        _tell(setting, world.relationships[rank], STORIES[rank]) for rank in told
    )
    refresh_health([world.relationships[rank].pk for rank in told], world.today)
    return written


def _tell(setting: Setting, relationship: Relationship, story: Story) -> int:
    both = joint_calendar(relationship.client, relationship.supplier)
    found = list(chapters(story))
    days = _days(setting.world, relationship, story, both)
    # A young relationship has had fewer of them.
    pairs = list(zip(found[-len(days) :], days, strict=True))
    for chapter, wave in pairs:
        _wave(setting, relationship, story, chapter, wave)
    return len(pairs)


def _days(
    world: World, relationship: Relationship, story: Story, both: JointCalendar
) -> list[Wave]:
    """The days of a story's waves, on slots of the relationship's calendar."""
    if story.state in _OPENS:
        opens = both.add(world.today, _OPENS[State(story.state)])
        return [calendar.wave_of(opens, story.form, both)]
    passed = _passed(world, relationship, story.form, both)
    last = len(passed) - story.missed
    found = passed[max(last - len(story.client), 0) : last]
    if story.pulse is not None:
        opens = both.add(world.today, _PULSE_OPENED)
        found.append(calendar.wave_of(opens, Form.PULSE, both))
    return found


def _passed(
    world: World, relationship: Relationship, form: str, both: JointCalendar
) -> list[Wave]:
    """All waves of the calendar that are over, what was agreed included."""
    anchor, segment = relationship.started_on, relationship.segment
    step = max(calendar.CADENCES[segment].full_every, 1)
    slots = (
        calendar.wave(anchor, segment, number, both).slot_on
        for number in range(step, _MOST_SLOTS, step)
    )
    waves = (calendar.wave_of(slot, form, both) for slot in slots)
    return [one for one in waves if one.agree_by < world.today]


def _wave(
    setting: Setting,
    relationship: Relationship,
    story: Story,
    chapter: Chapter,
    wave: Wave,
) -> None:
    """One wave, as far as its story goes."""
    review = set_up(setting, relationship, story, chapter, wave)
    if chapter.state == State.CANCELLED:
        said = {"cancelled_reason": CALLED_OFF}
        move(
            review=review,
            to=State.CANCELLED,
            by=review.owner,
            reason=CALLED_OFF,
            also=said,
        )
    if chapter.state in {State.DRAFT, State.SCHEDULED, State.CANCELLED}:
        return
    asking.open_review(review=review, now=morning(wave.opens_on))
    review.refresh_from_db()
    answer(setting, review, story, chapter)
    if chapter.state != State.OPEN:
        _close(setting, review, chapter)
        if review.is_published and chapter.state != State.RELEASED:
            talk_and_agree(setting.world, review, chapter.state, late=chapter.late)
    _date_events(review)


def _close(setting: Setting, review: HealthReview, chapter: Chapter) -> None:
    """The clock goes on as far as the story does, and releases what may be."""
    while review.is_asking and review.state != chapter.state:
        assert review.closes_at is not None  # noqa: S101 - it was opened
        asking.end_asking(review=review, now=review.closes_at + timedelta(minutes=1))
        review.refresh_from_db()
    if review.state == State.CLOSED != chapter.state:
        releasing.release_review(
            review=review, now=morning(review.publish_by), by=setting.facilitator
        )
        review.refresh_from_db()


def _date_events(review: HealthReview) -> None:
    """The timeline tells when it happened, not when the demo was written."""
    events = TimelineEntry.objects.filter(object_id=review.pk)
    opened = review.opened_at or timezone.now()
    ended = review.released_at or review.closed_at or opened
    for mark, at in (
        (State.OPEN, opened),
        (State.EXTENDED, review.extended_at or ended),
        (State.INSUFFICIENT, ended),
        (State.RELEASED, ended),
        (State.DISCUSSED, evening(review.discuss_by)),
        (State.AGREED, evening(review.agree_by)),
    ):
        events.filter(mark=mark).update(at=min(at, timezone.now()))
