"""What the columns of a file mean, and what importing it would do."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
    require_safe,
)

from engagements import access
from engagements.errors import RuleError
from engagements.exchange import actions
from engagements.exchange.columns import Guesses, guess_amendments, guess_columns
from engagements.exchange.forms.columns import ColumnsForm
from engagements.exchange.forms.files import ReadingForm
from engagements.exchange.profiles import Profile, header_signature, profile_from
from engagements.exchange.reading import Table, UnreadableFileError
from engagements.exchange.remarks import Kind, Weight
from engagements.exchange.remembering import remembered, remembered_amendments
from engagements.models import ImportProfile, ImportRun, Side
from engagements.web import SignedInRequest, carried_out
from engagements.wording import long_day, money

COLUMNS = "engagements/exchange/columns.html"
PREVIEW = "engagements/exchange/preview.html"
OPEN = (ImportRun.State.UPLOADED, ImportRun.State.PREVIEWED)
READING = ("encoding", "delimiter", "sheet")


def visible_run(request: SignedInRequest, pk: object) -> ImportRun:
    """An import of the person's organisation; 404 for everybody else's."""
    access.require_standing(request)
    access.deny_unless(access.can_import(request.user))
    runs = ImportRun.objects.visible_to(request.user)
    return get_object_or_404(
        runs.select_related("organisation", "by", "change_set"), pk=pk
    )


@require_http_methods(["GET", "POST"])
def columns(request: SignedInRequest, pk: object) -> HttpResponse:
    """Look at the columns, correct what they fill, say how values are written."""
    run = visible_run(request, pk)
    if run.state not in OPEN:
        return redirect(run)
    if "again" in request.POST:
        return _read_again(request, run)
    try:
        table, amendments = actions.tables_of(run)
        form = _form(request, run, table, amendments)
    except UnreadableFileError as error:
        return _unreadable(request, run, error)
    if form.is_valid() and carried_out(form, lambda: _chosen(run, form, table)):
        return redirect("engagements:import-preview", run.pk)
    context = {
        "run": run,
        "form": form,
        "reading": _reading(run, table.sheets),
        "guesses": form.guesses,
    }
    status = 422 if form.is_bound else 200
    return render(request, COLUMNS, context, status=status)


@require_safe
def preview(request: SignedInRequest, pk: object) -> HttpResponse:
    """The counts, the remarks and the first contracts, before anything is written."""
    run = visible_run(request, pk)
    if run.state == ImportRun.State.UPLOADED:
        return redirect("engagements:import-columns", run.pk)
    if run.state != ImportRun.State.PREVIEWED:
        return redirect(run)
    return render(request, PREVIEW, {"run": run, **outcome_of(run)})


@require_POST
def commit(request: SignedInRequest, pk: object) -> HttpResponse:
    """Import the file; sent twice, it is imported once."""
    run = visible_run(request, pk)
    by = access.require_standing(request)
    try:
        actions.commit_import(by=by.contact, run=run)
    except RuleError as error:
        messages.error(request, error.message)
    return redirect(run)


def outcome_of(run: ImportRun) -> dict[str, Any]:
    """What a report says, in the order a page shows it."""
    report = run.report
    names = (
        ("contracts", _("Contracts")),
        ("amendments", _("Amendments")),
        ("relationships", _("Relationships")),
        ("organisations", _("Organisations")),
    )
    remarks = report.get("remarks", [])
    kinds = [
        {
            "label": kind.label,
            "count": report["warnings"][kind.value],
            "weight": kind.weight,
            "remarks": [row for row in remarks if row["kind"] == kind.value],
        }
        for kind in Kind
        if kind.value in report.get("warnings", {})
    ]
    return {
        "counts": [(label, report[name]) for name, label in names if name in report],
        "rejected": [kind for kind in kinds if kind["weight"] == Weight.REJECTED],
        "remarked": [kind for kind in kinds if kind["weight"] != Weight.REJECTED],
        "takes": report["contracts"]["new"] + report["contracts"]["updated"],
        "worth": [
            money(Decimal(sums["current"]), currency)
            for currency, sums in report["totals"].items()
        ],
        "sample": [_in_words(row) for row in report.get("sample", [])],
        "in_force": next(iter(report["in_force"].values()), 0),
    }


def _in_words(row: dict[str, Any]) -> dict[str, Any]:
    """A contract of the preview with its days and value as people read them."""
    days = {
        name: long_day(date.fromisoformat(row[name])) if row[name] else ""
        for name in ("start_on", "end_on")
    }
    value = money(Decimal(row["value"]), row["currency"]) if row["value"] else ""
    return {**row, **days, "value": value}


def _form(
    request: SignedInRequest, run: ImportRun, table: Table, amendments: Table | None
) -> ColumnsForm:
    profile = _known_profile(run, table)
    guesses = guess_columns(table, Side(run.stands_for))
    amended = _amended(guesses, amendments, profile)
    if profile:
        guesses = remembered(guesses, profile)
    return ColumnsForm(
        request.POST or None,
        guesses=guesses,
        amendments=amended,
        initial=_initial(run, guesses, profile),
    )


def _amended(
    guesses: Guesses, table: Table | None, profile: Profile | None
) -> Guesses | None:
    if table is None:
        return None
    keys = [one.column for one in guesses.columns if one.target == "contract.key"]
    found = guess_amendments(table, keys[0] if keys else "")
    known = profile is not None and profile.amendments is not None
    return remembered_amendments(found, profile) if profile and known else found


def _known_profile(run: ImportRun, table: Table) -> Profile | None:
    """How these columns were read before: chosen, or found by their names."""
    data = run.profile
    if "contract" not in data:
        kept = ImportProfile.objects.filter(
            organisation=run.organisation,
            header_signature=header_signature(table.headers),
        ).first()
        data = kept.profile if kept else {}
    try:
        return profile_from(data) if data else None
    except RuleError:
        return None


def _initial(
    run: ImportRun, guesses: Guesses, profile: Profile | None
) -> dict[str, Any]:
    own = run.organisation
    dates = guesses.dates[0].value if guesses.dates_settled else ""
    return {
        "stands_for": run.stands_for,
        "dates": dates,
        "numbers": guesses.numbers.decimal if guesses.numbers_settled else "",
        "currency": profile.currency if profile else own.reporting_currency,
        "time_zone": profile.time_zone if profile else own.time_zone,
        "scope": profile.scope if profile else "",
        "null_words": ", ".join(sorted(profile.null_words)) if profile else "",
        "keep_as": profile.name if profile else "",
    }


def _chosen(run: ImportRun, form: ColumnsForm, table: Table) -> None:
    profile = form.profile(run.profile)
    actions.choose_columns(run=run, profile=profile)
    if profile["name"]:
        actions.keep_profile(
            organisation=run.organisation,
            name=profile["name"],
            signature=header_signature(table.headers),
            profile=profile,
        )


def _reading(run: ImportRun, sheets: tuple[str, ...]) -> ReadingForm:
    return ReadingForm(sheets=sheets, initial=run.profile)


def _read_again(request: SignedInRequest, run: ImportRun) -> HttpResponse:
    chosen = {name: request.POST.get(name, "") for name in READING}
    form = ReadingForm(request.POST, sheets=[chosen["sheet"]])
    if form.is_valid():
        actions.choose_reading(run=run, reading=chosen)
    return redirect("engagements:import-columns", run.pk)


def _unreadable(
    request: SignedInRequest, run: ImportRun, error: UnreadableFileError
) -> HttpResponse:
    """The file stays kept; the page says why it cannot be read and what to try."""
    context = {"run": run, "reading": _reading(run, ()), "reason": error.message}
    return render(request, COLUMNS, context, status=422)
