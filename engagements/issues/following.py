"""What comes next in an issue and who acts, in a sentence for one side.

The same for both: with the sides exchanged, only the names are.
"""

from __future__ import annotations

from datetime import date

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from engagements.issues.states import State
from engagements.models import IssueSide, JointIssue, Side
from engagements.wording import long_day

_WORDS: dict[str, str | Promise] = {
    "write": _("Next: the account of %(own)s. %(other)s writes its own, alone."),
    "wait": _(
        "Your account is in. Next: the account of %(other)s; both are shown at the "
        "same moment, and you get a mail."
    ),
    "word": _(
        "Next: one of the two sides puts the facts into words, and the other agrees "
        "or puts them otherwise. You may begin."
    ),
    "agree": _(
        "Next: %(own)s agrees to these words or puts them otherwise; then %(other)s "
        "is asked about the new ones."
    ),
    "agreed": _(
        "%(own)s agrees to these words. Next: %(other)s agrees, or puts them "
        "otherwise and you get a mail."
    ),
    "work": _(
        "Next: each side promises what it will change. Once nothing is open, either "
        "side asks to close."
    ),
    "confirm": _(
        "%(other)s asks to close it. Next: %(own)s confirms, or says what is still "
        "open. Without an answer it closes as unconfirmed after %(until)s."
    ),
    "asked": _(
        "%(own)s asked to close it. Next: %(other)s confirms, or says what is still "
        "open. Without an answer it closes as unconfirmed after %(until)s."
    ),
    "rest": _("Next: both sides look again on %(check)s. You get a mail then."),
    "look": _("Next: %(own)s says whether it has come back."),
    "looked": _("Next: %(other)s says whether it has come back."),
    "over": _("Nothing more is asked of either side."),
}


def what_follows(issue: JointIssue, seat: IssueSide, today: date) -> str:
    """What comes next and who acts, as the side of this seat reads it: no query."""
    names = issue.relationship
    days = {"until": issue.lapses_on, "check": issue.check_on}
    return str(_WORDS[_step(issue, seat, today)]) % {
        "own": getattr(names, seat.side).name,
        "other": getattr(names, Side(seat.side).other.value).name,
        **{name: long_day(day) if day else "" for name, day in days.items()},
    }


def _step(issue: JointIssue, seat: IssueSide, today: date) -> str:
    if issue.state == State.ACCOUNTS:
        return "write" if seat.account_at is None else "wait"
    if issue.state == State.FACTS:
        if not issue.facts_round:
            return "word"
        return "agreed" if seat.agreed_round == issue.facts_round else "agree"
    if issue.state == State.WORK:
        return "work"
    if issue.state == State.CLOSING:
        return "asked" if issue.closing_side == seat.side else "confirm"
    return _afterwards(issue, seat, today)


def _afterwards(issue: JointIssue, seat: IssueSide, today: date) -> str:
    if issue.state == State.CHECKED:
        return "over"
    if issue.check_on is None or issue.check_on > today:
        return "rest"
    return "looked" if seat.check_answer else "look"
