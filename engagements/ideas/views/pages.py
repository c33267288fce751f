"""Pages of ideas for people who are signed in."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
    require_safe,
)

from engagements import access
from engagements.commitments.queries import people_of
from engagements.errors import RuleError
from engagements.ideas import actions, forms, queries, states
from engagements.ideas.states import Action
from engagements.models import Idea, Relationship, Side
from engagements.parties.forms.fields import days_in_order
from engagements.web import SignedInRequest, carried_out, form_page

_both = require_http_methods(["GET", "POST"])


@require_safe
def ideas(request: SignedInRequest, pk: UUID) -> HttpResponse:
    """All ideas of a relationship, and how each side's fared with the other."""
    relationship, own = _relationship(request, pk)
    rows = list(queries.ideas(relationship.pk))
    context = {
        "relationship": relationship,
        "other": getattr(relationship, own.other.value),
        "ideas": rows,
        "directions": queries.directions(relationship, rows),
        "can_edit": access.can_edit_relationship(request.user, relationship),
    }
    return render(request, "engagements/ideas/ideas.html", context)


@_both
def create(request: SignedInRequest, pk: UUID) -> HttpResponse:
    """Give an idea to the other side."""
    relationship, own = _relationship(request, pk)
    access.deny_unless(access.can_edit_relationship(request.user, relationship))
    by = access.require_standing(request).contact
    form = forms.IdeaForm(request.POST or None, back=_list(relationship)[1])

    def act() -> Idea:
        said = form.cleaned_data
        return actions.give(relationship=relationship, side=own, by=by, **said)

    lead = _("Both sides read it. The other side answers: try, later, or no and why.")
    back = _list(relationship)
    return _carry(request, form, act, title=_("Give an idea"), back=back, lead=lead)


@require_safe
def idea(request: SignedInRequest, pk: UUID) -> HttpResponse:
    """One idea: what it says, what was answered, what came of it."""
    row, own = _visible(request, pk)
    works = access.can_edit_relationship(request.user, row.relationship)
    context = {
        "idea": row,
        "giver": getattr(row.relationship, row.side),
        "answerer": getattr(row.relationship, row.other.value),
        "may": {
            action.value: works and states.may(action, row, own) for action in Action
        },
    }
    return render(request, "engagements/ideas/idea.html", context)


@_both
def answer(request: SignedInRequest, pk: UUID) -> HttpResponse:
    """The other side answers: try it, later, or no with a reason."""
    row, own = _workable(request, pk)
    by = access.require_standing(request).contact
    sides = [people_of(row.relationship, side) for side in Side]
    form = forms.AnswerForm(
        request.POST or None,
        people=(sides[0] | sides[1]).distinct(),
        initial={"answer": Action.TRY.value, "owner": by.pk},
        back=row.get_absolute_url(),
    )

    def act() -> Idea:
        said = form.cleaned_data
        return say(row, own, said["answer"], said, owner=said["owner"])

    title = _("Answer the idea")
    back = (row.title, row.get_absolute_url())
    lead = f"{row.title}. {row.text}" if row.text else row.title
    return _carry(request, form, act, title=title, back=back, lead=lead)


def say(row: Idea, side: str, answer: str, said: dict[str, Any], *, owner: Any) -> Idea:
    """One of the three answers, from what a form holds; `day` is asked for before."""
    mine: dict[str, Any] = {"idea": row, "side": side, "reason": said["reason"]}
    if answer == Action.TRY:
        return actions.try_it(**mine, from_on=said["day"], owner=owner)
    if answer == Action.LATER:
        return actions.put_off(**mine, until=said["day"])
    return actions.decline(**mine)


@_both
def pass_on(request: SignedInRequest, pk: UUID) -> HttpResponse:
    """A colleague of the side that was asked answers instead."""
    row, own = _workable(request, pk)
    by = access.require_standing(request).contact
    form = forms.PassForm(
        request.POST or None,
        people=queries.colleagues(row),
        back=row.get_absolute_url(),
    )

    def act() -> Idea:
        return actions.pass_on(idea=row, side=own, by=by, **form.cleaned_data)

    lead = _("The person you choose is mailed; the days until the first answer go on.")
    title = _("Ask somebody else")
    back = (row.title, row.get_absolute_url())
    return _carry(request, form, act, title=title, back=back, lead=lead)


@_both
def end(request: SignedInRequest, pk: UUID) -> HttpResponse:
    """Either side says what came of the trial."""
    row, own = _workable(request, pk)
    form = forms.EndForm(
        request.POST or None, initial={"answer": "keep"}, back=row.get_absolute_url()
    )

    def act() -> Idea:
        said = form.cleaned_data
        kept = said["answer"] == "keep"
        return actions.end(idea=row, side=own, kept=kept, outcome=said["outcome"])

    back = (row.title, row.get_absolute_url())
    return _carry(request, form, act, title=_("What came of it"), back=back)


@require_POST
def withdraw(request: SignedInRequest, pk: UUID) -> HttpResponse:
    """The side it comes from takes it back."""
    row, own = _workable(request, pk)
    try:
        actions.withdraw(idea=row, side=own)
        messages.success(request, _("Withdrawn."))
    except RuleError as error:
        messages.warning(request, error.message)
    return redirect(row)


def _carry(
    request: SignedInRequest,
    form: Any,
    act: Any,
    *,
    title: str,
    back: tuple[str, str],
    lead: str = "",
) -> HttpResponse:
    """Do what a form asks and show the idea; a broken rule comes back with it."""
    days_in_order(form, request.user)
    done: list[Idea] = []
    if form.is_valid() and carried_out(form, lambda: done.append(act())):
        messages.success(request, _("Saved."))
        return redirect(done[0])
    return form_page(request, form, title=title, back=back, lead=lead)


def _list(relationship: Relationship) -> tuple[str, str]:
    return _("Ideas"), reverse("engagements:ideas", args=[relationship.pk])


def _relationship(request: SignedInRequest, pk: UUID) -> tuple[Relationship, Side]:
    rows = Relationship.objects.visible_to(request.user).active()
    row = get_object_or_404(rows.select_related("client", "supplier"), pk=pk)
    return row, _own(request, row)


def _visible(request: SignedInRequest, pk: UUID) -> tuple[Idea, Side]:
    rows = Idea.objects.visible_to(request.user).select_related(
        "relationship__client",
        "relationship__supplier",
        "given_by",
        "asked",
        "passed_by",
        "try_owner",
    )
    row = get_object_or_404(rows, pk=pk)
    return row, _own(request, row.relationship)


def _workable(request: SignedInRequest, pk: UUID) -> tuple[Idea, Side]:
    """The same for whoever may work on it; 403 for readers."""
    row, own = _visible(request, pk)
    access.deny_unless(access.can_edit_relationship(request.user, row.relationship))
    return row, own


def _own(request: SignedInRequest, relationship: Relationship) -> Side:
    side = access.side_of(request.user, relationship)
    if side is None:
        raise Http404
    return side
