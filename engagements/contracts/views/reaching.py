"""How a page reaches its contract, and how a form on it is answered."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _

from engagements import access
from engagements.commitments.asking import outcome
from engagements.models import Contract, RelationshipSide, Standing
from engagements.parties.forms.fields import Form, days_in_order
from engagements.web import SignedInRequest, carried_out, form_page


def visible(request: SignedInRequest, pk: object) -> Contract:
    """The contract, archived or not, or 404 for whoever may not know of it."""
    rows = Contract.objects.visible_to(request.user).select_related(
        "relationship__client", "relationship__supplier", "parent"
    )
    return get_object_or_404(rows, pk=pk)


def own_side(request: SignedInRequest, row: Contract) -> RelationshipSide:
    """The reader's side of the contract's relationship."""
    side = access.own_side(request.user, row.relationship)
    if side is None:
        raise Http404
    return side


def changeable(request: SignedInRequest, pk: object) -> Contract:
    """The contract for somebody who may change its facts."""
    row = visible(request, pk)
    access.deny_unless(access.can_change_contract(request.user, row.relationship))
    return row


def answer(
    request: SignedInRequest,
    row: Contract,
    form: Form,
    act: Callable[[Standing], Any],
    *,
    title: str,
    done: str,
    after: str = "",
    **more: Any,
) -> HttpResponse:
    """Do it and go back to the contract, or show the form with what is wrong."""
    by = access.require_standing(request)
    days_in_order(form, request.user)
    made: list[object] = []
    if form.is_valid() and carried_out(form, lambda: made.append(act(by))):
        messages.success(request, outcome(made[0], done))
        return redirect(after or row.get_absolute_url())
    back = (row.title, row.get_absolute_url())
    return form_page(request, form, title=title, back=back, **more)


def told(request: SignedInRequest, row: Contract, side: RelationshipSide) -> str:
    """Who reads what is written here: said where the act is."""
    name = getattr(row.relationship, side.side).name
    client, supplier = row.relationship.client, row.relationship.supplier
    other = supplier if name == client.name else client
    words = _("%(name)s reads this too, and is told of it.")
    return words % {"name": other.name}
