"""Words beside a frozen result: they never change it."""

from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext as _

from engagements.errors import RuleError
from engagements.models import Contact, HealthReview, ReviewNote, ReviewResult, Side
from engagements.reviews.actions.moving import held

MOST_WORDS = 2_000
State = HealthReview.State
_COUNTED = (State.CLOSED, State.INSUFFICIENT, *HealthReview.PUBLISHED)
_READ = (State.INSUFFICIENT, *HealthReview.PUBLISHED)


def paraphrase(
    *, review: HealthReview, side: str, text: str, by: Contact
) -> ReviewNote:
    """The facilitator puts a side's comments into other words, for both to read.

    Raises RuleError before the answers are counted, for anybody else, and where both
    sides read that side's comments already.
    """
    if review.facilitator_id != by.pk:
        raise RuleError(_("Only the facilitator puts comments into other words."))
    if _are_shown(review, side):
        raise RuleError(_("Both sides read these comments as they are."), field="text")
    return _note(review, ReviewNote.Kind.PARAPHRASE, side, text, by, _COUNTED)


def _are_shown(review: HealthReview, side: str) -> bool:
    """Whether both sides read a side's comments as they were written."""
    rows = review.results.filter(audience=ReviewResult.Audience.SHARED)
    document = rows.values_list("document", flat=True).first() or {}
    return document.get("comments", {}).get(side) is not None


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
    told = {"review": row, "kind": kind, "side": Side(side), "text": words}
    # A second press writes nothing; the review is held.
    again = ReviewNote.objects.filter(**told).first()
    return again or ReviewNote.objects.create(**told, written_by=by)
