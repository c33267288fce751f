"""Numbers, other names and own days of an organisation: add one, remove one."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from engagements import access
from engagements.parties import actions
from engagements.parties.actions.organisations import index_organisation
from engagements.parties.forms.fields import Form, days_in_order
from engagements.parties.forms.organisations import (
    AliasForm,
    IdentifierForm,
    OwnDayForm,
)
from engagements.parties.views.organisations import visible
from engagements.web import SignedInRequest, carried_out, form_page


@dataclass(frozen=True)
class Kind:
    """One kind of fact: where its rows hang, its form, how one is added."""

    rows: str
    form: type[Form]
    add: Callable[..., Any]
    title: str | Promise


KINDS = {
    "number": Kind(
        "identifiers",
        IdentifierForm,
        actions.add_identifier,
        gettext_lazy("Add a registration number"),
    ),
    "name": Kind(
        "aliases", AliasForm, actions.add_alias, gettext_lazy("Add another name")
    ),
    "day": Kind("days", OwnDayForm, actions.add_day, gettext_lazy("Add a day")),
}


@require_http_methods(["GET", "POST"])
def add(request: SignedInRequest, pk: object, what: str) -> HttpResponse:
    """Keep one more fact of an organisation."""
    row = visible(request, pk)
    access.deny_unless(access.can_edit_organisation(request.user, row))
    by, kind = access.require_standing(request), KINDS[what]
    form = kind.form(request.POST or None, back=row.get_absolute_url())
    days_in_order(form, request.user)
    if form.is_valid() and carried_out(
        form, lambda: kind.add(by=by, organisation=row, **form.cleaned_data)
    ):
        index_organisation(row)
        messages.success(request, _("%(name)s saved.") % {"name": row.name})
        return redirect(row)
    back = (row.name, row.get_absolute_url())
    return form_page(request, form, title=str(kind.title), back=back, lead=row.name)


@require_POST
def remove(
    request: SignedInRequest, pk: object, what: str, fact: object
) -> HttpResponse:
    """Take a fact away; the history keeps what it was."""
    row = visible(request, pk)
    access.deny_unless(access.can_edit_organisation(request.user, row))
    found = get_object_or_404(getattr(row, KINDS[what].rows).all(), pk=fact)
    actions.remove_fact(by=access.require_standing(request), fact=found)
    messages.success(request, _("%(fact)s removed.") % {"fact": found})
    return redirect(row)
