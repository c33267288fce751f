"""Setting a review up, in the order a person does it."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial, wraps
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from engagements import access
from engagements.errors import RuleError
from engagements.models import (
    HealthReview,
    Standing,
)
from engagements.reviews.actions import (
    confirming,
    scheduling,
    setting_up,
    taking_back,
)
from engagements.reviews.forms.setting_up import (
    FewForm,
    HowForm,
    WhyForm,
)
from engagements.web import SignedInRequest, carried_out, form_page

View = Callable[..., HttpResponse]


def seen(request: SignedInRequest, pk: UUID) -> HealthReview:
    """A review this person may see; 404 hides it."""
    rows = HealthReview.objects.visible_to(request.user).select_related(
        "relationship__client", "relationship__supplier", "instrument", "owner",
        "facilitator__organisation",
    )  # fmt: skip
    return get_object_or_404(rows, pk=pk)


def editable(request: SignedInRequest, pk: UUID) -> tuple[HealthReview, Standing]:
    """A review this person may set up; 403 says that it is somebody else's."""
    review = seen(request, pk)
    by = access.require_standing(request)
    access.deny_unless(access.can_set_up_review(request.user, review.relationship))
    return review, by


def in_setting_up(view: View) -> View:
    """Only while people and days may change; afterwards the review's page says so."""

    @wraps(view)
    def inner(request: SignedInRequest, pk: UUID, **more: Any) -> HttpResponse:
        review, by = editable(request, pk)
        if review.state == HealthReview.State.DRAFT and not review.is_planned:
            return view(request, review, by, **more)
        messages.warning(request, _("Its people and days no longer change."))
        return redirect(review)

    return inner


@require_http_methods(["GET", "POST"])
@in_setting_up
def how(request: SignedInRequest, review: HealthReview, by: Standing) -> HttpResponse:
    """Change when and how it is asked."""
    back = review.get_absolute_url()
    initial = {
        name: getattr(review, name)
        for name in ("opens_on", "mode", "instrument", "mirror")
    }
    form = HowForm(
        request.POST or None,
        user=request.user,
        review=review,
        initial=initial,
        back=back,
    )
    if form.is_valid() and carried_out(form, lambda: _change(by, review, form)):
        messages.success(request, _("Saved. Both sides confirm it again."))
        return redirect(back)
    return form_page(
        request, form, title=_("When and how it is asked"), back=(_("Review"), back)
    )


def _change(by: Standing, review: HealthReview, form: HowForm) -> None:
    values: dict[str, Any] = {"mirror": False, "mode": review.mode}
    setting_up.change(by=by, review=review, **values | form.cleaned_data)


@require_http_methods(["GET", "POST"])
@in_setting_up
def few(request: SignedInRequest, review: HealthReview, by: Standing) -> HttpResponse:
    """Say why three people a side are enough."""
    back = review.get_absolute_url()
    form = FewForm(request.POST or None, back=back)
    if form.is_valid() and carried_out(
        form,
        lambda: scheduling.accept_few(by=by, review=review, **form.cleaned_data),
    ):
        return redirect(back)
    return form_page(
        request, form, title=_("Three people a side"), back=(_("Review"), back),
        lead=_("With three, one of them knows one answer of three."),
    )  # fmt: skip


@require_POST
def ask(request: SignedInRequest, pk: UUID) -> HttpResponse:
    """Ask both coordinators to confirm people and days."""
    review, by = editable(request, pk)
    try:
        scheduling.ask_coordinators(by=by, review=review)
    except RuleError as error:
        messages.warning(request, error.message)
    else:
        messages.success(request, _("Both sides are asked to confirm."))
    return redirect(review)


@require_POST
def take_back(request: SignedInRequest, pk: UUID) -> HttpResponse:
    """Change the people or the day of one that could not open."""
    review, by = editable(request, pk)
    try:
        taking_back.take_back(by=by, review=review)
    except RuleError as error:
        messages.warning(request, error.message)
    else:
        messages.success(
            request, _("Choose people or another day, then ask both sides again.")
        )
    return redirect(review)


@require_http_methods(["GET", "POST"])
def cancel(request: SignedInRequest, pk: UUID) -> HttpResponse:
    """Call it off: before opening at once, while it is open if both agree."""
    review, by = editable(request, pk)
    access.deny_unless(
        access.can_call_off_review(request.user, review),
        _("Before it opens, the side that began it calls it off."),
    )
    back = reverse("engagements:review", args=[pk])
    open_now = review.is_asking
    words = _("Ask the other side to cancel") if open_now else _("Cancel the review")
    form = WhyForm(request.POST or None, button=words, back=back)
    act = partial(_call_off, request, by, review, form)
    if form.is_valid() and carried_out(form, act):
        return redirect(back)
    lead = (
        _("Once both coordinators agree, every answer is destroyed.")
        if open_now
        else _("Nobody has answered yet.")
    )
    return form_page(request, form, title=words, back=(_("Review"), back), lead=lead)


def _call_off(
    request: SignedInRequest, by: Standing, review: HealthReview, form: WhyForm
) -> None:
    reason = form.cleaned_data["reason"]
    side = access.side_of(request.user, review.relationship)
    if review.is_asking and side is not None:
        confirming.ask_to_cancel(review=review, side=side, by=by.contact, reason=reason)
    else:
        setting_up.cancel(by=by, review=review, reason=reason)
