"""The charter of a relationship: in force, proposed, own draft, earlier versions."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Count, OuterRef, Prefetch, QuerySet, Subquery
from django.db.models.functions import Coalesce

from engagements.charters.states import Standing, standing_on
from engagements.models import Charter, CharterAcceptance, Goal, Organisation

State = Charter.State


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


def brief_columns(today: date) -> dict[str, Subquery | Coalesce]:
    """What a brief is made of, as columns of a query that has a relationship: it costs
    that page no query of its own."""
    ours = Charter.objects.filter(relationship=OuterRef("relationship")).order_by()
    current = ours.filter(state=State.ACCEPTED)
    goals = Goal.objects.open().filter(relationship=OuterRef("relationship"))
    return {
        "charter_number": Subquery(current.values("number")),
        "charter_until": Subquery(current.values("holds_until")),
        "charter_proposed_on": Subquery(
            ours.filter(state=State.PROPOSED).values("proposed_on")
        ),
        "goals_open": _counted(goals),
        "goals_late": _counted(goals.filter(due_on__lt=today)),
    }


def _counted(rows: QuerySet) -> Coalesce:
    grouped = rows.order_by().values("relationship").annotate(count=Count("pk"))
    return Coalesce(Subquery(grouped.values("count")), 0)


def brief(row: Any, today: date) -> Brief:
    """The line, from a row that was read with those columns."""
    until = row.charter_until
    return Brief(
        row.charter_number,
        until,
        standing_on(until, today) if until else None,
        row.charter_proposed_on,
        row.goals_open,
        row.goals_late,
    )
