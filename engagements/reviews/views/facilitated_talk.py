"""The talk on a result, recorded by the facilitator through the mailed link's door."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib import messages
from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from engagements.doors import closed_link
from engagements.models import Contact, HealthReview
from engagements.reviews.actions import conversation as actions
from engagements.reviews.forms import conversation as forms
from engagements.reviews.queries import agreed as queries
from engagements.reviews.views.agenda import sheet
from engagements.reviews.views.facilitating import about, for_facilitators
from engagements.web import carried_out

State = HealthReview.State
_PAGE = "engagements:facilitate-page"


@for_facilitators("GET", "POST")
def hold(request: HttpRequest, review: HealthReview) -> HttpResponse:
    """Record that both sides talked: the day, who was there, the minutes."""
    if review.state not in queries.TALKED_ABOUT:
        return redirect(_PAGE)
    found = queries.conversation_of(review)
    form = forms.hold_form(
        review,
        found,
        queries.participants_of(found),
        request.POST or None,
        offered=queries.spokespeople(review),
        back=reverse(_PAGE),
    )

    def act() -> object:
        data = form.cleaned_data
        return actions.hold(
            review=review,
            by=_facilitator(review),
            held_on=data["held_on"],
            people=form.chosen(),
            minutes=data["minutes"],
        )

    said = _("Recorded. Both sides read it and write actions down.")
    return _write(request, review, form, act, _("Record the conversation"), said)


@for_facilitators("GET", "POST")
def minutes(request: HttpRequest, review: HealthReview) -> HttpResponse:
    """Put the minutes right, until both sides agree on what follows."""
    found = queries.conversation_of(review)
    if review.state != State.DISCUSSED or found is None:
        return redirect(_PAGE)
    form = forms.MinutesForm(
        request.POST or None, initial={"minutes": found.minutes}, back=reverse(_PAGE)
    )

    def act() -> object:
        text = form.cleaned_data["minutes"]
        by = _facilitator(review)
        return actions.correct_minutes(review=review, by=by, minutes=text)

    return _write(request, review, form, act, _("Correct the minutes"), _("Saved."))


@for_facilitators("GET", "HEAD")
def agenda(request: HttpRequest, review: HealthReview) -> HttpResponse:
    """The agenda as PDF, as both sides have it."""
    if review.state not in queries.SHOWN:
        return closed_link(request)
    return sheet(request, review, back=reverse(_PAGE))


def _facilitator(review: HealthReview) -> Contact:
    assert review.facilitator is not None  # noqa: S101 - the link is the facilitator's
    return review.facilitator


def _write(
    request: HttpRequest,
    review: HealthReview,
    form: BaseForm,
    act: Callable[[], object],
    title: str,
    said: str,
) -> HttpResponse:
    """Do what a form asks and lead back to the facilitator's page, or show it."""
    if form.is_valid() and carried_out(form, act):
        messages.success(request, said)
        return redirect(_PAGE)
    context = about(review) | {"form": form, "title": title}
    status = 422 if form.is_bound else 200
    return render(request, "survey/facilitate_form.html", context, status=status)
