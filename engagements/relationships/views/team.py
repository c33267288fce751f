"""The people of both sides: roles from day to day, owners, who left."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from engagements import access
from engagements.models import Contact, RelationshipSide, Side, Standing, TeamRole
from engagements.parties.actions import add_contact
from engagements.parties.forms.last_days import LastDayForm, LeaveForm
from engagements.relationships import actions, queries
from engagements.relationships.forms import EndRoleForm, OwnerForm, RoleForm
from engagements.relationships.views.editing import visible
from engagements.web import SignedInRequest, carried_out, form_page
from engagements.wording import long_day

_LAST_DAY = gettext_lazy(
    "The day is still worked: roles, links and the sign-in are theirs until it is over "
    "where the organisation is. A day in the past ends all at once. What they wrote "
    "stays."
)
_ENDED = gettext_lazy(
    "The last day is over, and what ended with it stays ended: a role is given again, "
    "a sign-in is offered again."
)


@require_safe
def people(request: SignedInRequest, pk: object) -> HttpResponse:
    """Both sides' people, who is missing, who was there before."""
    relationship = visible(request, pk)
    standing = access.require_standing(request)
    sides = queries.team(relationship)
    edits = access.can_edit_relationship(request.user, relationship)
    own = standing.organisation.pk
    context = {
        "relationship": relationship,
        "sides": [
            (row, edits and row.side.acted_by_id in (None, own)) for row in sides
        ],
        "other": next(row.side for row in sides if row.side.acted_by_id != own),
        "may_propose": standing.administers,
        "count": len({role.contact_id for row in sides for role in row.current}),
        "today": timezone.localdate(),
    }
    return render(request, "engagements/relationships/people.html", context)


@require_http_methods(["GET", "POST"])
def add_role(request: SignedInRequest, pk: object, side: str) -> HttpResponse:
    """Give a person a role on one side; somebody new is added on the way."""
    row = _side(request, pk, side)
    by = access.require_standing(request)
    form = RoleForm(
        request.POST or None,
        user=request.user,
        people=queries.candidates(row),
        may_add=access.can_add_contact(request.user, row.organisation),
        initial={
            "role": request.GET.get("role", ""),
            "from_on": timezone.localdate(),
        },
        back=_people_url(row),
    )
    if form.is_valid() and carried_out(form, lambda: _give_role(form, row, by)):
        messages.success(request, _("Role given."))
        return redirect(_people_url(row))
    return form_page(
        request,
        form,
        title=_("Give a role"),
        back=(_("People"), _people_url(row)),
        lead=_("%(side)s side, %(name)s")
        % {"side": row.get_side_display(), "name": row.organisation.name},
    )


@require_http_methods(["GET", "POST"])
def end_role(request: SignedInRequest, pk: object, role: object) -> HttpResponse:
    """Set the last day of a role."""
    relationship = visible(request, pk)
    rows = relationship.team.select_related("contact", "relationship")
    team_role = get_object_or_404(rows, pk=role)
    row = _side(request, pk, team_role.side)
    by = access.require_standing(request)
    form = EndRoleForm(
        request.POST or None,
        initial={"to_on": timezone.localdate()},
        back=_people_url(row),
    )
    if form.is_valid() and carried_out(
        form,
        lambda: actions.end_role(by=by, team_role=team_role, **form.cleaned_data),
    ):
        messages.success(request, _("Role ended."))
        return redirect(_people_url(row))
    return form_page(
        request,
        form,
        title=_("End a role"),
        back=(_("People"), _people_url(row)),
        lead=f"{team_role.contact.name}, {team_role.get_role_display()}",
    )


@require_http_methods(["GET", "POST"])
def choose_owner(request: SignedInRequest, pk: object, side: str) -> HttpResponse:
    """One owner a side: its interface person unless somebody else is chosen."""
    row = _side(request, pk, side)
    by = access.require_standing(request)
    form = OwnerForm(
        request.POST if request.method == "POST" else None,
        people=queries.candidates(row),
        initial={"contact": row.owner_id},
        back=_people_url(row),
    )
    if form.is_valid() and carried_out(
        form, lambda: actions.choose_owner(by=by, side=row, **form.cleaned_data)
    ):
        messages.success(request, _("Owner saved."))
        return redirect(_people_url(row))
    return form_page(
        request,
        form,
        title=_("Choose the owner"),
        back=(_("People"), _people_url(row)),
        lead=_("Reminders of the %(side)s side go to its owner.")
        % {"side": str(row.get_side_display()).lower()},
    )


