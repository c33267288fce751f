"""Terms and sizes of a board: arithmetic without rows and without a clock."""

from __future__ import annotations

from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from engagements.contracts.terms import add_months

FEWEST, MOST = 6, 15
# Of a hundred members so many must agree, or be present.
QUORUM = 60


def term_end(start: date, months: int) -> date:
    """The first day after a term."""
    return add_months(start, months)


def quorum(members: int) -> int:
    """How many of so many make the quorum: 60 in a hundred, rounded up."""
    return -(-members * QUORUM // 100)


def least_present(members: int) -> int:
    """How many of so many must be in the room: the quorum, and six; where fewer than
    six sit, everybody."""
    return min(members, max(quorum(members), FEWEST))


def size_warning(members: int) -> str:
    """What to say of a board that is small or large; empty from six to fifteen."""
    if members < FEWEST:
        words = ngettext(
            "%(count)s member sits. With fewer than six, support is hard to tell from "
            "a single voice.",
            "%(count)s members sit. With fewer than six, support is hard to tell from "
            "a single voice.",
            members,
        )
        return words % {"count": members}
    if members > MOST:
        words = _("%(count)s members sit. With more than fifteen, few get to speak.")
        return words % {"count": members}
    return ""
