"""A seat: somebody who answers behind a mailed link, and what each page needs."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from engagements.doors import View, by_link, closed_link
from engagements.errors import RuleError
from engagements.models import Rater
from engagements.reviews import links
from engagements.reviews.actions.answering import ClosedError
from engagements.reviews.links import Purpose


def for_raters(*methods: str) -> Callable[[View], View]:
    """A page with the cookie of a link that is open; the view gets rater and cookie.

    What is sent after closing, or from a window that still shows another review, is
    refused in words and changes nothing.
    """

    def decorate(view: View) -> View:
        @wraps(view)
        def seated(request: HttpRequest, *args: Any, **named: Any) -> Any:
            held = links.in_cookie(request, Purpose.ANSWER)
            posted = request.method == "POST"
            rater = links.rater(held, late=posted)
            if held is None or rater is None:
                return closed_link(request)
            if posted and request.POST.get("seat") != rater.pk.hex:
                return _another(request, rater)
            try:
                return view(request, rater, held, *args, **named)
            except ClosedError as error:
                return refused(request, rater, error.message, has_closed=True)

        return by_link(*methods)(seated)

    return decorate


def _another(request: HttpRequest, rater: Rater) -> HttpResponse:
    words = _("Not saved: this browser has another review open since.")
    return refused(request, rater, words)


def refused(
    request: HttpRequest, rater: Rater, words: str, *, has_closed: bool = False
) -> HttpResponse:
    """Say in words why nothing was changed."""
    if by_script(request):
        return HttpResponse(words, status=422, content_type="text/plain")
    context = frame(rater) | {"error": words, "has_closed": has_closed}
    return render(request, "survey/refused.html", context, status=422)


def by_script(request: HttpRequest) -> bool:
    """A script saves, and wants a short answer."""
    return "X-Save" in request.headers


def kept(
    request: HttpRequest,
    keep: Callable[[], Any],
    onward: HttpResponse,
    again: Callable[[str], HttpResponse],
) -> HttpResponse:
    """Save, and answer a script shortly or a form by going on; `again` shows the form
    with the words of a broken rule."""
    try:
        keep()
    except ClosedError:
        raise
    except RuleError as error:
        if by_script(request):
            return HttpResponse(error.message, status=422, content_type="text/plain")
        return again(error.message)
    return HttpResponse(status=204) if by_script(request) else onward


def frame(rater: Rater) -> dict[str, Any]:
    """What every page of a sitting shows."""
    relationship = rater.review.relationship
    return {
        "rater": rater,
        "review": rater.review,
        "named": rater.review.is_named,
        "pair": _("%(client)s with %(supplier)s")
        % {
            "client": relationship.client.name,
            "supplier": relationship.supplier.name,
        },
    }


def language_header(request: HttpRequest) -> str:
    """The languages a browser asks for."""
    return request.headers.get("Accept-Language", "")
