"""A promise in full, before it is one: whoever writes it down says this."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from engagements.models import Commitment, Contact, Relationship, Side


@dataclass(frozen=True)
class Said:
    """Which side, who of it, what, until when, how both will see it, and where from.

    Named as the columns of a promise and of what is only asked: `vars` fills both.
    """

    relationship: Relationship
    side: Side
    owner: Contact
    text: str
    due_on: date
    measure: str = ""
    origin_kind: str = Commitment.Origin.DIRECT
    origin_id: UUID | None = None
