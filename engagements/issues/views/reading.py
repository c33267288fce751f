"""The list, one relationship's issues, and one issue."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from engagements import access
from engagements.commitments.queries import asked_here
from engagements.issues import ladder, queries, states
from engagements.issues.following import what_follows
from engagements.issues.record import record_of
from engagements.issues.states import Action
from engagements.issues.unsettled import unsettled
from engagements.models import (
    IssueCorrection,
    IssueNote,
    JointIssue,
    Relationship,
    RelationshipSide,
    Side,
    Standing,
)
from engagements.web import SignedInRequest, page_of

LIST = "engagements/issues/issues.html"


@require_safe
def issues(request: SignedInRequest) -> HttpResponse:
    """All issues one may read, of every relationship."""
    access.require_standing(request)
    rows = queries.issues(request.user)
    return render(request, LIST, _listed(request, rows))


def _listed(request: SignedInRequest, rows: QuerySet) -> dict[str, Any]:
    """The rows as old as the address asks for; the figures are of all."""
    age, today = request.GET.get("age", ""), timezone.localdate()
    known = age if age in queries.AGES else ""
    return {
        "page": page_of(request, queries.of_age(rows, known, today)),
        "figures": queries.figures(rows),
        "ages": queries.AGES,
        "age": known,
        "query": f"age={known}" if known else "",
        "today": today,
    }


@require_safe
def relationship_issues(request: SignedInRequest, pk: UUID) -> HttpResponse:
    """Those of one relationship; the same for both sides."""
    access.require_standing(request)
    sides = RelationshipSide.objects.seen_by(request.user)
    side = get_object_or_404(
        sides.select_related("relationship__client", "relationship__supplier"),
        relationship=pk,
    )
    rows = queries.issues(request.user, side.relationship)
    context = {
        "relationship": side.relationship,
        "name": side.counterpart,
        **_listed(request, rows),
        "can_open": access.can_edit_relationship(request.user, side.relationship),
    }
    return render(request, LIST, context)


@require_safe
def issue(request: SignedInRequest, pk: UUID) -> HttpResponse:
    """One issue: both accounts or the own alone, and what both put down together."""
    row, own = visible(request, pk)
    return issue_page(request, row, own)


def pressed(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Something done with one press, at an address without a page of its own: opened
    again, as after a refusal, it leads to the issue."""

    @wraps(view)
    def inner(request: SignedInRequest, pk: UUID, **more: Any) -> HttpResponse:
        if request.method == "POST":
            return view(request, pk, **more)
        return redirect(visible(request, pk)[0])

    return require_http_methods(["GET", "HEAD", "POST"])(inner)


def refused_page(
    request: SignedInRequest, pk: UUID, error: str, **typed: Any
) -> HttpResponse:
    """The issue as it is now, why a press on it was refused, and all that was typed."""
    row, own = visible(request, pk)
    return issue_page(request, row, own, status=422, error=error, **typed)


def issue_page(
    request: SignedInRequest,
    row: JointIssue,
    own: Side,
    *,
    status: int = 200,
    **more: Any,
) -> HttpResponse:
    """The page of one issue; `more` is what a refused press adds to it."""
    context = _shown(request, row, own) | more
    return render(request, "engagements/issues/issue.html", context, status=status)


def _shown(request: SignedInRequest, row: JointIssue, own: Side) -> dict[str, Any]:
    works = access.can_edit_relationship(request.user, row.relationship)
    halves = queries.halves(row, own)
    mine = next(half for half in halves if half.is_own)
    today = timezone.localdate()
    steps = ladder.steps_of(row)
    corrections = queries.corrections(row)
    may = {action.value: works and states.may(action, row, own) for action in Action}
    standing = access.require_standing(request)
    return {
        "issue": row,
        "halves": halves,
        "mine": mine,
        **_record(row, may),
        "promises": queries.promises(row),
        **_waiting(standing, row, steps, corrections),
        "may": may,
        "corrections": corrections,
        **(_milder(corrections, own) if may["milder"] else {}),
        "works": works,
        "steps": steps,
        "can_step": ladder.next_level(steps) is not None,
        "own": own,
        "contact": standing.contact,
        "follows": what_follows(row, mine.seat, today),
        "check_due": row.check_on is not None and row.check_on <= today,
        "differ": queries.differ(half.seat for half in halves),
    }


def _waiting(
    standing: Standing,
    row: JointIssue,
    steps: list[ladder.Asked],
    corrections: list[IssueCorrection],
) -> dict[str, Any]:
    """The promises asked in it, and what closing would not wait for."""
    asked = asked_here(standing, row.pk)
    return asked | {"unsettled": unsettled(steps, asked["asks"], corrections)}


def _milder(rows: list[IssueCorrection], own: Side) -> dict[str, Any]:
    """The milder severity to answer, or to take back."""
    return {
        "milder": queries.milder(rows, own),
        "own_milder": queries.own_milder(rows, own),
    }


def _record(row: JointIssue, may: dict[str, bool]) -> dict[str, Any]:
    """The parts with lines, and those without; what may be done at once has its place
    before it has a line, while nothing else can be written yet."""
    first = IssueNote.Kind.CONTAINMENT if may["contain"] and not may["note"] else None
    record = record_of(row)
    shown = [part for part in record.parts if part.rows or part.kind == first]
    return {
        "notes": shown,
        "unwritten": [part for part in record.parts if part not in shown],
        "again": record.again,
    }


def visible(request: SignedInRequest, pk: UUID) -> tuple[JointIssue, Side]:
    """The issue and the reader's side; 404 where it does not exist for them."""
    rows = JointIssue.objects.visible_to(request.user).select_related(
        "relationship__client", "relationship__supplier", "recurrence_of"
    )
    row = get_object_or_404(rows, pk=pk)
    return row, own_side(request, row.relationship)


def own_side(request: SignedInRequest, relationship: Relationship) -> Side:
    """The reader's side; 404 for strangers."""
    side = access.side_of(request.user, relationship)
    if side is None:
        raise Http404
    return side


def workable(request: SignedInRequest, pk: UUID) -> tuple[JointIssue, Side]:
    """The same for whoever may work on it; 403 for readers."""
    row, own = visible(request, pk)
    access.deny_unless(access.can_edit_relationship(request.user, row.relationship))
    return row, own
