"""Behind a mailed link: is this a promise of ours, and later, that it is done."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from engagements import links
from engagements.commitments import asking
from engagements.doors import MailedLink, by_link, closed_link
from engagements.errors import RuleError
from engagements.links import Held, Purpose
from engagements.models import PromiseAsk, Side, reachable

PAGE = "engagements:promise-link-answer"


@by_link("GET", "HEAD", "POST")
def link_answer(request: HttpRequest) -> HttpResponse:
    """What is asked, and two buttons; once promised, one: it is done."""
    held = links.held_by(request, Purpose.PROMISE)
    row = _find(held)
    if row is None:
        return closed_link(request)
    error, reason = "", request.POST.get("reason", "")
    if request.method == "POST":
        try:
            _answer(row, request.POST.get("answer", ""), reason)
            return redirect(PAGE)
        except RuleError as refused:
            error = refused.message
    context = _about(_find(held) or row) | {"error": error, "reason": reason}
    return render(request, "survey/promise.html", context, status=422 if error else 200)


def _answer(row: PromiseAsk, said: str, reason: str) -> None:
    if said == "done":
        asking.finish(asked=row)
    elif said in {"yes", "no"}:
        asking.answer(asked=row, yes=said == "yes", reason=reason)


def _find(held: Held | None) -> PromiseAsk | None:
    if held is None:
        return None
    rows = PromiseAsk.objects.filter(
        reachable("asked__"),
        pk=held.pk,
        version=held.version,
        relationship__archived_at=None,
    )
    return rows.select_related(
        "asked",
        "owner",
        "commitment__verified_by",
        "relationship__client",
        "relationship__supplier",
    ).first()


def _about(row: PromiseAsk) -> dict[str, Any]:
    relationship = row.relationship
    return {
        "asked": row,
        "promise": row.commitment,
        "own": row.place,
        "other": getattr(relationship, Side(row.side).other.value),
        "pair": f"{relationship.client.name} / {relationship.supplier.name}",
    }


_MAILED = MailedLink(
    purpose=Purpose.PROMISE,
    find=_find,
    about=_about,
    beginning="survey/promise_start.html",
    page="promise-link-answer",
)


@by_link("GET", "HEAD", "POST")
def from_link(request: HttpRequest, token: str) -> HttpResponse:
    """What the mailed link opens; its button goes on to the question."""
    return _MAILED.opened(request, token)
