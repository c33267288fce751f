"""Doors without sign-in: what the pages behind a mailed link have in common."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any, Protocol

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.middleware.csrf import CsrfViewMiddleware
from django.shortcuts import redirect, render
from django.utils.decorators import decorator_from_middleware
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from engagements import links
from engagements.errors import RuleError
from engagements.links import Held, Purpose

View = Callable[..., HttpResponseBase]
# Fields of the pages behind a link that hold sentences. What was typed into them is
# given back, whatever has become of the link or of the page.
_SENTENCES = (
    *("text", "line", "lines", "title", "dissent", "wording", "reason", "sentence"),
    *("problem", "evidence", "desired_outcome", "benefits"),
    *("impact", "facts", "measure", "minutes", "outcome", "question", "why", "words"),
    *("values_others", "abilities_others"),
    *("guessed_values_others", "guessed_abilities_others"),
)


class _WithoutOrigin(CsrfViewMiddleware):
    """A page that tells nobody its address tells no origin either: browsers send
    "null" then. The form's token and the cookie must agree all the same."""

    def _origin_verified(self, request: HttpRequest) -> bool:
        if request.headers.get("Origin") == "null":
            return True
        return super()._origin_verified(request)  # type: ignore[misc]  # the stubs leave it out


_checked = decorator_from_middleware(_WithoutOrigin)


def by_link(*methods: str) -> Callable[[View], View]:
    """A page for whoever holds a link: no sign-in, kept nowhere, told to nobody."""

    def decorate(view: View) -> View:
        checked = _checked(require_http_methods(methods)(view))

        @wraps(view)
        def quiet(
            request: HttpRequest, *args: object, **named: object
        ) -> HttpResponseBase:
            response = checked(request, *args, **named)
            response["Referrer-Policy"] = "no-referrer"
            return response

        return login_not_required(never_cache(csrf_exempt(quiet)))

    return decorate


def unplaced(request: HttpRequest, *placed: str) -> list[str]:
    """What was typed and refused, and the page has no field for."""
    names = (name for name in _SENTENCES if name not in placed)
    said = (request.POST.get(name, "").strip() for name in names)
    return [words for words in said if words]


def closed_link(request: HttpRequest) -> HttpResponse:
    """The one page of every link that is not open, whatever the reason.

    Whoever typed something as it closed gets the words back, to copy.
    """
    context = {"typed": unplaced(request)}
    return render(request, "survey/closed_link.html", context, status=404)


class _Answer(Protocol):
    """Keeps a yes or a no; raises RuleError in words for one that cannot be kept."""

    def __call__(self, row: Any, /, *, yes: bool, reason: str) -> object: ...


@dataclass(frozen=True)
class MailedLink:
    """What is behind a mailed link.

    `find` is its row while the link is open, `about` what its pages show. `beginning`
    is the page of the link itself, which changes nothing; `page` the name of the
    address without the token, where all of it is.
    """

    purpose: Purpose
    find: Callable[[Held | None], Any]
    about: Callable[[Any], dict[str, Any]]
    beginning: str
    page: str

    def opened(self, request: HttpRequest, token: str) -> HttpResponse:
        """What the link shows; its button goes on to the page."""
        held = links.read(self.purpose, token)
        row = self.find(held)
        if held is None or row is None:
            return closed_link(request)
        if request.method == "POST":
            onward = redirect(f"engagements:{self.page}")
            links.let_in(onward, self.purpose, Held(held.pk, held.version))
            return onward
        return render(request, self.beginning, self.about(row))


@dataclass(frozen=True)
class MailedQuestion(MailedLink):
    """A question with two buttons behind a mailed link, in full on `template`."""

    answer: _Answer
    template: str

    def asked(self, request: HttpRequest) -> HttpResponse:
        """The question in full; an answer is kept, or refused in words."""
        held = links.held_by(request, self.purpose)
        row = self.find(held)
        if held is None or row is None:
            return closed_link(request)
        error, reason = "", request.POST.get("reason", "")
        if request.method == "POST":
            yes = request.POST.get("answer") == "yes"
            try:
                self.answer(row, yes=yes, reason=reason)
                return redirect(f"engagements:{self.page}")
            except RuleError as refused:
                error = refused.message
        context = self.about(row) | {"error": error, "reason": reason}
        status = 422 if error else 200
        return render(request, self.template, context, status=status)
