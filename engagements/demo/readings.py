"""How the host's own people see some relationships before a first review."""

from __future__ import annotations

from datetime import timedelta
from random import Random

from engagements.demo.people import World
from engagements.models import OwnerReading, RelationshipSide
from engagements.reviews.instrument.library import rhr_8

_SHOWN = 4
_DAYS_AGO = 12


def write_readings(world: World, *, seed: int) -> None:
    """One reading each, by the owner of the host's side."""
    drawn = Random(seed)  # noqa: S311 - a demo wants the same world, not a secret
    sides = (
        RelationshipSide.objects.exclude(owner=None)
        .filter(organisation=world.host, health_review=None, archived=False)
        .select_related("owner")
    )
    OwnerReading.objects.bulk_create(
        OwnerReading(
            relationship_id=side.relationship_id,
            organisation=world.host,
            contact=side.owner,
            read_on=world.today - timedelta(days=_DAYS_AGO),
            values={key: drawn.randint(3, 6) for key in rhr_8().weights},
        )
        for side in sides.order_by("created_at", "pk")[:_SHOWN]
        if side.owner is not None
    )
