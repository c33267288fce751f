"""The end of a sitting: open questions, all answers on one page, what happens next."""

from __future__ import annotations

from collections.abc import Mapping

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from engagements.errors import RuleError
from engagements.models import Rater
from engagements.reviews import links, sitting
from engagements.reviews.actions import answering
from engagements.reviews.links import Held, Purpose
from engagements.reviews.responses import response_of
from engagements.reviews.views.seat import (
    for_raters,
    frame,
    kept,
    language_header,
)


@for_raters("GET", "HEAD", "POST")
def words(request: HttpRequest, rater: Rater, held: Held) -> HttpResponse:
    """The open questions on one screen; who reads each stands beside it."""
    if request.method != "POST":
        response = response_of(rater)
        stored = response.words if response else {}
        return _words(request, rater, stored, was=stored)
    known = [one.key for one in sitting.questions(rater)]
    given = {key: request.POST[key] for key in known if key in request.POST}
    was = {key: request.POST.get(f"was-{key}", "") for key in known}
    changed = _changed(given, was)

    def keep() -> None:
        if changed:
            answering.save_words(rater=rater, words=changed, consented=held.consented)

    return kept(
        request, keep, redirect(_onward(request, rater)),
        lambda error: _words(request, rater, given, was=was, error=error),
    )  # fmt: skip


def _changed(given: Mapping[str, str], was: Mapping[str, str]) -> dict[str, str]:
    """What was typed here; the rest may have changed on another device meanwhile."""
    plain = answering.plain
    return {key: text for key, text in given.items() if plain(text) != plain(was[key])}


def _onward(request: HttpRequest, rater: Rater) -> str:
    if request.POST.get("go") != "back":
        return reverse("engagements:answer-check")
    last = len(sitting.statements(rater))
    return reverse("engagements:answer-statement", args=[last])


def _words(
    request: HttpRequest,
    rater: Rater,
    given: Mapping[str, str],
    *,
    was: Mapping[str, str],
    error: str = "",
) -> HttpResponse:
    """The form; `was` is what it showed before anything was typed."""
    context = frame(rater)
    context |= sitting.open_questions(rater, given, language_header(request))
    context |= {"saved": any(given.values()) and not error, "error": error}
    for question in context["questions"]:
        too_long = len(question["value"]) > answering.MOST_WORDS
        question["was"] = was.get(question["key"], "")
        question["error"] = error if too_long else ""
    status = 422 if error else 200
    return render(request, "survey/words.html", context, status=status)


@for_raters("GET", "HEAD")
def check(request: HttpRequest, rater: Rater, held: Held) -> HttpResponse:
    """All answers on one page; each leads back to its statement."""
    return _check(request, rater)


def _check(request: HttpRequest, rater: Rater, *, error: str = "") -> HttpResponse:
    response = response_of(rater)
    context = frame(rater)
    context |= sitting.overview(rater, response, language_header(request))
    context |= {"response": response, "error": error}
    status = 422 if error else 200
    return render(request, "survey/check.html", context, status=status)


@for_raters("POST")
def send(request: HttpRequest, rater: Rater, held: Held) -> HttpResponse:
    """Say that one is done; refused where nothing was answered."""
    try:
        answering.send(rater=rater, consented=held.consented)
    except answering.ClosedError:
        raise
    except RuleError as error:
        return _check(request, rater, error=error.message)
    return redirect("engagements:answer-done")


@for_raters("POST")
def withdraw(request: HttpRequest, rater: Rater, held: Held) -> HttpResponse:
    """Delete all of one's answers."""
    answering.take_back(rater=rater)
    return redirect("engagements:answer-done")


@for_raters("GET", "HEAD")
def done(request: HttpRequest, rater: Rater, held: Held) -> HttpResponse:
    """What happens next and when; what else the same person is asked."""
    response = response_of(rater)
    if response is not None and not response.sent:
        return redirect("engagements:answer-check")
    others = [
        (
            str(one.review.relationship),
            links.path(Purpose.ANSWER, one.pk, one.link_version),
        )
        for one in sitting.also_asked(rater)
    ]
    context = frame(rater) | {"response": response, "others": others}
    return render(request, "survey/done.html", context)
