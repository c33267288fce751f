"""Pages of the charter of a relationship."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
    require_safe,
)

from engagements import access
from engagements.charters import rights
from engagements.charters.actions import drafting
from engagements.charters.forms.charters import CharterForm, ProposeForm
from engagements.charters.queries import charters as read
from engagements.charters.queries.goals import goals
from engagements.charters.queries.mirrors import mirrors
from engagements.charters.views.seen import (
    back_to_charter,
    charter_of,
    editable,
    own_side,
    relationship_of,
    write,
)
from engagements.errors import RuleError
from engagements.models import Charter, Relationship
from engagements.seen import marks_of
from engagements.web import SignedInRequest


@require_safe
def charter(request: SignedInRequest, pk: UUID) -> HttpResponse:
    """What both sides want: in force, proposed, one's own draft; goals, mirror."""
    return _page(request, pk)


def refused_page(
    request: SignedInRequest, pk: UUID, error: str, **typed: Any
) -> HttpResponse:
    """The charter as it is now, why an answer was refused, and what was typed."""
    return _page(request, pk, status=422, error=error, **typed)


def _page(
    request: SignedInRequest, pk: UUID, *, status: int = 200, **more: Any
) -> HttpResponse:
    by = access.require_standing(request)
    relationship = relationship_of(request, pk)
    side = own_side(request, relationship)
    found = read.charters(pk, by.organisation, timezone.localdate())
    context = {
        **_named(relationship, by.organisation.pk),
        "found": found,
        "goals": goals(pk),
        "mirrors": mirrors(pk, side),
        "side": side.value,
        "contact": by.contact,
        "can_edit": rights.can_work_on_charter(request.user, relationship),
        "draft_seen": marks_of(found.draft.words) if found.draft else "",
    }
    template = "engagements/charters/charter.html"
    return render(request, template, context | more, status=status)


def _named(relationship: Relationship, own: UUID) -> dict[str, object]:
    own_is_client = relationship.client_id == own
    other = relationship.supplier if own_is_client else relationship.client
    return {"relationship": relationship, "other": other}


@require_http_methods(["GET", "POST"])
def write_draft(request: SignedInRequest, pk: UUID) -> HttpResponse:
    """The own side's draft, begun from the version in force."""
    by = access.require_standing(request)
    relationship, side = editable(request, pk)
    found = read.charters(pk, by.organisation, timezone.localdate())
    start = found.draft or found.current or next(iter(found.earlier), None)
    form = CharterForm(
        request.POST or None,
        shown=start.words if start else {},
        back=back_to_charter(relationship)[1],
    )

    def act() -> object:
        said = form.cleaned_data
        return drafting.write(by=by, relationship=relationship, side=side, **said)

    def once() -> object:
        return form.facing(act)

    title = _("Draft of a charter")
    lead = _("Only your side sees it until it is proposed.")
    back = back_to_charter(relationship)
    return write(request, form, once, title=title, back=back, lead=lead)


@require_safe
def version(request: SignedInRequest, pk: UUID) -> HttpResponse:
    """One version in full, and who accepted it when."""
    row = charter_of(request, pk)
    context = {
        "charter": row,
        "relationship": row.relationship,
        "answers": row.acceptances.select_related("contact"),
        "today": timezone.localdate(),
    }
    return render(request, "engagements/charters/version.html", context)


@require_http_methods(["GET", "POST"])
def propose(request: SignedInRequest, pk: UUID) -> HttpResponse:
    """Name one person of each side and ask both."""
    by, row = access.require_standing(request), _own(request, pk)
    back = back_to_charter(row.relationship)
    form = ProposeForm(
        request.POST or None,
        relationship=row.relationship,
        facing=read.proposal(row),
        back=back[1],
    )

    def act() -> object:
        seen = form.cleaned_data["seen"]
        return drafting.propose(by=by, charter=row, people=form.people, seen=seen)

    def once() -> object:
        return form.held(act)

    lead = _(
        "Both are asked by mail and need no sign-in. What is proposed stays as is."
    )
    title = _("Propose the charter")
    more = {"lead": lead, "template": "engagements/charters/propose.html"}
    return write(request, form, once, title=title, back=back, **more)


@require_POST
def take_back(request: SignedInRequest, pk: UUID) -> HttpResponse:
    """Drop the draft, or withdraw the proposal."""
    by, row = access.require_standing(request), _own(request, pk)
    try:
        seen = request.POST.get("seen")
        drafting.take_back(by=by, charter=row, seen=seen)
        messages.success(request, _("Taken back."))
    except RuleError as error:
        messages.warning(request, error.message)
    return redirect("engagements:charter", row.relationship_id)


def _own(request: SignedInRequest, pk: UUID) -> Charter:
    row = charter_of(request, pk)
    allowed = rights.can_take_back_charter(request.user, row)
    access.deny_unless(allowed, _("Whoever wrote it proposes it and takes it back."))
    return row
