"""The charter of a relationship: in force, proposed, own draft, earlier versions."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Prefetch, QuerySet

from engagements.beside import Beside, part
from engagements.charters.queries.goals import frozen_goals
from engagements.charters.states import Standing, standing_on
from engagements.models import Charter, CharterAcceptance, Goal, Organisation

State = Charter.State
# Of each there is one at most.
_BRIEFLY = (State.ACCEPTED, State.PROPOSED)


@dataclass(frozen=True)
class Charters:
    """What a side sees of the charters of one relationship."""

    current: Charter | None = None
    proposed: Charter | None = None
    draft: Charter | None = None
    earlier: list[Charter] = field(default_factory=list)
    standing: Standing | None = None

    @property
    def open_answers(self) -> list[CharterAcceptance]:
        """Asked of the proposal, one a side."""
        return latest_round(self.proposed) if self.proposed else []

    @property
    def confirming(self) -> list[CharterAcceptance]:
        """Asked of the charter in force, once its day has come, one a side."""
        asks = self.standing in {Standing.ASKED, Standing.LAPSED}
        return latest_round(self.current) if self.current and asks else []


def proposal(charter: Charter) -> dict[str, Any]:
    """All that a draft would put before both sides now: its words and the goals."""
    return {**charter.words, "goals": frozen_goals(charter.relationship_id)}


def latest_round(charter: Charter) -> list[CharterAcceptance]:
    """The last question, one row a side, from what was already read."""
    rows = list(charter.acceptances.all())
    last = max((row.round for row in rows), default=0)
    return [row for row in rows if row.round == last]


def charters(relationship: UUID, own: Organisation, today: date) -> Charters:
    """All a side may read, newest first: two queries, however many there are."""
    people = CharterAcceptance.objects.select_related("contact")
    rows = (
        Charter.objects.filter(relationship=relationship)
        .exclude(state=State.DROPPED)
        .select_related("written_by", "organisation")
        .prefetch_related(Prefetch("acceptances", people))
        .order_by("-created_at")
    )
    return _sorted(rows, own, today)


def _sorted(rows: Iterable[Charter], own: Organisation, today: date) -> Charters:
    current = proposed = draft = None
    earlier: list[Charter] = []
    for row in rows:
        if row.state == State.DRAFT:
            draft = row if row.organisation_id == own.pk else draft
        elif row.state == State.ACCEPTED:
            current = row
        elif row.state == State.PROPOSED:
            proposed = row
        else:
            earlier.append(row)
    return Charters(current, proposed, draft, earlier, _standing(current, today))


def _standing(current: Charter | None, today: date) -> Standing | None:
    if current is None or current.holds_until is None:
        return None
    return standing_on(current.holds_until, today)


@dataclass(frozen=True)
class Brief:
    """A line about the charter and the goals, for the relationship's page."""

    number: int | None
    holds_until: date | None
    standing: Standing | None
    proposed_on: date | None
    goals: int
    goals_late: int


def brief_parts(relationship: UUID) -> list[QuerySet]:
    """What a brief is made of, as parts of the statement of what stands beside."""
    known = {"relationship": relationship}
    charters = Charter.objects.filter(state__in=_BRIEFLY, **known)
    return [
        part(
            charters,
            "charter",
            text="state",
            on="proposed_on",
            until="holds_until",
            number="number",
        ),
        part(Goal.objects.open().filter(**known), "goal", until="due_on"),
    ]


def brief(rows: Sequence[Beside], today: date) -> Brief:
    """The line, from what was read with those parts."""
    charters = {row.text: row for row in rows if row.kind == "charter"}
    current, proposed = (charters.get(state) for state in _BRIEFLY)
    until = current.until if current else None
    days = [row.until for row in rows if row.kind == "goal"]
    return Brief(
        current.number if current else None,
        until,
        standing_on(until, today) if until else None,
        proposed.on if proposed else None,
        len(days),
        sum(day is not None and day < today for day in days),
    )
