"""All waves of one relationship."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from engagements import access
from engagements.models import RelationshipSide
from engagements.reviews.queries.running import is_free, running_on
from engagements.reviews.queries.waves import waves
from engagements.web import SignedInRequest


@require_safe
def relationship_reviews(request: SignedInRequest, pk: UUID) -> HttpResponse:
    """The newest first, with what came of each; the same for both sides."""
    access.require_standing(request)
    sides = RelationshipSide.objects.seen_by(request.user)
    side = get_object_or_404(
        sides.select_related("relationship__client", "relationship__supplier"),
        relationship=pk,
    )
    relationship = side.relationship
    context = {
        "relationship": relationship,
        "name": side.counterpart,
        "waves": waves(request.user, pk),
        "can_start": is_free(side, running_on(side))
        and access.can_set_up_review(request.user, relationship),
    }
    return render(request, "engagements/reviews/waves.html", context)
