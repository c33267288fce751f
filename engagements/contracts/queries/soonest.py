"""The next deadlines of the reader's side, found along the sides' own soonest days.

A side keeps the soonest day anything must be done about (`act_by`); no contract of it
has an earlier deadline. So the sides with the soonest days hold the soonest contracts,
and nobody else's contracts are read on the way.
"""

from __future__ import annotations

from datetime import date, timedelta
from functools import cache
from uuid import UUID

from django.db.models import DateField, QuerySet

from accounts.models import User
from engagements.models import Contract, RelationshipSide, Side
from engagements.prepared import Few, Prepared, among

# The first look; an option may be due before the deadline, so some sides are in vain.
_SIDES_A_DEADLINE = 2
_FEWEST = 48
_OF_A_SIDE = ("relationship_id", "side", "segment", "act_by")
_DAYS = ("relationship_id", "client_act_by", "supplier_act_by", "pk")
# Stored days are written again once a day, some hours after midnight at the latest.
_STORED_WITHIN = timedelta(days=2)


def soonest(
    user: User, days: int, today: date, *, most: int, fields: tuple[str, ...]
) -> list[tuple]:
    """(day, id, segment, fields …) of the next deadlines of the reader's side.

    The first of those in so many days; the segment is that of the relationship. Two
    queries, seldom four.
    """
    since = today - _STORED_WITHIN
    within = (today, today + timedelta(days=days))
    size = max(_FEWEST, _SIDES_A_DEADLINE * most)
    while True:
        near = walk(size).rows(user, since=since)
        found = _of_sides(user, near, within, fields)[:most]
        if len(near) < size or (len(found) == most and found[-1][0] <= near[-1][3]):
            return found
        size *= 4


@cache
def walk(size: int) -> Prepared:
    """The sides with the soonest days: of so many at a time."""

    def walked(user: User, since: date) -> QuerySet:
        sides = RelationshipSide.objects.seen_by(user).active()
        soon = sides.filter(act_by__gte=since).order_by("act_by", "pk")
        return soon.values_list(*_OF_A_SIDE)[:size]

    return Prepared(walked, since=DateField())


@cache
def contracts(fields: tuple[str, ...]) -> Prepared:
    """The live contracts of some relationships that one sees."""

    def contracts(user: User, relationships: list[UUID]) -> QuerySet:
        running = Contract.objects.live().exclude(state=Contract.State.ENDING)
        rows = running.filter(among("relationship", relationships)).order_by()
        return rows.values_list(*_DAYS, *fields)

    return Prepared(contracts, relationships=Few(_FEWEST))


def _of_sides(
    user: User, near: list[tuple], within: tuple[date, date], fields: tuple[str, ...]
) -> list[tuple]:
    acting = {row[0]: row[1:3] for row in near}
    rows = contracts(fields).rows(user, relationships=list(acting))
    found: list[tuple] = []
    for relationship, client, supplier, pk, *rest in rows:
        side, segment = acting[relationship]
        day = client if side == Side.CLIENT else supplier
        if day is not None and within[0] <= day <= within[1]:
            found.append((day, pk, segment, *rest))
    return sorted(found, key=lambda row: row[:2])
