"""The signed-in request; whole page or HTMX part; the frame around every page."""

from __future__ import annotations

import zoneinfo
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache, cached_property
from typing import Any, cast

from django.core.paginator import Page, Paginator
from django.db.models import QuerySet
from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import patch_vary_headers
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django_htmx.middleware import HtmxDetails

from accounts.models import User
from engagements.errors import RuleError
from engagements.models import (
    Organisation,
    RelationshipSide,
    Standing,
    standing_of,
)


class SignedInRequest(HttpRequest):
    """A request of a signed-in person, for type checkers."""

    user: User
    htmx: HtmxDetails


class PersonalSettingsMiddleware:
    """Shows times in the person's own zone."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Activate the zone for this request only."""
        if "_auth_user_id" not in request.session:
            return self.get_response(request)
        name = getattr(request.user, "time_zone", "UTC")
        with timezone.override(zoneinfo.ZoneInfo(name)):
            return self.get_response(request)


def render_part(
    request: SignedInRequest,
    template: str,
    part: str,
    context: dict[str, Any],
    *,
    status: int = 200,
) -> HttpResponse:
    """The named part for HTMX, the whole page for everyone else.

    Boosted and history-restoring requests get the whole page, so that the back
    button never shows a naked fragment.
    """
    htmx = request.htmx
    partial = htmx and not htmx.boosted and not htmx.history_restore_request
    name = f"{template}#{part}" if partial else template
    response = render(request, name, context, status=status)
    patch_vary_headers(response, ["HX-Request"])
    return response


class FirstRunMiddleware:
    """Sends every page of an empty installation to its two doors."""

    _OPEN = (
        *("/welcome/", "/technical/", "/health/", "/static/"),
        # Mailed links say themselves whether they are open.
        *("/a/", "/b/", "/c/", "/f/", "/i/"),
    )

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """One small query for strangers; none for people who are signed in."""
        signed_in = "_auth_user_id" in request.session
        if signed_in or request.path.startswith(self._OPEN):
            return self.get_response(request)
        # The demo alone has a door of its own: its people sign in by one press.
        ours = Organisation.objects.all()
        if request.path == "/":
            ours = ours.filter(demo=False)
        if ours.exists():
            return self.get_response(request)
        return redirect("engagements:welcome")


def form_page(
    request: HttpRequest,
    form: BaseForm,
    *,
    title: str,
    back: tuple[str, str],
    lead: str = "",
    **more: Any,
) -> HttpResponse:
    """A page with one form; `back` is the label and address of where it leads back.

    `more` may name another `template` and what it needs.
    """
    template = more.pop("template", "engagements/form.html")
    context = {"form": form, "title": title, "back": back, "lead": lead, **more}
    status = 422 if form.is_bound else 200
    return render(request, template, context, status=status)


def carried_out(form: BaseForm, act: Callable[[], Any]) -> bool:
    """Do what a valid form asks; a broken rule goes back onto the form."""
    try:
        act()
    except RuleError as error:
        field = error.field if error.field in form.fields else None
        form.add_error(field, error.message)
        return False
    return True


def page_of(request: HttpRequest, rows: QuerySet, size: int = 50) -> Page:
    """The page of a list that the address asks for; a wrong number is the nearest."""
    return Paginator(rows, size).get_page(request.GET.get("page"))


@dataclass(frozen=True)
class NavItem:
    """One line of the main navigation."""

    label: str | Promise
    url: str
    icon: str
    current: bool


@dataclass(frozen=True)
class Pinned:
    """A relationship at hand; `last` is what its health was before it went stale."""

    label: str
    url: str
    health: str = "none"
    last: str = ""


_PLACES = (
    (_("Home"), "engagements:home", "home"),
    (_("Portfolio"), "engagements:portfolio", "grid"),
    (_("Relationships"), "engagements:relationships", "pair"),
    (_("Contracts"), "engagements:contracts", "doc"),
    (_("Reviews"), "engagements:reviews", "review"),
    (_("Advisory boards"), "engagements:boards", "board"),
    (_("Joint issues"), "engagements:issues", "knot"),
)
_ADMINISTRATION = (
    (_("People"), "engagements:members"),
    (_("Organisations"), "engagements:organisations"),
    (_("Proposals"), "engagements:proposals"),
    (_("Question sets"), "engagements:instruments"),
    (_("Imports"), "engagements:imports"),
    (_("Reminders"), "engagements:jobs"),
    (_("Not sent"), "engagements:not-sent"),
)


@cache
def _addresses() -> tuple[tuple[str | Promise, str, str], ...]:
    return tuple((label, reverse(name), icon) for label, name, icon in _PLACES)


class Shell:
    """The frame around a page: who is signed in, where one can go."""

    def __init__(self, request: HttpRequest) -> None:
        self._request = request

    @cached_property
    def standing(self) -> Standing | None:
        """The person's organisation and role."""
        user = getattr(self._request, "user", None)
        return standing_of(user) if user is not None else None

    @cached_property
    def nav(self) -> list[NavItem]:
        """The main navigation, the current place marked."""
        path = self._request.path
        return [
            NavItem(label, url, icon, current=path.startswith(url))
            for label, url, icon in _addresses()
        ]

    @cached_property
    def administration(self) -> list[tuple[str | Promise, str]]:
        """What an administrator keeps; empty for everybody else."""
        if self.standing is None or not self.standing.administers:
            return []
        places: list[tuple[str | Promise, str]] = [
            (label, reverse(name)) for label, name in _ADMINISTRATION
        ]
        if self.demo:
            places.append((_("Remove the demo"), reverse("engagements:demo-remove")))
        return places

    @cached_property
    def demo(self) -> bool:
        """The person acts in an invented world."""
        return self.standing is not None and self.standing.organisation.demo

    @cached_property
    def only_demo(self) -> bool:
        """The installation holds nothing but the demo; two queries, sign-in asks."""
        real = Organisation.objects.filter(demo=False)
        return Organisation.objects.exists() and not real.exists()

    @cached_property
    def pinned(self) -> list[Pinned]:
        """The relationships the person keeps at hand: one query, none without any."""
        if self.standing is None or not self.standing.has_pins:
            return []
        mine = RelationshipSide.objects.seen_by(self._user)
        rows = mine.filter(relationship__pins__contact=self.standing.contact)
        return [
            Pinned(name, reverse("engagements:relationship", args=[pk]), health, last)
            for pk, name, health, last in rows.order_by(
                "relationship__pins__created_at"
            ).values_list("relationship_id", "counterpart", "health", "health_last")[:7]
        ]

    @property
    def _user(self) -> User:
        return cast("User", self._request.user)


def shell(request: HttpRequest) -> dict[str, Shell]:
    """Give every template its frame; nothing is read until a template asks."""
    return {"shell": Shell(request)}
