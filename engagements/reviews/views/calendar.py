"""The calendar of planned health reviews, and how their figures are computed."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from engagements import access
from engagements.reviews.explanation.sections import explained
from engagements.reviews.instrument.content import ENGLISH, Module
from engagements.reviews.instrument.library import rhr_8
from engagements.reviews.queries import calendar as queries
from engagements.reviews.scoring.parameters import STANDARD
from engagements.web import SignedInRequest


@require_safe
def reviews(request: SignedInRequest) -> HttpResponse:
    """When each relationship's next review is prepared, opens and closes."""
    access.require_standing(request)
    asked = request.GET.get("relationship", "")
    page, months = queries.calendar(
        request.user,
        timezone.localdate(),
        relationship=asked,
        page=request.GET.get("page", 1),
    )
    context = {
        "page": page,
        "months": months,
        "asked": asked,
        "query": "",
        "unplanned": queries.unplanned(request.user),
    }
    return render(request, "engagements/reviews/reviews.html", context)


@require_safe
def method(request: SignedInRequest) -> HttpResponse:
    """What is asked, and how each figure is computed from the answers."""
    access.require_standing(request)
    content = rhr_8()
    core = [one for one in content.items if one.module is Module.CORE]
    context = {
        "content": content,
        "topics": [
            (topic, [one for one in core if one.dimension == topic.key])
            for topic in content.dimensions
        ],
        "labels": content.scale.labels[ENGLISH],
        "sections": list(explained(STANDARD)),
    }
    return render(request, "engagements/reviews/method.html", context)
