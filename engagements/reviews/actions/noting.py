"""Words beside a frozen result: they never change it."""

from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext as _

from engagements.errors import RuleError
from engagements.models import Contact, HealthReview, ReviewNote, Side
from engagements.reviews.actions.moving import held

MOST_WORDS = 2_000
State = HealthReview.State
_COUNTED = (State.CLOSED, State.INSUFFICIENT, *HealthReview.PUBLISHED)
_READ = (State.INSUFFICIENT, *HealthReview.PUBLISHED)


def paraphrase(
    *, review: HealthReview, side: str, text: str, by: Contact
) -> ReviewNote:
    """The facilitator puts a side's comments into other words, for both to read.

    Raises RuleError before the answers are counted, or for anybody else.
    """
    if review.facilitator_id != by.pk:
        raise RuleError(_("Only the facilitator puts comments into other words."))
    return _note(review, ReviewNote.Kind.PARAPHRASE, side, text, by, _COUNTED)


def dispute(*, review: HealthReview, side: str, text: str, by: Contact) -> ReviewNote:
    """A side comments on a result that it sees differently; both sides read it.

    Raises RuleError before the result is there.
    """
    return _note(review, ReviewNote.Kind.DISPUTE, side, text, by, _READ)


@transaction.atomic
def _note(
    review: HealthReview,
    kind: ReviewNote.Kind,
    side: str,
    text: str,
    by: Contact,
    states: tuple[State, ...],
) -> ReviewNote:
    row = held(review)
    words = text.strip()
    if row.state not in states:
        raise RuleError(_("There is no result to comment on."))
    if not words:
        raise RuleError(_("Write what both sides shall read."), field="text")
    if len(words) > MOST_WORDS:
        raise RuleError(
            _("At most %(most)d characters, these are %(count)d.")
            % {"most": MOST_WORDS, "count": len(words)},
            field="text",
        )
    return ReviewNote.objects.create(
        review=row, kind=kind, side=Side(side), text=words, written_by=by
    )
