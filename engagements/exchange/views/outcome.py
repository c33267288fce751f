"""What an import did: counts, gaps to fill, rejected rows, the way back."""

from __future__ import annotations

import csv
from typing import Any

from django.contrib import messages
from django.core.paginator import Page
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
    require_safe,
)

from engagements import access
from engagements.contracts.actions import change_contract
from engagements.errors import RuleError
from engagements.exchange import actions
from engagements.exchange.forms.gaps import GapForm
from engagements.exchange.queries import contracts_of, plan_for
from engagements.exchange.undoing import can_be_undone, undo_import
from engagements.exchange.values import text_of
from engagements.exchange.views.columns import outcome_of, visible_run
from engagements.models import Contract, ImportRun, Side, Standing
from engagements.web import SignedInRequest, page_of
from engagements.wording import harmless_cell

RESULT = "engagements/exchange/import.html"
_NOT_OVER = (
    Contract.State.UPCOMING,
    *Contract.LIVE_STATES,
)


@require_http_methods(["GET", "POST"])
def outcome(request: SignedInRequest, pk: object) -> HttpResponse:
    """What came in and what it lacks; a filled row is saved, the others stay."""
    run = visible_run(request, pk)
    if run.change_set is None:
        return redirect("engagements:import-preview", run.pk)
    by = access.require_standing(request)
    page = page_of(request, _gaps(request, run))
    forms = _forms(run, page, request.POST or None)
    if request.method == "POST" and _saved(request, by, forms):
        return redirect(run)
    context = {
        "run": run,
        "page": page,
        "query": "",
        "forms": forms,
        "unsaved": sum(1 for form in forms if form.errors),
        "side": Side(run.stands_for),
        "came_in": contracts_of(run).count(),
        "can_undo": can_be_undone(run),
        **outcome_of(run),
    }
    status = 422 if request.method == "POST" else 200
    return render(request, RESULT, context, status=status)


@require_POST
def undo(request: SignedInRequest, pk: object) -> HttpResponse:
    """Take the import back; what was touched since stays."""
    run = visible_run(request, pk)
    by = access.require_standing(request)
    try:
        counts = undo_import(by=by.contact, run=run)
    except RuleError as error:
        messages.error(request, error.message)
        return redirect(run)
    words = (
        ngettext(
            "%(removed)d contract taken back.",
            "%(removed)d contracts taken back.",
            counts["removed"],
        )
        % counts
    )
    if counts["kept"]:
        stay = ngettext(
            "%(kept)d stays: somebody worked on it since.",
            "%(kept)d stay: somebody worked on them since.",
            counts["kept"],
        )
        words = f"{words} {stay % counts}"
    messages.success(request, words)
    return redirect(run)


@require_safe
def rejected(request: SignedInRequest, pk: object) -> HttpResponse:
    """The rows that stayed out, as they stood, with their lines and reasons."""
    run = visible_run(request, pk)
    if "contract" not in run.profile:
        return redirect("engagements:import-columns", run.pk)
    source = actions.source_of(run, run.profile)
    lines = plan_for(run.organisation, source).rejected_lines
    response = HttpResponse(content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="rejected-rows.csv"'
    # Spreadsheets read UTF-8 only with its mark.
    response.write("\ufeff")
    rows = csv.writer(response)
    rows.writerow(
        [_("Line"), _("Reason"), *map(harmless_cell, source.contracts.headers)]
    )
    for record in source.contracts.records():
        if record.line in lines:
            reason = " ".join(remark.words for remark in lines[record.line])
            cells = [harmless_cell(text_of(cell)) for cell in record.cells]
            rows.writerow([record.line, harmless_cell(reason), *cells])
    return response


def _gaps(request: SignedInRequest, run: ImportRun) -> QuerySet[Contract]:
    """Contracts of the import that are not over and have no notice period of ours."""
    lacking = {f"{run.stands_for}_notice": None, "state__in": _NOT_OVER}
    readable = Contract.objects.order_by().visible_to(request.user).values("pk")
    rows = contracts_of(run).filter(pk__in=readable, archived_at=None, **lacking)
    return rows.order_by("current_end_on", "title", "pk")


def _forms(run: ImportRun, page: Page, data: Any) -> list[GapForm]:
    side = Side(run.stands_for)
    return [GapForm(data, contract=row, side=side) for row in page.object_list]


def _saved(request: SignedInRequest, by: Standing, forms: list[GapForm]) -> bool:
    """Save every row that was filled; says whether all of them could be."""
    count, fine = 0, True
    for form in forms:
        if not form.is_valid():
            fine = False
        elif values := form.values():
            try:
                reason = _("Filled in after the import")
                change_contract(
                    by=by, contract=form.contract, values=values, reason=reason
                )
                count += 1
            except RuleError as error:
                form.add_error(None, error.message)
                fine = False
    if count:
        words = ngettext(
            "%(count)d contract saved.", "%(count)d contracts saved.", count
        )
        messages.success(request, words % {"count": count})
    return fine
