"""Beside a result: a side's comment on it, and what it says of its dependence."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from engagements import access
from engagements.models import DependenceFacts, Relationship, RelationshipSide
from engagements.reviews.actions.depending import state_dependence
from engagements.reviews.actions.noting import dispute
from engagements.reviews.forms.beside import CommentForm, DependenceForm
from engagements.reviews.views.setting_up import editable
from engagements.web import SignedInRequest, carried_out, form_page


@require_http_methods(["GET", "POST"])
def comment(request: SignedInRequest, pk: UUID) -> HttpResponse:
    """A side says what it sees differently; the result stays as it is."""
    review, by = editable(request, pk)
    side = access.side_of(request.user, review.relationship)
    form = CommentForm(request.POST or None)

    def act() -> object:
        return dispute(
            review=review,
            side=str(side),
            text=form.cleaned_data["text"],
            by=by.contact,
        )

    if form.is_valid() and carried_out(form, act):
        messages.success(request, _("Both sides read your comment now."))
        return redirect(review)
    title = _("Comment on the result")
    back = (review.get_form_display(), review.get_absolute_url())
    return form_page(request, form, title=title, back=back)


@require_http_methods(["GET", "POST"])
def dependence(request: SignedInRequest, pk: UUID) -> HttpResponse:
    """What the own side says of its dependence; nobody else reads the figures."""
    rows = Relationship.objects.visible_to(request.user)
    relationship = get_object_or_404(rows.select_related("client", "supplier"), pk=pk)
    by = access.require_standing(request)
    access.deny_unless(access.can_edit_relationship(request.user, relationship))
    side = access.own_side(request.user, relationship)
    assert side is not None  # noqa: S101 - whoever may edit has a side
    form = DependenceForm(request.POST or None, initial=_initial(side))
    if form.is_valid():
        state_dependence(
            side=side, by=by.contact, declared=form.declared(), now=timezone.now()
        )
        messages.success(request, _("Saved. It counts from the next result on."))
        return redirect(relationship)
    return form_page(
        request,
        form,
        title=_("How much you depend on it"),
        back=(str(relationship), relationship.get_absolute_url()),
        lead=str(_LEADS[side.side]),
    )


_LEADS = {
    "client": gettext_lazy("The share is of your spend in this category."),
    "supplier": gettext_lazy("The share is of your revenue."),
}


def _initial(side: RelationshipSide) -> dict[str, Any]:
    row = DependenceFacts.objects.filter(
        relationship=side.relationship_id, side=side.side
    ).first()
    if row is None:
        return {}
    return {
        "share": None if row.share is None else f"{row.share * 100:.2f}",
        "alternatives": row.alternatives,
        "months_to_replace": row.months_to_replace,
        "shared": row.shared_at is not None,
    }
