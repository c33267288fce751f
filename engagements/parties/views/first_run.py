"""An empty installation: look around, or start with one's own organisation."""

from __future__ import annotations

import uuid
from contextlib import suppress

from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.decorators import login_not_required
from django.core.management import CommandError, call_command
from django.db import IntegrityError
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
    require_safe,
)

from engagements import access
from engagements.models import Membership, Organisation
from engagements.parties import actions
from engagements.parties.forms.people import RemoveDemoForm, StartForm
from engagements.parties.views.joining import sign_in
from engagements.web import SignedInRequest, carried_out, form_page

PERSONAS_SHOWN = 12


@login_not_required
@never_cache
@require_safe
def welcome(request: HttpRequest) -> HttpResponse:
    """Two doors; behind the first, the people of the demo."""
    if not _is_open():
        return redirect("engagements:start")
    context = {"personas": _personas()[:PERSONAS_SHOWN]}
    return render(request, "engagements/parties/welcome.html", context)


@login_not_required
@require_POST
def load_demo(request: HttpRequest) -> HttpResponse:
    """Fill an empty installation with the demo."""
    if not Organisation.objects.exists():
        # A second press while the first one loads finds its rows, and stops.
        with suppress(CommandError, IntegrityError):
            call_command("seed_demo", verbosity=0)
    return redirect("engagements:welcome")


@login_not_required
@require_POST
def sign_in_to_demo(request: HttpRequest) -> HttpResponse:
    """One press signs in as a person of the demo, and as nobody else."""
    chosen = request.POST.get("member", "")
    persona = get_object_or_404(_personas(), pk=_uuid_or_404(chosen))
    if persona.contact.user is None:
        raise Http404
    sign_in(request, persona.contact.user)
    return redirect("engagements:start")


@login_not_required
@never_cache
@sensitive_post_parameters("password")
@require_http_methods(["GET", "POST"])
def start(request: HttpRequest) -> HttpResponse:
    """The first organisation; whoever fills this in becomes its administrator."""
    if not _is_open():
        return redirect("engagements:start")
    back = reverse("engagements:welcome")
    form = StartForm(request.POST or None, back=back, initial={"time_zone": "UTC"})
    made: list = []
    if form.is_valid() and carried_out(
        form,
        lambda: made.append(actions.start_with_organisation(**form.cleaned_data)),
    ):
        sign_in(request, made[0])
        messages.success(request, _("Everything is ready. Bring in your contracts."))
        return redirect("engagements:start")
    return form_page(
        request,
        form,
        title=_("Start with your organisation"),
        back=(_("Welcome"), back),
        template="engagements/parties/start.html",
    )


@require_http_methods(["GET", "POST"])
def remove_demo(request: SignedInRequest) -> HttpResponse:
    """Ask once, then take the whole demo away."""
    access.deny_unless(access.is_administrator(request.user))
    demo = Organisation.objects.filter(demo=True)
    if not demo.exists():
        raise Http404
    if request.method == "POST":
        own = access.require_standing(request).organisation.demo
        actions.remove_demo()
        if own:
            logout(request)
        return redirect("engagements:welcome")
    form = RemoveDemoForm(back=reverse("engagements:start"))
    return form_page(
        request,
        form,
        title=_("Remove the demo"),
        back=(_("Home"), reverse("engagements:start")),
        lead=_(
            "%(count)s invented organisations go, with their people, conversations, "
            "contracts and files. This cannot be taken back."
        )
        % {"count": demo.count()},
    )


def _is_open() -> bool:
    """Until an organisation that is not invented exists."""
    return not Organisation.objects.filter(demo=False).exists()


def _personas() -> QuerySet[Membership]:
    rows = Membership.objects.active().filter(
        organisation__demo=True, contact__user__is_active=True
    )
    rows = rows.select_related("contact__user", "organisation")
    return rows.order_by("organisation__name", "role", "contact__name")


def _uuid_or_404(text: str) -> uuid.UUID:
    try:
        return uuid.UUID(text)
    except ValueError as error:
        raise Http404 from error
