"""People: page, adding, correcting; inviting them to claim their organisation."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from engagements import access
from engagements.models import Contact, Relationship, TeamRole
from engagements.parties import actions, queries
from engagements.parties.forms.people import ClaimForm, ContactForm
from engagements.parties.views.organisations import visible
from engagements.web import SignedInRequest, carried_out, form_page

FACTS = ("name", "email", "phone", "job_title")


@require_safe
def contact(request: SignedInRequest, pk: object) -> HttpResponse:
    """How to reach a person, and what they speak for."""
    row = _visible_contact(request, pk)
    relationships = Relationship.objects.visible_to(request.user).order_by()
    roles = TeamRole.objects.filter(
        contact=row, relationship__in=relationships.values("pk")
    ).select_related("relationship__client", "relationship__supplier")
    today = timezone.localdate()
    context = {
        "contact": row,
        "roles": roles.order_by("to_on", "from_on"),
        "today": today,
        "absence": row.absences.on(today).select_related("deputy").first(),
        "signs_in": queries.signs_in(row),
        "can_edit": access.can_edit_contact(request.user, row),
        "history": queries.history(request.user, row),
    }
    return render(request, "engagements/parties/contact.html", context)


@require_http_methods(["GET", "POST"])
def create(request: SignedInRequest, pk: object) -> HttpResponse:
    """Add a person to an organisation."""
    organisation = visible(request, pk)
    access.deny_unless(access.can_add_contact(request.user, organisation))
    by = access.require_standing(request)
    form = ContactForm(request.POST or None, back=organisation.get_absolute_url())
    if form.is_valid() and carried_out(
        form,
        lambda: actions.add_contact(
            by=by, organisation=organisation, **form.cleaned_data
        ),
    ):
        name = form.cleaned_data["name"]
        messages.success(request, _("%(name)s added.") % {"name": name})
        return redirect(organisation)
    return form_page(
        request,
        form,
        title=_("Add a person"),
        back=(organisation.name, organisation.get_absolute_url()),
        lead=_("At %(name)s") % {"name": organisation.name},
    )


@require_http_methods(["GET", "POST"])
def edit(request: SignedInRequest, pk: object) -> HttpResponse:
    """Correct what is known of a person."""
    row = _visible_contact(request, pk)
    access.deny_unless(access.can_edit_contact(request.user, row))
    by = access.require_standing(request)
    form = ContactForm(
        request.POST or None,
        initial={name: getattr(row, name) for name in FACTS},
        back=row.get_absolute_url(),
    )
    if form.is_valid() and carried_out(
        form,
        lambda: actions.change_contact(by=by, contact=row, **form.cleaned_data),
    ):
        messages.success(request, _("%(name)s saved.") % {"name": row.name})
        return redirect(row)
    title = _("Edit %(name)s") % {"name": row.name}
    return form_page(
        request, form, title=title, back=(row.name, row.get_absolute_url())
    )


@require_http_methods(["GET", "POST"])
def invite_to_claim(request: SignedInRequest, pk: object) -> HttpResponse:
    """Offer a kept organisation to one of its own people."""
    organisation = visible(request, pk)
    access.deny_unless(access.can_invite_to_claim(request.user, organisation))
    by = access.require_standing(request)
    people = organisation.contacts.present().exclude(email="")
    back = organisation.get_absolute_url()
    form = ClaimForm(request.POST or None, people=people, back=back)
    if form.is_valid() and carried_out(
        form,
        lambda: actions.invite_to_claim(
            by=by, organisation=organisation, **form.cleaned_data
        ),
    ):
        messages.success(request, _("Invitation made; it is open for 14 days."))
        return redirect(organisation)
    return form_page(
        request,
        form,
        title=_("Invite %(name)s to sign in") % {"name": organisation.name},
        back=(organisation.name, back),
        lead=_(
            "They read what is shared and look after their own side. They never see "
            "what is internal to you."
        ),
    )


def _visible_contact(request: SignedInRequest, pk: object) -> Contact:
    rows = Contact.objects.visible_to(request.user).select_related("organisation")
    return get_object_or_404(rows, pk=pk)
