"""Who is asked, who answers for a side, who facilitates."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from engagements import access
from engagements.models import HealthReview, RelationshipSide, Side, Standing
from engagements.parties.actions import add_contact
from engagements.relationships.queries import candidates
from engagements.reviews.actions import confirming, facilitating, setting_up
from engagements.reviews.forms.setting_up import (
    CoordinatorForm,
    FacilitatorForm,
    PeopleForm,
)
from engagements.reviews.queries.people import of_side
from engagements.reviews.views.setting_up import editable, in_setting_up
from engagements.web import SignedInRequest, carried_out, form_page


@require_http_methods(["GET", "POST"])
@in_setting_up
def people(
    request: SignedInRequest, review: HealthReview, by: Standing, side: str
) -> HttpResponse:
    """Who of one side is asked, named by that side."""
    row = _own_side(request, review, side)
    known, rest = of_side(review, row, timezone.localdate())
    form = PeopleForm(
        request.POST if request.method == "POST" else None,
        people=known,
        rest=rest,
        may_add=access.can_add_contact(request.user, row.organisation),
        back=review.get_absolute_url(),
    )
    if form.is_valid() and carried_out(form, lambda: _name(form, review, row, by)):
        messages.success(request, _("People saved."))
        return redirect(review)
    context = {"form": form, "review": review, "side": row}
    status = 422 if form.is_bound else 200
    return render(request, "engagements/reviews/people.html", context, status=status)


def _own_side(
    request: SignedInRequest, review: HealthReview, side: str
) -> RelationshipSide:
    rows = RelationshipSide.objects.filter(relationship=review.relationship_id)
    rows = rows.select_related("organisation", "acted_by", "relationship")
    row = get_object_or_404(rows, side=side)
    access.deny_unless(
        access.can_change_team(request.user, row),
        _("This side's people are named by its own people."),
    )
    return row


@transaction.atomic
def _name(
    form: PeopleForm, review: HealthReview, side: RelationshipSide, by: Standing
) -> None:
    """Somebody new is added to the organisation on the way."""
    data, newcomer = form.cleaned_data, None
    if data.get("name"):
        newcomer = add_contact(
            by=by,
            organisation=side.organisation,
            name=data["name"],
            email=data["email"],
        )
    setting_up.set_people(
        by=by, review=review, side=Side(side.side), people=form.chosen(newcomer)
    )


@require_http_methods(["GET", "POST"])
def coordinator(request: SignedInRequest, pk: UUID, side: str) -> HttpResponse:
    """Let somebody else answer for a side what is still open."""
    review, by = editable(request, pk)
    row = _own_side(request, review, side)
    back = review.get_absolute_url()
    form = CoordinatorForm(
        request.POST or None, people=candidates(row).exclude(email=""), back=back
    )
    if form.is_valid() and carried_out(
        form,
        lambda: confirming.replace_coordinator(
            by=by, review=review, side=Side(side), **form.cleaned_data
        ),
    ):
        messages.success(request, _("Asked. The earlier link is closed."))
        return redirect(back)
    return form_page(
        request, form, title=_("Who answers for %(name)s") % {"name": row.organisation},
        back=(_("Review"), back),
        lead=_("A mail with a link of its own; the earlier link closes."),
    )  # fmt: skip


@require_http_methods(["GET", "POST"])
@in_setting_up
def facilitator(
    request: SignedInRequest, review: HealthReview, by: Standing
) -> HttpResponse:
    """Somebody of neither side, with or without a sign-in."""
    back = review.get_absolute_url()
    form = FacilitatorForm(request.POST or None, initial=_chosen(review), back=back)
    if form.is_valid() and carried_out(
        form,
        lambda: facilitating.choose_facilitator(
            by=by, review=review, **form.cleaned_data
        ),
    ):
        messages.success(request, _("Facilitator chosen."))
        return redirect(back)
    return form_page(
        request, form, title=_("Who facilitates"), back=(_("Review"), back),
        lead=_("The facilitator sees the result first and releases it to both sides."),
    )  # fmt: skip


def _chosen(review: HealthReview) -> dict[str, str]:
    """Who facilitates so far."""
    if review.facilitator is None:
        return {}
    return {
        "name": review.facilitator.name,
        "email": review.facilitator.email,
        "works_for": review.facilitator.organisation.name,
        "disclosure": review.facilitator_disclosure,
    }
