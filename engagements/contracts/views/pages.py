"""The list of contracts, one contract, all that ever changed on it."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from engagements import access
from engagements.commitments.queries import asked_here
from engagements.contracts import changes, queries, wording
from engagements.contracts.views.reaching import own_side, visible
from engagements.models import (
    Change,
    Commitment,
    Contract,
    ContractDocument,
    Membership,
    RelationshipSide,
    Side,
    Standing,
)
from engagements.web import SignedInRequest, page_of, render_part

LIST = "engagements/contracts/contracts.html"
CHANGES_SHOWN = 4


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
    paging = query.urlencode()
    query.pop("sort", None)
    context = {
        "asked": asked,
        "page": page,
        "query": paging,
        "unsorted": query.urlencode(),
        "views": [(key, words) for key, (words, _rule) in queries.VIEWS.items()],
        "states": queries.STATES.items(),
        "within": queries.WITHIN,
        "can_create": standing.administers,
    }
    return render_part(request, LIST, "list", context)


@require_safe
def contract(request: SignedInRequest, pk: object) -> HttpResponse:
    """The clock, the dates, the terms of both sides, what changed."""
    row = visible(request, pk)
    own = own_side(request, row)
    context = _dates(row, own) | _records(request, row)
    return render(request, "engagements/contracts/contract.html", context)


def _dates(row: Contract, own: RelationshipSide) -> dict[str, Any]:
    today, side = timezone.localdate(), Side(own.side)
    dates = list(row.key_dates.all())
    return {
        "contract": row,
        "own": own,
        "other": getattr(row.relationship, side.other.value),
        "reference": _reference(row, side),
        "today": today,
        "clock": wording.clock(row, dates, side, today),
        "sentence": wording.in_words(row, side, today),
        "sides": [_terms(row, which) for which in Side],
        "rail": queries.rail(row, dates, side, today),
        "key_dates": dates,
    }


def _reference(row: Contract, side: Side) -> str:
    """The own number of the contract, else the other side's."""
    own = getattr(row, f"{side.value}_reference")
    return own or getattr(row, f"{side.other.value}_reference")


def _records(request: SignedInRequest, row: Contract) -> dict[str, Any]:
    standing = access.require_standing(request)
    documents = ContractDocument.objects.filter(contract=row, archived_at=None)
    found = _changes(request, row)[: CHANGES_SHOWN + 1]
    edits = changes.edits(found, row.currency)
    return {
        "amendments": [
            (amendment, changes.lines(amendment.changes, row.currency))
            for amendment in row.amendments.all()
        ],
        "documents": documents.own_or_shared(standing.organisation),
        "children": row.children.active(),
        "promises": _promises(standing, row),
        **asked_here(standing, row.pk),
        "changes": edits[:CHANGES_SHOWN],
        "more_changes": len(edits) > CHANGES_SHOWN,
        # The standing and the side are known: asking access again would query again.
        "can_change": standing.administers,
        # Whoever sees the contract and is not an executive is on its team or keeps it.
        "can_add_document": standing.role != Membership.Role.EXECUTIVE,
    }


def _promises(standing: Standing, row: Contract) -> Any:
    """What both sides promised in this contract, as the reader may read it."""
    rows = Commitment.objects.filter(
        relationship=row.relationship_id, origin_id=row.pk, cancelled_at=None
    )
    return rows.own_or_shared(standing.organisation).select_related("owner")


def _changes(request: SignedInRequest, row: Contract) -> Any:
    return Change.objects.visible_to(request.user).of(row).select_related("by")


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
def history(request: SignedInRequest, pk: object) -> HttpResponse:
    """All that ever changed on a contract: who, when, from, to, why."""
    row = visible(request, pk)
    own_side(request, row)
    page = page_of(request, _changes(request, row))
    page.object_list = changes.edits(page.object_list, row.currency)
    context = {"contract": row, "page": page, "query": ""}
    return render(request, "engagements/contracts/history.html", context)
