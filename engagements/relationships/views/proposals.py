"""Relationships that wait for the own organisation's answer."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from engagements import access
from engagements.errors import RuleError, whole
from engagements.models import Relationship
from engagements.parties import queries as parties
from engagements.relationships import actions, mails
from engagements.web import SignedInRequest


@require_safe
def proposals(request: SignedInRequest) -> HttpResponse:
    """What others keep with the own organisation, and what accepting means."""
    return _page(request)


def _page(request: SignedInRequest, status: int = 200, **refused: str) -> HttpResponse:
    """The proposals; `refused` is why a press was refused, and what was typed."""
    by = access.require_standing(request)
    access.deny_unless(by.administers)
    rows = parties.proposals(by.organisation)
    context = {"proposals": rows, "own": by.organisation, **refused}
    page = "engagements/relationships/proposals.html"
    return render(request, page, context, status=status)


@require_POST
def accept(request: SignedInRequest, pk: object) -> HttpResponse:
    """The own people act on the own side from now on."""
    relationship = _asked(request, pk)
    by = access.require_standing(request)
    try:
        actions.accept_relationship(by=by, relationship=relationship)
    except RuleError as error:
        messages.error(request, error.message)
        return redirect("engagements:proposals")
    messages.success(request, _("Accepted. Name who speaks for your side."))
    return redirect("engagements:relationship-people", relationship.pk)


@require_POST
def decline(request: SignedInRequest, pk: object) -> HttpResponse:
    """The own organisation takes no part."""
    relationship = _asked(request, pk)
    by = access.require_standing(request)
    typed = request.POST.get("reason", "")
    try:
        reason = whole(typed, _("Reason"), field="reason", most=500)
        actions.decline_relationship(by=by, relationship=relationship, reason=reason)
    except RuleError as error:
        return _page(request, status=422, error=error.message, reason=typed)
    messages.success(request, _("Declined. The other side reads it."))
    return redirect("engagements:proposals")


@require_POST
def propose(request: SignedInRequest, pk: object) -> HttpResponse:
    """Ask the organisation that declined once more."""
    rows = Relationship.objects.visible_to(request.user)
    relationship = get_object_or_404(rows, pk=pk)
    access.deny_unless(access.is_administrator(request.user))
    by = access.require_standing(request)
    try:
        asked = actions.propose_again(by=by, relationship=relationship)
    except RuleError as error:
        messages.error(request, error.message)
    else:
        mails.owe_proposal(asked)
        messages.success(request, _("Proposed again. Their administrators are asked."))
    return redirect("engagements:relationship-people", relationship.pk)


def _asked(request: SignedInRequest, pk: object) -> Relationship:
    """A relationship of the own organisation that waits; 404 otherwise."""
    by = access.require_standing(request)
    row = get_object_or_404(parties.proposals(by.organisation), pk=pk)
    access.deny_unless(access.can_accept_relationship(request.user, row))
    return row
