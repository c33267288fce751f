"""What is operational leaves the room: a joint issue of the member's own organisation.

The one write of a member that the host sees, and only once the member has read the
words and pressed the button. Nothing is opened by sorting or by consent.
"""

from __future__ import annotations

from datetime import date
from uuid import UUID

from django.utils.translation import gettext as _

from engagements.boards.actions.room_holding import row_of, writing
from engagements.boards.states import Meet
from engagements.errors import RuleError
from engagements.issues.actions.opening import Opening, open_issue
from engagements.models import (
    BoardMeeting,
    BoardSeat,
    Contribution,
    JointIssue,
    Relationship,
    Side,
)
from engagements.relationships.speakers import speaker


def relationships_of(seat: BoardSeat) -> list[Relationship]:
    """The member's relationships with the host, by their scope."""
    rows = Relationship.objects.active().filter(
        client=seat.organisation_id, supplier=seat.supplier_id
    )
    return list(
        rows.select_related("client", "supplier")
        .prefetch_related("sides")
        .order_by("scope", "pk")
    )


def can_be_asked(relationship: Relationship, today: date) -> bool:
    """Whether somebody of each side could be asked for its account."""
    return all(speaker(relationship, side, today) for side in Side)


def may_carry(row: Contribution, seat: BoardSeat) -> bool:
    """Whether a member may carry it out: parked, not carried yet, and where a name
    stands beside it, its own."""
    parked = row.ends_as == Contribution.End.ISSUE and row.issue_id is None
    mine = row.seat_id is None or row.seat_id == seat.pk
    return parked and mine and not seat.is_facilitator


def carry_out(
    *,
    by: BoardSeat,
    meeting: BoardMeeting,
    contribution: UUID,
    said: Opening,
    relationship: Relationship | None = None,
) -> JointIssue:
    """Open the joint issue, in the words the member typed for both sides.

    `relationship`: which, where the two organisations have several. Raises RuleError
    where they have none here, and where one of several has to be chosen.
    """
    with writing(meeting, by, Meet.ENTER):
        row = row_of(Contribution, meeting, contribution)
        if not may_carry(row, by):
            raise RuleError(_("This is not parked for you."))
        on = _chosen(by, relationship)
        row.issue = open_issue(relationship=on, by=by.contact, said=said)
        row.save(update_fields=["issue"])
        return row.issue


def _chosen(seat: BoardSeat, asked: Relationship | None) -> Relationship:
    known = relationships_of(seat)
    if not known:
        words = _("There is no relationship with %(name)s here to open it on.")
        raise RuleError(words % {"name": seat.board.supplier.name})
    if asked is None and len(known) == 1:
        return known[0]
    if asked is None or asked not in known:
        raise RuleError(_("Choose the relationship."), field="relationship")
    return asked
