"""Writes to goals: what is expected, what came of it so far, and how they end."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from engagements.charters.actions.moving import held
from engagements.charters.queries.goals import as_closed, as_shown, values_of
from engagements.commitments import asking
from engagements.commitments.said import Said
from engagements.errors import RuleError
from engagements.history import differences, record_change, record_event
from engagements.models import (
    Commitment,
    Contact,
    Goal,
    GoalValue,
    PromiseAsk,
    Relationship,
    Side,
    Standing,
    TeamRole,
    TimelineEntry,
    Visibility,
)
from engagements.seen import face, kept_already
from engagements.wording import long_day


@transaction.atomic
def set_goal(
    *, by: Standing, relationship: Relationship, values: dict[str, Any]
) -> Goal:
    """Put a goal down, with an owner on each side.

    Raises RuleError for an owner who does not speak for that side, and for nothing
    expected.
    """
    _check(relationship, values)
    goal = Goal.objects.create(
        relationship=relationship,
        organisation=by.organisation,
        written_by=by.contact,
        **values,
    )
    due = _("Due on %(day)s") % {"day": long_day(goal.due_on)}
    _tell(goal, "goal", _("Goal set: %(goal)s"), [due, goal.measure])
    return goal


@transaction.atomic
def change_goal(
    *,
    by: Standing,
    goal: Goal,
    values: dict[str, Any],
    reason: str,
    seen: str | None = None,
) -> Goal:
    """Change what a goal says; its history keeps what it said before, and why.

    Raises StaleError where somebody changed it otherwise since `seen`.
    """
    goal = _open(goal)
    _check(goal.relationship, values)
    if kept_already(seen, as_shown(values_of(goal)), as_shown(values)):
        return goal
    fields = differences(goal, values)
    for name, value in values.items():
        setattr(goal, name, value)
    goal.save(update_fields=[*values, "updated_at"])
    _record(goal, by, fields, reason)
    return goal


@transaction.atomic
def add_value(
    *, by: Standing, goal: Goal, side: Side, amount: Decimal, on: date, note: str
) -> GoalValue:
    """What it brought, on a day that has come; a correction is below zero."""
    goal = _open(goal)
    if on > timezone.localdate():
        raise RuleError(_("A value is realised on a day that has come."), field="on")
    if not amount:
        raise RuleError(_("Write a value other than 0."), field="amount")
    return GoalValue.objects.create(
        goal=goal, side=side, amount=amount, on=on, note=note, written_by=by.contact
    )


@transaction.atomic
def close_goal(
    *, by: Standing, goal: Goal, outcome: str, reason: str, seen: str | None = None
) -> Goal:
    """Say how a goal ended, in words.

    Raises StaleError where it says or brought something else than in `seen`.
    """
    goal = _open(goal)
    face(seen, as_closed(goal))
    goal.outcome, goal.reason = outcome, reason
    goal.closed_on = timezone.localdate()
    goal.save(update_fields=["outcome", "reason", "closed_on", "updated_at"])
    _record(goal, by, {"outcome": [None, outcome]}, reason)
    reached = outcome == Goal.Outcome.REACHED
    title = _("Goal reached: %(goal)s") if reached else _("Goal let go: %(goal)s")
    _tell(goal, "goal-closed", title, [reason])
    return goal


@transaction.atomic
def promise(
    *,
    by: Standing,
    goal: Goal,
    own_side: Side,
    side: Side,
    owner: Contact,
    text: str,
    due_on: date,
    measure: str,
) -> Commitment | PromiseAsk:
    """What a side does for a goal: a promise like any other, shared by both."""
    goal = _open(goal)
    said = Said(
        relationship=goal.relationship,
        side=side,
        owner=owner,
        text=text,
        due_on=due_on,
        measure=measure,
        origin_kind=Commitment.Origin.GOAL,
        origin_id=goal.pk,
    )
    return asking.record(by=by, own_side=own_side, said=said)


def _open(goal: Goal) -> Goal:
    held(goal.relationship)
    rows = Goal.objects.select_related("relationship", "client_owner", "supplier_owner")
    goal = rows.get(pk=goal.pk)
    if goal.outcome:
        raise RuleError(_("This goal is closed."))
    return goal


def _check(relationship: Relationship, values: dict[str, Any]) -> None:
    if values["expected"] <= 0:
        raise RuleError(_("Expect more than 0."), field="expected")
    for side in Side:
        _check_owner(relationship, side, values[f"{side.value}_owner"])


def _check_owner(relationship: Relationship, side: Side, owner: Contact) -> None:
    if owner.organisation_id == getattr(relationship, f"{side.value}_id"):
        return
    speaks = TeamRole.objects.current().filter(
        relationship=relationship, side=side, contact=owner
    )
    if not speaks.exists():
        words = _("%(name)s does not speak for that side.") % {"name": owner.name}
        raise RuleError(words, field=f"{side.value}_owner")


def _record(goal: Goal, by: Standing, fields: dict, reason: str) -> None:
    record_change(
        goal,
        fields,
        by=by,
        reason=reason,
        relationship=goal.relationship,
        visibility=Visibility.SHARED,
    )


def _tell(goal: Goal, mark: str, title: str, facts: list[str]) -> None:
    record_event(
        goal.relationship,
        kind=TimelineEntry.Kind.CHARTER,
        mark=mark,
        title=title % {"goal": goal.title},
        row=goal,
        address=goal.get_absolute_url(),
        people=[goal.client_owner, goal.supplier_owner],
        facts=facts,
    )
