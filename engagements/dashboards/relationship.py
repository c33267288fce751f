"""One relationship: the two sides face to face."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import F, QuerySet

from accounts.models import User
from engagements.beside import Beside, beside, first, part
from engagements.charters.queries import charters
from engagements.ideas import queries as ideas
from engagements.models import (
    Commitment,
    PromiseAsk,
    RelationshipSide,
    Side,
    Step,
    TeamRole,
    Visibility,
)
from engagements.reviews.queries.readings import Reading, readings

OPEN_SHOWN = 8
_OF_A_SIDE = (
    "relationship__scope",
    "relationship__segment",
    "relationship__proposed_to",
    "relationship__next_review_on",
    "relationship__client__name",
    "relationship__supplier__name",
    "side",
    "acted_by",
    "contracts",
    "last_contact_at",
    "last_contact_with__name",
    "next_contact_at",
    "act_by",
    "act_by_contract",
    "annual_value",
    "currency",
    "health",
    "health_last",
    "health_why",
    "health_basis",
    "health_topics",
    "health_review",
    "guards",
    "guard_facts",
    "open_issues",
    "issues_since",
    "client_score",
    "supplier_score",
    "score_gap",
    "reviewed_on",
    "live_contracts",
    "marked_active",
    "archived",
)


@dataclass(frozen=True)
class Viewpoint:
    """From which side a page is read.

    `as_other`: the own person looks at what the other side sees. That is only what is
    shared: what the other side keeps to itself is not shown to anybody here either.
    """

    own: RelationshipSide
    other: RelationshipSide
    as_other: bool = False

    def sees(self, items: QuerySet) -> QuerySet:
        """Items this viewpoint may read, on this relationship."""
        items = items.filter(relationship=self.own.relationship_id)
        if self.as_other:
            return items.filter(visibility=Visibility.SHARED)
        return items.own_or_shared(self.own.acted_by)  # type: ignore[attr-defined] # only such items come here

    @property
    def client(self) -> RelationshipSide:
        """The client's side."""
        return self.own if self.own.side == Side.CLIENT else self.other

    @property
    def supplier(self) -> RelationshipSide:
        """The supplier's side."""
        return self.own if self.own.side == Side.SUPPLIER else self.other

    @property
    def names(self) -> dict[Side, str]:
        """What the two organisations are called."""
        relationship = self.own.relationship
        return {side: getattr(relationship, side.value).name for side in Side}


def viewpoint(user: User, pk: UUID, *, as_other: bool = False) -> Viewpoint | None:
    """The relationship as the person sees it; None when it does not exist for them.

    One query for both sides.
    """
    mine = RelationshipSide.objects.seen_by(user).filter(relationship=pk)
    both = RelationshipSide.objects.filter(
        relationship__in=mine.order_by().values("relationship")
    )
    sides = both.select_related(
        "last_contact_with", "relationship__client", "relationship__supplier"
    ).only(*_OF_A_SIDE)
    by_side = {row.side: _placed(row) for row in sides}
    if not by_side:
        return None
    acting = user.__dict__["standing"].organisation
    own = next(row for row in by_side.values() if row.acted_by_id == acting.pk)
    own.acted_by = acting
    return Viewpoint(own, by_side[Side(own.side).other], as_other)


def _placed(side: RelationshipSide) -> RelationshipSide:
    """A side's organisation is one of the two already read."""
    relationship = side.relationship
    client = side.side == Side.CLIENT
    side.organisation = relationship.client if client else relationship.supplier
    return side


@dataclass(frozen=True)
class Around:
    """What stands beside the timeline: the soonest steps and promises, the promises
    asked for, the charter and the goals, the ideas of each side."""

    steps: list[Beside]
    promises: list[Beside]
    asks: list[Beside]
    charter: charters.Brief
    ideas: list[ideas.Brief]


def around(view: Viewpoint, today: date) -> Around:
    """All of it: one query. No step when reading as the other side."""
    pk = view.own.relationship_id
    steps = Step.objects.none() if view.as_other else _own_steps(view)
    promises = view.sees(Commitment.objects.open()).order_by("due_on", "pk")
    words = {"pk": "pk", "text": "text", "on": "due_on", "owner": "owner__name"}
    found = beside(
        [
            part(
                first(promises, OPEN_SHOWN),
                "promise",
                side="side",
                until="original_due_on",
                **words,
            ),
            part(first(steps, OPEN_SHOWN), "step", **words),
            _asked_part(pk),
            *charters.brief_parts(pk),
            ideas.brief_part(pk),
        ]
    )
    soonest = sorted(found, key=lambda row: (row.on or date.max, row.pk or pk))
    return Around(
        [row for row in soonest if row.kind == "step"],
        [row for row in soonest if row.kind == "promise"],
        [row for row in soonest if row.kind == "asked"],
        charters.brief(found, today),
        ideas.briefs(found, view.names),
    )


def _asked_part(pk: UUID) -> QuerySet:
    """What one side asked the other to promise, and whom, on which day."""
    asks = PromiseAsk.objects.waiting().filter(relationship=pk)
    return part(
        first(asks.order_by("asked_on", "pk"), OPEN_SHOWN),
        "asked",
        side="side",
        pk="pk",
        text="text",
        on="asked_on",
        owner="asked__name",
    )


def _own_steps(view: Viewpoint) -> QuerySet[Step]:
    rows = Step.objects.open().filter(
        relationship=view.own.relationship_id, organisation=view.own.acted_by_id
    )
    return rows.order_by(F("due_on").asc(nulls_last=True), "pk")


def own_reading(view: Viewpoint, review: UUID | None) -> Reading | None:
    """The own side's last reading, until a review says more: one query."""
    if view.as_other or review is not None:
        return None
    place = view.own.acted_by
    assert place is not None  # noqa: S101 - somebody acts on the viewer's own side
    return next(iter(readings(view.own.relationship_id, place, most=1)), None)


def team(view: Viewpoint, today: date) -> list[TeamRole]:
    """Who speaks for each side today: one query."""
    rows = TeamRole.objects.current(today).filter(relationship=view.own.relationship_id)
    people = rows.select_related("contact").only(
        "side", "role", "to_on", "contact__name", "contact__job_title", "contact__user"
    )
    return list(people.order_by("side", "from_on"))


def missing_roles(team_now: Sequence[TeamRole]) -> list[tuple[str, str]]:
    """(side, role) for each interface person and sponsor that is missing."""
    present = {(row.side, row.role) for row in team_now}
    needed = (TeamRole.Role.INTERFACE, TeamRole.Role.SPONSOR)
    return [
        (side.value, str(role.label))
        for side in Side
        for role in needed
        if (side.value, role.value) not in present
    ]


def may_edit(view: Viewpoint, team_now: Sequence[TeamRole], user: User) -> bool:
    """As `access.can_edit_relationship`, from what the page already knows."""
    standing = user.__dict__["standing"]
    on_team = any(row.contact_id == standing.contact.pk for row in team_now)
    return not view.as_other and (standing.administers or on_team)


def counts(view: Viewpoint, team_now: Sequence[TeamRole]) -> dict[str, int]:
    """How many things stand behind each tab, from what the page already knows."""
    people = len({row.contact_id for row in team_now})
    return {"people": people, "contracts": view.own.contracts}
