"""Mails about how severe an issue is: one asks the other side, one tells it."""

from __future__ import annotations

from collections.abc import Iterator

from django.conf import settings
from django.utils.translation import gettext as _

from engagements.issues import links, mails
from engagements.models import IssueCorrection, IssueSide, JointIssue, Notice
from engagements.notices.kinds import Letter, about
from engagements.notices.ledger import Owed

# A milder reading, which takes both.
MILDER = "issue-milder"
# A more serious one, which counts already.
RAISED = "issue-raised"


def owed(row: IssueCorrection, kind: str) -> Iterator[Owed]:
    """To whoever speaks for the side that did not say it."""
    others = row.issue.sides.exclude(side=row.side)
    return mails.owed(row.issue, kind, others, counter=row.number)


def wanted(notice: Notice) -> bool:
    """The question is open, or the more serious reading still the one that counts."""
    seat, row = _rows(notice)
    if row.issue.state in JointIssue.OVER or seat.contact_id != notice.recipient_id:
        return False
    if notice.kind == MILDER:
        return row.is_asked
    return row.issue.severity == row.after


def letter(notice: Notice) -> Letter:
    """What it was, what it would be or is, and why, in the words of who said it."""
    seat, row = _rows(notice)
    words = {
        "title": row.issue.title,
        "pair": str(row.issue.relationship),
        "was": row.was,
        "now": row.now,
    }
    asks = notice.kind == MILDER
    if asks:
        subject = _("Less severe? %(title)s")
        said = _(
            "The other side of %(pair)s would read a joint issue as less severe: "
            "“%(now)s” instead of “%(was)s”. It counts once both agree; until then "
            "nothing changes."
        )
    else:
        subject = _("More severe: %(title)s")
        said = _(
            "The other side of %(pair)s reads a joint issue as more severe: “%(now)s” "
            "instead of “%(was)s”. That counts at once; a milder reading takes both."
        )
    signed_in = settings.SITE_URL + row.issue.get_absolute_url()
    return Letter(
        subject % words,
        [said % words, row.reason],
        _("Look and answer") if asks else _("Look at the issue"),
        links.address(seat),
        ((_("Or signed in"), signed_in),) if seat.contact.user_id else (),
    )


def _rows(notice: Notice) -> tuple[IssueSide, IssueCorrection]:
    seat = IssueSide.objects.select_related("contact").get(pk=about(notice))
    rows = IssueCorrection.objects.select_related(
        "issue__relationship__client", "issue__relationship__supplier"
    )
    return seat, rows.get(issue=seat.issue_id, number=notice.counter)
