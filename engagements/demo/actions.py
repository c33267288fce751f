"""Write the demo's world in few statements; take it away in one act."""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator
from datetime import date
from itertools import islice
from random import Random

from django.db import models, transaction
from django.utils import timezone

from accounts.models import User
from engagements.contracts.figures import compute_all, refresh_sides
from engagements.demo import contracts as papers
from engagements.demo import conversations, names, reviews
from engagements.demo.boards import write_board
from engagements.demo.charters import write_charters
from engagements.demo.ideas import write_ideas
from engagements.demo.people import (
    PERSONAS,
    World,
    add_personas,
    add_relationships,
    organisation,
)
from engagements.demo.problems import write_issues
from engagements.demo.readings import write_readings
from engagements.demo.told import as_told_then
from engagements.demo.writing import keep_at_hand, write_many
from engagements.models import (
    Amendment,
    ChangeSet,
    Commitment,
    Contact,
    Contract,
    Interaction,
    InteractionParticipant,
    KeyDate,
    Meeting,
    MeetingParticipant,
    Membership,
    Organisation,
    Relationship,
    RelationshipSide,
    SearchEntry,
    SearchToken,
    Step,
    TeamRole,
    TimelineEntry,
)
from engagements.relationships.figures import refresh_contacts, refresh_promises
from engagements.relationships.guarding import refresh_guards
from engagements.reviews.actions import plan_event_pulses, plan_reviews
from engagements.reviews.figures import refresh_health
from engagements.search import name_key, tokens

DEMO_PASSWORD = "look around"  # noqa: S105 - printed beside the sign-in it opens
REVIEWED = range(40)
_BATCH = 2_000
_CHUNK = 10_000


def address(name: str) -> str:
    """The e-mail address a demo person signs in with: dan@tarnmoor.example."""
    place = next(place for place, person, _title, _role in PERSONAS if person == name)
    first, domain = name.split(" ")[0], place.split(" ")[0]
    return f"{name_key(first)}@{name_key(domain)}.example"


@transaction.atomic
def seed_demo(
    *,
    relationships: int,
    interactions: int,
    contracts: int,
    seed: int,
    today: date,
    reviewed: Container[int] = REVIEWED,
    board: bool = True,
) -> dict[str, int]:
    """Write the demo; returns how many rows of each kind it has.

    Relationships of these ranks have had health reviews, as their stories say; without
    a `board` the host has no advisory board.
    """
    keep_at_hand()
    world = _world(seed, today)
    add_personas(world, _users())
    add_relationships(world, relationships)
    facilitator = reviews.add_people(world)
    for model, rows in (
        (Organisation, world.organisations),
        (Contact, world.contacts),
        (Membership, world.memberships),
        (Relationship, world.relationships),
        (RelationshipSide, world.sides),
        (TeamRole, world.team),
    ):
        _write(model, rows)
    _write_contracts(world, contracts)
    _write_conversations(world, interactions)
    waves = reviews.write_reviews(world, facilitator, seed=seed, told_of=reviewed)
    as_told_then(world)
    _write_beside_reviews(world, seed, board=board)
    _refresh(today)
    _write_search(world)
    return {
        "organisations": len(world.organisations) + 2,
        "relationships": len(world.relationships),
        "contracts": contracts,
        "interactions": interactions,
        "reviews": waves,
    }


def _refresh(today: date) -> None:
    refresh_promises(None)
    # A severe issue caps what the reviews said.
    refresh_health(None, today)
    plan_reviews(None, today)
    plan_event_pulses(None, today)
    refresh_guards(today)


def _write_beside_reviews(world: World, seed: int, *, board: bool) -> None:
    write_readings(world, seed=seed)
    write_issues(world)
    write_charters(world)
    if board:
        write_board(world)
    write_ideas(world)


def _world(seed: int, today: date) -> World:
    now = timezone.now()
    host = organisation(names.HOST, "GB", kept_by=None, claimed=now)
    host.usual_side = "supplier"
    partner = organisation(names.PARTNER, "GB", kept_by=None, claimed=now)
    _write(Organisation, [host, partner])
    change_set = ChangeSet.objects.create(
        kind=ChangeSet.Kind.DEMO, organisation=host, summary={"seed": seed}
    )
    drawn = Random(seed)  # noqa: S311 - a demo wants the same world, not a secret
    return World(drawn, today, change_set, host, partner)


def _users() -> dict[str, User]:
    return {
        name: User.objects.create_user(
            address(name), DEMO_PASSWORD, name=name, time_zone="Europe/London"
        )
        for _place, name, _title, _role in PERSONAS
    }


def _write(model: type[models.Model], rows: Iterable) -> None:
    model._default_manager.bulk_create(rows, batch_size=_BATCH)


def _write_contracts(world: World, count: int) -> None:
    rows = papers.draw(world, count)
    amendments, dates = papers.details(world, rows)
    compute_all(rows, world.today)
    write_many(Contract, rows)
    write_many(Amendment, amendments)
    write_many(KeyDate, dates)
    refresh_sides(None, world.today)


def _write_conversations(world: World, count: int) -> None:
    for chunk in _chunks(conversations.conversations(world, count)):
        write_many(Interaction, (spoken.interaction for spoken in chunk))
        write_many(
            InteractionParticipant,
            (person for spoken in chunk for person in spoken.participants),
        )
        write_many(TimelineEntry, (spoken.entry for spoken in chunk))
    write_many(Commitment, conversations.promises(world))
    write_many(Step, conversations.steps(world))
    meetings, people = conversations.meetings(world)
    write_many(Meeting, meetings)
    write_many(MeetingParticipant, people)
    refresh_contacts(None)


def _chunks(rows: Iterator) -> Iterator[list]:
    while chunk := list(islice(rows, _CHUNK)):
        yield chunk


def _write_search(world: World) -> None:
    entries = [*_named(world)]
    write_many(SearchEntry, entries)
    write_many(
        SearchToken,
        (
            SearchToken(entry_id=entry.pk, kind=entry.kind, token=token)
            for entry in entries
            for token in set(tokens(f"{entry.label} {entry.detail}"))
        ),
    )


def _named(world: World) -> Iterator[SearchEntry]:
    kinds = SearchEntry.Kind
    for place in [world.host, world.partner, *world.organisations]:
        yield SearchEntry(
            kind=kinds.ORGANISATION,
            object_id=place.pk,
            organisation=place,
            label=place.name,
        )
    for person in world.contacts:
        yield SearchEntry(
            kind=kinds.CONTACT,
            object_id=person.pk,
            organisation=person.organisation,
            label=person.name,
            detail=person.organisation.name,
        )
    for row in world.relationships:
        yield SearchEntry(
            kind=kinds.RELATIONSHIP,
            object_id=row.pk,
            relationship=row,
            label=f"{row.client.name} / {row.supplier.name}",
            detail=row.scope,
        )
    for paper in Contract.objects.filter(change_set=world.change_set).iterator():
        yield SearchEntry(
            kind=kinds.CONTRACT,
            object_id=paper.pk,
            relationship_id=paper.relationship_id,
            label=paper.title,
            detail=" ".join(
                filter(None, [paper.client_reference, paper.supplier_reference])
            ),
        )
