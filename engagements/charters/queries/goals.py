"""Goals with what they were to be worth and what they brought so far."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db.models import DecimalField, F, Q, QuerySet, Sum

from engagements.models import Commitment, Contact, Goal, Relationship, Side, TeamRole
from engagements.wording import long_day

_MONEY: DecimalField = DecimalField(max_digits=14, decimal_places=2)
_SAID = ("title", "measure", "expected", "unit", "due_on")
_OWNERS = ("client_owner", "supplier_owner")


def with_values(rows: QuerySet[Goal]) -> QuerySet[Goal]:
    """Each goal with `realised`; None where nothing has been entered: not 0."""
    return rows.annotate(realised=Sum("entries__amount", output_field=_MONEY))


def realised(goal: Goal) -> Decimal | None:
    """What one goal brought so far; None where nothing has been entered."""
    return goal.entries.aggregate(total=Sum("amount", output_field=_MONEY))["total"]


def goals(relationship: UUID) -> QuerySet[Goal]:
    """All of a relationship, those under way first: one query."""
    rows = Goal.objects.filter(relationship=relationship)
    return with_values(rows.select_related("client_owner", "supplier_owner")).order_by(
        F("closed_on").desc(nulls_first=True), "due_on", "pk"
    )


def people_of(relationship: Relationship, side: Side) -> QuerySet[Contact]:
    """Who may own a goal or answer for a side: its people and its team, still there."""
    place = getattr(relationship, f"{side.value}_id")
    team = TeamRole.objects.current().filter(relationship=relationship, side=side)
    return Contact.objects.present().filter(
        Q(organisation=place) | Q(pk__in=team.order_by().values("contact"))
    )


def reachable(relationship: Relationship, side: Side) -> QuerySet[Contact]:
    """Those of them who can be asked by mail."""
    return people_of(relationship, side).exclude(email="")


def first_named(relationship: Relationship, side: Side) -> Contact | None:
    """Whom to propose: the side's sponsor, or else its interface person."""
    roles = TeamRole.objects.current().filter(
        relationship=relationship,
        side=side,
        role__in=[TeamRole.Role.SPONSOR, TeamRole.Role.INTERFACE],
        contact__in=reachable(relationship, side),
    )
    found = roles.select_related("contact").order_by("from_on", "pk")
    sponsors = [row for row in found if row.role == TeamRole.Role.SPONSOR]
    return next((row.contact for row in [*sponsors, *found]), None)


def promises(goal: Goal) -> QuerySet[Commitment]:
    """What both sides do for it, in the order of the days first agreed."""
    rows = Commitment.objects.filter(
        origin_kind=Commitment.Origin.GOAL, origin_id=goal.pk
    )
    return rows.select_related("owner").order_by("original_due_on", "pk")


def values_of(goal: Goal) -> dict[str, Any]:
    """What people write of a goal, by the names of the fields."""
    return {name: getattr(goal, name) for name in (*_SAID, *_OWNERS)}


def as_shown(values: Mapping[str, Any]) -> dict[str, str]:
    """The same as a form shows it, to notice that somebody else changed it."""
    owners = {name: str(values[name].pk) for name in _OWNERS}
    return {**_in_words(values), **owners}


def frozen(goal: Goal) -> dict[str, str]:
    """What a goal says, in the words both sides accept."""
    return _in_words(values_of(goal))


def _in_words(values: Mapping[str, Any]) -> dict[str, str]:
    return {
        "title": values["title"],
        "measure": values["measure"],
        "expected": f"{values['expected'].normalize():f}",
        "unit": values["unit"],
        "due_on": long_day(values["due_on"]),
    }


def frozen_goals(relationship: UUID) -> list[dict[str, str]]:
    """The goals under way as a charter proposed now would hold them: one query."""
    rows = Goal.objects.open().filter(relationship=relationship)
    rows = rows.select_related(*_OWNERS).order_by("due_on", "pk")
    return [frozen(goal) for goal in rows]


def as_closed(goal: Goal) -> dict[str, str]:
    """What whoever closes a goal has before them: what it says, and what it brought."""
    total = realised(goal)
    brought = "" if total is None else f"{total.normalize():f}"
    return {**frozen(goal), "realised": brought}
