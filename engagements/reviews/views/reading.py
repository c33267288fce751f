"""The own side's reading of a relationship, before a review says more."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from engagements import access
from engagements.models import RelationshipSide
from engagements.reviews.actions.reading import record_reading
from engagements.reviews.forms.reading import ReadingForm
from engagements.reviews.queries.readings import readings
from engagements.web import SignedInRequest, carried_out, form_page


@require_http_methods(["GET", "POST"])
def reading(request: SignedInRequest, pk: UUID) -> HttpResponse:
    """Eight taps; below them what the own people said before."""
    by = access.require_standing(request)
    sides = RelationshipSide.objects.seen_by(request.user)
    side = get_object_or_404(sides.select_related("relationship"), relationship=pk)
    relationship = side.relationship
    posted = request.POST if request.method == "POST" else None
    form = ReadingForm(posted, back=relationship.get_absolute_url())
    if form.is_valid() and carried_out(
        form,
        lambda: record_reading(by=by, relationship=relationship, values=form.values),
    ):
        messages.success(request, _("Your reading is kept, for your side alone."))
        return redirect(relationship)
    return form_page(
        request,
        form,
        title=_("Our reading"),
        back=(side.counterpart, relationship.get_absolute_url()),
        lead=_("How do you see this relationship today?"),
        template="engagements/reviews/reading.html",
        readings=readings(pk, by.organisation),
        side=side.side,
    )
