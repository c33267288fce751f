"""Mails about how severe an issue is: what is asked, what counts, what was answered."""

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
# What the side that asked for a milder reading was answered.
ANSWERED = "issue-milder-said"


def owed(row: IssueCorrection, kind: str) -> Iterator[Owed]:
    """To whoever speaks for the side that did not say it."""
    others = row.issue.sides.exclude(side=row.side)
    return mails.owed(row.issue, kind, others, counter=row.number)


def answer_owed(row: IssueCorrection) -> Iterator[Owed]:
    """To whoever speaks for the side that asked."""
    asking = row.issue.sides.filter(side=row.side)
    return mails.owed(row.issue, ANSWERED, asking, counter=row.number)


def wanted(notice: Notice) -> bool:
    """The question is open, or what was read or answered still what counts."""
    seat, row = _rows(notice)
    if seat.contact_id != notice.recipient_id:
        return False
    counts = row.issue.severity == row.after
    if notice.kind == ANSWERED:
        return counts or row.state == IssueCorrection.State.DECLINED
    if row.issue.state in JointIssue.OVER:
        return False
    return row.is_asked if notice.kind == MILDER else counts


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
    subject, said = _words(notice.kind, row)
    why = row.words if notice.kind == ANSWERED else row.reason
    signed_in = settings.SITE_URL + row.issue.get_absolute_url()
    return Letter(
        subject % words,
        [said % words, *([why] if why else [])],
        _("Look and answer") if asks else _("Look at the issue"),
        links.address(seat),
        ((_("Or signed in"), signed_in),) if seat.contact.user_id else (),
    )


def _words(kind: str, row: IssueCorrection) -> tuple[str, str]:
    """Subject and first lines."""
    if kind == MILDER:
        return _("Less severe? %(title)s"), _(
            "The other side of %(pair)s would read a joint issue as less severe: "
            "“%(now)s” instead of “%(was)s”. It counts once both agree; until then "
            "nothing changes."
        )
    if kind == RAISED:
        return _("More severe: %(title)s"), _(
            "The other side of %(pair)s reads a joint issue as more severe: “%(now)s” "
            "instead of “%(was)s”. That counts at once; a milder reading takes both."
        )
    if row.state == IssueCorrection.State.DECLINED:
        return _("Not less severe: %(title)s"), _(
            "The other side of %(pair)s does not read a joint issue as “%(now)s”, for "
            "this reason:"
        )
    return _("Less severe, agreed: %(title)s"), _(
        "The other side of %(pair)s reads a joint issue as less severe too. It counts "
        "as “%(now)s” now, instead of “%(was)s”."
    )


def _rows(notice: Notice) -> tuple[IssueSide, IssueCorrection]:
    seat = IssueSide.objects.select_related("contact").get(pk=about(notice))
    rows = IssueCorrection.objects.select_related(
        "issue__relationship__client", "issue__relationship__supplier"
    )
    return seat, rows.get(issue=seat.issue_id, number=notice.counter)
