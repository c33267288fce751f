"""What is operational leaves the room: a joint issue of the member's own organisation.

The one write of a member that the host sees, and only once the member has read the
words and pressed the button. Nothing is opened by sorting or by consent.
"""

from __future__ import annotations

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
)


def relationship_of(seat: BoardSeat) -> Relationship | None:
    """The member's relationship with the host, where there is one."""
    rows = Relationship.objects.active().filter(
        client=seat.organisation_id, supplier=seat.supplier_id
    )
    return rows.select_related("client", "supplier").first()


def may_carry(row: Contribution, seat: BoardSeat) -> bool:
    """Whether a member may carry it out: parked, not carried yet, and where a name
    stands beside it, its own."""
    parked = row.ends_as == Contribution.End.ISSUE and row.issue_id is None
    mine = row.seat_id is None or row.seat_id == seat.pk
    return parked and mine and not seat.is_facilitator


def carry_out(
    *, by: BoardSeat, meeting: BoardMeeting, contribution: UUID, said: Opening
) -> JointIssue:
    """Open the joint issue, in the words the member typed for both sides.

    Raises RuleError where the two organisations have no relationship here.
    """
    with writing(meeting, by, Meet.ENTER):
        row = row_of(Contribution, meeting, contribution)
        if not may_carry(row, by):
            raise RuleError(_("This is not parked for you."))
        relationship = relationship_of(by)
        if relationship is None:
            raise RuleError(
                _("There is no relationship with %(name)s here to open it on.")
                % {"name": by.board.supplier.name}
            )
        row.issue = open_issue(relationship=relationship, by=by.contact, said=said)
        row.save(update_fields=["issue"])
        return row.issue
