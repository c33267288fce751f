"""What an interface person who left leaves open, as one side may read it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import F

from engagements.models import (
    Commitment,
    HealthReview,
    Interaction,
    Meeting,
    Organisation,
    RelationshipSide,
    Side,
    Step,
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
    now: str
    is_own: bool
    promises: list[Commitment]
    steps: list[Step]


def handovers(own: RelationshipSide) -> list[Handover]:
    """Those open on a relationship, from the viewer's row: two queries a side."""
    found: dict[str, Any] = own.guard_facts.get(Guard.HANDOVER, {})
    return [_handover(own, Side(side), facts) for side, facts in found.items()]


def _handover(own: RelationshipSide, side: Side, facts: dict[str, str]) -> Handover:
    pair = own.relationship
    here = {"relationship": pair.pk, "owner": facts["person"]}
    promises = Commitment.objects.open().filter(side=side, **here)
    steps = Step.objects.open().filter(organisation=own.acted_by_id, **here)
    return Handover(
        side=side,
        organisation=getattr(pair, side.value).name,
        left=facts["left"],
        on=date.fromisoformat(facts["on"]),
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
