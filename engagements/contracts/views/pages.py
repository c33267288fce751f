"""The list of contracts, one contract, its documents."""

from __future__ import annotations

from typing import Any

from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from engagements import access
from engagements.contracts import queries, wording
from engagements.models import (
    Change,
    Contract,
    ContractDocument,
    RelationshipSide,
    Side,
)
from engagements.web import SignedInRequest, render_part

LIST = "engagements/contracts/contracts.html"
CHANGES_SHOWN = 8


@require_safe
def contracts(request: SignedInRequest) -> HttpResponse:
    """The contracts one may see, by notice deadline unless asked otherwise."""
    standing = access.require_standing(request)
    asked = queries.Asked.of(request.GET)
    page = queries.contracts(
        request.user, asked, page=request.GET.get("page", 1), today=timezone.localdate()
    )
    query = request.GET.copy()
    query.pop("page", None)
    context = {
        "asked": asked,
        "page": page,
        "query": query.urlencode(),
        "views": [(key, words) for key, (words, _rule) in queries.VIEWS.items()],
        "can_create": standing.administers,
    }
    return render_part(request, LIST, "list", context)


@require_safe
def contract(request: SignedInRequest, pk: object) -> HttpResponse:
    """The clock, the dates, the terms of both sides, what changed."""
    row = visible(request, pk)
    own = own_side(request, row)
    return render(
        request, "engagements/contracts/contract.html", _context(request, row, own)
    )


def _context(
    request: SignedInRequest, row: Contract, own: RelationshipSide
) -> dict[str, Any]:
    today, side = timezone.localdate(), Side(own.side)
    dates = list(row.key_dates.all())
    documents = ContractDocument.objects.filter(contract=row, archived_at=None)
    standing = access.require_standing(request)
    changes = Change.objects.visible_to(request.user).of(row).select_related("by")
    return {
        "contract": row,
        "own": own,
        "today": today,
        "clock": wording.clock(row, dates, side, today),
        "sentence": wording.in_words(row, side, today),
        "sides": [_terms(row, which) for which in Side],
        "rail": queries.rail(row, dates, side, today),
        "key_dates": dates,
        "amendments": row.amendments.all(),
        "documents": documents.own_or_shared(standing.organisation),
        "changes": changes[:CHANGES_SHOWN],
        # The standing and the side are known: asking access again would query again.
        "can_change": standing.administers,
    }


def _terms(row: Contract, side: Side) -> dict[str, Any]:
    return {
        "side": side.value,
        "name": getattr(row.relationship, side.value).name,
        "reference": getattr(row, f"{side.value}_reference"),
        "period": wording.notice_period(row, side),
        "notice_by": wording.notice_by(row, side),
        "act_by": wording.act_by(row, side),
        "reason": getattr(row, f"{side.value}_termination_reason"),
    }


@require_safe
def document(request: SignedInRequest, pk: object) -> FileResponse:
    """A file, as an attachment: never opened inside the page's own origin."""
    documents = ContractDocument.objects.visible_to(request.user)
    row = get_object_or_404(documents, pk=pk, archived_at=None)
    response = FileResponse(
        row.file.open("rb"),
        as_attachment=True,
        filename=row.name,
        content_type=row.content_type,
    )
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private, no-store"
    return response


def visible(request: SignedInRequest, pk: object) -> Contract:
    """The contract, or 404 for whoever may not know of it."""
    rows = Contract.objects.visible_to(request.user).filter(archived_at=None)
    rows = rows.select_related(
        "relationship__client", "relationship__supplier", "parent"
    )
    return get_object_or_404(rows, pk=pk)


def own_side(request: SignedInRequest, row: Contract) -> RelationshipSide:
    """The reader's side of the contract's relationship."""
    side = access.own_side(request.user, row.relationship)
    if side is None:
        raise Http404
    return side
