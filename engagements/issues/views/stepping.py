"""A step up the ladder, and the answers of the two people it asks."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from engagements import access, links
from engagements.doors import MailedLink, by_link, closed_link
from engagements.errors import RuleError
from engagements.issues import forms
from engagements.issues.actions import escalating
from engagements.issues.ladder import Rung, rung
from engagements.issues.views.forming import carry
from engagements.issues.views.reading import refused_page, visible, workable
from engagements.links import Held, Purpose
from engagements.models import IssueStepSide, JointIssue, reachable
from engagements.web import SignedInRequest

_ROWS = (
    "contact",
    "step__issue__relationship__client",
    "step__issue__relationship__supplier",
)


@require_http_methods(["GET", "POST"])
def step_up(request: SignedInRequest, pk: UUID) -> HttpResponse:
    """Ask both people of the next level; in words why not, where nobody can be."""
    row, own = workable(request, pk)
    back = row.get_absolute_url()
    above = rung(row, timezone.localdate())
    if above.why_not and request.method == "GET":
        context = {"issue": row, "why_not": above.why_not}
        return render(request, "engagements/issues/no_step.html", context)
    form = forms.StepForm(request.POST or None, back=back)

    def act() -> object:
        return escalating.step_up(issue=row, side=own, **form.cleaned_data)

    title = _("Ask one level up")
    return carry(request, form, act, title=title, about=row, lead=lead_of(above))


def lead_of(above: Rung) -> str:
    """Whom the step would ask, by name, before it is taken."""
    names = [one.name for one in above.people.values()]
    if above.why_not:
        return above.why_not
    words = _("Both get the same mail at the same moment: %(client)s and %(supplier)s.")
    return words % {"client": names[0], "supplier": names[1]}


@require_http_methods(["GET", "HEAD", "POST"])
def answer(request: SignedInRequest, pk: UUID) -> HttpResponse:
    """One of the pair, signed in, says what follows."""
    row = get_object_or_404(IssueStepSide.objects.select_related(*_ROWS), pk=pk)
    issue, own = visible(request, row.step.issue_id)
    if request.method != "POST":
        return redirect(issue)
    by = access.require_standing(request).contact
    access.deny_unless(
        row.side == own and row.contact_id == by.pk,
        _("The two people named answer this."),
    )
    said = _said(request)
    try:
        escalating.answer_step(asked=row, **said)
        messages.success(request, _("Your answer is kept."))
    except RuleError as error:
        typed = {"words": said["words"], "words_of": row.pk}
        typed["field"] = f"words-{row.pk}" if error.field and not row.answer else ""
        return refused_page(request, issue.pk, error.message, **typed)
    return redirect(issue)


@by_link("GET", "HEAD", "POST")
def link_answer(request: HttpRequest) -> HttpResponse:
    """The question, what the other person said, and two buttons."""
    # Who typed while the issue was closed gets the words back.
    typed = request.method == "POST"
    row = _by_link(links.held_by(request, Purpose.STEP), or_closed=typed)
    if row is None:
        return closed_link(request)
    error = ""
    if typed:
        try:
            escalating.answer_step(asked=row, **_said(request))
            return redirect("engagements:issue-step-sitting")
        except RuleError as refused:
            error = refused.message
    words = request.POST.get("words", "")
    context = _about(row) | {"error": error, "words": words}
    return render(request, "survey/step.html", context, status=422 if error else 200)


def _said(request: HttpRequest) -> dict[str, Any]:
    words = request.POST.get("words", "")
    return {"yes": request.POST.get("answer") == "yes", "words": words}


def _by_link(held: Held | None, *, or_closed: bool = False) -> IssueStepSide | None:
    if held is None:
        return None
    rows = IssueStepSide.objects.select_related(*_ROWS).filter(
        reachable("contact__"), pk=held.pk, version=held.version
    )
    rows = rows.filter(step__issue__relationship__archived_at=None)
    if not or_closed:
        rows = rows.exclude(answer="", step__issue__state__in=JointIssue.OVER)
    return rows.first()


def _about(row: IssueStepSide) -> dict[str, Any]:
    relationship = row.step.issue.relationship
    people = row.step.people.select_related("contact").order_by("side")
    return {
        "asked": row,
        "step": row.step,
        "issue": row.step.issue,
        "people": people,
        "own": getattr(relationship, row.side),
        "pair": f"{relationship.client.name} / {relationship.supplier.name}",
    }


_MAILED = MailedLink(
    purpose=Purpose.STEP,
    find=_by_link,
    about=_about,
    beginning="survey/step_start.html",
    page="issue-step-sitting",
)


@by_link("GET", "HEAD", "POST")
def from_link(request: HttpRequest, token: str) -> HttpResponse:
    """What the mailed link opens; its button goes on to the question."""
    return _MAILED.opened(request, token)
