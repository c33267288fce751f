"""Somebody begins a review: of which relationship, in which form, from when on."""

from __future__ import annotations

from functools import partial
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from engagements import access
from engagements.models import HealthReview, Relationship, Standing
from engagements.parties.calendars import joint_calendar
from engagements.reviews.actions import setting_up
from engagements.reviews.causes import why
from engagements.reviews.forms.setting_up import BeginForm
from engagements.reviews.queries.beginning import (
    near,
    nothing_to_review,
    under_way,
    without_review,
)
from engagements.web import SignedInRequest, carried_out, form_page, page_of
from engagements.wording import full_day

# Working days before it opens on which people hear of it.
_AHEAD = 5


@require_http_methods(["GET", "POST"])
def create(request: SignedInRequest) -> HttpResponse:
    """Begin a review of one relationship: its form and its first day."""
    by = access.require_standing(request)
    if "r" not in request.GET:
        return _choose(request)
    relationship = _asked_about(request)
    access.deny_unless(access.can_set_up_review(request.user, relationship))
    running = under_way(relationship)
    if running is not None and request.method == "GET":
        messages.info(request, _("This review is under way already."))
        return redirect(running)
    planned = near(relationship, timezone.localdate())
    back = relationship.get_absolute_url()
    form = BeginForm(
        request.POST or None,
        user=request.user,
        initial=_usual(relationship, planned),
        back=back,
    )
    made: list[HealthReview] = []
    begin = partial(_begin, request, by, relationship, form, made)
    if form.is_valid() and carried_out(form, begin):
        return redirect(made[0])
    return form_page(
        request, form, title=_("Start a health review"),
        back=(str(relationship), back), lead=_lead(planned),
    )  # fmt: skip


def _choose(request: SignedInRequest) -> HttpResponse:
    """Which relationship; those with a review under way are not offered."""
    access.deny_unless(
        access.can_start_reviews(request.user),
        _(
            "The people on a relationship's team start its reviews. You are on none "
            "today: ask an administrator of your organisation to name you on one."
        ),
    )
    page = page_of(request, without_review(request.user))
    none = "" if page.object_list else nothing_to_review(request.user)
    context = {"page": page, "query": "", "none": none}
    return render(request, "engagements/reviews/choose.html", context)


def _asked_about(request: SignedInRequest) -> Relationship:
    rows = Relationship.objects.visible_to(request.user).active()
    try:
        pk = UUID(request.GET["r"])
    except ValueError:
        raise Http404 from None
    return get_object_or_404(rows.select_related("client", "supplier"), pk=pk)


def _usual(relationship: Relationship, planned: HealthReview | None) -> dict:
    """As the calendar has it near today; else a check-in where nobody chose otherwise,
    of which people hear five days before."""
    strategic = relationship.segment == Relationship.Segment.STRATEGIC
    if planned is not None:
        form = planned.form if strategic else "check_in"
        return {"form": form, "opens_on": planned.opens_on}
    both = joint_calendar(relationship.client, relationship.supplier)
    return {
        "form": "full" if strategic else "check_in",
        "opens_on": both.add(timezone.localdate(), _AHEAD),
    }


def _lead(planned: HealthReview | None) -> str:
    if planned is None:
        return _("Both sides are asked the same about what they share.")
    words = _("It takes the place of what the calendar has: %(form)s on %(day)s.")
    today = timezone.localdate()
    said = words % {
        "form": str(planned.get_form_display()).lower(),
        "day": full_day(planned.opens_on, today),
    }
    cause = why(planned.cause, planned.caused_on)
    return f"{said} {_('Planned %(why)s.') % {'why': cause}}" if cause else said


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
