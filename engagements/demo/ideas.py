"""Ideas of the demo, in every state, from both sides of its first relationships."""

from __future__ import annotations

from datetime import timedelta

from engagements.demo.asked import morning
from engagements.demo.people import World
from engagements.models import Idea, Relationship, Side, TimelineEntry
from engagements.relationships.figures import refresh_ideas

# Title, what it would change, from whom, days ago, days to the answer, state, reason.
_STORIES = (
    (
        "Show both desks the same list of plant",
        "Nobody would read numbers over the telephone at night.",
        Side.SUPPLIER,
        160,
        9,
        "kept",
        "Half our calls are about the list.",
    ),
    (
        "Walk the sites together once a quarter",
        "",
        Side.CLIENT,
        120,
        4,
        "stopped",
        "Worth a look.",
    ),
    (
        "Order filters for a whole year at once",
        "Six deliveries instead of forty.",
        Side.SUPPLIER,
        90,
        21,
        "declined",
        "There is no dry room to store them in.",
    ),
    (
        "Let the night team book the lift itself",
        "",
        Side.CLIENT,
        50,
        3,
        "tried",
        "From the next rota on.",
    ),
    (
        "Send readings straight to the ward",
        "The ward would see a warm fridge before we do.",
        Side.SUPPLIER,
        30,
        12,
        "later",
        "After the new network is in.",
    ),
    ("One telephone number for both desks", "", Side.SUPPLIER, 16, None, "open", ""),
)


def write_ideas(world: World) -> None:
    """All on the first relationship; what they told people was told then."""
    for relationship in world.relationships[:1]:
        for story in _STORIES:
            _write(world, relationship, story)
        refresh_ideas([relationship.pk])


def _write(world: World, relationship: Relationship, story: tuple) -> None:
    title, text, side, ago, days, state, reason = story
    people = {one: world.people[relationship.pk, one][0] for one in Side}
    given = world.ago(ago)
    answered = given + timedelta(days=days) if days is not None else None
    idea = Idea.objects.create(
        relationship=relationship,
        side=side,
        title=title,
        text=text,
        given_by=people[side],
        given_on=given,
        asked=people[side.other],
        asked_on=given,
        state="open" if state in Idea.TRIED else state,
        reason=reason,
        answered_on=answered,
        later_until=world.today + timedelta(days=40) if state == "later" else None,
    )
    if state in Idea.TRIED:
        _try(idea, state)
    TimelineEntry.objects.create(
        relationship=relationship,
        kind=TimelineEntry.Kind.IDEA,
        mark="given",
        object_id=idea.pk,
        at=morning(given),
        title=f"Idea: {title}",
        address=idea.get_absolute_url(),
        visibility="shared",
    )


def _try(idea: Idea, state: str) -> None:
    assert idea.answered_on is not None  # noqa: S101 - only such come here
    idea.state = state
    idea.try_from = idea.answered_on + timedelta(days=7)
    idea.try_owner = idea.asked
    if state in _OUTCOMES:
        idea.outcome = _OUTCOMES[state]
        idea.ended_on = idea.try_from + timedelta(days=40)
    idea.save()


_OUTCOMES = {
    "kept": "Both desks read one list; calls at night are half of what they were.",
    "stopped": "Two of four walks fell out; the monthly meeting does it better.",
}
