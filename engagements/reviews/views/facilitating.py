"""The facilitator's door: without an account, by a mailed link; and from the page.

Answers stay unseen; while a review asks there are counts, once it is closed the
documents of both sides and the facilitator's own.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from engagements import access
from engagements.doors import View, by_link, closed_link
from engagements.errors import RuleError
from engagements.models import HealthReview
from engagements.reviews import links, private_words
from engagements.reviews.actions.noting import paraphrase
from engagements.reviews.actions.releasing import release_review
from engagements.reviews.links import Held, Purpose
from engagements.reviews.queries import agreed, facilitated
from engagements.reviews.views.setting_up import seen
from engagements.web import SignedInRequest

State = HealthReview.State
_SIDES = ("client", "supplier")


def for_facilitators(*methods: str) -> Callable[[View], View]:
    """Only with the cookie of a link that is open."""

    def decorate(view: View) -> View:
        @wraps(view)
        def inner(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            review = links.facilitated(links.held_by(request, Purpose.FACILITATE))
            if review is None:
                return closed_link(request)
            return view(request, review, *args, **kwargs)

        return by_link(*methods)(inner)

    return decorate


@by_link("GET", "HEAD", "POST")
def facilitate(request: HttpRequest, token: str) -> HttpResponse:
    """What the mailed link opens; its button goes on to the facilitator's page."""
    held = links.read(Purpose.FACILITATE, token)
    review = links.facilitated(held)
    if held is None or review is None:
        return closed_link(request)
    if request.method == "POST":
        return _let_in(held)
    return render(request, "survey/facilitate_start.html", about(review))


@require_POST
def enter(request: SignedInRequest, pk: UUID) -> HttpResponse:
    """A signed-in facilitator goes from the review's page to the same pages."""
    review = seen(request, pk)
    access.deny_unless(access.facilitates(request.user, review))
    return _let_in(Held(review.pk, review.facilitator_version))


def _let_in(held: Held) -> HttpResponse:
    onward = redirect("engagements:facilitate-page")
    links.let_in(onward, Purpose.FACILITATE, Held(held.pk, held.version))
    return onward


@for_facilitators("GET", "HEAD")
def page(request: HttpRequest, review: HealthReview) -> HttpResponse:
    """How many answered, then what came of it, then releasing it."""
    return _page(request, review)


def _page(
    request: HttpRequest,
    review: HealthReview,
    *,
    error: str = "",
    side: str = "",
    text: str = "",
) -> HttpResponse:
    read = facilitated.documents(review) if review.closed_at else {}
    context = about(review) | {
        "progress": facilitated.progress(review) if review.is_asking else [],
        "shared": read.get("shared"),
        "own": private_words.facilitated(read.get("facilitator")),
        "paraphrases": facilitated.paraphrases(review) if review.closed_at else [],
        "may_release": review.state == State.CLOSED,
        **_talk(review),
        "sides": private_words.who_reads(read.get("shared"), read.get("facilitator")),
        "error": error,
        "error_side": side,
        "text": text,
    }
    status = 422 if error else 200
    return render(request, "survey/facilitate.html", context, status=status)


def _talk(review: HealthReview) -> dict[str, Any]:
    """The talk as far as it got, and what the facilitator records of it."""
    if review.state not in agreed.SHOWN:
        return {}
    found = agreed.conversation_of(review)
    return {
        "may_talk": True,
        "conversation": found,
        "participants": agreed.participants_of(found),
        "may_hold": review.state in agreed.TALKED_ABOUT,
        "may_correct": review.state == State.DISCUSSED,
    }


@for_facilitators("POST")
def put_in_other_words(request: HttpRequest, review: HealthReview) -> HttpResponse:
    """Comments of a side that may not be shown, in the facilitator's words."""
    side, text = request.POST.get("side", ""), request.POST.get("text", "")
    if side not in _SIDES or review.facilitator is None:
        return closed_link(request)
    try:
        paraphrase(review=review, side=side, text=text, by=review.facilitator)
    except RuleError as refused:
        return _page(request, review, error=refused.message, side=side, text=text)
    messages.success(request, _("Both sides read it with the result."))
    return redirect("engagements:facilitate-page")


@for_facilitators("POST")
def release(request: HttpRequest, review: HealthReview) -> HttpResponse:
    """Show the result to both sides at once; a second press changes nothing."""
    release_review(review=review, by=review.facilitator, now=timezone.now())
    return redirect("engagements:facilitate-page")


def about(review: HealthReview) -> dict[str, Any]:
    relationship = review.relationship
    return {
        "review": review,
        "pair": f"{relationship.client.name} / {relationship.supplier.name}",
    }
