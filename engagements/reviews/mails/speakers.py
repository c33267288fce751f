"""Who speaks for each side of a review: people with a sign-in, and without one.

Read once for many reviews. A side nobody acts on has its people all the same, and they
are told by mail alone.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from engagements.models import (
    Absence,
    Contact,
    HealthReview,
    Membership,
    NoticePreference,
    RelationshipSide,
    ReviewConfirmation,
    Side,
    TeamRole,
)

_Role = TeamRole.Role
_SIDES = (Side.CLIENT.value, Side.SUPPLIER.value)


@dataclass(frozen=True)
class Person:
    """Somebody to tell. `signs_in` is whether they act for the side in Relman."""

    contact: UUID
    ledger: UUID
    signs_in: bool


@dataclass
class Speakers:
    """The people of many reviews, and how each wants to hear of things."""

    sides: dict[tuple[UUID, str], RelationshipSide] = field(default_factory=dict)
    team: dict[tuple[UUID, str, str], list[UUID]] = field(default_factory=dict)
    # (review, side) -> whom the side's last question went to.
    asked: dict[tuple[UUID, str], UUID] = field(default_factory=dict)
    administrators: dict[UUID, list[UUID]] = field(default_factory=dict)
    # contact -> the organisation they act for with a working sign-in.
    acting: dict[UUID, UUID] = field(default_factory=dict)
    present: set[UUID] = field(default_factory=set)
    deputies: dict[UUID, UUID] = field(default_factory=dict)
    choices: dict[tuple[UUID, str], str] = field(default_factory=dict)

    def coordinators(self, review: HealthReview, side: str) -> list[Person]:
        """Whoever was asked for the side; else its interface person, sponsor, owner,
        administrators: the first of them there is."""
        row = self.sides[review.relationship_id, side]
        asked = self.asked.get((review.pk, side))
        return self._first(
            review,
            side,
            [asked] if asked else [],
            self.team.get((review.relationship_id, side, _Role.INTERFACE), []),
            self.team.get((review.relationship_id, side, _Role.SPONSOR), []),
            [row.owner_id] if row.owner_id else [],
            self.administrators.get(row.acted_by_id, []) if row.acted_by_id else [],
        )

    def sponsors(self, review: HealthReview, side: str) -> list[Person]:
        """The sponsors of a side; without one, who coordinates it."""
        named = self.team.get((review.relationship_id, side, _Role.SPONSOR), [])
        return self._first(review, side, named) or self.coordinators(review, side)

    def owner(self, review: HealthReview) -> list[Person]:
        """Who set the review up; gone, the coordinator of that side."""
        if not review.owner_side:
            return []
        named = [review.owner_id] if review.owner_id else []
        found = self._first(review, review.owner_side, named)
        return found or self.coordinators(review, review.owner_side)

    def facilitator(self, review: HealthReview) -> list[Person]:
        """The facilitator; nobody where there is none."""
        if review.facilitator_id is None or review.facilitator_id not in self.present:
            return []
        return [Person(review.facilitator_id, self.keeper(review), signs_in=False)]

    def keeper(self, review: HealthReview) -> UUID:
        """In whose ledger a mail stands that belongs to no side: who set it up."""
        own = self.sides.get((review.relationship_id, review.owner_side))
        sides = [own] if own else []
        sides += [self.sides[review.relationship_id, side] for side in _SIDES]
        acting = [row.acted_by_id for row in sides if row.acted_by_id]
        return acting[0] if acting else sides[0].organisation_id

    def choice(self, person: UUID, kind: str) -> str | None:
        """How somebody wants to hear of a kind; None: as usual."""
        return self.choices.get((person, kind))

    def _first(
        self, review: HealthReview, side: str, *named: Sequence[UUID]
    ) -> list[Person]:
        for people in named:
            found = [one for one in people if one in self.present]
            if found:
                told = (self.deputies.get(one, one) for one in found)
                return [self._person(review, side, one) for one in dict.fromkeys(told)]
        return []

    def _person(self, review: HealthReview, side: str, contact: UUID) -> Person:
        acted_by = self.sides[review.relationship_id, side].acted_by_id
        signs_in = acted_by is not None and self.acting.get(contact) == acted_by
        return Person(contact, acted_by or self.keeper(review), signs_in)


def speakers(reviews: Iterable[HealthReview], today: date) -> Speakers:
    """Everybody who could be told about these reviews: eight queries."""
    asking = list(reviews)
    relationships = {review.relationship_id for review in asking}
    found = Speakers()
    for row in RelationshipSide.objects.filter(relationship__in=relationships):
        found.sides[row.relationship_id, row.side] = row
    _read_team(found, relationships, today)
    questions = ReviewConfirmation.objects.filter(review__in=asking)
    for pk, side, contact in questions.order_by("created_at").values_list(
        "review_id", "side", "contact_id"
    ):
        found.asked[pk, side] = contact
    _read_members(found)
    _read_present(found, asking, today)
    return found


def _read_team(found: Speakers, relationships: set[UUID], today: date) -> None:
    roles = TeamRole.objects.current(today).filter(
        relationship__in=relationships, role__in=[_Role.INTERFACE, _Role.SPONSOR]
    )
    roles = roles.order_by("from_on", "pk")
    for relationship, side, role, contact in roles.values_list(
        "relationship_id", "side", "role", "contact_id"
    ):
        found.team.setdefault((relationship, side, role), []).append(contact)


def _read_members(found: Speakers) -> None:
    places = {row.acted_by_id for row in found.sides.values()}
    members = Membership.objects.active().filter(
        organisation__in=places, contact__user__is_active=True
    )
    for contact, organisation, role in members.order_by("started_at").values_list(
        "contact_id", "organisation_id", "role"
    ):
        found.acting[contact] = organisation
        if role == Membership.Role.ADMINISTRATOR:
            found.administrators.setdefault(organisation, []).append(contact)


def _read_present(found: Speakers, rows: list[HealthReview], today: date) -> None:
    """Those who are still there, and can be reached; a sign-in switched off is no
    longer told anything."""
    named = {one for people in found.team.values() for one in people}
    named |= set(found.asked.values())
    named |= {one for people in found.administrators.values() for one in people}
    named |= {row.owner_id for row in found.sides.values() if row.owner_id}
    named |= {row.owner_id for row in rows if row.owner_id}
    named |= {row.facilitator_id for row in rows if row.facilitator_id}
    away = Absence.objects.on(today).filter(contact__in=named)
    deputies = dict(away.values_list("contact_id", "deputy_id"))
    everybody = named | set(deputies.values())
    reached = Contact.objects.present().filter(pk__in=everybody).exclude(email="")
    reached = reached.exclude(user__is_active=False)
    found.present = set(reached.order_by().values_list("pk", flat=True))
    found.deputies = {
        person: deputy for person, deputy in deputies.items() if deputy in found.present
    }
    chosen = NoticePreference.objects.filter(
        contact__in=everybody, kind__startswith="review-"
    )
    found.choices = {
        (contact, kind): choice
        for contact, kind, choice in chosen.values_list("contact_id", "kind", "choice")
    }
