"""People of the own organisation: who signs in, in which role; mails not sent."""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
    require_safe,
)

from engagements import access
from engagements.errors import RuleError
from engagements.models import Contact, Invitation, Membership, Standing
from engagements.parties import actions, links, queries
from engagements.parties.forms.people import (
    InviteForm,
    MemberForm,
    RoleForm,
    SwitchOffForm,
)
from engagements.web import SignedInRequest, carried_out, form_page


@require_safe
def members(request: SignedInRequest) -> HttpResponse:
    """Everybody of the own organisation with role, invitation or neither."""
    by = _administrator(request)
    context = {"members": queries.members(by.organisation), "own": by.contact}
    return render(request, "engagements/parties/members.html", context)


@require_http_methods(["GET", "POST"])
def add_member(request: SignedInRequest) -> HttpResponse:
    """A new person, and the invitation that lets them in."""
    by = _administrator(request)
    back = reverse("engagements:members")
    form = MemberForm(request.POST or None, back=back)
    if form.is_valid() and carried_out(
        form, lambda: actions.invite_person(by=by, **form.cleaned_data)
    ):
        _say_invited(request, form.cleaned_data["name"])
        return redirect("engagements:members")
    return form_page(
        request,
        form,
        title=_("Invite somebody"),
        back=(_("People"), back),
        lead=_("They get a mail with a link and choose their own password."),
    )


@require_http_methods(["GET", "POST"])
def invite(request: SignedInRequest, pk: object) -> HttpResponse:
    """Let a person who is already known sign in."""
    by = _administrator(request)
    contact = _colleague(by, pk)
    back = reverse("engagements:members")
    form = InviteForm(request.POST or None, back=back)
    if form.is_valid() and carried_out(
        form,
        lambda: actions.invite(by=by, contact=contact, role=form.cleaned_data["role"]),
    ):
        _say_invited(request, contact.name)
        return redirect("engagements:members")
    title = _("Invite %(name)s") % {"name": contact.name}
    lead = contact.email or _("Without an e-mail address no invitation can be sent.")
    return form_page(request, form, title=title, back=(_("People"), back), lead=lead)


@require_http_methods(["GET", "POST"])
def change_role(request: SignedInRequest, pk: object) -> HttpResponse:
    """Give a member another role."""
    by = _administrator(request)
    membership = _membership(by, pk)
    name, back = membership.contact.name, reverse("engagements:members")
    form = RoleForm(request.POST or None, back=back, initial={"role": membership.role})
    if form.is_valid() and carried_out(
        form,
        lambda: actions.change_role(by=by, membership=membership, **form.cleaned_data),
    ):
        messages.success(request, _("Role of %(name)s saved.") % {"name": name})
        return redirect("engagements:members")
    title = _("Role of %(name)s") % {"name": name}
    return form_page(request, form, title=title, back=(_("People"), back))


@require_http_methods(["GET", "POST"])
def switch_off(request: SignedInRequest, pk: object) -> HttpResponse:
    """Ask once, then end the membership and every open sign-in."""
    by = _administrator(request)
    membership = _membership(by, pk)
    name, back = membership.contact.name, reverse("engagements:members")
    form = SwitchOffForm(request.POST or None, back=back)
    if form.is_valid() and carried_out(
        form, lambda: actions.end_membership(by=by, membership=membership)
    ):
        messages.success(request, _("%(name)s can no longer sign in.") % {"name": name})
        return redirect("engagements:members")
    lead = _("Open sign-ins end at once. What %(name)s wrote stays.")
    return form_page(
        request,
        form,
        title=_("Switch off the sign-in of %(name)s") % {"name": name},
        back=(_("People"), back),
        lead=lead % {"name": name},
    )


@require_POST
def renew_invitation(request: SignedInRequest, pk: object) -> HttpResponse:
    """Send a fresh link; the earlier one closes."""
    by = _administrator(request)
    invitation = _own_invitation(by, pk)
    return _answer(
        request,
        lambda: actions.renew_invitation(by=by, invitation=invitation),
        _("A new link goes to %(name)s; the earlier one is closed."),
        invitation,
    )


@require_POST
def revoke_invitation(request: SignedInRequest, pk: object) -> HttpResponse:
    """Close an invitation."""
    by = _administrator(request)
    invitation = _own_invitation(by, pk)
    return _answer(
        request,
        lambda: actions.revoke_invitation(by=by, invitation=invitation),
        _("The invitation of %(name)s is closed."),
        invitation,
    )


@never_cache
@require_safe
def not_sent(request: SignedInRequest) -> HttpResponse:
    """Invitations to pass on by hand while no mail leaves this installation."""
    by = _administrator(request)
    relay = settings.HAS_MAIL_RELAY
    rows = [] if relay else queries.unsent_invitations(by.organisation)
    context = {
        "relay": relay,
        "invitations": [(row, links.invitation_url(row)) for row in rows],
    }
    return render(request, "engagements/parties/not_sent.html", context)


def _administrator(request: SignedInRequest) -> Standing:
    standing = access.require_standing(request)
    access.deny_unless(standing.administers)
    return standing


def _colleague(by: Standing, pk: object) -> Contact:
    return get_object_or_404(Contact, pk=pk, organisation=by.organisation)


def _membership(by: Standing, pk: object) -> Membership:
    rows = Membership.objects.active().filter(organisation=by.organisation)
    return get_object_or_404(rows.select_related("contact"), pk=pk)


def _own_invitation(by: Standing, pk: object) -> Invitation:
    rows = Invitation.objects.filter(invited_by__organisation=by.organisation)
    return get_object_or_404(rows.select_related("contact"), pk=pk)


def _say_invited(request: SignedInRequest, name: str) -> None:
    if settings.HAS_MAIL_RELAY:
        words = _("The invitation goes to %(name)s by mail.")
    else:
        words = _("Invitation of %(name)s made. Mail is off: copy it from Not sent.")
    messages.success(request, words % {"name": name})


def _answer(
    request: SignedInRequest,
    act: Callable[[], object],
    words: str,
    invitation: Invitation,
) -> HttpResponse:
    try:
        act()
    except RuleError as error:
        messages.error(request, error.message)
    else:
        messages.success(request, words % {"name": invitation.contact.name})
    page = "not-sent" if request.POST.get("back") == "not-sent" else "members"
    return redirect(f"engagements:{page}")
