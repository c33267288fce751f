"""What a person who answers is shown: statements, questions, the overview."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from engagements.models import HealthReview, OpenResponse, Rater
from engagements.reviews.actions.answering import CANNOT_SAY, asked_of
from engagements.reviews.instrument.content import Content, Item, Module
from engagements.reviews.instrument.library import content_of
from engagements.reviews.wording import in_language, labels_of, language_for


def statements(rater: Rater) -> list[Item]:
    """What is rated, in the order it is asked."""
    return [one for one in asked_of(rater.review) if not one.is_open]


def questions(rater: Rater) -> list[Item]:
    """What is answered in words; nobody is asked for the ears of nobody."""
    return [
        one
        for one in asked_of(rater.review)
        if one.is_open and (rater.review.facilitator_id or not one.facilitator_only)
    ]


def chosen(response: OpenResponse | None, item: str) -> str:
    """What was answered to a statement so far; empty for nothing."""
    return str(response.answers.get(item, "")) if response else ""


def first_open(rater: Rater, response: OpenResponse | None) -> int:
    """Where one carries on: the first statement without an answer."""
    asked = statements(rater)
    for number, item in enumerate(asked, 1):
        if not chosen(response, item.key):
            return number
    return len(asked)


def statement(rater: Rater, n: int, header: str) -> dict[str, Any]:
    """One statement with the labels of its points, in the reader's language."""
    content, asked = _content(rater.review), statements(rater)
    item = asked[n - 1]
    language = language_for(content, header)
    labels = labels_of(content, item, language)
    return {
        "n": n,
        "total": len(asked),
        "text": in_language(item.text, language),
        "language": language,
        "frame": _frame_of(item),
        "points": [
            (str(point), label)
            for point, label in zip(content.scale.points, labels, strict=True)
        ],
    }


def _frame_of(item: Item) -> str:
    if item.module is Module.CORE:
        return _("Think of both organisations, since the last review.")
    return _("Think of the time since the last review.")


def open_questions(
    rater: Rater, given: Mapping[str, str], header: str
) -> dict[str, Any]:
    """The open questions with what was written so far."""
    content = _content(rater.review)
    language = language_for(content, header)
    return {
        "language": language,
        "questions": [
            {
                "key": one.key,
                "text": in_language(one.text, language),
                "private": one.facilitator_only,
                "value": given.get(one.key, ""),
            }
            for one in questions(rater)
        ],
    }


def overview(
    rater: Rater, response: OpenResponse | None, header: str
) -> dict[str, Any]:
    """Every answer in words; what was skipped is said."""
    content = _content(rater.review)
    language = language_for(content, header)
    rows = [
        {
            "n": number,
            "text": in_language(item.text, language),
            "answer": _answer_in_words(content, item, response, language),
        }
        for number, item in enumerate(statements(rater), 1)
    ]
    given = response.words if response else {}
    return {
        "rows": rows,
        "skipped": sum(not row["answer"] for row in rows),
        **open_questions(rater, given, header),
    }


def _answer_in_words(
    content: Content, item: Item, response: OpenResponse | None, language: str
) -> str:
    value = response.answers.get(item.key) if response else None
    if value == CANNOT_SAY:
        return _("I can't say")
    if not isinstance(value, int):
        return ""
    return labels_of(content, item, language)[value - content.scale.least]


def also_asked(rater: Rater) -> list[Rater]:
    """The same person's places in other reviews that ask: one sitting for all."""
    rows = Rater.objects.filter(
        contact=rater.contact_id,
        revoked_at=None,
        ineligible=Rater.Ineligible.NO,
        review__state__in=HealthReview.ASKING,
        review__closes_at__gt=timezone.now(),
    ).exclude(pk=rater.pk)
    return list(
        rows.select_related(
            "review__relationship__client", "review__relationship__supplier"
        )
    )


def _content(review: HealthReview) -> Content:
    assert review.instrument is not None  # noqa: S101 - a constraint says so once it is set up
    return content_of(review.instrument)
