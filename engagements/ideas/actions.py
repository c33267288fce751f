"""Give an idea; try it, put it off or decline it; say what came of it."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from engagements import history
from engagements.errors import RuleError, whole
from engagements.ideas import mails, queries
from engagements.ideas.states import TABLE, Action, State, refuse_unless_may
from engagements.models import Contact, Idea, Relationship, Side, TimelineEntry
from engagements.notices.ledger import owe
from engagements.relationships.figures import refresh_ideas
from engagements.relationships.speakers import speaker
from engagements.wording import long_day


@transaction.atomic
def give(
    *,
    relationship: Relationship,
    side: Side,
    by: Contact,
    title: str,
    text: str = "",
    on: date | None = None,
) -> Idea:
    """Put an idea to the other side and ask whoever speaks for it.

    Raises RuleError where nobody there can be asked.
    """
    today = on or timezone.localdate()
    asked = speaker(relationship, side.other, today)
    if asked is None:
        words = _("Nobody of %(name)s can be asked: add an interface person.")
        name = getattr(relationship, side.other.value).name
        raise RuleError(words % {"name": name})
    idea = Idea.objects.create(
        relationship=relationship,
        side=side,
        title=title,
        text=text,
        given_by=by,
        given_on=today,
        asked=asked,
        asked_on=today,
    )
    refresh_ideas([relationship.pk])
    _tell(idea, "given", _("Idea: %(title)s"), text=text)
    owe(mails.questions([idea]))
    return idea


@transaction.atomic
def try_it(
    *, idea: Idea, side: str, from_on: date, owner: Contact, reason: str = ""
) -> Idea:
    """The other side will try it, from a day on, and names who looks after that."""
    row = _held(idea, Action.TRY, side)
    if from_on < row.given_on:
        raise RuleError(_("That is before the idea was given."), field="from_on")
    values = {"try_from": from_on, "try_owner": owner, "reason": _short(reason)}
    _answer(row, Action.TRY, **values)
    words = _("From %(day)s, %(name)s") % {"day": long_day(from_on), "name": owner.name}
    _tell(row, "tried", _("Idea to be tried: %(title)s"), facts=(words,))
    return row


@transaction.atomic
def put_off(*, idea: Idea, side: str, until: date, reason: str) -> Idea:
    """Not now: the other side says until when, and why; then it is asked again."""
    row = _held(idea, Action.LATER, side)
    if until <= timezone.localdate():
        raise RuleError(_("Say a day to come."), field="until")
    _answer(row, Action.LATER, later_until=until, reason=_needed(reason))
    words = _("Looked at again on %(day)s") % {"day": long_day(until)}
    _tell(row, "later", _("Idea for later: %(title)s"), facts=(words, row.reason))
    return row


@transaction.atomic
def decline(*, idea: Idea, side: str, reason: str) -> Idea:
    """No, and why. Raises RuleError without a reason."""
    row = _held(idea, Action.DECLINE, side)
    _answer(row, Action.DECLINE, reason=_needed(reason), later_until=None)
    _tell(row, "declined", _("Idea declined: %(title)s"), facts=(row.reason,))
    return row


@transaction.atomic
def pass_on(*, idea: Idea, side: str, to: Contact, by: Contact) -> Idea:
    """A colleague of the side that was asked answers instead; the earlier link closes.

    The days until the first answer go on. Raises RuleError for the person who is asked
    already, and for somebody who cannot be.
    """
    row = _held(idea, Action.HAND_ON, side)
    if to.pk == row.asked_id:
        raise RuleError(_("%(name)s is asked already.") % {"name": to.name}, field="to")
    if not queries.colleagues(row).filter(pk=to.pk).exists():
        words = _("%(name)s cannot be asked by mail.") % {"name": to.name}
        raise RuleError(words, field="to")
    today = timezone.localdate()
    now = {"asked": to, "asked_on": today, "passed_by": by, "version": row.version + 1}
    _move(row, Action.HAND_ON, **now)
    if row.state == State.OPEN:
        owe(mails.questions([row]))
    elif row.later_until is not None and row.later_until <= today:
        owe(mails.questions([row], threshold=mails.THEN))
    return row


@transaction.atomic
def end(*, idea: Idea, side: str, kept: bool, outcome: str) -> Idea:
    """Either side says what came of the trial."""
    action = Action.KEEP if kept else Action.STOP
    row = _held(idea, action, side)
    came = whole(outcome, _("What came of it"), field="outcome")
    if not came:
        raise RuleError(_("Say in a sentence what came of it."), field="outcome")
    _move(row, action, ended_on=timezone.localdate(), outcome=came)
    title = _("Idea kept: %(title)s") if kept else _("Trial ended: %(title)s")
    _tell(row, "ended", title, facts=(row.outcome,))
    return row


@transaction.atomic
def withdraw(*, idea: Idea, side: str) -> Idea:
    """The side it comes from takes it back before it is tried."""
    row = _held(idea, Action.WITHDRAW, side)
    _move(row, Action.WITHDRAW, ended_on=timezone.localdate())
    _tell(row, "ended", _("Idea withdrawn: %(title)s"))
    return row


def _held(idea: Idea, action: Action, side: str) -> Idea:
    """The row as it is now, nobody else's until the transaction ends, if it may be
    acted upon so."""
    rows = Idea.objects.select_for_update(no_key=True, of=("self",))
    row = rows.select_related("relationship__client", "relationship__supplier").get(
        pk=idea.pk
    )
    refuse_unless_may(action, row, side)
    return row


def _needed(reason: str) -> str:
    if not reason.strip():
        raise RuleError(_("Say why."), field="reason")
    return _short(reason)


def _short(reason: str) -> str:
    return whole(reason, _("Why"), field="reason")


def _answer(row: Idea, action: Action, **values: Any) -> None:
    values["answered_on"] = row.answered_on or timezone.localdate()
    _move(row, action, **values)
    owe(mails.answers(row))


def _move(row: Idea, action: Action, **values: Any) -> None:
    row.state = TABLE[action].after or row.state
    for name, value in values.items():
        setattr(row, name, value)
    row.save(update_fields=["state", *values, "updated_at"])
    refresh_ideas([row.relationship_id])


def _tell(
    idea: Idea, mark: str, words: str, *, text: str = "", facts: tuple[str, ...] = ()
) -> None:
    history.record_event(
        idea.relationship,
        kind=TimelineEntry.Kind.IDEA,
        mark=mark,
        title=words % {"title": idea.title},
        row=idea,
        address=idea.get_absolute_url(),
        text=text,
        facts=[fact for fact in facts if fact],
    )
