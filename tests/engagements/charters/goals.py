"""Goals for tests."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from engagements.charters.actions import goals
from engagements.models import Goal, Side


def said(pair, **values) -> dict:
    owners = {f"{side.value}_owner": pair.by(side).contact for side in Side}
    return {
        "title": "Fewer call-outs",
        "measure": "Call-outs at night, by both desks' lists",
        "unit": "call-outs a month",
        "expected": Decimal("40.00"),
        "due_on": date(2027, 3, 31),
        **owners,
        **values,
    }


def set_goal(pair, **values) -> Goal:
    return goals.set_goal(
        by=pair.by(), relationship=pair.relationship, values=said(pair, **values)
    )
