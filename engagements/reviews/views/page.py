"""One review, as it stands: being set up, asking, closed, or with its result."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from engagements import access
from engagements.models import HealthReview, Side
from engagements.parties.calendars import joint_calendar
from engagements.reviews.calendar import reminders
from engagements.reviews.causes import why
from engagements.reviews.queries import previews, under_way
from engagements.reviews.queries.setting_up import so_far
from engagements.reviews.queries.short import is_kept_back
from engagements.reviews.readiness import Missing, missing
from engagements.reviews.turns import turn_of
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
    return before_the_result(request, row)


def before_the_result(
    request: SignedInRequest,
    row: HealthReview,
    *,
    refused: UUID | None = None,
    error: str = "",
    reason: str = "",
) -> HttpResponse:
    """Its page until there is a result. `refused`: the question whose answer was not
    taken, with the words why and what was typed."""
    template = "engagements/reviews/under_way.html"
    context = _context(request, row)
    context |= {"refused": refused, "error": error, "reason": reason}
    return render(request, template, context, status=422 if error else 200)


def _context(request: SignedInRequest, row: HealthReview) -> dict[str, Any]:
    may_edit = access.can_set_up_review(request.user, row.relationship)
    facilitates = access.facilitates(request.user, row)
    own = access.side_of(request.user, row.relationship)
    asked = under_way.asked_last(row)
    sides = under_way.sides(
        row, request.user, may_edit=may_edit, facilitates=facilitates
    )
    return {
        "review": row,
        "today": timezone.localdate(),
        "why": why(row.cause, row.caused_on),
        "relationship": row.relationship,
        "sides": sides,
        "changeable": {one.side.side for one in sides if one.may_change},
        "may_edit": may_edit,
        "may_call_off": access.can_call_off_review(request.user, row),
        "asked": asked,
        "to_answer": asked.open_of(own, row) if may_edit else [],
        **_next(row, asked, own, may_edit=may_edit),
        "total": sum(one.count for one in sides),
        "facilitates": facilitates,
        "reminders": _reminders(row),
        "preview": previews.of(row, own) if _is_ahead(row) else None,
        "demo_links": under_way.demo_links(row),
    }


def _next(
    row: HealthReview, asked: under_way.Asked, own: Side | None, *, may_edit: bool
) -> dict[str, Any]:
    """What comes next, what is missing before it, or why it could not open."""
    lacking = _missing(row, own)
    kept_back = is_kept_back(row, row.raters.all(), timezone.localdate())
    turn = turn_of(row, asked.people_and_days, ready=not lacking, kept_back=kept_back)
    return {
        "missing": lacking if may_edit else [],
        "kept_back": kept_back,
        "turn": turn,
        "ours": turn.is_of(own),
    }


def _is_ahead(row: HealthReview) -> bool:
    return row.state in (State.DRAFT, State.SCHEDULED) and not row.is_planned


def _missing(row: HealthReview, own: Side | None) -> list[Missing]:
    if row.state != State.DRAFT or row.is_planned:
        return []
    return missing(so_far(row), timezone.localdate(), own or "")


def _reminders(row: HealthReview) -> tuple[Any, ...]:
    both = joint_calendar(row.relationship.client, row.relationship.supplier)
    return reminders(row.opens_on, both)
