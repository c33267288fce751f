"""The next deadlines of the reader's side, found along the sides' own soonest days.

A side keeps the soonest day anything must be done about (`act_by`); no contract of it
has an earlier deadline. So the sides with the soonest days hold the soonest contracts,
and nobody else's contracts are read on the way.
"""

from __future__ import annotations

from datetime import date, timedelta

from accounts.models import User
from engagements.models import Contract, RelationshipSide, Side

# The first look; an option may be due before the deadline, so some sides are in vain.
_SIDES_A_DEADLINE = 2
_FEWEST = 40
_OF_A_SIDE = ("relationship_id", "side", "segment", "act_by")
# Stored days are written again once a day, some hours after midnight at the latest.
_STORED_WITHIN = timedelta(days=2)


def soonest(
    user: User, days: int, today: date, *, most: int, fields: tuple[str, ...]
) -> list[tuple]:
    """(day, id, segment, fields …) of the next deadlines of the reader's side.

    The first of those in so many days; the segment is that of the relationship. Two
    queries, seldom four.
    """
    sides = RelationshipSide.objects.seen_by(user).active()
    walked = sides.filter(act_by__gte=today - _STORED_WITHIN).order_by("act_by", "pk")
    size = max(_FEWEST, _SIDES_A_DEADLINE * most)
    while True:
        near = list(walked.values_list(*_OF_A_SIDE)[:size])
        found = _of_sides(near, (today, today + timedelta(days=days)), fields)[:most]
        if len(near) < size or (len(found) == most and found[-1][0] <= near[-1][3]):
            return found
        size *= 4


def _of_sides(
    near: list[tuple], within: tuple[date, date], fields: tuple[str, ...]
) -> list[tuple]:
    acting = {row[0]: row[1:3] for row in near}
    running = Contract.objects.live().exclude(state=Contract.State.ENDING)
    rows = running.filter(relationship__in=acting).order_by()
    found: list[tuple] = []
    for relationship, client, supplier, pk, *rest in rows.values_list(
        "relationship_id", "client_act_by", "supplier_act_by", "pk", *fields
    ):
        side, segment = acting[relationship]
        day = client if side == Side.CLIENT else supplier
        if day is not None and within[0] <= day <= within[1]:
            found.append((day, pk, segment, *rest))
    return sorted(found, key=lambda row: row[:2])
