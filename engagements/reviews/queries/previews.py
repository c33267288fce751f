"""What people will get, shown before anything is sent."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from engagements.models import HealthReview, Rater, Side
from engagements.notices.kinds import Letter
from engagements.reviews.instrument.content import ENGLISH, Form
from engagements.reviews.instrument.library import content_of
from engagements.reviews.mails import raters
from engagements.reviews.wording import labels_of


@dataclass(frozen=True)
class Preview:
    """The mail, and the first statement with its answers."""

    letter: Letter
    statement: str
    labels: Sequence[str]
    statements: int


def of(review: HealthReview, side: Side | None) -> Preview | None:
    """What somebody of that side will get; None before a question set is chosen."""
    if review.instrument is None:
        return None
    content = content_of(review.instrument)
    items = content.asked(Form(review.form), mirror=review.mirror)
    first = items[0]
    somebody = Rater(review=review, side=side or Side.CLIENT)
    return Preview(
        letter=raters.preview(somebody),
        statement=first.text[ENGLISH],
        labels=labels_of(content, first, ENGLISH),
        statements=sum(not item.is_open for item in items),
    )
