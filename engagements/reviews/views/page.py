"""One review, as it stands."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from engagements.models import HealthReview
from engagements.web import SignedInRequest


@require_safe
def review(request: SignedInRequest, pk: UUID) -> HttpResponse:
    """Where a review stands."""
    rows = HealthReview.objects.visible_to(request.user)
    row = get_object_or_404(
        rows.select_related("relationship__client", "relationship__supplier"), pk=pk
    )
    return render(request, "engagements/reviews/review.html", {"review": row})
