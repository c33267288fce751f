"""What the two people of a level are asked: the same text, at the same moment."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext as _

from engagements.links import Purpose, address
from engagements.models import IssueStep, IssueStepSide, JointIssue, Notice
from engagements.notices.kinds import Letter, about
from engagements.notices.ledger import Owed
from engagements.relationships.speakers import ledgers

STEP = "issue-step"


def owed(step: IssueStep) -> Iterator[Owed]:
    """One to each of the pair."""
    relationship = step.issue.relationship
    places = ledgers(relationship)
    for row in step.people.all():
        yield Owed(
            kind=STEP,
            recipient=row.contact_id,
            organisation=places[row.side],
            lane=Notice.Lane.ORDINARY,
            relationship=relationship.pk,
            object_id=row.pk,
            side=row.side,
            counter=row.version,
        )


def wanted(notice: Notice) -> bool:
    """The issue is open, and this person has not answered."""
    row = _row(notice)
    return (
        not row.answer
        and row.version == notice.counter
        and row.step.issue.state not in JointIssue.OVER
    )


def letter(notice: Notice) -> Letter:
    """Nothing in it depends on the side, but the link."""
    row = _row(notice)
    issue = row.step.issue
    people = row.step.people.select_related("contact").order_by("side")
    words = {
        "title": issue.title,
        "pair": str(issue.relationship),
        "both": _(" and ").join(one.contact.name for one in people),
        "question": row.step.question,
    }
    return Letter(
        _("Asked of both of you: %(title)s") % words,
        [
            _(
                "A joint issue of %(pair)s needs the two of you, %(both)s. Both get "
                "this same mail now."
            )
            % words,
            row.step.question,
            _("Please talk, then say what follows. The link needs no sign-in."),
        ],
        _("Look and answer"),
        address(Purpose.STEP, row.pk, row.version),
    )


def _row(notice: Notice) -> IssueStepSide:
    rows = IssueStepSide.objects.select_related(
        "contact",
        "step__issue__relationship__client",
        "step__issue__relationship__supplier",
    )
    return rows.get(pk=about(notice))
