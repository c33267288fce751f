"""A side without a sign-in: it writes its account and answers from a mailed link."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils import timezone

from engagements.commitments.queries import asked_promises
from engagements.doors import by_link, closed_link
from engagements.errors import RuleError
from engagements.issues import links, queries, states
from engagements.issues.actions import closing, correcting, recording
from engagements.issues.following import what_follows
from engagements.issues.record import record_of
from engagements.issues.states import Action
from engagements.issues.unsettled import unsettled
from engagements.issues.views.answering import round_of
from engagements.issues.views.linked_forms import Part, parts, upwards
from engagements.models import IssueSide


@by_link("GET", "HEAD", "POST")
def enter(request: HttpRequest, token: str) -> HttpResponse:
    """What the mailed link opens; its button goes on to the issue."""
    seat = links.read(token)
    if seat is None:
        return closed_link(request)
    if request.method == "POST":
        onward = redirect("engagements:issue-sitting")
        links.let_in(onward, seat)
        return onward
    return render(request, "engagements/issues/link_start.html", _about(seat))


@by_link("GET", "HEAD", "POST")
def sitting(request: HttpRequest) -> HttpResponse:
    """The issue as this side may see it, and what is asked of it now."""
    seat = links.held_by(request)
    if seat is None:
        return closed_link(request)
    said = request.POST if request.method == "POST" else None
    written = parts(seat, said)
    error = field = ""
    if said is not None:
        try:
            if _answer(seat, said, written):
                return redirect("engagements:issue-sitting")
        except RuleError as refused:
            error, field = refused.message, refused.field
        # What it says now, which may be why it was refused.
        seat = links.held_by(request) or seat
    context = _about(seat) | _written(seat, written) | upwards(seat)
    context["unsettled"] = unsettled(
        context["steps"], context["asks"], context["corrections"]
    )
    context |= {"error": error, "field": field, "wrong": said is not None}
    context |= {name: request.POST.get(name, "") for name in ("reason", "why")}
    if "correct" in request.POST.getlist("what"):
        # The form has its own field of that name and gives it back.
        context["reason"] = ""
    status = 200 if said is None else 422
    return render(request, "engagements/issues/link.html", context, status=status)


_PRESSED = {"agree", "milder", "as_is", "take_back", "yes", "no", "held", "back"}


def _answer(seat: IssueSide, said: QueryDict, written: dict[str, Part]) -> bool:
    """Do what was pressed; says whether it was done."""
    what = said.get("what", "")
    if what in written:
        return written[what].send()
    mine: dict[str, Any] = {"issue": seat.issue, "side": seat.side}
    round_ = round_of(said.get("round", ""))
    today = timezone.localdate()
    if what == "agree":
        recording.agree_facts(**mine, round_=round_)
    elif what in {"milder", "as_is"}:
        asked: dict[str, Any] = {
            "number": round_,
            "yes": what == "milder",
            "by": seat.contact,
        }
        correcting.answer_milder(**mine, **asked, reason=said.get("why", ""))
    elif what == "take_back":
        correcting.take_back_milder(**mine, by=seat.contact, number=round_)
    elif what in {"yes", "no"}:
        mine |= {"round_": round_, "reason": said.get("reason", "")}
        closing.answer_closing(**mine, yes=what == "yes", today=today)
    elif what in {"held", "back"}:
        closing.answer_check(**mine, held_well=what == "held", today=today)
    return what in _PRESSED


def _written(seat: IssueSide, written: dict[str, Part]) -> dict[str, Any]:
    """The forms of the page, and of what was sent too late the words."""
    sent = next((part for part in written.values() if part.form.is_bound), None)
    late = sent and not states.may(sent.rule, seat.issue, seat.side)
    wrong = sent.form if sent and sent.form.errors else None
    return {
        "form": written["account"].form,
        "forms": {name: part.form for name, part in written.items()},
        "late": wrong if late else None,
        "problem": None if late else wrong,
    }


def _about(seat: IssueSide) -> dict[str, Any]:
    issue = seat.issue
    today = timezone.localdate()
    due = issue.check_on is not None and issue.check_on <= today
    halves = queries.halves(issue, seat.side)
    may = {action.value: states.may(action, issue, seat.side) for action in Action}
    corrections = queries.corrections(issue)
    open_ = corrections if may["milder"] else []
    milder = queries.milder(open_, seat.side)
    return {
        "seat": seat,
        "issue": issue,
        "own": getattr(issue.relationship, seat.side),
        "halves": halves,
        "notes": [part for part in record_of(issue).parts if part.rows],
        "corrections": corrections,
        "milder": milder,
        "own_milder": queries.own_milder(open_, seat.side),
        "promises": queries.promises(issue),
        "asks": asked_promises(issue.pk),
        "follows": what_follows(issue, seat, today),
        "may": may,
        "check_due": due,
        "waits": _waits(seat, may, check_due=due) or milder is not None,
        "differ": queries.differ(half.seat for half in halves),
        "pair": " / ".join(half.organisation for half in halves),
    }


def _waits(seat: IssueSide, may: dict[str, bool], *, check_due: bool) -> bool:
    """Whether something is asked of this side that it has not answered."""
    issue = seat.issue
    return (
        (may["account"] and seat.account_at is None)
        or (may["agree"] and seat.agreed_round != issue.facts_round)
        or may["confirm"]
        or (may["check"] and check_due and not seat.check_answer)
    )
