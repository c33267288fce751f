"""Who may write on charters, goals and the mirror: the same for both sides."""

from __future__ import annotations

from typing import TYPE_CHECKING

from engagements.access import can_edit_relationship, own_side
from engagements.models import standing_of

if TYPE_CHECKING:
    from accounts.models import User
    from engagements.models import Charter, CharterAcceptance, Relationship


def can_work_on_charter(user: User, relationship: Relationship) -> bool:
    """Charter, goals and mirror: whoever may edit the relationship, of either side."""
    return can_edit_relationship(user, relationship)


def can_take_back_charter(user: User, charter: Charter) -> bool:
    """Only the organisation that wrote it, by whoever may work on it."""
    standing = standing_of(user)
    if standing is None or charter.organisation_id != standing.organisation.pk:
        return False
    return can_work_on_charter(user, charter.relationship)


def can_answer_about_charter(user: User, acceptance: CharterAcceptance) -> bool:
    """The one person named for the own side, and nobody else."""
    standing = standing_of(user)
    side = own_side(user, acceptance.charter.relationship)
    if standing is None or side is None or side.side != acceptance.side:
        return False
    return acceptance.contact_id == standing.contact.pk


def can_name_for_charter(user: User, acceptance: CharterAcceptance) -> bool:
    """Each side names its own person; while nobody acts on a side, the other does."""
    relationship = acceptance.charter.relationship
    own = own_side(user, relationship)
    if own is None or not can_work_on_charter(user, relationship):
        return False
    if own.side == acceptance.side:
        return True
    theirs = relationship.sides.filter(side=acceptance.side, acted_by=None)
    return theirs.exists()
