"""The demo's conversations, steps, promises and planned meetings."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta

from engagements.demo import names
from engagements.demo.people import World
from engagements.models import (
    Commitment,
    Contact,
    Interaction,
    InteractionParticipant,
    Meeting,
    MeetingParticipant,
    Relationship,
    RelationshipSide,
    Side,
    Step,
    TimelineEntry,
)

HISTORY_DAYS = 3 * 365
TOPICS = tuple(names.SAID)
KINDS = ["call", "call", "email", "meeting", "visit", "note"]


@dataclass(frozen=True)
class Spoken:
    """One conversation as the rows it consists of."""

    interaction: Interaction
    participants: list[InteractionParticipant]
    entry: TimelineEntry


def conversations(world: World, count: int) -> Iterator[Spoken]:
    """Three years of conversations, more of them where the work is larger.

    Their rows name others by id: there are hundreds of thousands of them.
    """
    acted = _acted_sides(world)
    total = len(world.relationships)
    for number in range(count):
        # A triangle: the first relationships are spoken to most.
        place = min(int(total * world.random.random() ** 1.6), total - 1)
        relationship = world.relationships[place]
        side = world.random.choice(acted[relationship.pk])
        yield _conversation(world, relationship, side, _day(world, place, number))


def _acted_sides(world: World) -> dict:
    acted: dict = {}
    for row in world.sides:
        if row.acted_by_id:
            acted.setdefault(row.relationship_id, []).append(row)
    return acted


def _day(world: World, place: int, number: int) -> int:
    """How many days ago; every eighth relationship has fallen silent."""
    days = world.random.randint(0, HISTORY_DAYS)
    quiet = 47 + place if place % 8 == 1 else 0
    return max(days, quiet) + (1 if number % 11 == 0 else 0)


def _conversation(
    world: World, relationship: Relationship, side: RelationshipSide, days: int
) -> Spoken:
    mine, theirs = Side(side.side), Side(side.side).other
    own = world.people[relationship.pk, mine]
    others = world.people[relationship.pk, theirs]
    writer, other = own[0], others[world.random.randrange(min(len(others), 3))]
    topic = world.random.choice(TOPICS)
    kind = world.random.choice(KINDS)
    at = min(world.moment(world.ago(days)), world.moment(world.ago(0)))
    shared = kind != "note" and world.random.random() < 0.35
    interaction = Interaction(
        relationship_id=relationship.pk,
        side=side.side,
        organisation_id=side.organisation_id,
        visibility="shared" if shared else "internal",
        kind=kind,
        topic=topic,
        tone=world.random.choice([None, -1, 0, 0, 1, 1, 2]),
        text=said(world, topic),
        happened_at=at,
        minutes=world.random.choice([None, 10, 20, 45]),
        written_by_id=writer.pk,
        shared_at=at if shared else None,
        shared_by_id=writer.pk if shared else None,
        change_set_id=world.change_set.pk,
    )
    people = [writer] if kind == "note" else [writer, other]
    return Spoken(
        interaction,
        [
            InteractionParticipant(
                interaction_id=interaction.pk,
                contact_id=person.pk,
                side=mine if person is writer else theirs,
            )
            for person in people
        ],
        _entry(interaction, people),
    )


def _entry(interaction: Interaction, people: list[Contact]) -> TimelineEntry:
    return TimelineEntry(
        relationship_id=interaction.relationship_id,
        kind=TimelineEntry.Kind.INTERACTION,
        mark=interaction.kind,
        at=interaction.happened_at,
        organisation_id=interaction.organisation_id,
        visibility=interaction.visibility,
        object_id=interaction.pk,
        address=f"/interactions/{interaction.pk}/",
        title=str(Interaction.Kind(interaction.kind).label),
        people=", ".join(person.name for person in people),
        text=interaction.text,
    )


def said(world: World, topic: str) -> str:
    """One or two sentences about a topic."""
    chosen = world.random.sample(names.SAID[topic], world.random.choice([1, 1, 2]))
    thing, place = world.random.choice(names.THINGS), world.random.choice(names.PLACES)
    text = " ".join(chosen).format(thing=thing, place=place)
    return text[0].upper() + text[1:]


def promises(world: World) -> list[Commitment]:
    """Promises of both sides: kept, late, verified, not yet due."""
    rows = []
    for rank, relationship in enumerate(world.relationships):
        for number in range(4 if rank < 24 else 2):
            side = list(Side)[(rank + number) % 2]
            rows.append(_promise(world, relationship, side, rank + number))
    return rows


def _promise(
    world: World, relationship: Relationship, side: Side, number: int
) -> Commitment:
    owner = world.people[relationship.pk, side][0]
    text, measure = names.PROMISES[number % len(names.PROMISES)]
    place = world.random.choice(names.PLACES)
    thing = world.random.choice(names.THINGS)
    due = world.today + timedelta(days=world.random.randint(-160, 60))
    late = number % 6 == 2
    done = due < world.today and number % 3 != 1
    done_on = min(due + timedelta(days=9 if late else -1), world.today)
    return Commitment(
        relationship=relationship,
        side=side,
        organisation=owner.organisation,
        visibility="shared",
        origin_kind=Commitment.Origin.DIRECT,
        owner=owner,
        text=text.format(place=place, thing=thing),
        measure=measure,
        original_due_on=due,
        due_on=due,
        done_at=world.moment(done_on) if done else None,
        done_on=done_on if done else None,
        verified_at=world.moment(done_on) if done and number % 4 == 0 else None,
        verified_by=world.people[relationship.pk, side.other][0]
        if done and number % 4 == 0
        else None,
        written_by=owner,
    )


def steps(world: World) -> list[Step]:
    """One's own next steps; a few relationships have none."""
    return [
        Step(
            relationship=row.relationship,
            organisation=row.organisation,
            owner=row.owner,
            text=world.random.choice(names.STEPS).format(
                thing=world.random.choice(names.THINGS),
                place=world.random.choice(names.PLACES),
            ),
            due_on=world.today + timedelta(days=world.random.randint(-6, 25)),
            written_by=row.owner,
        )
        for number, row in enumerate(world.sides)
        if row.acted_by_id and number % 5 != 3
    ]


def meetings(world: World) -> tuple[list[Meeting], list[MeetingParticipant]]:
    """A planned meeting for every third acted side."""
    rows, people = [], []
    for row in [row for row in world.sides if row.acted_by_id][::3]:
        relationship, side = row.relationship, Side(row.side)
        meeting = Meeting(
            relationship=relationship,
            side=side,
            organisation=row.organisation,
            visibility="shared",
            title="Monthly service meeting",
            starts_at=world.moment(
                world.today + timedelta(days=world.random.randint(2, 40))
            ),
            place="Their site",
            agenda=world.random.choice(names.AGENDAS),
            recurrence="monthly",
            planned_by=row.owner,
        )
        rows.append(meeting)
        people += [
            MeetingParticipant(meeting=meeting, contact=person, side=which)
            for which in (side, side.other)
            for person in world.people[relationship.pk, which][:1]
        ]
    return rows, people
