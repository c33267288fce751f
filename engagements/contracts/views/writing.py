"""Pages that write contracts; each says what is wrong beside what was typed."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.forms import BaseForm
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from engagements import access
from engagements.contracts import actions, forms
from engagements.contracts.actions.facts import TERM_FIELDS
from engagements.contracts.views.pages import own_side, visible
from engagements.errors import RuleError
from engagements.models import (
    Contract,
    ContractDocument,
    KeyDate,
    Relationship,
    Side,
    Standing,
)
from engagements.parties.forms.fields import days_in_order
from engagements.web import SignedInRequest, carried_out, form_page

FACTS = (
    "title",
    "client_reference",
    "supplier_reference",
    "parent",
    "drafted",
    "signed_on",
    "notice_clause",
    *TERM_FIELDS,
)


@require_http_methods(["GET", "POST"])
def create(request: SignedInRequest) -> HttpResponse:
    """Record a contract of one of the organisation's relationships."""
    by = access.require_standing(request)
    access.deny_unless(access.is_administrator(request.user))
    relationships = (
        Relationship.objects.visible_to(request.user)
        .active()
        .select_related("client", "supplier")
    )
    back = reverse("engagements:contracts")
    initial = {
        "relationship": request.GET.get("relationship"),
        "currency": by.organisation.reporting_currency,
    }
    form = forms.NewContractForm(
        request.POST or None, relationships=relationships, initial=initial, back=back
    )
    days_in_order(form, request.user)
    made: list[Contract] = []
    if form.is_valid() and carried_out(form, lambda: made.append(_created(form, by))):
        messages.success(request, _("%(title)s saved.") % {"title": made[0].title})
        return redirect(made[0])
    return form_page(
        request, form, title=_("Add a contract"), back=(_("Contracts"), back)
    )


def _created(form: BaseForm, by: Standing) -> Contract:
    values = dict(form.cleaned_data)
    relationship = values.pop("relationship")
    return actions.create_contract(by=by, relationship=relationship, values=values)


@require_http_methods(["GET", "POST"])
def edit(request: SignedInRequest, pk: object) -> HttpResponse:
    """Correct the facts; signed terms need a reason."""
    row = _changeable(request, pk)
    form = forms.CorrectContractForm(
        request.POST or None,
        relationship=row.relationship,
        initial={name: getattr(row, name) for name in FACTS},
        back=row.get_absolute_url(),
    )

    def act(by: Standing) -> object:
        values = {name: form.cleaned_data[name] for name in FACTS}
        reason = form.cleaned_data["reason"]
        return actions.change_contract(
            by=by, contract=row, values=values, reason=reason
        )

    return _write(request, row, form, act, title=_("Correct the contract"))


@require_http_methods(["GET", "POST"])
def amend(request: SignedInRequest, pk: object) -> HttpResponse:
    """Record a signed change of the terms."""
    row = _changeable(request, pk)
    initial = {name: getattr(row, name) for name in TERM_FIELDS}
    form = forms.AmendForm(
        request.POST or None, initial=initial, back=row.get_absolute_url()
    )

    def act(by: Standing) -> object:
        data = form.cleaned_data
        return actions.amend(
            by=by,
            contract=row,
            values={name: data[name] for name in TERM_FIELDS},
            signed_on=data["signed_on"],
            effective_on=data["effective_on"],
            reference=data["reference"],
            reason=data["reason"],
        )

    return _write(request, row, form, act, title=_("Record an amendment"))


@require_http_methods(["GET", "POST"])
def notice(request: SignedInRequest, pk: object) -> HttpResponse:
    """Record that one side gave notice."""
    row = _changeable(request, pk)
    initial = {"side": own_side(request, row).side}
    form = forms.NoticeForm(
        request.POST or None, initial=initial, back=row.get_absolute_url()
    )

    def act(by: Standing) -> object:
        data = form.cleaned_data
        return actions.give_notice(
            by=by, contract=row, side=Side(data["side"]), on=data["on"]
        )

    return _write(request, row, form, act, title=_("Notice was given"))


@require_http_methods(["GET", "POST"])
def withdraw(request: SignedInRequest, pk: object) -> HttpResponse:
    """The notice no longer stands."""
    row = _changeable(request, pk)
    form = forms.ReasonForm(request.POST or None, back=row.get_absolute_url())
    form.button = _("Withdraw notice")

    def act(by: Standing) -> object:
        reason = form.cleaned_data["reason"]
        return actions.withdraw_notice(by=by, contract=row, reason=reason)

    return _write(request, row, form, act, title=_("Withdraw notice"))


