"""Doors without sign-in: what the pages behind a mailed link have in common."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.middleware.csrf import CsrfViewMiddleware
from django.shortcuts import render
from django.utils.decorators import decorator_from_middleware
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

View = Callable[..., HttpResponseBase]


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


def closed_link(request: HttpRequest) -> HttpResponse:
    """The one page of every link that is not open, whatever the reason."""
    return render(request, "survey/closed_link.html", status=404)
