"""Whether the members see a thing done: each vote sealed, the board's verdict open."""

from __future__ import annotations

from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from engagements.boards.actions.answering import held
from engagements.boards.queries.room_verdicts import votes_on
from engagements.boards.states import Answer, movers_of, refuse_answer
from engagements.boards.support import FEW, verdict_of
from engagements.errors import RuleError
from engagements.models import BoardSeat, Recommendation, VerdictVote

Verdict = Recommendation.Verdict


@transaction.atomic
def vote(*, by: BoardSeat, recommendation: Recommendation, verdict: str) -> None:
    """One member's word; a later one of the same seat replaces it."""
    row = held(recommendation)
    refuse_answer(Answer.VERIFY, row, movers_of(by))
    if verdict not in Verdict.values or not verdict:
        raise RuleError(_("Choose done, partly done or not done."))
    VerdictVote.objects.update_or_create(
        recommendation=row, seat=by, defaults={"verdict": verdict}
    )


@transaction.atomic
def state(
    *, by: BoardSeat, recommendation: Recommendation, today: date
) -> Recommendation:
    """What more than half of those who voted say becomes the board's verdict.

    Raises RuleError where no answer has that, or fewer than three voted.
    """
    row = held(recommendation)
    refuse_answer(Answer.STATE, row, movers_of(by))
    votes = votes_on([row])[row.pk]
    if sum(votes.values()) < FEW:
        raise RuleError(_("A verdict takes the votes of three members at least."))
    said = verdict_of(votes)
    if not said:
        raise RuleError(_("No answer has more than half of the votes yet."))
    row.verdict, row.verdict_on = said, today
    if said == Verdict.DONE:
        row.state = Recommendation.State.VERIFIED
    row.save(update_fields=["verdict", "verdict_on", "state", "updated_at"])
    return row
