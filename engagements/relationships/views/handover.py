"""The page of a handover: an interface person left or is about to, somebody follows."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from engagements import access
from engagements.models import RelationshipSide
from engagements.relationships import handovers
from engagements.web import SignedInRequest


@require_safe
def page(request: SignedInRequest, pk: UUID) -> HttpResponse:
    """Open promises, next dates and tone, as the own side may read them."""
    standing = access.require_standing(request)
    rows = RelationshipSide.objects.seen_by(request.user).select_related(
        "acted_by", "relationship__client", "relationship__supplier"
    )
    own = get_object_or_404(
        rows, relationship=pk, acted_by=standing.organisation, archived=False
    )
    today = timezone.localdate()
    context = {
        "own": own,
        "relationship": own.relationship,
        "handovers": handovers.handovers(own, today),
        "meetings": handovers.meetings_ahead(own),
        "tones": handovers.tones(own),
        "not_set_up": handovers.is_review_missed(own, today),
    }
    return render(request, "engagements/relationships/handover.html", context)
