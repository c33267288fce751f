"""Reads of ideas, and how open the two sides are to each other's."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from statistics import median
from uuid import UUID

from django.db.models import Count, F, Min, Q, QuerySet

from engagements.beside import Beside, part
from engagements.commitments.queries import people_of
from engagements.ideas.states import State
from engagements.links import Held
from engagements.models import (
    Contact,
    Idea,
    Relationship,
    Side,
    TeamRole,
    reachable,
)


def ideas(relationship: UUID) -> QuerySet[Idea]:
    """All of a relationship: those that wait first, then the newest; one query."""
    rows = Idea.objects.filter(relationship=relationship)
    rows = rows.select_related("given_by", "try_owner", "asked", "passed_by")
    return rows.order_by(F("answered_on").desc(nulls_first=True), "-given_on", "pk")


@dataclass(frozen=True)
class Direction:
    """How one side's ideas fared with the other. What is not known is None, never 0."""

    side: Side
    giver: str
    answerer: str
    given: int
    waiting: int
    answered: int
    days: float | None
    tried: int
    decided: int

    @property
    def share(self) -> int | None:
        """Per cent tried of those answered with yes or no; None while none was."""
        return round(100 * self.tried / self.decided) if self.decided else None


def directions(relationship: Relationship, rows: Iterable[Idea]) -> list[Direction]:
    """Both, the client's ideas first, from rows that were read. What was withdrawn
    without an answer is not counted; an idea put off was answered, not decided."""
    found = [row for row in rows if row.answered_on or row.state in Idea.WAITING]
    return [
        _direction(relationship, side, [row for row in found if row.side == side])
        for side in Side
    ]


def _direction(relationship: Relationship, side: Side, rows: list[Idea]) -> Direction:
    days = [row.days_to_answer for row in rows if row.days_to_answer is not None]
    tried = sum(row.state in Idea.TRIED for row in rows)
    declined = sum(row.state == State.DECLINED for row in rows)
    return Direction(
        side=side,
        giver=getattr(relationship, side.value).name,
        answerer=getattr(relationship, side.other.value).name,
        given=len(rows),
        waiting=sum(row.state == State.OPEN for row in rows),
        answered=len(days),
        days=median(days) if days else None,
        tried=tried,
        decided=tried + declined,
    )


def brief_part(relationship: UUID) -> QuerySet:
    """How many of each side's are in each state, and since when: a part of the
    statement of what stands beside."""
    rows = Idea.objects.filter(relationship=relationship).order_by()
    counted = rows.values("relationship_id", "side", "state").annotate(
        found=Count("pk"), since=Min("given_on")
    )
    return part(counted, "idea", side="side", text="state", on="since", number="found")


@dataclass(frozen=True)
class Brief:
    """A line about one side's ideas, for the relationship's page."""

    side: str
    giver: str
    waiting: int
    since: date | None
    decided: int
    tried: int


def briefs(rows: Iterable[Beside], names: Mapping[Side, str]) -> list[Brief]:
    """A line a side, from what was read with that part."""
    found = {(row.side, row.text): row for row in rows if row.kind == "idea"}
    return [_brief(side, names[side], found) for side in Side]


def _brief(side: Side, giver: str, found: Mapping[tuple[str, str], Beside]) -> Brief:
    def counted(*states: str) -> int:
        rows = (found.get((side, state)) for state in states)
        return sum(row.number or 0 for row in rows if row)

    waits = found.get((side, State.OPEN))
    tried = counted(*Idea.TRIED)
    return Brief(
        side=side,
        giver=giver,
        waiting=counted(State.OPEN),
        since=waits.on if waits else None,
        decided=tried + counted(State.DECLINED),
        tried=tried,
    )


def colleagues(idea: Idea) -> QuerySet[Contact]:
    """Who of the side that is asked can answer instead: by mail or signed in."""
    people = people_of(idea.relationship, idea.other)
    reached = people.filter(Q(user__isnull=False) | ~Q(email=""))
    return reached.exclude(user__is_active=False).exclude(pk=idea.asked_id)


def team_mates(idea: Idea) -> QuerySet[Contact]:
    """Those of them on the team: behind a link nobody else's name is shown."""
    team = TeamRole.objects.current().filter(
        relationship=idea.relationship_id, side=idea.other
    )
    return colleagues(idea).filter(pk__in=team.order_by().values("contact"))


def by_link(held: Held | None) -> Idea | None:
    """What a link or cookie lets answer; an answer given stays readable."""
    if held is None:
        return None
    rows = Idea.objects.filter(
        reachable("asked__"),
        pk=held.pk,
        version=held.version,
        relationship__archived_at=None,
    ).exclude(state=State.WITHDRAWN)
    return rows.select_related(
        "asked",
        "passed_by",
        "try_owner",
        "relationship__client",
        "relationship__supplier",
    ).first()
