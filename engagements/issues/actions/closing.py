"""Close an issue with both sides, or by the clock; then look whether it held."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from engagements.errors import RuleError
from engagements.issues import mails
from engagements.issues.actions.recording import held, in_short, tell
from engagements.issues.states import (
    Action,
    Reply,
    State,
    end_asking,
    refuse_unless_may,
    working_state,
)
from engagements.models import IssueSide, JointIssue
from engagements.notices.ledger import owe
from engagements.parties.calendars import joint_calendar
from engagements.relationships.figures import refresh_issues
from engagements.relationships.guarding import ask_anew

# Working days of both sides a side has to answer.
SILENCE = 10
_CLOSING = [
    "state",
    "outcome",
    "closing_side",
    "closing_round",
    "closing_asked_on",
    "lapses_on",
    "objection",
    "check_days",
    "updated_at",
]


@transaction.atomic
def ask_to_close(
    *, issue: JointIssue, side: str, outcome: str, check_days: int, today: date
) -> JointIssue:
    """One side would close it; the other has ten working days to answer."""
    row = held(issue)
    refuse_unless_may(Action.CLOSE, row, side)
    both = joint_calendar(row.relationship.client, row.relationship.supplier)
    row.state, row.closing_side, row.outcome = State.CLOSING, side, outcome
    row.closing_round += 1
    row.closing_asked_on, row.lapses_on = today, both.add(today, SILENCE)
    row.objection, row.check_days = "", check_days
    row.save(update_fields=_CLOSING)
    others = row.sides.exclude(side=side)
    owe(mails.owed(row, mails.CLOSING, others, counter=row.closing_round))
    return row


@transaction.atomic
def answer_closing(
    *,
    issue: JointIssue,
    side: str,
    yes: bool,
    today: date,
    round_: int,
    reason: str = "",
) -> JointIssue:
    """The asked side agrees to close, or says what is still open.

    Raises RuleError for an objection without a reason, and for an earlier question.
    """
    row = held(issue)
    refuse_unless_may(Action.CONFIRM if yes else Action.OBJECT, row, side)
    if round_ != row.closing_round:
        raise RuleError(_("Closing was asked anew meanwhile. Read it again."))
    if yes:
        _close(row, State.CLOSED, today)
        return row
    missing = _("Say what is still open.")
    row.objection = in_short(reason, _("What is still open"), missing, field="reason")
    row.state = working_state(row)
    row.lapses_on = None
    row.save(update_fields=["state", "objection", "lapses_on", "updated_at"])
    return row


def _close(issue: JointIssue, state: State, today: date) -> None:
    issue.state, issue.closed_on, issue.lapses_on = state, today, None
    issue.check_on = today + timedelta(days=issue.check_days)
    issue.save(
        update_fields=["state", "closed_on", "lapses_on", "check_on", "updated_at"]
    )
    end_asking(issue, Reply.END)
    ask_anew([issue.relationship_id])
    refresh_issues([issue.relationship_id])
    facts = (issue.outcome,) if issue.outcome else ()
    words = {
        State.CLOSED: _("Closed by both: %(title)s"),
        State.UNCONFIRMED: _("Closed, unconfirmed: %(title)s"),
    }
    tell(issue, "closed", words[state], facts=facts)


def close_silent(today: date) -> int:
    """By the clock: whoever was asked has let ten working days pass."""
    late = JointIssue.objects.filter(state=State.CLOSING, lapses_on__lt=today)
    return sum(_lapse(issue, today) for issue in late)


@transaction.atomic
def _lapse(issue: JointIssue, today: date) -> bool:
    row = held(issue)
    # Answered a moment ago, or asked anew.
    if row.state != State.CLOSING or row.lapses_on is None or row.lapses_on >= today:
        return False
    refuse_unless_may(Action.LAPSE, row, "")
    _close(row, State.UNCONFIRMED, today)
    return True


@transaction.atomic
def answer_check(
    *,
    issue: JointIssue,
    side: str,
    held_well: bool,
    today: date,
    now: datetime | None = None,
) -> JointIssue:
    """A side says whether it has come back; with both the check is done.

    Raises RuleError before its day.
    """
    row = held(issue)
    refuse_unless_may(Action.CHECK, row, side)
    if row.check_on is None or row.check_on > today:
        raise RuleError(_("The day of the prevention check has not come yet."))
    said = IssueSide.Check.HELD if held_well else IssueSide.Check.BACK
    row.sides.filter(side=side).update(check_answer=said)
    if not row.sides.filter(check_answer="").exists():
        row.state, row.checked_at = State.CHECKED, now or timezone.now()
        row.save(update_fields=["state", "checked_at", "updated_at"])
        said_by = list(row.sides.all())
        answers = tuple(str(one.get_check_answer_display()) for one in said_by)
        tell(row, "checked", _("Prevention check: %(title)s"), at=now, facts=answers)
        if len(set(answers)) > 1:
            owe(mails.owed(row, mails.DIFFER, said_by))
    return row
