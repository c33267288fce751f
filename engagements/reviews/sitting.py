"""What a person who answers is shown: statements, questions, the overview."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from engagements.models import HealthReview, OpenResponse, Rater
from engagements.reviews.actions.answering import CANNOT_SAY, asked_of
from engagements.reviews.instrument.content import Content, Item, Module
from engagements.reviews.instrument.library import content_of
from engagements.reviews.instrument.thresholds import method_of
from engagements.reviews.responses import key_of
from engagements.reviews.scoring.parameters import FLOOR
from engagements.reviews.wording import in_language, labels_of, language_for, spoken

# Whether one would choose to continue: for the own side's eyes alone.
_INTENT = "OUT1"


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


def first_open(rater: Rater, response: OpenResponse | None) -> int | None:
    """Where one carries on: the first statement without an answer, if there is one."""
    asked = enumerate(statements(rater), 1)
    return next((n for n, item in asked if not chosen(response, item.key)), None)


def least_per_side(review: HealthReview) -> int:
    """How many of a side must answer before anything of it is shown."""
    return max(FLOOR, method_of(review.method).least_per_side)


def statement(rater: Rater, n: int, header: str) -> dict[str, Any]:
    """One statement with the labels of its points, in the reader's language."""
    content, asked = _content(rater.review), statements(rater)
    item = asked[n - 1]
    language = language_for(content, header)
    labels = labels_of(content, item, language)
    return {
        "n": n,
        "total": len(asked),
        "parts": _parts(asked, item),
        "text": in_language(item.text, language),
        "text_language": spoken(item.text, language),
        "label_language": spoken(item.labels or content.scale.labels, language),
        "frame": _frame_of(rater, item),
        "who": _who_sees(rater, item),
        "points": [
            (str(point), label)
            for point, label in zip(content.scale.points, labels, strict=True)
        ],
    }


def _parts(asked: Sequence[Item], item: Item) -> list[bool]:
    """The way in parts, a topic each; True for those one has reached."""
    topics = list(dict.fromkeys(_topic(one) for one in asked))
    reached = topics.index(_topic(item))
    return [number <= reached for number in range(len(topics))]


def _topic(item: Item) -> tuple[str, str]:
    if item.module is Module.MIRROR:
        return item.module, item.about
    return item.module, item.dimension


def _frame_of(rater: Rater, item: Item) -> str:
    """What to think of, and since when."""
    if item.module is Module.DEPENDENCE or item.key == _INTENT:
        return _("Think of your own organisation.")
    if item.module is Module.OUTCOME:
        return _("Think of both organisations, as it is today.")
    if not getattr(rater, "reviewed_before", True):
        return _("Think of both organisations, over the last six months.")
    return _("Think of both organisations, since the last review.")


def _who_sees(rater: Rater, item: Item) -> str:
    if item.key == _INTENT:
        return _("Only your own side sees what comes of this.")
    if item.module is Module.DEPENDENCE:
        return _("Only your own side sees this, unless both sides agree to share.")
    if rater.review.is_named:
        return _("Both sides see your answers with your name.")
    return _("Combined with others on your side. Never shown with your name.")


def open_questions(
    rater: Rater, given: Mapping[str, str], header: str
) -> dict[str, Any]:
    """The open questions with what was written so far."""
    language = language_for(_content(rater.review), header)
    return {
        "least_for_comments": method_of(rater.review.method).least_for_comments,
        "questions": [
            {
                "key": one.key,
                "text": in_language(one.text, language),
                "language": spoken(one.text, language),
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
            "language": spoken(item.text, language),
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
    """The same person's places in other reviews that ask: one sitting for all.

    Those the person has sent already are left out.
    """
    rows = Rater.objects.filter(
        contact=rater.contact_id,
        revoked_at=None,
        ineligible=Rater.Ineligible.NO,
        review__state__in=HealthReview.ASKING,
        review__closes_at__gt=timezone.now(),
    ).exclude(pk=rater.pk)
    found = {
        key_of(row.review.secret, row): row
        for row in rows.select_related(
            "review__secret",
            "review__relationship__client",
            "review__relationship__supplier",
        )
    }
    sent = OpenResponse.objects.filter(pk__in=found, sent=True).order_by()
    for key in sent.values_list("pk", flat=True):
        del found[key]
    return list(found.values())


def _content(review: HealthReview) -> Content:
    assert review.instrument is not None  # noqa: S101 - a constraint says so once it is set up
    return content_of(review.instrument)
