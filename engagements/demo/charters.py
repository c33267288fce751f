"""What the demo's first relationships want: charters, mirrors and goals."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

from engagements.charters.states import ask_from, holds_for
from engagements.demo.people import World
from engagements.models import (
    Charter,
    CharterAcceptance,
    Contact,
    Goal,
    GoalValue,
    Mirror,
    MirrorAsk,
    MirrorPart,
    Relationship,
    Side,
    TimelineEntry,
)

State = Charter.State
PURPOSE = (
    "Plant that nobody has to think about: the client's people do their own work, and "
    "both sides learn from every fault."
)
VALUES = "Honesty before comfort\nSafety first\nNo surprises"
PRINCIPLES = (
    "We ring before we write.\n"
    "Bad news travels the same day, in both directions.\n"
    "We look for causes, not for names.\n"
    "Nobody signs for the other side."
)
GOALS = (
    ("Fewer call-outs at night", "Both desks' lists, per month", 40, "call-outs", 200),
    (
        "Remote readings on every site",
        "Sites that report by themselves",
        12,
        "sites",
        90,
    ),
    ("One list of plant", "Items both sides hold alike", 300, "items", -20),
)
BROUGHT = ((12, 70), (9, 30))
WORDS = {
    Side.CLIENT: {
        "values": ["safety", "care", "openness", "honesty"],
        "abilities": ["planning", "knowledge", "crisis"],
        "guessed_values": ["thrift", "reliability", "pace"],
        "guessed_abilities": ["skill", "crisis", "figures"],
    },
    Side.SUPPLIER: {
        "values": ["reliability", "honesty", "safety", "quality"],
        "abilities": ["skill", "listening", "crisis"],
        "guessed_values": ["safety", "care", "pace"],
        "guessed_abilities": ["knowledge", "decisions"],
    },
}


# Days since a charter was accepted: one has lapsed, one is to be confirmed.
_AGO = (400, 345)


def write_charters(world: World) -> None:
    """One in force with goals and a mirror, one proposed, one lapsed, one to confirm,
    one mirror half written."""
    for relationship in world.relationships[:1]:
        _accepted(world, relationship, ago=120)
        _goals(world, relationship)
        _mirror(world, relationship, both=True)
    for relationship in world.relationships[1:2]:
        _proposed(world, relationship)
        _mirror(world, relationship, both=False)
    for relationship, ago in zip(world.relationships[2:], _AGO, strict=False):
        _accepted(world, relationship, ago=ago)


def _speaks(world: World, relationship: Relationship, side: Side) -> Contact:
    return world.people[relationship.pk, side][0]


def _charter(world: World, relationship: Relationship, **values: object) -> Charter:
    writer = _speaks(world, relationship, Side.CLIENT)
    return Charter.objects.create(
        relationship=relationship,
        organisation=writer.organisation,
        side=Side.CLIENT,
        written_by=writer,
        purpose=PURPOSE,
        values=VALUES,
        principles=PRINCIPLES,
        **values,
    )


def _ask(world: World, charter: Charter, round_: int, on: date, *yes: Side) -> None:
    for side in Side:
        said = side in yes
        CharterAcceptance.objects.create(
            charter=charter,
            side=side,
            round=round_,
            contact=_speaks(world, charter.relationship, side),
            asked_on=on,
            answer="yes" if said else "",
            answered_on=on + timedelta(days=2) if said else None,
        )


def _accepted(world: World, relationship: Relationship, *, ago: int) -> None:
    """Accepted so long ago; of one whose day has come, the client has answered."""
    day = world.ago(ago)
    until = holds_for(day)
    charter = _charter(
        world,
        relationship,
        state=State.ACCEPTED,
        number=1,
        proposed_on=day - timedelta(days=2),
        accepted_on=day,
        holds_until=until,
    )
    _ask(world, charter, 1, day - timedelta(days=2), *Side)
    asked = ask_from(until)
    said = [Side.CLIENT] if asked < world.today else []
    _ask(world, charter, 2, asked, *said)
    TimelineEntry.objects.create(
        relationship=relationship,
        kind=TimelineEntry.Kind.CHARTER,
        mark="accepted",
        at=world.moment(day),
        visibility="shared",
        object_id=charter.pk,
        address=charter.get_absolute_url(),
        title="Charter accepted by both sides, version 1",
    )


def _proposed(world: World, relationship: Relationship) -> None:
    day = world.ago(3)
    charter = _charter(world, relationship, state=State.PROPOSED, proposed_on=day)
    _ask(world, charter, 1, day, Side.CLIENT)


def _goals(world: World, relationship: Relationship) -> None:
    client, supplier = (_speaks(world, relationship, side) for side in Side)
    for title, measure, expected, unit, days in GOALS:
        goal = Goal.objects.create(
            relationship=relationship,
            title=title,
            measure=measure,
            unit=unit,
            expected=Decimal(expected),
            due_on=world.today + timedelta(days=days),
            client_owner=client,
            supplier_owner=supplier,
            organisation=client.organisation,
            written_by=client,
        )
        if title != GOALS[0][0]:
            continue
        for (amount, ago), side in zip(BROUGHT, Side, strict=True):
            GoalValue.objects.create(
                goal=goal,
                amount=Decimal(amount),
                on=world.ago(ago),
                note="Both desks' lists compared",
                side=side,
                written_by=_speaks(world, relationship, side),
            )


def _mirror(world: World, relationship: Relationship, *, both: bool) -> None:
    """Of a half-written one the client has its part."""
    day = world.moment(world.ago(100)) if both else None
    mirror = Mirror.objects.create(relationship=relationship, revealed_at=day)
    for side in Side if both else [Side.CLIENT]:
        writer = _speaks(world, relationship, side)
        MirrorPart.objects.create(
            mirror=mirror,
            side=side,
            organisation=writer.organisation,
            written_by=writer,
            **WORDS[side],
        )
    if not both:
        MirrorAsk.objects.create(
            mirror=mirror,
            side=Side.SUPPLIER,
            contact=_speaks(world, relationship, Side.SUPPLIER),
            asked_on=world.today,
        )