@require_http_methods(["GET", "POST"])
def terminate(request: SignedInRequest, pk: object) -> HttpResponse:
    """The contract ends before its term; our side's reason."""
    row = _changeable(request, pk)
    side = Side(own_side(request, row).side)
    form = forms.TerminateForm(
        request.POST or None,
        initial={"on": row.terminated_on},
        back=row.get_absolute_url(),
    )

    def act(by: Standing) -> object:
        data = form.cleaned_data
        return actions.terminate(
            by=by, contract=row, side=side, on=data["on"], reason=data["reason"]
        )

    return _write(request, row, form, act, title=_("End the contract early"))


@require_POST
def confirm(request: SignedInRequest, pk: object) -> HttpResponse:
    """Both sides agreed to go on for another term."""
    row = _changeable(request, pk)
    by = access.require_standing(request)
    try:
        actions.confirm_renewal(by=by, contract=row)
        messages.success(request, _("Renewal confirmed."))
    except RuleError as error:
        messages.error(request, error.message)
    return redirect(row)


@require_http_methods(["GET", "POST"])
def archive(request: SignedInRequest, pk: object) -> HttpResponse:
    """Put a contract away."""
    row = _changeable(request, pk)
    form = forms.ReasonForm(request.POST or None, back=row.get_absolute_url())
    form.button = _("Archive contract")
    back = reverse("engagements:contracts")

    def act(by: Standing) -> object:
        reason = form.cleaned_data["reason"]
        return actions.archive_contract(by=by, contract=row, reason=reason)

    return _write(request, row, form, act, title=_("Archive the contract"), after=back)


@require_http_methods(["GET", "POST"])
def add_key_date(request: SignedInRequest, pk: object) -> HttpResponse:
    """Name an option, a break or another day that matters."""
    row = _changeable(request, pk)
    form = forms.KeyDateForm(request.POST or None, back=row.get_absolute_url())

    def act(by: Standing) -> object:
        return actions.add_key_date(by=by, contract=row, values=form.cleaned_data)

    return _write(request, row, form, act, title=_("Add a date"))


@require_http_methods(["GET", "POST"])
def settle_key_date(request: SignedInRequest, pk: object) -> HttpResponse:
    """Say what became of a key date."""
    date = get_object_or_404(
        KeyDate.objects.filter(
            contract__in=Contract.objects.visible_to(request.user).values("pk")
        ),
        pk=pk,
    )
    row = _changeable(request, date.contract_id)
    form = forms.OutcomeForm(request.POST or None, back=row.get_absolute_url())

    def act(by: Standing) -> object:
        outcome = form.cleaned_data["outcome"]
        return actions.settle_key_date(by=by, key_date=date, outcome=outcome)

    return _write(request, row, form, act, title=date.title)


@require_http_methods(["GET", "POST"])
def add_document(request: SignedInRequest, pk: object) -> HttpResponse:
    """Keep a file of the contract."""
    row = visible(request, pk)
    access.deny_unless(access.can_add_document(request.user, row))
    form = forms.DocumentForm(
        request.POST or None, request.FILES or None, back=row.get_absolute_url()
    )

    def act(by: Standing) -> object:
        data = form.cleaned_data
        return actions.add_document(
            by=by, contract=row, file=data["file"], shared=data["shared"]
        )

    return _write(request, row, form, act, title=_("Add a document"))


@require_POST
def archive_document(request: SignedInRequest, pk: object) -> HttpResponse:
    """Take a file of one's own side out of sight."""
    by = access.require_standing(request)
    found = ContractDocument.objects.visible_to(request.user).select_related(
        "contract__relationship", "relationship"
    )
    row = get_object_or_404(found, pk=pk, archived_at=None)
    access.deny_unless(
        row.organisation_id == by.organisation.pk
        and access.can_add_document(request.user, row.contract)
    )
    actions.archive_document(by=by, document=row)
    messages.success(request, _("%(name)s archived.") % {"name": row.name})
    return redirect(row.contract)


def _changeable(request: SignedInRequest, pk: object) -> Contract:
    row = visible(request, pk)
    access.deny_unless(access.can_change_contract(request.user, row.relationship))
    return row


def _write(
    request: SignedInRequest,
    row: Contract,
    form: BaseForm,
    act: Callable[[Standing], Any],
    *,
    title: str,
    after: str = "",
) -> HttpResponse:
    """Do it and go back to the contract, or show the form with what is wrong."""
    by = access.require_standing(request)
    days_in_order(form, request.user)
    if form.is_valid() and carried_out(form, lambda: act(by)):
        messages.success(request, _("Saved."))
        return redirect(after or row.get_absolute_url())
    back = (row.title, row.get_absolute_url())
    return form_page(request, form, title=title, back=back)
