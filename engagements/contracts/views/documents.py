"""Files of contracts: in, out, and to whom they are shown."""

from __future__ import annotations

from django.contrib import messages
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
    require_safe,
)

from engagements import access
from engagements.contracts import actions, forms
from engagements.contracts.views.reaching import answer, own_side, visible
from engagements.models import ContractDocument, Standing
from engagements.web import SignedInRequest


@require_http_methods(["GET", "POST"])
def add(request: SignedInRequest, pk: object) -> HttpResponse:
    """Keep a file of the contract."""
    row = visible(request, pk)
    access.deny_unless(access.can_add_document(request.user, row))
    own = own_side(request, row)
    form = forms.DocumentForm(
        request.POST or None,
        request.FILES or None,
        relationship=row.relationship,
        side=own.side,
        back=row.get_absolute_url(),
    )

    def act(by: Standing) -> object:
        data = form.cleaned_data
        return actions.add_document(
            by=by, contract=row, file=data["file"], shared=data["seen_by"] == "shared"
        )

    return answer(
        request, row, form, act, title=_("Add a document"), done=_("Document kept.")
    )


@require_safe
def document(request: SignedInRequest, pk: object) -> FileResponse:
    """A file, as an attachment: never opened inside the page's own origin."""
    documents = ContractDocument.objects.visible_to(request.user)
    row = get_object_or_404(documents, pk=pk, archived_at=None)
    try:
        file = row.file.open("rb")
    except FileNotFoundError as error:
        raise Http404 from error
    response = FileResponse(
        file, as_attachment=True, filename=row.name, content_type=row.content_type
    )
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response["Cache-Control"] = "private, no-store"
    return response


@require_POST
def show(request: SignedInRequest, pk: object) -> HttpResponse:
    """Show a file of one's own side to both sides, or to the own side only."""
    row, by = _own(request, pk)
    shared = request.POST.get("seen_by") == "shared"
    actions.show_document(by=by, document=row, shared=shared)
    words = _("Both sides see %(name)s.")
    if not shared:
        words = _("Only your side sees %(name)s.")
    messages.success(request, words % {"name": row.name})
    return redirect(row.contract)


@require_POST
def archive(request: SignedInRequest, pk: object) -> HttpResponse:
    """Take a file of one's own side out of sight."""
    row, by = _own(request, pk)
    actions.archive_document(by=by, document=row)
    messages.success(request, _("%(name)s archived.") % {"name": row.name})
    return redirect(row.contract)


def _own(request: SignedInRequest, pk: object) -> tuple[ContractDocument, Standing]:
    by = access.require_standing(request)
    found = ContractDocument.objects.visible_to(request.user).select_related(
        "contract__relationship", "relationship"
    )
    row = get_object_or_404(found, pk=pk, archived_at=None)
    access.deny_unless(
        row.organisation_id == by.organisation.pk
        and access.can_add_document(request.user, row.contract)
    )
    return row, by
