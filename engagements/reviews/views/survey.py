"""Answering from a mailed link: no account, one statement a screen.

GET changes nothing. The link's button puts a cookie into the browser; whatever follows
has an address without the token. Every link that is not open shows the same page.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
    require_safe,
)

from engagements.errors import RuleError
from engagements.models import OpenResponse, Rater
from engagements.reviews import links, sitting
from engagements.reviews.actions import answering
from engagements.reviews.links import Held, Purpose
from engagements.reviews.responses import response_of

_SECONDS_A_STATEMENT = 12


def closed_link(request: HttpRequest) -> HttpResponse:
    """The one page of every link that is not open, whatever the reason."""
    return render(request, "survey/closed_link.html", status=404)


View = Callable[..., HttpResponse]


def _for_raters(view: View) -> View:
    """Only with the cookie of a link that is open."""

    @wraps(view)
    def inner(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        held = links.held_by(request, Purpose.ANSWER)
        rater = links.rater(held)
        if held is None or rater is None:
            return closed_link(request)
        return view(request, rater, held, *args, **kwargs)

    return login_not_required(never_cache(inner))


@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def answer(request: HttpRequest, token: str) -> HttpResponse:
    """Who asks, why, how long, who sees it; one button."""
    held = links.read(Purpose.ANSWER, token)
    rater = links.rater(held)
    if held is None or rater is None:
        return closed_link(request)
    consented = request.POST.get("consent") == "yes"
    error = ""
    if request.method == "POST":
        if consented or not rater.review.is_named:
            return _begin(rater, Held(held.pk, held.version, consented))
        error = _("Tick that both sides may see your answers with your name.")
    context = _frame(rater) | _about(rater) | {"error": error}
    status = 422 if error else 200
    return render(request, "survey/start.html", context, status=status)


def _begin(rater: Rater, held: Held) -> HttpResponse:
    response = response_of(rater)
    n = sitting.first_open(rater, response)
    if response is not None and response.sent:
        onward = redirect("engagements:answer-check")
    else:
        onward = redirect("engagements:answer-statement", n)
    links.let_in(onward, Purpose.ANSWER, held)
    return onward


def _about(rater: Rater) -> dict[str, Any]:
    statements = len(sitting.statements(rater))
    return {
        "statements": statements,
        "minutes": max(2, round(statements * _SECONDS_A_STATEMENT / 60) + 1),
        "host": urlsplit(settings.SITE_URL).hostname,
        "begun": response_of(rater) is not None,
    }


def _frame(rater: Rater) -> dict[str, Any]:
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


@_for_raters
@require_http_methods(["GET", "HEAD", "POST"])
def statement(request: HttpRequest, rater: Rater, held: Held, n: int) -> HttpResponse:
    """One statement; every choice is kept at once with script, on Next without."""
    asked = sitting.statements(rater)
    if not 1 <= n <= len(asked):
        return redirect("engagements:answer-check")
    item = asked[n - 1]
    if request.method != "POST":
        response = response_of(rater)
        return _statement(request, rater, n, sitting.chosen(response, item.key))
    value = request.POST.get("value", "")

    def keep() -> OpenResponse:
        return answering.save_answer(
            rater=rater, item=item.key, value=value, consented=held.consented
        )

    onward = _onward(request, n, len(asked), has_words=bool(sitting.questions(rater)))
    return _kept(
        request, keep, onward,
        lambda error: _statement(request, rater, n, value, error=error),
    )  # fmt: skip


def _kept(
    request: HttpRequest,
    keep: Callable[[], Any],
    onward: HttpResponse,
    refused: Callable[[str], HttpResponse],
) -> HttpResponse:
    """Save, and answer a script shortly or a form by going on; words for a refusal."""
    by_script = "X-Save" in request.headers
    try:
        keep()
    except RuleError as error:
        if by_script:
            return HttpResponse(error.message, status=422, content_type="text/plain")
        return refused(error.message)
    return HttpResponse(status=204) if by_script else onward


def _onward(
    request: HttpRequest, n: int, total: int, *, has_words: bool
) -> HttpResponse:
    step = -1 if request.POST.get("go") == "back" else 1
    if n + step <= total:
        return redirect("engagements:answer-statement", max(n + step, 1))
    return redirect(f"engagements:answer-{'words' if has_words else 'check'}")


def _statement(
    request: HttpRequest, rater: Rater, n: int, chosen: str, *, error: str = ""
) -> HttpResponse:
    header = request.headers.get("Accept-Language", "")
    context = _frame(rater) | sitting.statement(rater, n, header)
    context |= {"chosen": chosen, "saved": bool(chosen), "error": error}
    status = 422 if error else 200
    return render(request, "survey/statement.html", context, status=status)


@_for_raters
@require_http_methods(["GET", "HEAD", "POST"])
def words(request: HttpRequest, rater: Rater, held: Held) -> HttpResponse:
    """The open questions on one screen; who reads each stands beside it."""
    asked = sitting.questions(rater)
    if request.method != "POST":
        response = response_of(rater)
        given = response.words if response else {}
        return _words(request, rater, given)
    given = {one.key: request.POST.get(one.key, "") for one in asked}

    def keep() -> OpenResponse:
        return answering.save_words(rater=rater, words=given, consented=held.consented)

    last = len(sitting.statements(rater))
    back = request.POST.get("go") == "back"
    onward = (
        redirect("engagements:answer-statement", last)
        if back
        else redirect("engagements:answer-check")
    )
    return _kept(
        request, keep, onward, lambda error: _words(request, rater, given, error=error)
    )


def _words(
    request: HttpRequest, rater: Rater, given: dict[str, str], *, error: str = ""
) -> HttpResponse:
    header = request.headers.get("Accept-Language", "")
    context = _frame(rater) | sitting.open_questions(rater, given, header)
    context |= {"saved": any(given.values()) and not error, "error": error}
    if error:
        for question in context["questions"]:
            too_long = len(question["value"]) > answering.MOST_WORDS
            question["error"] = error if too_long else ""
    status = 422 if error else 200
    return render(request, "survey/words.html", context, status=status)


@_for_raters
@require_safe
def check(request: HttpRequest, rater: Rater, held: Held) -> HttpResponse:
    """All answers on one page; each leads back to its statement."""
    return _check(request, rater)


def _check(request: HttpRequest, rater: Rater, *, error: str = "") -> HttpResponse:
    response = response_of(rater)
    header = request.headers.get("Accept-Language", "")
    context = _frame(rater) | sitting.overview(rater, response, header)
    context |= {"sent": response is not None and response.sent, "error": error}
    status = 422 if error else 200
    return render(request, "survey/check.html", context, status=status)


@_for_raters
@require_POST
def send(request: HttpRequest, rater: Rater, held: Held) -> HttpResponse:
    """Say that one is done; refused where nothing was answered."""
    try:
        answering.send(rater=rater)
    except RuleError as error:
        return _check(request, rater, error=error.message)
    return redirect("engagements:answer-done")


@_for_raters
@require_POST
def withdraw(request: HttpRequest, rater: Rater, held: Held) -> HttpResponse:
    """Delete all of one's answers."""
    answering.take_back(rater=rater)
    return redirect("engagements:answer-statement", 1)


@_for_raters
@require_safe
def done(request: HttpRequest, rater: Rater, held: Held) -> HttpResponse:
    """What happens next and when; what else the same person is asked."""
    others = [
        (
            str(one.review.relationship),
            links.address(Purpose.ANSWER, one.pk, one.link_version),
        )
        for one in sitting.also_asked(rater)
    ]
    context = _frame(rater) | {"others": others}
    return render(request, "survey/done.html", context)
