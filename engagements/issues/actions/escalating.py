"""A step up, always with the person of the other side who stands on the same level."""

from __future__ import annotations

from datetime import date

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from engagements.errors import RuleError, whole
from engagements.issues import step_mails
from engagements.issues.actions.recording import held, in_short, tell
from engagements.issues.ladder import rung
from engagements.issues.states import Action, refuse_unless_may
from engagements.models import IssueStep, IssueStepSide, JointIssue
from engagements.notices.ledger import owe

_Answer = IssueStepSide.Answer


@transaction.atomic
def step_up(
    *, issue: JointIssue, side: str, question: str, today: date | None = None
) -> IssueStep:
    """Ask both people of the next level, in the same words, at the same moment.

    Raises RuleError where nobody stands on that level on a side who was not asked
    before, where a pair has settled it, and at the top.
    """
    row, day = held(issue), today or timezone.localdate()
    refuse_unless_may(Action.STEP_UP, row, side)
    above = rung(row, day)
    if above.level is None or above.why_not:
        raise RuleError(above.why_not)
    label = _("What they are asked to settle")
    asked = whole(question, label, field="question", most=500)
    step = IssueStep.objects.create(
        issue=row, level=above.level, question=asked, asked_on=day
    )
    for one, person in above.people.items():
        IssueStepSide.objects.create(step=step, side=one, contact=person)
    words = _("Asked: %(level)s") % {"level": str(above.level.label).lower()}
    tell(row, f"up-{above.level}", words + ". %(title)s", facts=(step.question,))
    owe(step_mails.owed(step))
    return step


@transaction.atomic
def answer_step(*, asked: IssueStepSide, yes: bool, words: str) -> IssueStepSide:
    """One of the pair says that it is settled, or not, and what follows.

    Raises RuleError without words, and once the issue is closed or this was answered.
    """
    issue = held(asked.step.issue)
    row = IssueStepSide.objects.select_related("step", "contact").get(pk=asked.pk)
    refuse_unless_may(Action.STEP_SAID, issue, row.side)
    said = (
        _Answer.YES if yes else _Answer.NO,
        in_short(
            words,
            _("What follows"),
            _("What follows: say it in a sentence."),
            field="words",
        ),
    )
    if said == (row.answer, row.words):
        return row
    if row.answer:
        raise RuleError(_("This was answered already."))
    row.answer, row.words = said
    row.answered_on = timezone.localdate()
    row.save(update_fields=["answer", "words", "answered_on", "updated_at"])
    return row
