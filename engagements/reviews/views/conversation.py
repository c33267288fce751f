"""The talk on a result: its agenda, its plan, its record."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.db.models import QuerySet
from django.forms import BaseForm
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from engagements import access
from engagements.models import (
    ConversationParticipant,
    HealthReview,
    ReviewConversation,
)
from engagements.parties.forms.fields import days_in_order
from engagements.reviews.actions import conversation as actions
from engagements.reviews.agenda_words import worded
from engagements.reviews.forms import conversation as forms
from engagements.reviews.queries import agreed as queries
from engagements.web import SignedInRequest, carried_out, form_page

State = HealthReview.State


@require_safe
def conversation(request: SignedInRequest, pk: UUID) -> HttpResponse:
    """The talk on a result, from its agenda to what both sides agree."""
    review = get_object_or_404(shown(request), pk=pk)
    found = queries.conversation_of(review)
    people = queries.participants_of(found)
    earlier, steps = queries.earlier_actions(review), queries.actions_of(review)
    leads, follows = _may(request, review)
    asked = queries.sides_asked(review)
    context = {
        "review": review,
        "today": timezone.localdate(),
        "conversation": found,
        "participants": people,
        "agenda": worded(queries.stages(review, found, earlier)),
        "names": queries.names_of(review),
        "earlier": earlier,
        "asked": asked,
        "is_asked": any(one.state != "unasked" for one in asked),
        "answering": _answering(request, review, asked),
        **_steps(review, found, people, leads=leads, follows=follows),
        **_following(review, steps, earlier, may=follows),
    }
    return render(request, "engagements/reviews/conversation.html", context)


def _may(request: SignedInRequest, review: HealthReview) -> tuple[bool, bool]:
    """Whether the reader leads the talk, and whether they plan and follow it up."""
    follows = access.can_follow_up_review(request.user, review)
    if review.facilitator_id is None:
        return follows, follows
    return access.can_lead_conversation(request.user, review), follows


def _answering(
    request: SignedInRequest, review: HealthReview, asked: list[queries.SideAsked]
) -> queries.SideAsked | None:
    """What the reader's own side is asked and has not answered yet."""
    for side in asked:
        row = side.confirmation
        if row is None or side.state != "asked":
            continue
        row.review = review
        if access.can_confirm_review(request.user, row):
            return side
    return None


def _steps(
    review: HealthReview,
    found: ReviewConversation | None,
    people: list[ConversationParticipant],
    *,
    leads: bool,
    follows: bool,
) -> dict[str, Any]:
    """What the reader may do about the talk itself."""
    ahead = review.state in queries.TALKED_ABOUT
    form = None
    if follows and ahead and (found is None or found.planned_at is None):
        form = forms.plan_form(review, found, people)
        address = "engagements:review-conversation-plan"
        form.action = reverse(address, args=[review.pk])
    return {
        "may_hold": leads and ahead,
        "may_plan": follows and ahead,
        "may_correct": leads and review.state == State.DISCUSSED,
        "plan_form": form,
    }


def _following(
    review: HealthReview, steps: list[Any], earlier: list[Any], *, may: bool
) -> dict[str, Any]:
    """The actions, who carries how many, and what the reader may do about them."""
    carried, counts = queries.burden(steps, earlier)
    return {
        "actions": steps,
        "topics": queries.topic_names(review),
        "burden": carried,
        "counts": counts,
        "may_propose": may and review.state in queries.PROPOSING,
        "may_ask": may and review.state == State.DISCUSSED,
        "is_full": len(steps) >= queries.MOST,
    }


@require_http_methods(["GET", "POST"])
def plan(request: SignedInRequest, pk: UUID) -> HttpResponse:
    """Say when, where and with whom."""
    review = to_follow_up(request, pk)
    found = queries.conversation_of(review)
    people, back = queries.participants_of(found), page_of_talk(review)
    form = forms.plan_form(review, found, people, request.POST or None, back=back)

    def act() -> object:
        by = request.user.contact
        return actions.plan_conversation(review=review, by=by, plan=form.plan())

    return write(
        request, form, act, review, title=_("Plan the conversation"), said=_("Planned.")
    )


@require_http_methods(["GET", "POST"])
def hold(request: SignedInRequest, pk: UUID) -> HttpResponse:
    """Record that both sides talked."""
    review = _to_lead(request, pk)
    found = queries.conversation_of(review)
    people, back = queries.participants_of(found), page_of_talk(review)
    form = forms.hold_form(review, found, people, request.POST or None, back=back)

    def act() -> object:
        data = form.cleaned_data
        return actions.hold(
            review=review,
            by=request.user.contact,
            held_on=data["held_on"],
            people=form.chosen(),
            minutes=data["minutes"],
        )

    title, said = _("Record the conversation"), _("Recorded. Now write actions down.")
    return write(request, form, act, review, title=title, said=said)


@require_http_methods(["GET", "POST"])
def minutes(request: SignedInRequest, pk: UUID) -> HttpResponse:
    """Put the minutes right."""
    review = _to_lead(request, pk)
    found = get_object_or_404(ReviewConversation, review=review)
    form = forms.MinutesForm(
        request.POST or None,
        initial={"minutes": found.minutes},
        back=page_of_talk(review),
    )

    def act() -> object:
        by, text = request.user.contact, form.cleaned_data["minutes"]
        return actions.correct_minutes(review=review, by=by, minutes=text)

    return write(
        request, form, act, review, title=_("Correct the minutes"), said=_("Saved.")
    )


def shown(request: SignedInRequest) -> QuerySet[HealthReview]:
    """Reviews with something to talk about that the reader may see."""
    rows = HealthReview.objects.visible_to(request.user).select_related(
        "instrument",
        "facilitator",
        "relationship__client",
        "relationship__supplier",
    )
    return rows.filter(state__in=queries.SHOWN)


def to_follow_up(request: SignedInRequest, pk: UUID) -> HealthReview:
    """A review whose talk the reader may plan and follow up; 403 for who only reads."""
    rows = shown(request).filter(relationship__archived_at=None)
    review = get_object_or_404(rows, pk=pk)
    access.deny_unless(access.can_follow_up_review(request.user, review))
    return review


def _to_lead(request: SignedInRequest, pk: UUID) -> HealthReview:
    review = to_follow_up(request, pk)
    access.deny_unless(
        access.can_lead_conversation(request.user, review),
        _("The facilitator records this conversation."),
    )
    return review


def page_of_talk(review: HealthReview) -> str:
    """The page everything about a talk leads back to."""
    return reverse("engagements:review-conversation", args=[review.pk])


def write(
    request: SignedInRequest,
    form: BaseForm,
    act: Any,
    review: HealthReview,
    *,
    title: str,
    said: str,
) -> HttpResponse:
    """Do what a form asks and lead back to the talk, or show the form."""
    days_in_order(form, request.user)
    back = page_of_talk(review)
    if form.is_valid() and carried_out(form, act):
        messages.success(request, said)
        return redirect(back)
    return form_page(request, form, title=title, back=(_("The conversation"), back))
