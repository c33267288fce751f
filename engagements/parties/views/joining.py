"""From the mailed link to the first page: what one is asked, then a password."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth import login
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from accounts.models import User
from engagements.models import Invitation
from engagements.parties import actions, links, queries
from engagements.parties.forms.people import JoinForm
from engagements.web import carried_out


@login_not_required
@never_cache
@sensitive_post_parameters("password")
@require_http_methods(["GET", "POST"])
def join(request: HttpRequest, token: str) -> HttpResponse:
    """Who asks, what is shared, what one gets; then name and password."""
    invitation = links.open_invitation(token)
    if invitation is None:
        return render(request, "engagements/parties/closed_link.html", status=404)
    contact = invitation.contact
    form = JoinForm(
        request.POST or None, email=contact.email, initial={"name": contact.name}
    )
    accepted: list[User] = []
    if form.is_valid() and carried_out(
        form, lambda: accepted.append(_accept(invitation, form))
    ):
        sign_in(request, accepted[0])
        return _first_page(request, invitation)
    claim = invitation.purpose == Invitation.Purpose.CLAIM
    context = {
        "invitation": invitation,
        "form": form,
        "offer": queries.offer(invitation) if claim else None,
    }
    status = 422 if form.is_bound else 200
    return render(request, "engagements/parties/join.html", context, status=status)


def sign_in(request: HttpRequest, user: User) -> None:
    """Open a session for a person who has shown that they are this person."""
    login(request, user, backend="allauth.account.auth_backends.AuthenticationBackend")


def _accept(invitation: Invitation, form: JoinForm) -> User:
    return actions.accept_invitation(invitation=invitation, **form.cleaned_data)


def _first_page(request: HttpRequest, invitation: Invitation) -> HttpResponse:
    words = _("You sign in for %(name)s from now on.")
    messages.success(request, words % {"name": invitation.organisation.name})
    if invitation.purpose == Invitation.Purpose.CLAIM:
        return redirect("engagements:proposals")
    return redirect("engagements:start")
