"""Put right what an issue says: title and first day at once, severity in pairs.

A more serious reading counts at once, whichever side has it: either side may open an
issue as the most severe one alone, and nobody needs leave to be warned. A milder one
takes a warning from both, so that both agree to it; until then nothing moves. The side
that asked may take it back, and closing the issue ends the question.
"""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from engagements import search
from engagements.errors import RuleError, trimmed
from engagements.issues import correction_mails, queries
from engagements.issues.actions.recording import held, in_short, tell
from engagements.issues.states import (
    REPLIES,
    Action,
    Reply,
    end_asking,
    may_reply,
    refuse_unless_may,
)
from engagements.models import Contact, IssueCorrection, JointIssue, Side
from engagements.notices.ledger import owe
from engagements.relationships.figures import refresh_issues
from engagements.relationships.guarding import ask_anew
from engagements.seen import kept_already
from engagements.wording import long_day

_What, _State = IssueCorrection.What, IssueCorrection.State


@transaction.atomic
def correct(
    *,
    issue: JointIssue,
    side: str,
    by: Contact,
    title: str,
    happened_on: date,
    severity: str,
    reason: str = "",
    seen: str | None = None,
) -> JointIssue:
    """Say what is to be put right; what it was stays to be read.

    Raises RuleError for a day to come or after the opening, for a severity without a
    reason or while a milder one waits for an answer; StaleError where somebody put
    the same right since `seen`.
    """
    row, today = held(issue), timezone.localdate()
    refuse_unless_may(Action.CORRECT, row, side)
    said = {"title": title, "happened_on": happened_on, "severity": severity}
    now = queries.plain_words(row)
    if _asked_so(row, side, now, said, reason) or kept_already(seen, now, said):
        return row
    _check_day(row, happened_on, today)
    number = row.corrections.count()
    for what in (one for one in _What if said[one] != now[one]):
        number += 1
        _put(
            IssueCorrection(
                issue=row,
                number=number,
                what=what,
                before=str(now[what]),
                after=str(said[what]),
                side=side,
                by=by,
                said_on=today,
            ),
            reason,
        )
    return row


def _asked_so(
    issue: JointIssue, side: str, now: dict[str, Any], said: dict[str, Any], reason: str
) -> bool:
    """Whether this is asked in these very words, as after two presses: the issue keeps
    its severity until the answer, so the issue alone does not show it."""
    asked = issue.corrections.filter(state=_State.ASKED, side=side).first()
    if asked is None or asked.reason != trimmed(reason):
        return False
    return said == now | {"severity": asked.after}


def _check_day(issue: JointIssue, day: date, today: date) -> None:
    if day > today:
        raise RuleError(_("This day has not come yet."), field="happened_on")
    if day > issue.opened_on and day != issue.happened_on:
        words = _("It was opened on %(day)s, so it had happened by then.")
        raise RuleError(words % {"day": long_day(issue.opened_on)}, field="happened_on")


def _put(row: IssueCorrection, reason: str) -> None:
    if row.what != _What.SEVERITY:
        row.save()
        _apply(row)
        return
    label = _("Why another severity")
    row.reason = in_short(reason, label, _("Say in a sentence why."), field="reason")
    if row.after < row.before:
        end_asking(row.issue, Reply.OVERTAKE)
        row.save()
        _apply(row)
        owe(correction_mails.owed(row, correction_mails.RAISED))
        return
    waiting = row.issue.corrections.filter(state=_State.ASKED).first()
    if waiting is not None:
        words = _("A milder severity is asked already and waits for an answer.")
        if waiting.side == row.side:
            words = _("Your side asks for a milder one already. Take it back first.")
        raise RuleError(words, field="severity")
    row.state = _State.ASKED
    row.save()
    owe(correction_mails.owed(row, correction_mails.MILDER))


@transaction.atomic
def answer_milder(
    *, issue: JointIssue, side: str, by: Contact, number: int, yes: bool, reason: str
) -> IssueCorrection:
    """The other side reads it as milder too, or says why not.

    Raises RuleError for a no without a reason, for the side that asked, and once it is
    answered or overtaken.
    """
    row = held(issue)
    refuse_unless_may(Action.MILDER, row, side)
    asked = row.corrections.filter(number=number).first()
    if asked is None or not asked.is_asked:
        raise RuleError(_("This was answered already, or is no longer asked."))
    asked.issue = row
    if not may_reply(Reply.AGREE, asked, side):
        words = _("%(name)s answers this.")
        other = getattr(row.relationship, Side(side).other.value)
        raise RuleError(words % {"name": other.name})
    if not yes:
        missing = _("Why not: say why it is not milder.")
        asked.words = in_short(reason, _("Why not"), missing, field="why")
    asked.state = REPLIES[Reply.AGREE if yes else Reply.DECLINE][1]
    asked.answered_by, asked.answered_on = by, timezone.localdate()
    asked.save()
    if yes:
        _apply(asked)
    owe(correction_mails.answer_owed(asked))
    return asked


@transaction.atomic
def take_back_milder(
    *, issue: JointIssue, side: str, by: Contact, number: int
) -> IssueCorrection:
    """The side that asked for a milder severity asks no longer.

    Pressed twice it is done once. Raises RuleError once it is answered or overtaken.
    """
    row = held(issue)
    refuse_unless_may(Action.MILDER, row, side)
    asked = row.corrections.filter(number=number, side=side).first()
    if asked is not None and asked.state == _State.WITHDRAWN:
        return asked
    if asked is None or not may_reply(Reply.TAKE_BACK, asked, side):
        raise RuleError(_("This was answered already, or is no longer asked."))
    asked.state = REPLIES[Reply.TAKE_BACK][1]
    asked.answered_by, asked.answered_on = by, timezone.localdate()
    asked.save()
    return asked


def _apply(row: IssueCorrection) -> None:
    """What hangs on it follows: what finds it, what warns, what counts."""
    issue = row.issue
    value = date.fromisoformat(row.after) if row.what == _What.DAY else row.after
    setattr(issue, row.what, value)
    # Health is counted anew for what was written after it: see `updated_at` there.
    issue.save(update_fields=[row.what, "updated_at"])
    if row.what == _What.TITLE:
        search.index_issues([issue])
    if row.what == _What.SEVERITY:
        ask_anew([issue.relationship_id])
        refresh_issues([issue.relationship_id])
    words = _("%(what)s: was “%(was)s”, now “%(now)s”")
    line = words % {"what": row.get_what_display(), "was": row.was, "now": row.now}
    tell(issue, f"corrected-{row.number}", _("Corrected: %(title)s"), facts=(line,))
