"""Open an issue for both sides, and let each write its account alone."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from engagements import search
from engagements.errors import RuleError
from engagements.issues import mails, queries
from engagements.issues.actions.recording import held, tell
from engagements.issues.states import Action, State, refuse_unless_may
from engagements.models import (
    Contact,
    IssueAccount,
    IssueSide,
    JointIssue,
    Relationship,
    Side,
)
from engagements.notices.ledger import owe
from engagements.parties.calendars import joint_calendar
from engagements.relationships.figures import refresh_issues
from engagements.relationships.guarding import ask_anew
from engagements.relationships.speakers import speaker
from engagements.seen import kept_already

# Working days of both sides for which an open issue is a young one.
YOUNG = 10


@dataclass(frozen=True)
class Opening:
    """What is said when an issue is opened; nobody is named in it."""

    title: str
    happened_on: date
    severity: str = JointIssue.Severity.SECOND
    because: str = JointIssue.Because.OTHER
    recurrence_of: JointIssue | None = None


@transaction.atomic
def open_issue(
    *,
    relationship: Relationship,
    by: Contact,
    said: Opening,
    now: datetime | None = None,
) -> JointIssue:
    """Open it for both sides and ask each for its account.

    Raises RuleError for a day to come, an earlier issue of other people, and where
    nobody speaks for a side.
    """
    moment = now or timezone.now()
    today = timezone.localdate(moment)
    _check(relationship, said, today)
    people = {side: _asked(relationship, side, today) for side in Side}
    both = joint_calendar(relationship.client, relationship.supplier)
    issue = JointIssue.objects.create(
        relationship=relationship,
        opened_by=by,
        opened_on=today,
        young_until=both.add(today, YOUNG),
        **vars(said),
    )
    seats = [
        IssueSide.objects.create(issue=issue, side=side, contact=person)
        for side, person in people.items()
    ]
    search.index_issues([issue])
    ask_anew([relationship.pk])
    refresh_issues([relationship.pk])
    tell(issue, "opened", _("Joint issue: %(title)s"), at=moment)
    owe(mails.owed(issue, mails.ACCOUNT, seats))
    return issue


def _check(relationship: Relationship, said: Opening, today: date) -> None:
    if said.happened_on > today:
        raise RuleError(_("This day has not come yet."), field="happened_on")
    before = said.recurrence_of
    if before is not None and before.relationship_id != relationship.pk:
        raise RuleError(_("This is not one of both sides."), field="recurrence_of")


def _asked(relationship: Relationship, side: Side, today: date) -> Contact:
    person = speaker(relationship, side, today)
    if person is None:
        words = _("Nobody of %(name)s can be asked: add an interface person.")
        raise RuleError(words % {"name": getattr(relationship, side.value).name})
    return person


@transaction.atomic
def write_account(
    *,
    issue: JointIssue,
    side: str,
    by: Contact,
    text: str,
    impact: str,
    seen: str | None = None,
    now: datetime | None = None,
) -> JointIssue:
    """Hand in a side's account; the second reveals both at the same moment.

    Until then it may be handed in again. Raises RuleError once both are revealed,
    StaleError where a colleague handed in another since `seen`.
    """
    moment = now or timezone.now()
    row = held(issue)
    refuse_unless_may(Action.ACCOUNT, row, side)
    before, said = queries.account_words(row, side), {"text": text, "impact": impact}
    if kept_already(seen, before, said):
        return row
    seat = row.sides.get(side=side)
    IssueAccount.objects.update_or_create(
        seat=seat, defaults={**said, "written_by": by}
    )
    seat.account_at = moment
    seat.save(update_fields=["account_at", "updated_at"])
    if not row.sides.filter(account_at=None).exists():
        _reveal(row, moment)
    return row


def _reveal(issue: JointIssue, moment: datetime) -> None:
    issue.state, issue.revealed_at = State.FACTS, moment
    issue.save(update_fields=["state", "revealed_at", "updated_at"])
    tell(issue, "revealed", _("Both accounts are there: %(title)s"), at=moment)
    owe(mails.owed(issue, mails.REVEALED, issue.sides.all()))
