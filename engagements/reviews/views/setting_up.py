"""Setting a review up, in the order a person does it."""

from __future__ import annotations

from functools import partial
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from engagements import access
from engagements.errors import RuleError
from engagements.models import (
    HealthReview,
    Relationship,
    RelationshipSide,
    Side,
    Standing,
)
from engagements.parties.calendars import joint_calendar
from engagements.relationships.queries import candidates
from engagements.reviews.actions import (
    confirming,
    facilitating,
    scheduling,
    setting_up,
)
from engagements.reviews.forms.setting_up import (
    BeginForm,
    FacilitatorForm,
    FewForm,
    HowForm,
    PeopleForm,
    WhyForm,
)
from engagements.web import SignedInRequest, carried_out, form_page

_AHEAD = 5


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


@require_http_methods(["GET", "POST"])
def create(request: SignedInRequest) -> HttpResponse:
    """Begin a review of one relationship: its form and its first day."""
    by = access.require_standing(request)
    relationship = _asked_about(request)
    access.deny_unless(access.can_set_up_review(request.user, relationship))
    back = relationship.get_absolute_url()
    form = BeginForm(
        request.POST or None,
        user=request.user,
        initial=_usual(relationship),
        back=back,
    )
    made: list[HealthReview] = []
    begin = partial(_begin, request, by, relationship, form, made)
    if form.is_valid() and carried_out(form, begin):
        return redirect(made[0])
    title = _("Start a health review")
    return form_page(
        request, form, title=title, back=(str(relationship), back),
        lead=_("Both sides are asked the same about what they share."),
    )  # fmt: skip


def _asked_about(request: SignedInRequest) -> Relationship:
    rows = Relationship.objects.visible_to(request.user).active()
    try:
        pk = UUID(request.GET.get("r", ""))
    except ValueError:
        raise Http404 from None
    return get_object_or_404(rows.select_related("client", "supplier"), pk=pk)


def _usual(relationship: Relationship) -> dict:
    """A check-in where nobody chose otherwise; people hear of it five days before."""
    strategic = relationship.segment == Relationship.Segment.STRATEGIC
    both = joint_calendar(relationship.client, relationship.supplier)
    return {
        "form": "full" if strategic else "check_in",
        "opens_on": both.add(timezone.localdate(), _AHEAD),
    }


def _begin(
    request: SignedInRequest,
    by: Standing,
    relationship: Relationship,
    form: BeginForm,
    made: list[HealthReview],
) -> None:
    side = access.side_of(request.user, relationship)
    assert side is not None  # noqa: S101 - whoever may set up is on one side
    made.append(
        setting_up.begin(
            by=by, relationship=relationship, side=side, **form.cleaned_data
        )
    )


@require_http_methods(["GET", "POST"])
def how(request: SignedInRequest, pk: UUID) -> HttpResponse:
    """Change when and how it is asked."""
    review, by = editable(request, pk)
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
    values = {"mirror": False} | form.cleaned_data
    setting_up.change(by=by, review=review, **values)


@require_http_methods(["GET", "POST"])
def people(request: SignedInRequest, pk: UUID, side: str) -> HttpResponse:
    """Who of one side is asked, named by that side."""
    review, by = editable(request, pk)
    row = _own_side(request, review, side)
    seats = review.raters.filter(side=side)
    form = PeopleForm(
        request.POST or None,
        people=candidates(row).exclude(email=""),
        chosen=dict(seats.values_list("contact_id", "group")),
        back=review.get_absolute_url(),
    )
    if form.is_valid() and carried_out(
        form,
        lambda: setting_up.set_people(
            by=by, review=review, side=Side(side), people=form.chosen()
        ),
    ):
        messages.success(request, _("Saved."))
        return redirect(review)
    template = "engagements/reviews/people.html"
    context = {"form": form, "review": review, "side": row}
    return render(request, template, context, status=422 if form.is_bound else 200)


def _own_side(
    request: SignedInRequest, review: HealthReview, side: str
) -> RelationshipSide:
    rows = RelationshipSide.objects.filter(relationship=review.relationship_id)
    rows = rows.select_related("organisation", "relationship")
    row = get_object_or_404(rows, side=side)
    access.deny_unless(
        access.can_change_team(request.user, row),
        _("This side's people are named by its own people."),
    )
    return row


@require_http_methods(["GET", "POST"])
def facilitator(request: SignedInRequest, pk: UUID) -> HttpResponse:
    """Somebody of neither side, with or without a sign-in."""
    review, by = editable(request, pk)
    back = review.get_absolute_url()
    form = FacilitatorForm(request.POST or None, back=back)
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


@require_http_methods(["GET", "POST"])
def few(request: SignedInRequest, pk: UUID) -> HttpResponse:
    """Say why three people a side are enough."""
    review, by = editable(request, pk)
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


@require_http_methods(["GET", "POST"])
def cancel(request: SignedInRequest, pk: UUID) -> HttpResponse:
    """Call it off: before opening at once, while it is open if both agree."""
    review, by = editable(request, pk)
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
