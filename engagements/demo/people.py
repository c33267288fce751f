"""The demo's organisations, their people and the relationships between them."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from random import Random

from engagements.demo import names
from engagements.models import (
    ChangeSet,
    Contact,
    Membership,
    Organisation,
    Relationship,
    RelationshipSide,
    Side,
    TeamRole,
)
from engagements.search import name_key

# Who can sign in to the demo: organisation, name, job title, role.
PERSONAS = [
    (names.HOST, "Dan Whitlock", "Account manager", "account_manager"),
    (names.HOST, "Ingrid Sørensen", "Managing director", "executive"),
    (names.HOST, "Amira Hussain", "Contracts administrator", "administrator"),
    (names.PARTNER, "Priya Raman", "Head of estates", "account_manager"),
    (names.PARTNER, "Miriam Okafor", "Deputy chief operating officer", "executive"),
    (names.PARTNER, "Tom Aldous", "Compliance manager", "administrator"),
]
SEGMENTS = ["strategic", "bottleneck", "leverage", "routine", ""]


@dataclass
class World:
    """Rows made so far; nothing is written before they are all consistent."""

    random: Random
    today: date
    change_set: ChangeSet
    host: Organisation
    partner: Organisation
    organisations: list[Organisation] = field(default_factory=list)
    contacts: list[Contact] = field(default_factory=list)
    memberships: list[Membership] = field(default_factory=list)
    relationships: list[Relationship] = field(default_factory=list)
    sides: list[RelationshipSide] = field(default_factory=list)
    team: list[TeamRole] = field(default_factory=list)
    # (relationship id, side) -> the people who speak for it, interface first.
    people: dict[tuple, list[Contact]] = field(default_factory=dict)
    of_organisation: dict = field(default_factory=dict)

    def moment(self, day: date) -> datetime:
        """A working hour of a day, in UTC."""
        hour, minute = self.random.randint(7, 17), self.random.randrange(0, 60, 5)
        return datetime(day.year, day.month, day.day, hour, minute, tzinfo=UTC)

    def ago(self, days: int) -> date:
        """A day in the past."""
        return self.today - timedelta(days=days)


def organisation(
    name: str, country: str, *, kept_by: Organisation | None, claimed: datetime | None
) -> Organisation:
    """A demo organisation; unclaimed ones are kept by the host."""
    return Organisation(
        name=name,
        name_key=name_key(name),
        country=country,
        time_zone="Europe/London",
        reporting_currency="GBP",
        kept_by=kept_by,
        claimed_at=claimed,
        demo=True,
    )


def add_personas(world: World, users: dict) -> None:
    """The six people who can sign in."""
    places = {names.HOST: world.host, names.PARTNER: world.partner}
    for place, name, title, role in PERSONAS:
        contact = Contact(
            organisation=places[place],
            user=users[name],
            name=name,
            email=users[name].email,
            job_title=title,
        )
        world.contacts.append(contact)
        world.of_organisation.setdefault(places[place].pk, []).append(contact)
        world.memberships.append(
            Membership(contact=contact, organisation=places[place], role=role)
        )


def add_relationships(world: World, count: int) -> None:
    """The named relationships first, then invented ones up to the count."""
    for name, scope, country in names.CLIENTS[:count]:
        client = _partner_or_new(world, name, country, keeper=world.host)
        _relate(world, client, world.host, scope)
    for name, scope, country in names.SUPPLIERS[: max(count - len(names.CLIENTS), 0)]:
        supplier = _partner_or_new(world, name, country, keeper=world.host)
        _relate(world, world.host, supplier, scope)
    for name, scope, country in names.PARTNER_SUPPLIERS[: max(count - 20, 0)]:
        supplier = _partner_or_new(world, name, country, keeper=world.partner)
        _relate(world, world.partner, supplier, scope)
    for number in range(count - len(world.relationships)):
        other = _partner_or_new(world, _invented(number), "GB", keeper=world.host)
        pair = (world.host, other) if number % 5 == 0 else (other, world.host)
        _relate(world, *pair, "General")


def _invented(number: int) -> str:
    """A name of its own for each number: 6,300 pairs, then numbered."""
    stem, rest = number % 21, number // 21
    ending, rest = rest % 15, rest // 15
    trade, again = rest % 20, rest // 20
    name = f"{names.STEMS[stem]}{names.ENDINGS[ending]} {names.TRADES[trade]}"
    return f"{name} {again + 1}" if again else name


def _partner_or_new(
    world: World, name: str, country: str, *, keeper: Organisation
) -> Organisation:
    if name == world.partner.name:
        return world.partner
    new = organisation(name, country, kept_by=keeper, claimed=None)
    new.change_set = world.change_set
    world.organisations.append(new)
    return new


def _relate(
    world: World, client: Organisation, supplier: Organisation, scope: str
) -> None:
    rank = len(world.relationships)
    relationship = Relationship(
        client=client,
        supplier=supplier,
        scope=scope,
        segment=SEGMENTS[min(rank // 5, 4) if rank < 24 else rank % 5],
        inside_boundary=rank in {0, 3, 6},
        started_on=world.ago(world.random.randint(1150, 1900)),
        change_set=world.change_set,
    )
    world.relationships.append(relationship)
    for side in Side:
        _add_side(world, relationship, side, getattr(relationship, side.value), rank)


def _add_side(
    world: World,
    relationship: Relationship,
    side: Side,
    place: Organisation,
    rank: int,
) -> None:
    people = _people_of(world, place, rank)
    # A few teams have a gap, as real ones do.
    roles = ["interface", "sponsor", "delivery"][: 2 if rank % 7 else 3]
    if rank % 9 == 5 and not place.claimed_at:
        roles = ["interface"]
    world.people[relationship.pk, side] = people
    world.team += [
        TeamRole(
            relationship=relationship,
            side=side,
            contact=person,
            role=role,
            from_on=relationship.started_on,
        )
        for role, person in zip(roles, people, strict=False)
    ]
    world.sides.append(
        RelationshipSide(
            relationship=relationship,
            side=side,
            organisation=place,
            acted_by=place if place.claimed_at else None,
            owner=people[0],
            counterpart=getattr(relationship, side.other.value).name,
            **relationship.copied,
        )
    )


def _people_of(world: World, place: Organisation, rank: int) -> list[Contact]:
    known = world.of_organisation.setdefault(place.pk, [])
    if place.claimed_at:
        # The account manager holds most links, colleagues the rest.
        fill(world, place, known, 8)
        return known[:3] if rank < 12 else [known[3 + rank % 5], known[1], known[0]]
    fill(world, place, known, 3)
    return known


def fill(world: World, place: Organisation, known: list[Contact], wanted: int) -> None:
    """Invent people at an organisation until it has so many."""
    while len(known) < wanted:
        name = f"{world.random.choice(names.FIRST)} {world.random.choice(names.LAST)}"
        domain = place.name_key.replace(" ", "-")[:40]
        person = Contact(
            organisation=place,
            name=name,
            email=f"{name_key(name).replace(' ', '.')}@{domain}.example",
            job_title=world.random.choice(names.TITLES),
        )
        known.append(person)
        world.contacts.append(person)
