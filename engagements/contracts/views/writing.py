"""Pages that record, correct, amend and archive contracts."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from engagements import access
from engagements.contracts import actions, forms
from engagements.contracts.actions.facts import TERM_FIELDS
from engagements.contracts.previews import follows
from engagements.contracts.views.reaching import answer, changeable
from engagements.errors import RuleError
from engagements.models import Contract, Relationship, Standing
from engagements.parties.forms.fields import days_in_order
from engagements.web import SignedInRequest, carried_out, form_page, render_part

TEMPLATE = "engagements/contracts/contract_form.html"
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
    form = _new_form(request, by)
    title, back = _("Add a contract"), (_("Contracts"), form.back)
    if "check" in request.POST:
        return _checked(request, form, None, title, back)
    made: list[Contract] = []
    if form.is_valid() and carried_out(form, lambda: made.append(_created(form, by))):
        messages.success(request, _("%(title)s saved.") % {"title": made[0].title})
        return redirect(made[0])
    return form_page(
        request,
        form,
        title=title,
        back=back,
        template=TEMPLATE,
        follows=follows(form) if form.is_bound else None,
    )


def _new_form(request: SignedInRequest, by: Standing) -> forms.NewContractForm:
    form = forms.NewContractForm(
        request.POST or None,
        relationships=_relationships(request),
        initial={
            "relationship": request.GET.get("relationship"),
            "currency": by.organisation.reporting_currency,
        },
        back=reverse("engagements:contracts"),
    )
    days_in_order(form, request.user)
    return form


def _relationships(request: SignedInRequest) -> QuerySet[Relationship]:
    rows = Relationship.objects.visible_to(request.user).active()
    return rows.select_related("client", "supplier").order_by(
        "client__name", "supplier__name", "scope"
    )


def _created(form: forms.NewContractForm, by: Standing) -> Contract:
    values = dict(form.cleaned_data)
    relationship = values.pop("relationship")
    return actions.create_contract(by=by, relationship=relationship, values=values)


def _checked(
    request: SignedInRequest,
    form: forms.TermFields,
    row: Contract | None,
    title: str,
    back: tuple[str, str],
) -> HttpResponse:
    """What follows from the terms as they stand in the form; nothing is written."""
    context = {
        "form": form,
        "title": title,
        "back": back,
        "follows": follows(form, row),
    }
    return render_part(request, TEMPLATE, "follows", context)


@require_http_methods(["GET", "POST"])
def edit(request: SignedInRequest, pk: object) -> HttpResponse:
    """Correct the facts; signed terms need a reason."""
    row = changeable(request, pk)
    form = forms.CorrectContractForm(
        request.POST or None,
        contract=row,
        initial={name: getattr(row, name) for name in FACTS},
        back=row.get_absolute_url(),
    )

    def act(by: Standing) -> object:
        values = {name: form.cleaned_data[name] for name in FACTS}
        reason = form.cleaned_data["reason"]
        return actions.change_contract(
            by=by, contract=row, values=values, reason=reason
        )

    return _terms_page(request, row, form, act, title=_("Correct the contract"))


@require_http_methods(["GET", "POST"])
def amend(request: SignedInRequest, pk: object) -> HttpResponse:
    """Record a signed change of the terms."""
    row = changeable(request, pk)
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

    return _terms_page(request, row, form, act, title=_("Record an amendment"))


def _terms_page(
    request: SignedInRequest,
    row: Contract,
    form: forms.TermFields,
    act: Callable[[Standing], object],
    *,
    title: str,
) -> HttpResponse:
    days_in_order(form, request.user)
    if "check" in request.POST:
        back = (row.title, row.get_absolute_url())
        return _checked(request, form, row, title, back)
    return answer(
        request,
        row,
        form,
        act,
        title=title,
        done=_("%(title)s saved.") % {"title": row.title},
        template=TEMPLATE,
        follows=follows(form, row),
    )


@require_http_methods(["GET", "POST"])
def archive(request: SignedInRequest, pk: object) -> HttpResponse:
    """Put a contract away."""
    row = changeable(request, pk)
    form = forms.ReasonForm(
        request.POST or None, back=row.get_absolute_url(), button=_("Archive contract")
    )

    def act(by: Standing) -> object:
        reason = form.cleaned_data["reason"]
        return actions.archive_contract(by=by, contract=row, reason=reason)

    return answer(
        request,
        row,
        form,
        act,
        title=_("Archive the contract"),
        done=_("%(title)s archived.") % {"title": row.title},
        lead=_("It warns and counts no longer. Nothing is deleted."),
    )


@require_POST
def restore(request: SignedInRequest, pk: object) -> HttpResponse:
    """Take an archived contract out again."""
    row = changeable(request, pk)
    by = access.require_standing(request)
    try:
        actions.restore_contract(by=by, contract=row)
        messages.success(request, _("%(title)s restored.") % {"title": row.title})
    except RuleError as error:
        messages.error(request, error.message)
    return redirect(row)
