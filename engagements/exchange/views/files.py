"""The imports so far, and a new one."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from engagements import access
from engagements.exchange import actions
from engagements.exchange.forms.files import FileForm
from engagements.models import ImportProfile, ImportRun, Standing
from engagements.web import SignedInRequest, form_page, page_of

LIST = "engagements/exchange/imports.html"
PASTED = "rows.tsv"


@require_safe
def imports(request: SignedInRequest) -> HttpResponse:
    """Every file the organisation brought in, the latest first."""
    access.require_standing(request)
    access.deny_unless(access.can_import(request.user))
    rows = ImportRun.objects.visible_to(request.user).select_related("by")
    return render(request, LIST, {"page": page_of(request, rows), "query": ""})


@require_http_methods(["GET", "POST"])
def new(request: SignedInRequest) -> HttpResponse:
    """Take a file or pasted rows; what they mean is asked on the next page."""
    by = access.require_standing(request)
    access.deny_unless(access.can_import(request.user))
    profiles = ImportProfile.objects.filter(organisation=by.organisation)
    form = FileForm(
        request.POST or None,
        request.FILES or None,
        profiles=profiles,
        initial={"stands_for": by.organisation.usual_side},
        back=reverse("engagements:imports"),
    )
    if form.is_valid():
        run = _kept(by, form.cleaned_data)
        if form.cleaned_data.get("file") and form.cleaned_data["rows"].strip():
            words = _("The pasted rows wait as an import of their own.")
            messages.info(request, words)
        return redirect("engagements:import-columns", run.pk)
    return form_page(
        request,
        form,
        title=_("Bring in contracts"),
        back=(_("Imports"), reverse("engagements:imports")),
        lead=_("Nothing is written before you have seen what would change."),
    )


def _kept(by: Standing, said: dict[str, Any]) -> ImportRun:
    """The file as an import; where rows were pasted as well, they are kept too."""
    common = {
        "by": by.contact,
        "organisation": by.organisation,
        "stands_for": said["stands_for"],
        "profile": _profile(by, said["profile"]),
    }
    runs = []
    if said["rows"].strip():
        content = said["rows"].encode()
        runs.append(actions.keep_file(name=PASTED, content=content, **common))
    if upload := said.get("file"):
        amendments = said.get("amendments")
        runs.append(
            actions.keep_file(
                name=upload.name,
                content=actions.content_of(upload),
                amendments=actions.content_of(amendments) if amendments else b"",
                **common,
            )
        )
    return runs[-1]


def _profile(by: Standing, pk: str) -> dict[str, Any]:
    if not pk:
        return {}
    kept = ImportProfile.objects.filter(organisation=by.organisation)
    return dict(get_object_or_404(kept, pk=pk).profile)
