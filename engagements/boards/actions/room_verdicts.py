"""Whether the members see a thing done: each vote sealed, the board's verdict open."""

from __future__ import annotations

from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from engagements.boards.actions.answering import held
from engagements.boards.queries.room_verdicts import most_hands, votes_for
from engagements.boards.states import Answer, movers_of, refuse_answer
from engagements.boards.support import FEW
from engagements.errors import RuleError
from engagements.models import BoardSeat, Recommendation, VerdictHands, VerdictVote

Verdict = Recommendation.Verdict


@transaction.atomic
def vote(*, by: BoardSeat, recommendation: Recommendation, verdict: str) -> None:
    """One member's word; a later one of the same seat replaces it."""
    row = held(recommendation)
    refuse_answer(Answer.VERIFY, row, movers_of(by))
    if verdict not in Recommendation.SAID:
        raise RuleError(_("Choose done, partly done or not done."))
    VerdictVote.objects.update_or_create(
        recommendation=row, seat=by, defaults={"verdict": verdict}
    )


@transaction.atomic
def count_hands(
    *,
    by: BoardSeat,
    recommendation: Recommendation,
    done: int,
    partly: int,
    undone: int,
) -> None:
    """Hands counted in the room, which stand for the votes by link; none takes them
    back. Raises RuleError for fewer than three, and for more than are present."""
    row = held(recommendation)
    refuse_answer(Answer.HANDS, row, movers_of(by))
    hands = done + partly + undone
    if not hands:
        VerdictHands.objects.filter(recommendation=row).delete()
        return
    _refuse_few(hands)
    most = most_hands(row)
    if hands > most:
        words = _("%(hands)d hands are more than the %(most)d members present.")
        raise RuleError(words % {"hands": hands, "most": most})
    VerdictHands.objects.update_or_create(
        recommendation=row,
        defaults={"done": done, "partly": partly, "undone": undone},
    )


@transaction.atomic
def state(
    *,
    by: BoardSeat,
    recommendation: Recommendation,
    today: date,
    divided: bool = False,
) -> Recommendation:
    """What more than half of those who voted say becomes the board's verdict.

    `divided`: whoever states it knows that no answer has that, and says so. Raises
    RuleError without, and where fewer than three voted.
    """
    row = held(recommendation)
    refuse_answer(Answer.STATE, row, movers_of(by))
    votes = votes_for(row)
    _refuse_few(votes.total)
    said = votes.verdict or (Verdict.SPLIT if divided else Verdict.NONE)
    if not said:
        words = _(
            "No answer has more than half of the votes. What you can state is that "
            "there is no verdict, since the members are divided."
        )
        raise RuleError(words)
    row.verdict, row.verdict_on = said, today
    if said == Verdict.DONE:
        row.state = Recommendation.State.VERIFIED
    row.save(update_fields=["verdict", "verdict_on", "state", "updated_at"])
    return row


def _refuse_few(votes: int) -> None:
    if votes < FEW:
        raise RuleError(_("A verdict takes the votes of three members at least."))
