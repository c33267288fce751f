"""Pages of options, breaks and other days that matter."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from engagements.contracts import actions, forms
from engagements.contracts.views.reaching import answer, changeable
from engagements.models import Contract, KeyDate, Standing
from engagements.web import SignedInRequest

DATE_FIELDS = ("kind", "title", "side", "opens_on", "on", "extends_months", "clause")


@require_http_methods(["GET", "POST"])
def add(request: SignedInRequest, pk: object) -> HttpResponse:
    """Name an option, a break or another day that matters."""
    row = changeable(request, pk)
    form = forms.KeyDateForm(request.POST or None, back=row.get_absolute_url())

    def act(by: Standing) -> object:
        return actions.add_key_date(by=by, contract=row, values=form.cleaned_data)

    return answer(request, row, form, act, title=_("Add a date"), done=_("Date added."))


@require_http_methods(["GET", "POST"])
def correct(request: SignedInRequest, pk: object) -> HttpResponse:
    """Correct a date, with the reason."""
    date = _visible(request, pk)
    row = changeable(request, date.contract_id)
    form = forms.CorrectDateForm(
        request.POST or None,
        initial={name: getattr(date, name) for name in DATE_FIELDS},
        back=row.get_absolute_url(),
    )

    def act(by: Standing) -> object:
        values = {name: form.cleaned_data[name] for name in DATE_FIELDS}
        reason = form.cleaned_data["reason"]
        return actions.change_key_date(
            by=by, key_date=date, values=values, reason=reason
        )

    return answer(
        request, row, form, act, title=_("Correct a date"), done=_("Date corrected.")
    )


@require_http_methods(["GET", "POST"])
def settle(request: SignedInRequest, pk: object) -> HttpResponse:
    """Say what became of a key date."""
    date = _visible(request, pk)
    row = changeable(request, date.contract_id)
    form = forms.OutcomeForm(
        request.POST or None, key_date=date, back=row.get_absolute_url()
    )

    def act(by: Standing) -> object:
        data = form.cleaned_data
        return actions.settle_key_date(
            by=by,
            key_date=date,
            outcome=data["outcome"],
            taken=bool(data.get("taken")),
        )

    return answer(request, row, form, act, title=date.title, done=_("Date settled."))


def _visible(request: SignedInRequest, pk: object) -> KeyDate:
    contracts = Contract.objects.visible_to(request.user).order_by().values("pk")
    dates = KeyDate.objects.filter(contract__in=contracts).select_related("contract")
    return get_object_or_404(dates, pk=pk)
