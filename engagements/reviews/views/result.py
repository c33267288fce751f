"""The result of a review, rendered from its frozen documents alone."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render

from engagements import access
from engagements.models import HealthReview
from engagements.reviews import course_words, private_words
from engagements.reviews import result_words as words
from engagements.reviews.health_words import because
from engagements.web import SignedInRequest

# Points a side must have moved for a tick where it stood.
_TICK = 5
_TEMPLATE = "engagements/reviews/result.html"


def result(request: SignedInRequest, review: HealthReview) -> HttpResponse:
    """What both sides read, and what the reader's own side reads of itself."""
    side = access.side_of(request.user, review.relationship)
    wanted = ["shared", *([side.value] if side else [])]
    documents = dict(
        review.results.filter(audience__in=wanted).values_list("audience", "document")
    )
    shared = documents.get("shared", {})
    actions = review.actions.select_related("owner", "commitment")
    context = {
        "review": review,
        "shared": shared,
        "side": side,
        "own": _own(documents.get(side.value)) if side else None,
        "actions": list(actions.order_by("created_at")),
        "notes": list(review.notes.all()),
        "facilitates": access.facilitates(request.user, review),
        "may_talk": access.can_set_up_review(request.user, review.relationship),
        **(_words(shared) if shared.get("sufficient") else {}),
    }
    return render(request, _TEMPLATE, context)


def _words(shared: dict[str, Any]) -> dict[str, Any]:
    """What the page says, made from the document of both sides alone."""
    return {
        "health": words.health_of(shared),
        "because": because(shared["status"].get("why", [])),
        "finding": words.finding(shared),
        "groups": [
            (
                group.title,
                [{**row, **_since(row, shared["names"])} for row in group.rows],
            )
            for group in words.groups(shared)
        ],
        "sides": [
            (name, shared["names"][name], one, course_words.change_words(one["change"]))
            for name, one in shared["sides"].items()
        ],
        "confidence": words.CONFIDENCE[shared["confidence"]],
        "agreement": words.AGREEMENT,
        **_course(shared),
        "warnings": words.warnings(shared),
        "comments": words.comments(shared),
        "power": words.power(shared),
        "least": {
            name: words.limit(shared, f"least_{name}")
            for name in ("per_side", "for_comments")
        },
        "named_rows": words.by_name(shared),
    }


def _course(shared: dict[str, Any]) -> dict[str, Any]:
    """The way here: the last reviews, drawn and in words, and what moved since."""
    return {
        "course": course_words.course(shared),
        "waves": course_words.waves(shared),
        "drawn": course_words.drawn(shared),
        "chart": course_words.chart_words(shared),
        "movements": course_words.movements(shared),
    }


def _since(row: words.Document, names: dict[str, str]) -> dict[str, Any]:
    """How a topic moved: gap and sides in words, a tick where a side moved enough."""
    before = row["before"] or {}
    ticks = {
        f"{side}_was": before.get(side)
        if abs(row[side]["moved"] or 0) >= _TICK
        else None
        for side in ("client", "supplier")
    }
    return {
        "moved": course_words.moved(before.get("wider_by")),
        "stirred": course_words.stirred(row, names),
        **ticks,
    }


def _own(document: dict[str, Any] | None) -> dict[str, Any] | None:
    """The reader's own side, by topic and by role group; shown to nobody else."""
    if document is None or not document.get("published"):
        return None
    topics = [(row["name"], row["shown"]) for row in document["dimensions"]]
    return document | {"topics": topics, "words": private_words.own(document)}