@require_http_methods(["GET", "POST"])
def person_leaves(request: SignedInRequest, pk: object) -> HttpResponse:
    """A person left; their roles end and the sides they owned pass on."""
    people = Contact.objects.visible_to(request.user).select_related("organisation")
    contact = get_object_or_404(people, pk=pk)
    access.deny_unless(access.can_edit_contact(request.user, contact))
    by = access.require_standing(request)
    if contact.has_left:
        return _correct_last_day(request, contact, by)
    back = contact.get_absolute_url()
    acting = contact.memberships.active().select_related("contact").first()
    may_end = acting is not None and actions.may_end_sign_in(by=by, membership=acting)
    if acting is not None and not may_end and request.method == "GET":
        return _who_may_end(request, contact, actions.who_may_end(acting))
    known = contact.left_on
    initial = {
        "left_on": known or timezone.localdate(),
        "sign_in_ends": bool(known),
        "planned": known,
    }
    form = LeaveForm(
        request.POST or None,
        initial=initial,
        organisation=contact.organisation,
        ends_sign_in=may_end,
        back=back,
    )
    return _kept(request, form, contact, by, _LAST_DAY)


def _correct_last_day(
    request: SignedInRequest, contact: Contact, by: Standing
) -> HttpResponse:
    """A day that was typed wrong is put right, or taken back."""
    form = LastDayForm(
        request.POST if request.method == "POST" else None,
        initial={"left_on": contact.left_on},
        back=contact.get_absolute_url(),
    )
    return _kept(request, form, contact, by, _ENDED)


def _kept(
    request: SignedInRequest,
    form: LeaveForm | LastDayForm,
    contact: Contact,
    by: Standing,
    lead: Any,
) -> HttpResponse:
    def act() -> object:
        said = form.cleaned_data
        if contact.has_left or said["left_on"] is None:
            return actions.correct_last_day(
                by=by, contact=contact, left_on=said["left_on"]
            )
        return actions.person_leaves(by=by, contact=contact, **said)

    if form.is_valid() and carried_out(form, act):
        messages.success(request, _last_day(contact, form.cleaned_data["left_on"]))
        return redirect(contact)
    title = _("Last day of %(name)s") % {"name": contact.name}
    back = (contact.name, contact.get_absolute_url())
    return form_page(request, form, title=title, back=back, lead=lead)


def _who_may_end(
    request: SignedInRequest, contact: Contact, people: list[Contact]
) -> HttpResponse:
    """Nobody fills in a form that would be refused: it says whom to write to."""
    here = request.build_absolute_uri(request.path)
    context = {"contact": contact, "administrators": people, "here": here}
    return render(request, "engagements/parties/signs_in.html", context)


def _last_day(contact: Contact, day: date | None) -> str:
    if day is None:
        return _("%(name)s has no last day.") % {"name": contact.name}
    words = _("The last day of %(name)s is kept: %(day)s.")
    return words % {"name": contact.name, "day": long_day(day)}


@transaction.atomic
def _give_role(form: RoleForm, row: RelationshipSide, by: Standing) -> TeamRole:
    data = form.cleaned_data
    contact = data["contact"] or add_contact(
        by=by,
        organisation=row.organisation,
        name=data["name"],
        email=data["email"],
    )
    return actions.add_role(
        by=by,
        relationship=row.relationship,
        side=row.side,
        contact=contact,
        role=data["role"],
        from_on=data["from_on"],
        to_on=data["to_on"],
    )


def _side(request: SignedInRequest, pk: object, side: str) -> RelationshipSide:
    """One side the person may change; 404 for strangers, 403 for readers."""
    relationship = visible(request, pk)
    if side not in Side.values:
        raise Http404
    rows = relationship.sides.select_related("organisation", "owner")
    row = rows.get(side=side)
    row.relationship = relationship
    access.deny_unless(access.can_change_team(request.user, row))
    return row


def _people_url(row: RelationshipSide) -> str:
    return reverse("engagements:relationship-people", args=[row.relationship_id])
