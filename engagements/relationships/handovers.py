"""What an interface person who left, or will, has open, as one side may read it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import F, Q

from engagements.models import (
    Commitment,
    HealthReview,
    Interaction,
    Meeting,
    Organisation,
    RelationshipSide,
    Side,
    Step,
    TeamRole,
)
from engagements.relationships.guards import Guard

_TONES, _MEETINGS = 8, 5


@dataclass(frozen=True)
class Handover:
    """One side's: who left, who follows, and what the person had open."""

    side: Side
    organisation: str
    left: str
    on: date
    # The last day lies ahead.
    is_ahead: bool
    now: str
    is_own: bool
    promises: list[Commitment]
    steps: list[Step]


def handovers(own: RelationshipSide, today: date) -> list[Handover]:
    """Those open on a relationship, from the viewer's row: a query, and two a side."""
    found: dict[str, Any] = own.guard_facts.get(Guard.HANDOVER, {}) | ahead(own, today)
    return [_handover(own, Side(side), facts, today) for side, facts in found.items()]


def ahead(own: RelationshipSide, today: date) -> dict[str, dict[str, str]]:
    """{side: facts} as the guard's, of interface persons whose last day is kept and not
    over: one query. "now" is empty where nobody is named to follow.

    Nothing of a side whose guard already speaks of whoever was there before.
    """
    rows = TeamRole.objects.filter(
        Q(to_on=None) | Q(to_on__gte=today),
        relationship=own.relationship_id,
        role=TeamRole.Role.INTERFACE,
    ).exclude(side__in=own.guard_facts.get(Guard.HANDOVER, {}))
    sides: dict[str, list[TeamRole]] = {}
    for row in rows.select_related("contact").order_by("side", "from_on", "pk"):
        sides.setdefault(row.side, []).append(row)
    found = {side: _leaving(roles, today) for side, roles in sides.items()}
    return {side: facts for side, facts in found.items() if facts}


def _leaving(roles: list[TeamRole], today: date) -> dict[str, str]:
    days = [row.to_on for row in roles if row.to_on and row.from_on <= today]
    if not days:
        return {}
    day = min(days)
    leaves = next(row for row in roles if row.to_on == day)
    stays = [row for row in roles if row.to_on is None or row.to_on > day]
    others = [row for row in stays if row.contact_id != leaves.contact_id]
    return {
        "person": str(leaves.contact_id),
        "left": leaves.contact.name,
        "on": day.isoformat(),
        "now": others[-1].contact.name if others else "",
    }


def _handover(
    own: RelationshipSide, side: Side, facts: dict[str, str], today: date
) -> Handover:
    pair = own.relationship
    here = {"relationship": pair.pk, "owner": facts["person"]}
    promises = Commitment.objects.open().filter(side=side, **here)
    steps = Step.objects.open().filter(organisation=own.acted_by_id, **here)
    return Handover(
        side=side,
        organisation=getattr(pair, side.value).name,
        left=facts["left"],
        on=date.fromisoformat(facts["on"]),
        is_ahead=date.fromisoformat(facts["on"]) >= today,
        now=facts["now"],
        is_own=side == own.side,
        promises=list(
            promises.own_or_shared(_place(own)).order_by("original_due_on", "pk")
        ),
        steps=list(steps.order_by(F("due_on").asc(nulls_last=True), "pk")),
    )


def meetings_ahead(own: RelationshipSide) -> list[Meeting]:
    """The next few both or the own side planned: one query."""
    rows = Meeting.objects.planned().filter(relationship=own.relationship_id)
    return list(rows.own_or_shared(_place(own)).order_by("starts_at")[:_MEETINGS])


def tones(own: RelationshipSide) -> list[Interaction]:
    """How the last contacts felt to whoever wrote them down: one query."""
    rows = Interaction.objects.filter(
        relationship=own.relationship_id, tone__isnull=False
    )
    return list(rows.own_or_shared(_place(own)).order_by("-happened_at")[:_TONES])


def is_review_missed(own: RelationshipSide, today: date) -> bool:
    """The day of the next review has passed and none is being held: one query."""
    ahead = own.relationship.next_review_on
    if ahead is None or ahead >= today:
        return False
    begun = (HealthReview.State.DRAFT, *HealthReview.RUNNING)
    held = HealthReview.objects.exclude(set_up_at=None).filter(state__in=begun)
    return not held.filter(relationship=own.relationship_id).exists()


def _place(own: RelationshipSide) -> Organisation:
    assert own.acted_by is not None  # noqa: S101 - somebody acts on the viewer's side
    return own.acted_by
