"""Pages of goals."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from engagements import access
from engagements.charters import rights
from engagements.charters.actions import goals as actions
from engagements.charters.forms.goals import (
    CloseGoalForm,
    GoalChangeForm,
    GoalForm,
    GoalPromiseForm,
    ValueForm,
)
from engagements.charters.queries.goals import (
    as_closed,
    as_shown,
    people_of,
    promises,
    realised,
    values_of,
)
from engagements.charters.views.seen import (
    back_to_charter,
    editable,
    goal_of,
    own_side,
    write,
)
from engagements.commitments.queries import asked_here
from engagements.models import Change, Goal, Side
from engagements.web import SignedInRequest


@require_safe
def goal(request: SignedInRequest, pk: UUID) -> HttpResponse:
    """One goal: expected, realised so far, and how it is known."""
    row, standing = goal_of(request, pk), access.require_standing(request)
    changes = Change.objects.visible_to(request.user).of(row)
    context = {
        "goal": row,
        "realised": realised(row),
        "promises": promises(row),
        **asked_here(standing, row.pk),
        "entries": row.entries.select_related("written_by"),
        "history": changes.select_related("by")[:20],
        "today": timezone.localdate(),
        "can_edit": rights.can_work_on_charter(request.user, row.relationship),
    }
    return render(request, "engagements/charters/goal.html", context)


@require_http_methods(["GET", "POST"])
def create(request: SignedInRequest, pk: UUID) -> HttpResponse:
    """Set a goal together."""
    by = access.require_standing(request)
    relationship, _side = editable(request, pk)
    back = back_to_charter(relationship)
    form = GoalForm(request.POST or None, relationship=relationship, back=back[1])

    def act() -> object:
        said = form.cleaned_data
        return actions.set_goal(by=by, relationship=relationship, values=said)

    return write(request, form, act, title=_("Set a goal"), back=back)


def _while_open(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """A form about a goal; of a closed one it could only be refused, so that it leads
    to the goal."""

    @wraps(view)
    def inner(request: SignedInRequest, pk: UUID) -> HttpResponse:
        if request.method == "GET" and (row := _editable(request, pk)).outcome:
            return redirect(row)
        return view(request, pk)

    return require_http_methods(["GET", "POST"])(inner)


@_while_open
def edit(request: SignedInRequest, pk: UUID) -> HttpResponse:
    """Change what a goal says, with the reason."""
    by, row = access.require_standing(request), _editable(request, pk)
    form = GoalChangeForm(
        request.POST or None,
        relationship=row.relationship,
        shown=as_shown(values_of(row)),
        back=row.get_absolute_url(),
    )

    def act() -> object:
        said = dict(form.cleaned_data)
        more = {name: said.pop(name) for name in ("reason", "seen")}
        return actions.change_goal(by=by, goal=row, values=said, **more)

    def once() -> object:
        return form.facing(act)

    return write(request, form, once, title=_("Change the goal"), back=_back(row))


@_while_open
def value(request: SignedInRequest, pk: UUID) -> HttpResponse:
    """Enter what a goal brought."""
    by, row = access.require_standing(request), _editable(request, pk)
    side = own_side(request, row.relationship)
    form = ValueForm(
        request.POST or None,
        initial={"on": timezone.localdate()},
        back=row.get_absolute_url(),
    )

    def act() -> object:
        return actions.add_value(by=by, goal=row, side=side, **form.cleaned_data)

    title = _("Value realised, in %(unit)s") % {"unit": row.unit}
    return write(request, form, act, title=title, back=_back(row))


@_while_open
def close(request: SignedInRequest, pk: UUID) -> HttpResponse:
    """Say how a goal ended."""
    by, row = access.require_standing(request), _editable(request, pk)
    form = CloseGoalForm(
        request.POST or None, facing=as_closed(row), back=row.get_absolute_url()
    )

    def act() -> object:
        return actions.close_goal(by=by, goal=row, **form.cleaned_data)

    def once() -> object:
        return form.held(act)

    more = {"template": "engagements/charters/goal_close.html"}
    title = _("Close the goal")
    return write(request, form, once, title=title, back=_back(row), **more)


@_while_open
def promise(request: SignedInRequest, pk: UUID) -> HttpResponse:
    """What a side does for a goal: a promise of either side."""
    by, row = access.require_standing(request), _editable(request, pk)
    own = own_side(request, row.relationship)
    sides = [people_of(row.relationship, side) for side in Side]
    form = GoalPromiseForm(
        request.POST or None,
        people=(sides[0] | sides[1]).distinct(),
        initial={"side": own.value, "owner": by.contact.pk},
        back=row.get_absolute_url(),
    )

    def act() -> object:
        said = form.cleaned_data | {"side": Side(form.cleaned_data["side"])}
        return actions.promise(by=by, goal=row, own_side=own, **said)

    title = _("What a side does for it")
    return write(request, form, act, title=title, back=_back(row))


def _editable(request: SignedInRequest, pk: UUID) -> Goal:
    row = goal_of(request, pk)
    allowed = rights.can_work_on_charter(request.user, row.relationship)
    access.deny_unless(allowed)
    return row


def _back(row: Goal) -> tuple[str, str]:
    return row.title, row.get_absolute_url()
