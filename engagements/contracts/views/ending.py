"""Pages on which a contract ends or goes on."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from engagements import access
from engagements.contracts import actions, forms
from engagements.contracts.views.reaching import answer, changeable, own_side, told
from engagements.errors import RuleError
from engagements.models import Side, Standing
from engagements.web import SignedInRequest


@require_http_methods(["GET", "POST"])
def notice(request: SignedInRequest, pk: object) -> HttpResponse:
    """Record that one side gave notice."""
    row = changeable(request, pk)
    own = own_side(request, row)
    form = forms.NoticeForm(
        request.POST or None,
        relationship=row.relationship,
        initial={"side": own.side},
        back=row.get_absolute_url(),
    )

    def act(by: Standing) -> object:
        data = {**form.cleaned_data, "side": Side(form.cleaned_data["side"])}
        return actions.give_notice(by=by, contract=row, **data)

    return answer(
        request,
        row,
        form,
        act,
        title=_("Notice was given"),
        done=_("Notice recorded."),
        lead=told(request, row, own),
    )


@require_http_methods(["GET", "POST"])
def withdraw(request: SignedInRequest, pk: object) -> HttpResponse:
    """The notice no longer stands."""
    row = changeable(request, pk)
    form = forms.ReasonForm(
        request.POST or None, back=row.get_absolute_url(), button=_("Withdraw notice")
    )

    def act(by: Standing) -> object:
        reason = form.cleaned_data["reason"]
        return actions.withdraw_notice(by=by, contract=row, reason=reason)

    return answer(
        request,
        row,
        form,
        act,
        title=_("Withdraw notice"),
        done=_("Notice withdrawn."),
        lead=told(request, row, own_side(request, row)),
    )


@require_http_methods(["GET", "POST"])
def terminate(request: SignedInRequest, pk: object) -> HttpResponse:
    """The contract ends before its term; our side's reason."""
    row = changeable(request, pk)
    own = own_side(request, row)
    side = Side(own.side)
    before = getattr(row, f"{side.value}_termination_reason")
    initial = {"on": row.terminated_on, "reason": before}
    form = forms.TerminateForm(
        request.POST or None, initial=initial, back=row.get_absolute_url()
    )

    def act(by: Standing) -> object:
        return actions.terminate(by=by, contract=row, side=side, **form.cleaned_data)

    return answer(
        request,
        row,
        form,
        act,
        title=_("End the contract early"),
        done=_("Early end recorded."),
        lead=told(request, row, own),
    )


@require_POST
def confirm(request: SignedInRequest, pk: object) -> HttpResponse:
    """Both sides agreed to go on for another term."""
    row = changeable(request, pk)
    by = access.require_standing(request)
    times = request.POST.get("times", "")
    try:
        actions.confirm_renewal(
            by=by, contract=row, times=int(times) if times.isdecimal() else None
        )
        messages.success(request, _("Renewal confirmed."))
    except RuleError as error:
        messages.error(request, error.message)
    return redirect(row)
