"""Answering from a mailed link: no account, one statement a screen.

GET changes nothing. The link's button puts a cookie into the browser; whatever follows
has an address without the token. Every link that is not open shows the same page.
"""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from engagements.doors import by_link, closed_link
from engagements.models import HealthReview, OpenResponse, Rater
from engagements.reviews import links, sitting
from engagements.reviews.actions import answering
from engagements.reviews.lengths import MINUTES
from engagements.reviews.links import Held, Purpose
from engagements.reviews.responses import response_of
from engagements.reviews.views.seat import (
    for_raters,
    frame,
    kept,
    language_header,
)


@by_link("GET", "HEAD", "POST")
def answer(request: HttpRequest, token: str) -> HttpResponse:
    """Who asks, why, how long, who sees it; one button."""
    held = links.read(Purpose.ANSWER, token)
    rater = links.rater(held)
    if held is None or rater is None:
        return closed_link(request)
    response = response_of(rater)
    agreed = response is not None and response.consented
    error = ""
    if request.method == "POST":
        agreed = agreed or request.POST.get("consent") == "yes"
        if agreed or not rater.review.is_named:
            return _begin(rater, response, Held(held.pk, held.version, agreed))
        error = _("Tick that both sides may see your answers with your name.")
    context = frame(rater) | _about(rater)
    context |= {"response": response, "agreed": agreed, "error": error}
    status = 422 if error else 200
    return render(request, "survey/start.html", context, status=status)


def _begin(rater: Rater, response: OpenResponse | None, held: Held) -> HttpResponse:
    """On to where one was: the first statement without an answer, or what follows."""
    n = sitting.first_open(rater, response)
    if response is not None and response.sent:
        onward = redirect("engagements:answer-check")
    elif n is None:
        onward = redirect(_after_statements(rater))
    else:
        onward = redirect("engagements:answer-statement", n)
    links.let_in(onward, Purpose.ANSWER, held)
    return onward


def _after_statements(rater: Rater) -> str:
    has_words = bool(sitting.questions(rater))
    return reverse(f"engagements:answer-{'words' if has_words else 'check'}")


def _about(rater: Rater) -> dict[str, Any]:
    return {
        "statements": len(sitting.statements(rater)),
        "minutes": MINUTES[HealthReview.Form(rater.review.form)],
        "least": sitting.least_per_side(rater.review),
        "host": urlsplit(settings.SITE_URL).hostname,
        "run_by": settings.RUN_BY,
    }


@for_raters("GET", "HEAD", "POST")
def statement(request: HttpRequest, rater: Rater, held: Held, n: int) -> HttpResponse:
    """One statement; every choice is kept at once with script, on Next without."""
    asked = sitting.statements(rater)
    if not 1 <= n <= len(asked):
        return redirect("engagements:answer-check")
    item = asked[n - 1].key
    if request.method != "POST":
        return _statement(request, rater, n, sitting.chosen(response_of(rater), item))
    value = request.POST.get("value", "")

    def keep() -> None:
        # To go on from what another device has changed meanwhile is no choice.
        if value != request.POST.get("was"):
            answering.save_answer(
                rater=rater, item=item, value=value, consented=held.consented
            )

    return kept(
        request, keep, redirect(_onward(request, rater, n)),
        lambda error: _statement(request, rater, n, value, error=error),
    )  # fmt: skip


def _onward(request: HttpRequest, rater: Rater, n: int) -> str:
    if "check" in request.POST:
        return reverse("engagements:answer-check")
    step = -1 if request.POST.get("go") == "back" else 1
    if n + step > len(sitting.statements(rater)):
        return _after_statements(rater)
    return reverse("engagements:answer-statement", args=[max(n + step, 1)])


def _statement(
    request: HttpRequest, rater: Rater, n: int, chosen: str, *, error: str = ""
) -> HttpResponse:
    context = frame(rater) | sitting.statement(rater, n, language_header(request))
    context |= {
        "chosen": chosen,
        "saved": chosen and not error,
        "error": error,
        "to_check": "check" in request.GET or "check" in request.POST,
    }
    status = 422 if error else 200
    return render(request, "survey/statement.html", context, status=status)
