"""The calendar of planned health reviews."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from engagements import access
from engagements.reviews import queries
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
