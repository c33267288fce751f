"""Opening an issue, and what is written about it on pages of their own."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.forms import BaseForm
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from engagements import access
from engagements.commitments.queries import asked_promises, people_of
from engagements.issues import forms, queries
from engagements.issues.actions import closing, correcting, opening, recording
from engagements.issues.ladder import steps_of
from engagements.issues.unsettled import unsettled
from engagements.issues.views.forming import carry
from engagements.issues.views.reading import own_side, workable
from engagements.models import IssueNote, JointIssue, Relationship, Side
from engagements.web import SignedInRequest

OPEN = "engagements/issues/open.html"
CLOSE = "engagements/issues/close.html"
_both = require_http_methods(["GET", "POST"])


@_both
def create(request: SignedInRequest, pk: UUID) -> HttpResponse:
    """Open an issue for both sides of a relationship."""
    rows = Relationship.objects.visible_to(request.user).active()
    relationship = get_object_or_404(rows.select_related("client", "supplier"), pk=pk)
    own_side(request, relationship)
    access.deny_unless(access.can_edit_relationship(request.user, relationship))
    by = access.require_standing(request)
    earlier = queries.issues(request.user, relationship)
    form = forms.OpenForm(
        request.POST or None,
        earlier=earlier,
        initial={"happened_on": timezone.localdate(), "severity": "2"}
        | _again(request),
        back=relationship.get_absolute_url(),
    )

    def act() -> JointIssue:
        said = opening.Opening(**form.cleaned_data)
        return opening.open_issue(relationship=relationship, by=by.contact, said=said)

    more: dict[str, Any] = {"template": OPEN, "lately": _asked_about(form, earlier)}
    title = _("Open a joint issue")
    return carry(request, form, act, title=title, about=relationship, **more)


def _again(request: SignedInRequest) -> dict[str, str]:
    before = request.GET.get("before", "")
    return (
        {"recurrence_of": before, "because": "again"}
        if before
        else {"because": "other"}
    )


def _asked_about(form: BaseForm, earlier: QuerySet) -> list[JointIssue]:
    """Earlier issues to ask about; none once the form names one."""
    if form["recurrence_of"].value():
        return []
    return list(queries.lately(earlier, timezone.localdate()))


@_both
def correct(request: SignedInRequest, pk: UUID) -> HttpResponse:
    """Put right what it says of itself: title, first day, severity."""
    row, own = workable(request, pk)
    by = access.require_standing(request).contact
    form = forms.CorrectForm(
        request.POST or None,
        shown=queries.plain_words(row),
        back=row.get_absolute_url(),
    )

    def act() -> JointIssue:
        return correcting.correct(issue=row, side=own, by=by, **form.cleaned_data)

    def once() -> JointIssue:
        return form.facing(act)

    lead = _("Both sides read what it was, what it is now and who changed it.")
    title = _("Correct the issue")
    return carry(request, form, once, title=title, about=row, lead=lead)


@_both
def account(request: SignedInRequest, pk: UUID) -> HttpResponse:
    """The own side's account, alone."""
    row, own = workable(request, pk)
    by = access.require_standing(request)
    form = forms.AccountForm(
        request.POST or None,
        shown=queries.account_words(row, own),
        back=row.get_absolute_url(),
    )

    def act() -> JointIssue:
        said: dict[str, Any] = form.cleaned_data
        return opening.write_account(issue=row, side=own, by=by.contact, **said)

    def once() -> JointIssue:
        return form.facing(act)

    lead = _("Sealed until the other side's account is there; then both see both.")
    title = _("Our side's account")
    return carry(request, form, once, title=title, about=row, lead=lead)


@_both
def facts(request: SignedInRequest, pk: UUID) -> HttpResponse:
    """Put the facts into words, for the other side to agree."""
    row, own = workable(request, pk)
    form = forms.FactsForm(
        request.POST or None,
        shown=queries.facts_words(row),
        back=row.get_absolute_url(),
    )

    def act() -> JointIssue:
        return recording.word_facts(issue=row, side=own, **form.cleaned_data)

    def once() -> JointIssue:
        return form.facing(act)

    return carry(request, form, once, title=_("The facts, in words"), about=row)


@_both
def note(request: SignedInRequest, pk: UUID, kind: str) -> HttpResponse:
    """Add a line to the joint record."""
    row, own = workable(request, pk)
    if kind not in forms.NOTE_FORMS:
        raise Http404
    more: dict[str, Any] = {"back": row.get_absolute_url()}
    if kind == IssueNote.Kind.WHY:
        more["whys"] = row.notes.filter(kind=kind)
        more["initial"] = {"under": request.GET.get("under", "")}
    form = forms.NOTE_FORMS[kind](request.POST or None, **more)

    def act() -> IssueNote:
        return recording.add_note(issue=row, side=own, kind=kind, **form.cleaned_data)

    return carry(request, form, act, title=str(IssueNote.Kind(kind).label), about=row)


@_both
def promise(request: SignedInRequest, pk: UUID) -> HttpResponse:
    """What a side will change: a promise of either side."""
    row, own = workable(request, pk)
    by = access.require_standing(request)
    people = people_of(row.relationship, Side.CLIENT) | people_of(
        row.relationship, Side.SUPPLIER
    )
    form = forms.PromiseForm(
        request.POST or None,
        people=people.distinct(),
        initial={"side": own.value, "owner": by.contact.pk},
        back=row.get_absolute_url(),
    )

    def act() -> object:
        said = form.cleaned_data | {"side": Side(form.cleaned_data["side"])}
        return recording.promise(issue=row, own_side=own, by=by, **said)

    title = _("What a side will change")
    return carry(request, form, act, title=title, about=row)


@_both
def close(request: SignedInRequest, pk: UUID) -> HttpResponse:
    """Ask the other side to close it."""
    row, own = workable(request, pk)
    form = forms.CloseForm(
        request.POST or None,
        initial={"outcome": row.outcome, "check_days": row.check_days},
        back=row.get_absolute_url(),
    )

    def act() -> JointIssue:
        today = timezone.localdate()
        said: dict[str, Any] = form.cleaned_data
        return closing.ask_to_close(issue=row, side=own, today=today, **said)

    more: dict[str, Any] = {
        "template": CLOSE,
        "unsettled": unsettled(
            steps_of(row), asked_promises(row.pk), queries.corrections(row)
        ),
        "lead": _("Without an answer in ten business days it closes as unconfirmed."),
    }
    return carry(request, form, act, title=_("Ask to close"), about=row, **more)
