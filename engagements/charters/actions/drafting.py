"""Write a charter down, propose it, take it back. A draft is the own side's alone."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from engagements.charters.actions.answering import ask, yes_by_asking
from engagements.charters.actions.moving import held, move
from engagements.charters.queries.charters import proposal
from engagements.errors import RuleError
from engagements.models import (
    Charter,
    Contact,
    Relationship,
    Side,
    Standing,
)
from engagements.seen import face, kept_already

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
def propose(
    *,
    by: Standing,
    charter: Charter,
    people: dict[str, Contact],
    seen: str | None = None,
) -> Charter:
    """Ask one named person of each side; whoever names oneself has said yes.

    Raises RuleError while another proposal waits, and for who cannot be asked;
    StaleError where a word or a goal is another than in `seen`.
    """
    held(charter.relationship)
    waiting = Charter.objects.filter(
        relationship=charter.relationship_id, state=State.PROPOSED
    )
    if waiting.exists():
        raise RuleError(
            _("Another proposal waits for an answer: answer or withdraw it first.")
        )
    charter.refresh_from_db()
    now = proposal(charter)
    face(seen, now)
    row = move(
        charter,
        State.PROPOSED,
        proposed_on=timezone.localdate(),
        goals=now["goals"],
    )
    asked = ask(row, round_=1, people=people)
    yes_by_asking(rows=asked, by=by)
    row.refresh_from_db()
    return row


@transaction.atomic
def take_back(*, by: Standing, charter: Charter, seen: str | None = None) -> Charter:
    """Drop a draft, or withdraw a proposal before both have accepted it.

    Raises RuleError for somebody else's, and for one that both accepted; StaleError
    where a colleague wrote other words than in `seen`.
    """
    held(charter.relationship)
    charter.refresh_from_db()
    if charter.organisation_id != by.organisation.pk:
        raise RuleError(_("Whoever wrote it takes it back."))
    draft = charter.state == State.DRAFT
    if draft:
        face(seen, charter.words)
    return move(charter, State.DROPPED if draft else State.WITHDRAWN)
