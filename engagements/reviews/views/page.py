"""One review, as it stands: being set up, asking, closed, or with its result."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from engagements import access
from engagements.models import HealthReview
from engagements.reviews.instrument.content import ENGLISH, Form
from engagements.reviews.instrument.library import content_of
from engagements.reviews.queries import under_way
from engagements.reviews.views.result import result
from engagements.reviews.views.setting_up import seen
from engagements.web import SignedInRequest

State = HealthReview.State


@require_safe
def review(request: SignedInRequest, pk: UUID) -> HttpResponse:
    """Where a review stands, and what is next."""
    row = seen(request, pk)
    if row.is_published or row.state == State.INSUFFICIENT:
        return result(request, row)
    template = "engagements/reviews/under_way.html"
    return render(request, template, _context(request, row))


def _context(request: SignedInRequest, row: HealthReview) -> dict[str, Any]:
    may_edit = access.can_set_up_review(request.user, row.relationship)
    facilitates = access.facilitates(request.user, row)
    sides = under_way.sides(
        row, request.user, may_edit=may_edit, facilitates=facilitates
    )
    own = access.side_of(request.user, row.relationship)
    asked = [one.confirmation for one in sides if one.confirmation is not None]
    ours = [one for one in asked if one.side == own and not one.answer]
    return {
        "review": row,
        "relationship": row.relationship,
        "sides": sides,
        "may_edit": may_edit,
        "asked": asked,
        "refused": [one for one in asked if one.answer == "no"],
        "ours": ours[0] if ours and may_edit else None,
        "total": sum(one.count for one in sides),
        "first": _first_statement(row),
        "facilitates": facilitates,
        "demo_links": under_way.demo_links(row),
    }


def _first_statement(row: HealthReview) -> str:
    if row.instrument is None:
        return ""
    return content_of(row.instrument).asked(Form(row.form))[0].text[ENGLISH]
