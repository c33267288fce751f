"""Somebody answers: every choice is kept at once, until the review closes.

No history, no user, no moment: the row under its key is all there is.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from engagements.errors import RuleError
from engagements.models import HealthReview, OpenResponse, Rater
from engagements.reviews.instrument.content import Content, Form, Item
from engagements.reviews.instrument.library import content_of
from engagements.reviews.responses import has_answered, key_of

CANNOT_SAY = "cannot_say"
MOST_WORDS = 2_000


class ClosedError(RuleError):
    """The review asks no more."""


def asked_of(review: HealthReview) -> tuple[Item, ...]:
    """The items of a review, in the order they are asked."""
    content = _content(review)
    return content.asked(Form(review.form), mirror=review.mirror)


def save_answer(
    *, rater: Rater, item: str, value: str, consented: bool = False
) -> OpenResponse:
    """Keep one rating: a point of the scale, or "cannot_say"; an empty one is a skip.

    Raises RuleError for what is no choice, or when the review no longer asks.
    """
    chosen = _chosen(rater.review, item, value)

    def change(response: OpenResponse) -> None:
        response.answers.pop(item, None)
        if chosen is not None:
            response.answers[item] = chosen

    return _change(rater, change, consented=consented)


def save_words(
    *, rater: Rater, words: Mapping[str, str], consented: bool = False
) -> OpenResponse:
    """Keep the answers to the open questions; empty ones are taken out.

    Raises RuleError for an unknown question, too many words, or a review that no longer
    asks.
    """
    known = {one.key for one in asked_of(rater.review) if one.is_open}
    kept: dict[str, str] = {}
    for item, typed in words.items():
        text = plain(typed)
        if item not in known:
            raise RuleError(_("This question is not asked here."))
        if len(text) > MOST_WORDS:
            raise RuleError(
                _("At most %(most)d characters, these are %(count)d.")
                % {"most": MOST_WORDS, "count": len(text)},
                field=item,
            )
        kept[item] = text

    def change(response: OpenResponse) -> None:
        merged = {**response.words, **kept}
        response.words = {item: text for item, text in merged.items() if text}

    return _change(rater, change, consented=consented)


def plain(text: str) -> str:
    """Words as they are kept: a form sends each line's end as two characters."""
    return text.replace("\r\n", "\n").strip()


def send(*, rater: Rater, consented: bool = False) -> OpenResponse:
    """Say that one is done; answers may still be changed until closing.

    Raises RuleError where nothing was answered.
    """

    def change(response: OpenResponse) -> None:
        if not has_answered(response):
            raise RuleError(_("Answer at least one statement before you send."))
        response.sent = True

    return _change(rater, change, consented=consented)


def take_back(*, rater: Rater) -> None:
    """Delete all of one's answers, while the review asks."""
    with transaction.atomic():
        secret = _held(rater).secret
        OpenResponse.objects.filter(pk=key_of(secret, rater)).delete()


@transaction.atomic
def _change(
    rater: Rater, change: Callable[[OpenResponse], None], *, consented: bool = False
) -> OpenResponse:
    review = _held(rater)
    response = OpenResponse.objects.filter(pk=key_of(review.secret, rater)).first()
    response = response or OpenResponse(
        key=key_of(review.secret, rater),
        review=review,
        side=rater.side,
        group=rater.group,
    )
    if consented:
        response.consented = True
    if review.is_named and not response.consented:
        raise RuleError(
            _("Your answers are shown with your name: agree to that first.")
        )
    change(response)
    response.save(force_insert=response._state.adding)
    return response


def _held(rater: Rater) -> HealthReview:
    """The review, held until the answer is kept: it cannot close in between."""
    rows = HealthReview.objects.select_for_update(no_key=True, of=("self",))
    review = rows.select_related("secret").get(pk=rater.review_id)
    late = review.closes_at is None or review.closes_at <= timezone.now()
    if not review.is_asking or late:
        raise ClosedError(_("This review has closed; nothing was changed."))
    return review


def _chosen(review: HealthReview, item: str, value: str) -> int | str | None:
    ratings = {one.key for one in asked_of(review) if not one.is_open}
    if item not in ratings:
        raise RuleError(_("This statement is not asked here."))
    if value in {"", CANNOT_SAY}:
        return value or None
    scale = _content(review).scale
    if not value.isascii() or not value.isdigit() or int(value) not in scale.points:
        raise RuleError(_("Choose one answer, or “I can't say”."), field=item)
    return int(value)


def _content(review: HealthReview) -> Content:
    assert review.instrument is not None  # noqa: S101 - a constraint says so once it is set up
    return content_of(review.instrument)
