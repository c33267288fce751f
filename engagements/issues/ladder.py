"""The ladder of an issue: who is asked at which level, always in pairs.

An issue begins with the interface persons. A step up asks the two people of the next
level, one of each side, in the same words at the same moment; where one of them is
missing there is no step: a side alone with somebody higher up of its own is no step.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from uuid import UUID

from django.db.models import Q, QuerySet

from engagements.models import (
    Contact,
    IssueStep,
    IssueStepSide,
    Membership,
    Relationship,
    RelationshipSide,
    Side,
    TeamRole,
)

Level = IssueStep.Level
# From below to above; the interface persons are where it begins.
LADDER: tuple[Level, ...] = (Level.SPONSOR, Level.EXECUTIVE)
_Answer = IssueStepSide.Answer


def settled(step: IssueStep) -> bool:
    """Both of the pair say so."""
    return all(one.answer == _Answer.YES for one in step.people.all())


def next_level(steps: Sequence[IssueStep]) -> Level | None:
    """The level that could be asked now; None once settled, and at the top."""
    if any(settled(step) for step in steps):
        return None
    asked = {step.level for step in steps}
    return next((level for level in LADDER if level not in asked), None)


def pair(
    relationship: Relationship, level: Level, today: date
) -> dict[Side, Contact | None]:
    """Who of each side is asked at a level; None where there is nobody."""
    sides = {row.side: row for row in relationship.sides.all()}
    return {
        side: _person(relationship, sides[side.value], level, today) for side in Side
    }


def _person(
    relationship: Relationship, side: RelationshipSide, level: Level, today: date
) -> Contact | None:
    found = _sponsors if level is Level.SPONSOR else _executives
    ids = list(found(relationship, side, today))
    known = {row.pk: row for row in _reachable().filter(pk__in=ids)}
    return next((known[pk] for pk in ids if pk in known), None)


def _sponsors(
    relationship: Relationship, side: RelationshipSide, today: date
) -> Iterable[UUID]:
    rows = TeamRole.objects.current(today).filter(
        relationship=relationship, side=side.side, role=TeamRole.Role.SPONSOR
    )
    return rows.order_by("from_on", "pk").values_list("contact_id", flat=True)


def _executives(
    _relationship: Relationship, side: RelationshipSide, _today: date
) -> Iterable[UUID]:
    rows = Membership.objects.active().filter(
        organisation=side.organisation_id, role=Membership.Role.EXECUTIVE
    )
    return rows.order_by("started_at", "pk").values_list("contact_id", flat=True)


def _reachable() -> QuerySet[Contact]:
    present = Contact.objects.present().exclude(user__is_active=False)
    return present.filter(Q(user__isnull=False) | ~Q(email=""))
