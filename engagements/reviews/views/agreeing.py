"""What follows from a talk: actions, and both sides' yes to them."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from engagements.errors import RuleError
from engagements.reviews.actions import agreeing as actions
from engagements.reviews.forms import agreeing as forms
from engagements.reviews.views.conversation import page_of_talk, to_follow_up, write
from engagements.web import SignedInRequest


@require_http_methods(["GET", "POST"])
def create(request: SignedInRequest, pk: UUID) -> HttpResponse:
    """Write an action down."""
    review = to_follow_up(request, pk)
    back = page_of_talk(review)
    form = forms.action_form(review, data=request.POST or None, back=back)

    def act() -> object:
        return actions.propose(
            review=review, by=request.user.contact, proposal=form.proposal()
        )

    return write(
        request, form, act, review, title=_("Add an action"), said=_("Action saved.")
    )


@require_http_methods(["GET", "POST"])
def edit(request: SignedInRequest, pk: UUID, action: UUID) -> HttpResponse:
    """Word an action anew; what was asked about it is asked again."""
    review = to_follow_up(request, pk)
    row = get_object_or_404(review.actions.select_related("owner"), pk=action)
    back = page_of_talk(review)
    form = forms.action_form(review, row, data=request.POST or None, back=back)

    def act() -> object:
        return actions.change(
            action=row, by=request.user.contact, proposal=form.proposal()
        )

    return write(
        request,
        form,
        act,
        review,
        title=_("Change the action"),
        said=_("Action saved."),
    )


@require_POST
def remove(request: SignedInRequest, pk: UUID, action: UUID) -> HttpResponse:
    """Leave an action out."""
    review = to_follow_up(request, pk)
    row = get_object_or_404(review.actions.select_related("review"), pk=action)
    try:
        actions.remove(action=row)
        messages.success(request, _("Action left out."))
    except RuleError as error:
        messages.error(request, error.message)
    return redirect(page_of_talk(review))


@require_POST
def ask(request: SignedInRequest, pk: UUID) -> HttpResponse:
    """Ask both sides' coordinators whether they agree."""
    review = to_follow_up(request, pk)
    try:
        actions.ask_to_agree(
            review=review,
            today=timezone.localdate(),
            no_action=request.POST.get("no_action") == "1",
        )
        messages.success(request, _("Both sides are asked."))
    except RuleError as error:
        messages.error(request, error.message)
    return redirect(page_of_talk(review))
