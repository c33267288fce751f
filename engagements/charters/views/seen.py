"""What an address names, as the person sees it, and a form that writes on it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.forms import BaseForm
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from engagements import access
from engagements.charters import rights
from engagements.commitments.asking import outcome
from engagements.models import (
    Charter,
    CharterAcceptance,
    Goal,
    Relationship,
    Side,
)
from engagements.parties.forms.fields import days_in_order
from engagements.web import SignedInRequest, carried_out, form_page

_PAIR = ("relationship__client", "relationship__supplier")


def relationship_of(request: SignedInRequest, pk: UUID) -> Relationship:
    """A relationship one may read, in use."""
    rows = Relationship.objects.visible_to(request.user).active()
    return get_object_or_404(rows.select_related("client", "supplier"), pk=pk)


def own_side(request: SignedInRequest, relationship: Relationship) -> Side:
    """The side the person is on."""
    side = access.side_of(request.user, relationship)
    if side is None:
        raise Http404
    return side


def editable(request: SignedInRequest, pk: UUID) -> tuple[Relationship, Side]:
    """A relationship whose charter one may work on, and from which side."""
    relationship = relationship_of(request, pk)
    allowed = rights.can_work_on_charter(request.user, relationship)
    access.deny_unless(allowed)
    return relationship, own_side(request, relationship)


def charter_of(request: SignedInRequest, pk: UUID) -> Charter:
    """A charter one may read."""
    rows = Charter.objects.visible_to(request.user)
    return get_object_or_404(rows.select_related(*_PAIR, "written_by"), pk=pk)


def acceptance_of(request: SignedInRequest, pk: UUID) -> CharterAcceptance:
    """A question about a charter one may read."""
    charters = Charter.objects.visible_to(request.user)
    rows = CharterAcceptance.objects.filter(charter__in=charters.values("pk"))
    related = ("contact", *(f"charter__{name}" for name in _PAIR))
    return get_object_or_404(rows.select_related(*related), pk=pk)


def goal_of(request: SignedInRequest, pk: UUID) -> Goal:
    """A goal one may read."""
    rows = Goal.objects.visible_to(request.user)
    related = ("client_owner", "supplier_owner", *_PAIR)
    return get_object_or_404(rows.select_related(*related), pk=pk)


def back_to_charter(relationship: Relationship) -> tuple[str, str]:
    """Where the pages of a charter lead back."""
    return _("Charter"), reverse("engagements:charter", args=[relationship.pk])


def write(
    request: SignedInRequest,
    form: BaseForm,
    act: Callable[[], Any],
    *,
    title: str,
    back: tuple[str, str],
    **more: Any,
) -> HttpResponse:
    """A form's page; once it is carried out, the page it leads back to."""
    days_in_order(form, request.user)
    made: list[object] = []
    if form.is_valid() and carried_out(form, lambda: made.append(act())):
        messages.success(request, outcome(made[0], _("Saved.")))
        return redirect(back[1])
    return form_page(request, form, title=title, back=back, **more)
