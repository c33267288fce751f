"""Write a charter down, propose it, take it back. A draft is the own side's alone."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from engagements.charters.actions.answering import ask, yes_by_asking
from engagements.charters.actions.moving import held, move
from engagements.errors import RuleError
from engagements.models import (
    Charter,
    Contact,
    Goal,
    Relationship,
    Side,
    Standing,
)
from engagements.seen import kept_already
from engagements.wording import long_day

State = Charter.State


@transaction.atomic
def write(
    *,
    by: Standing,
    relationship: Relationship,
    side: Side,
    purpose: str,
    values: str = "",
    principles: str = "",
    seen: str | None = None,
) -> Charter:
    """Keep the own side's draft; there is one, and the other side does not see it.

    Raises StaleError where a colleague wrote another since `seen`.
    """
    held(relationship)
    said = {"purpose": purpose, "values": values, "principles": principles}
    ours: dict[str, Any] = {
        "relationship": relationship,
        "organisation": by.organisation,
        "state": State.DRAFT,
    }
    before = Charter.objects.filter(**ours).first()
    if before is not None and kept_already(seen, before.words, said):
        return before
    charter, _created = Charter.objects.update_or_create(
        **ours, defaults={**said, "written_by": by.contact, "side": side}
    )
    return charter


@transaction.atomic
def propose(*, by: Standing, charter: Charter, people: dict[str, Contact]) -> Charter:
    """Ask one named person of each side; whoever names oneself has said yes.

    Raises RuleError while another proposal waits, and for who cannot be asked.
    """
    held(charter.relationship)
    waiting = Charter.objects.filter(
        relationship=charter.relationship_id, state=State.PROPOSED
    )
    if waiting.exists():
        raise RuleError(
            _("Another proposal waits for an answer: answer or withdraw it first.")
        )
    goals = Goal.objects.open().filter(relationship=charter.relationship_id)
    row = move(
        charter,
        State.PROPOSED,
        proposed_on=timezone.localdate(),
        goals=[_frozen(goal) for goal in goals.order_by("due_on", "pk")],
    )
    asked = ask(row, round_=1, people=people)
    yes_by_asking(rows=asked, by=by)
    row.refresh_from_db()
    return row


def _frozen(goal: Goal) -> dict[str, str]:
    """What a goal says, in the words both sides accept."""
    return {
        "title": goal.title,
        "measure": goal.measure,
        "expected": f"{goal.expected.normalize():f}",
        "unit": goal.unit,
        "due_on": long_day(goal.due_on),
    }


@transaction.atomic
def take_back(*, by: Standing, charter: Charter) -> Charter:
    """Drop a draft, or withdraw a proposal before both have accepted it.

    Raises RuleError for somebody else's, and for one that both accepted.
    """
    held(charter.relationship)
    charter.refresh_from_db()
    if charter.organisation_id != by.organisation.pk:
        raise RuleError(_("Whoever wrote it takes it back."))
    draft = charter.state == State.DRAFT
    return move(charter, State.DROPPED if draft else State.WITHDRAWN)
