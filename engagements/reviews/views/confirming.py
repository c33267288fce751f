"""A side confirms: on the review's page, or from a mailed link with two buttons."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from engagements import access
from engagements.doors import MailedQuestion, by_link
from engagements.errors import RuleError
from engagements.models import Contact, HealthReview, ReviewConfirmation
from engagements.reviews import links
from engagements.reviews.actions import confirming
from engagements.reviews.causes import why
from engagements.reviews.links import Held, Purpose
from engagements.reviews.queries.budget import foreseen
from engagements.reviews.queries.under_way import is_asked
from engagements.reviews.seats import in_order
from engagements.reviews.views.page import before_the_result
from engagements.reviews.views.setting_up import seen
from engagements.web import SignedInRequest

# Asked on the page of the review itself; other questions have pages of their own.
_ON_THE_PAGE = (
    ReviewConfirmation.Purpose.RATERS,
    ReviewConfirmation.Purpose.CANCEL,
)


@require_POST
def answer(request: SignedInRequest, pk: UUID) -> HttpResponse:
    """A signed-in person of the side answers for it."""
    row = _seen(request, pk)
    by = access.require_standing(request)
    access.deny_unless(
        access.can_confirm_review(request.user, row),
        _("The other side answers this."),
    )
    yes = request.POST.get("answer") == "yes"
    reason = request.POST.get("reason", "")
    try:
        confirming.answer(confirmation=row, yes=yes, by=by.contact, reason=reason)
    except RuleError as error:
        if error.field and row.purpose in _ON_THE_PAGE:
            return _once_more(request, row, error, reason)
        messages.warning(request, error.message)
    else:
        messages.success(request, _("Confirmed.") if yes else _("Your answer is kept."))
    return _back(row)


@require_POST
def ask_again(request: SignedInRequest, pk: UUID) -> HttpResponse:
    """Somebody who follows the review up asks a side once more."""
    row = _seen(request, pk)
    access.deny_unless(access.can_follow_up_review(request.user, row.review))
    try:
        asked = confirming.ask_once_more(confirmation=row)
    except RuleError as error:
        messages.warning(request, error.message)
    else:
        words = _("%(name)s is asked again, by mail.") % {"name": asked.contact.name}
        messages.success(request, words)
    return _back(row)


def _back(row: ReviewConfirmation) -> HttpResponse:
    talk = row.purpose == ReviewConfirmation.Purpose.ACTIONS
    page = "review-conversation" if talk else "review"
    return redirect(f"engagements:{page}", row.review_id)


def _seen(request: SignedInRequest, pk: UUID) -> ReviewConfirmation:
    reviews = HealthReview.objects.visible_to(request.user)
    rows = ReviewConfirmation.objects.filter(review__in=reviews)
    return get_object_or_404(rows.select_related("review__relationship"), pk=pk)


def _once_more(
    request: SignedInRequest, row: ReviewConfirmation, error: RuleError, reason: str
) -> HttpResponse:
    """The page again, with what was typed and what is missing beside it."""
    review = seen(request, row.review_id)
    return before_the_result(
        request, review, refused=row.pk, error=error.message, reason=reason
    )


def _open(held: Held | None) -> ReviewConfirmation | None:
    """The question a link or cookie opens, unless it has lapsed unanswered."""
    row = links.confirmation(held)
    if row is None or row.answer or is_asked(row, row.review):
        return row
    return None


def _about(row: ReviewConfirmation) -> dict[str, Any]:
    """What a page about a confirmation needs, whatever its purpose."""
    review = row.review
    relationship = review.relationship
    seats = in_order(review.raters.filter(side=row.side).select_related("contact"))
    if review.state == HealthReview.State.DRAFT:
        foreseen(review, seats)
    return {
        "asked": row,
        "review": review,
        "own": getattr(relationship, row.side),
        "people": seats,
        "cause": why(review.cause, review.caused_on),
        "facilitator": _facilitator(review),
        "why": review.confirmations.filter(purpose=row.purpose, round=row.round)
        .exclude(reason="")
        .values_list("reason", flat=True)
        .first(),
        "theirs": review.raters.exclude(side=row.side).count(),
        "actions": review.actions.select_related("owner").order_by("created_at"),
        "pair": f"{relationship.client.name} / {relationship.supplier.name}",
    }


def _facilitator(review: HealthReview) -> Contact | None:
    people = Contact.objects.select_related("organisation")
    return people.filter(facilitates=review).first()


def _answer(row: ReviewConfirmation, *, yes: bool, reason: str) -> ReviewConfirmation:
    return confirming.answer(confirmation=row, yes=yes, by=row.contact, reason=reason)


_MAILED = MailedQuestion(
    purpose=Purpose.CONFIRM,
    find=_open,
    answer=_answer,
    about=_about,
    beginning="survey/confirm_start.html",
    template="survey/confirm.html",
    page="confirm-answer",
)


@by_link("GET", "HEAD", "POST")
def confirm(request: HttpRequest, token: str) -> HttpResponse:
    """What the mailed link opens; its button goes on to the question."""
    return _MAILED.opened(request, token)


@by_link("GET", "HEAD", "POST")
def confirm_answer(request: HttpRequest) -> HttpResponse:
    """What is asked in full, and two buttons."""
    return _MAILED.asked(request)
