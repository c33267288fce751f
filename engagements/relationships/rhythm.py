"""How often the two sides should speak, and who is missing at the table."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Q

from engagements.models import Relationship, Side, TeamRole

# Days between contacts by segment; a relationship may have a rhythm of its own.
SEGMENT_DAYS = {
    Relationship.Segment.STRATEGIC: 14,
    Relationship.Segment.BOTTLENECK: 30,
    Relationship.Segment.LEVERAGE: 30,
    Relationship.Segment.ROUTINE: 90,
    Relationship.Segment.UNCLASSIFIED: 30,
}
# Who speaks for each side of an active relationship.
NEEDED_ROLES = (TeamRole.Role.INTERFACE, TeamRole.Role.SPONSOR)


def rhythm_days(segment: str, own_days: int | None = None) -> int:
    """Days between two contacts: the relationship's own, else its segment's."""
    return own_days or SEGMENT_DAYS[Relationship.Segment(segment)]


def contact_due_on(
    last_contact: date | None, began: date, segment: str, own_days: int | None = None
) -> date:
    """The day after which the silence is longer than the rhythm."""
    return (last_contact or began) + timedelta(days=rhythm_days(segment, own_days))


def silent(today: date) -> Q:
    """Sides of active relationships not spoken to for longer than the rhythm.

    Active: a live contract, or marked active; elsewhere silence means nothing.
    """
    active = Q(live_contracts__gt=0) | Q(marked_active=True)
    return Q(contact_due_on__lt=today) & active


def is_silent(contact_due: date | None, today: date, *, active: bool) -> bool:
    """The rule of `silent` for one row at hand."""
    return active and contact_due is not None and contact_due < today


@dataclass(frozen=True)
class Missing:
    """A role nobody holds on one side."""

    side: Side
    role: TeamRole.Role


def missing_roles(held: Iterable[tuple[str, str]]) -> list[Missing]:
    """Which needed roles nobody holds, given (side, role) of all current roles."""
    present = set(held)
    return [
        Missing(side, role)
        for side in Side
        for role in NEEDED_ROLES
        if (side.value, role.value) not in present
    ]
