"""A step up, always with the person of the other side who stands on the same level."""

from __future__ import annotations

from datetime import date

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from engagements.errors import RuleError
from engagements.issues import step_mails
from engagements.issues.actions.recording import held, in_short, tell
from engagements.issues.ladder import next_level, pair
from engagements.issues.states import Action, refuse_unless_may
from engagements.models import (
    IssueStep,
    IssueStepSide,
    JointIssue,
    Relationship,
    Side,
)
from engagements.notices.ledger import owe

_Answer = IssueStepSide.Answer


@transaction.atomic
def step_up(
    *, issue: JointIssue, side: str, question: str, today: date | None = None
) -> IssueStep:
    """Ask both people of the next level, in the same words, at the same moment.

    Raises RuleError where nobody stands on that level on a side, where a pair has
    settled it, and at the top.
    """
    row, day = held(issue), today or timezone.localdate()
    refuse_unless_may(Action.STEP_UP, row, side)
    level = next_level(list(row.steps.prefetch_related("people")))
    if level is None:
        raise RuleError(_("There is no step further up: it was settled, or the top."))
    people = pair(row.relationship, level, day)
    step = IssueStep.objects.create(
        issue=row, level=level, question=question.strip()[:500], asked_on=day
    )
    for one, person in people.items():
        if person is None:
            raise RuleError(_nobody(row.relationship, one, level))
        IssueStepSide.objects.create(step=step, side=one, contact=person)
    words = _("Asked: %(level)s") % {"level": str(level.label).lower()}
    tell(row, f"up-{level}", words + ". %(title)s", facts=(step.question,))
    owe(step_mails.owed(step))
    return step


def _nobody(relationship: Relationship, side: Side, level: IssueStep.Level) -> str:
    words = {
        IssueStep.Level.SPONSOR: _(
            "%(name)s has no sponsor who can be asked: add one."
        ),
        IssueStep.Level.EXECUTIVE: _("%(name)s has no executive who can be asked."),
    }
    return words[level] % {"name": getattr(relationship, side.value).name}


@transaction.atomic
def answer_step(*, asked: IssueStepSide, yes: bool, words: str) -> IssueStepSide:
    """One of the pair says that it is settled, or not, and what follows.

    Raises RuleError without words, and once the issue is closed or this was answered.
    """
    issue = held(asked.step.issue)
    row = IssueStepSide.objects.select_related("step", "contact").get(pk=asked.pk)
    refuse_unless_may(Action.STEP_UP, issue, row.side)
    said = (
        _Answer.YES if yes else _Answer.NO,
        in_short(words, _("Say in a sentence what follows."), field="words"),
    )
    if said == (row.answer, row.words):
        return row
    if row.answer:
        raise RuleError(_("This was answered already."))
    row.answer, row.words = said
    row.answered_on = timezone.localdate()
    row.save(update_fields=["answer", "words", "answered_on", "updated_at"])
    return row
