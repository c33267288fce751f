"""The result of a review, rendered from its frozen documents alone."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render

from engagements import access
from engagements.models import HealthReview
from engagements.web import SignedInRequest


def result(request: SignedInRequest, review: HealthReview) -> HttpResponse:
    """What both sides read, and what the reader's own side reads of itself."""
    side = access.side_of(request.user, review.relationship)
    wanted = ["shared", *([side.value] if side else [])]
    rows = review.results.filter(audience__in=wanted)
    documents = dict(rows.values_list("audience", "document"))
    context = {
        "review": review,
        "shared": documents.get("shared", {}),
        "own": documents.get(side.value) if side else None,
    }
    return render(request, "engagements/reviews/result.html", context)
