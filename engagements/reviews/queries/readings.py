"""How people of one side see a relationship themselves: for that side's eyes alone."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from engagements.models import Organisation, OwnerReading
from engagements.reviews.instrument.content import ENGLISH
from engagements.reviews.instrument.library import rhr_8
from engagements.reviews.scoring.items import item_score

_KEPT = 12


@dataclass(frozen=True)
class Reading:
    """One person's reading: of each topic the point, its label, its place."""

    name: str
    read_on: date
    topics: Sequence[tuple[str, int, str, float]]
    most: int


def readings(
    relationship: UUID, organisation: Organisation, *, most: int = _KEPT
) -> list[Reading]:
    """The last readings of an organisation's own people, newest first: one query."""
    rows = OwnerReading.objects.filter(
        relationship=relationship, organisation=organisation
    ).select_related("contact")
    printed = rows.only("read_on", "values", "contact__name")
    return [_reading(row) for row in printed[:most]]


def _reading(row: OwnerReading) -> Reading:
    content = rhr_8()
    labels, scale = content.scale.labels[ENGLISH], content.scale
    topics = []
    for one in content.dimensions:
        point = row.values.get(one.key)
        if point is not None:
            score = item_score(point, scale.least, scale.most)
            label = labels[point - scale.least]
            topics.append((one.name[ENGLISH], point, label, score))
    return Reading(row.contact.name, row.read_on, topics, scale.most)
