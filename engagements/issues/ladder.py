"""The ladder of an issue: who is asked at which level, always in pairs.

An issue begins with the interface persons. A step up asks the two people of the next
level, one of each side, in the same words at the same moment; where one of them is
missing there is no step: a side alone with somebody higher up of its own is no step.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from engagements.models import (
    Contact,
    IssueStep,
    IssueStepSide,
    JointIssue,
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


@dataclass(frozen=True)
class Asked:
    """A step up that was asked, and its pair, the client's person first."""

    step: IssueStep
    people: list[IssueStepSide]

    @property
    def settled(self) -> bool:
        """Both of the pair say so."""
        return all(one.answer == _Answer.YES for one in self.people)


def steps_of(issue: JointIssue) -> list[Asked]:
    """The steps of an issue from below to above: one query."""
    rows = IssueStepSide.objects.filter(step__issue=issue)
    found: dict[UUID, Asked] = {}
    for one in rows.select_related("step", "contact").order_by(
        "step__created_at", "side"
    ):
        found.setdefault(one.step_id, Asked(one.step, [])).people.append(one)
    return list(found.values())


def next_level(steps: Sequence[Asked]) -> Level | None:
    """The level that could be asked now; None once settled, and at the top."""
    if any(one.settled for one in steps):
        return None
    levels = {one.step.level for one in steps}
    return next((level for level in LADDER if level not in levels), None)


@dataclass(frozen=True)
class Rung:
    """The next level: whom of each side it would ask, or in words why nobody is."""

    level: Level | None
    people: dict[Side, Contact]
    why_not: str


def rung(issue: JointIssue, today: date, steps: Sequence[Asked] | None = None) -> Rung:
    """Where a step up of an issue would lead; never to somebody asked before."""
    steps = steps_of(issue) if steps is None else steps
    level = next_level(steps)
    if level is None:
        return Rung(None, {}, _end(steps))
    before = {one.contact_id for step in steps for one in step.people}
    people = _pair(issue.relationship, level, today, before)
    lacking = [side for side in Side if side not in people]
    words = [_nobody(issue.relationship, side, level, before) for side in lacking]
    return Rung(level, people, " ".join(words))


def _end(steps: Sequence[Asked]) -> str:
    if any(one.settled for one in steps):
        return _("There is no step further up: the people asked settled it.")
    return _("There is no step further up: the executives of both sides were asked.")


def _nobody(
    relationship: Relationship, side: Side, level: Level, before: Collection[UUID]
) -> str:
    words = {
        Level.SPONSOR: _(
            "%(name)s has no sponsor who can be asked. Sponsors are named in the team "
            "of the relationship."
        ),
        Level.EXECUTIVE: _(
            "%(name)s has no executive who can be asked. Its administrator gives "
            "somebody that role."
        ),
    }
    if level is Level.EXECUTIVE and before:
        words[level] = _(
            "%(name)s has no executive who was not asked already. Its administrator "
            "gives somebody else that role; until then the ladder ends here."
        )
    return words[level] % {"name": getattr(relationship, side.value).name}


def _pair(
    relationship: Relationship, level: Level, today: date, before: Collection[UUID]
) -> dict[Side, Contact]:
    sides = {row.side: row for row in relationship.sides.all()}
    found = {
        side: _person(relationship, sides[side.value], level, today, before)
        for side in Side
    }
    return {side: person for side, person in found.items() if person}


def _person(
    relationship: Relationship,
    side: RelationshipSide,
    level: Level,
    today: date,
    before: Collection[UUID],
) -> Contact | None:
    found = _sponsors if level is Level.SPONSOR else _executives
    ids = [pk for pk in found(relationship, side, today) if pk not in before]
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
