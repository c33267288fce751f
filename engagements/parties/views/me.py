"""One's own settings and absences."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from engagements import access
from engagements.models import Absence, Contact, Membership, standing_of
from engagements.parties import actions
from engagements.parties.forms.people import SYSTEM, AbsenceForm, SettingsForm
from engagements.web import SignedInRequest, carried_out, form_page


@require_http_methods(["GET", "POST"])
def settings(request: SignedInRequest) -> HttpResponse:
    """How pages look and read for this person; who stands in for them."""
    user = request.user
    names = ("name", "theme", "time_zone", "date_order", "shortcuts")
    initial = {name: getattr(user, name) for name in names}
    initial["theme"] = user.theme or SYSTEM
    initial["compact"] = "compact" if user.compact else "comfortable"
    form = SettingsForm(request.POST or None, initial=initial)
    if form.is_valid():
        actions.change_settings(user=user, **form.cleaned_data)
        messages.success(request, _("Settings saved."))
        return redirect("engagements:me")
    standing = standing_of(user)
    absences = (
        standing.contact.absences.filter(to_on__gte=timezone.localdate())
        .select_related("deputy")
        .order_by("from_on")
        if standing
        else []
    )
    context = {"form": form, "standing": standing, "absences": absences}
    status = 422 if form.is_bound else 200
    return render(request, "engagements/parties/me.html", context, status=status)


@require_http_methods(["GET", "POST"])
def add_absence(request: SignedInRequest) -> HttpResponse:
    """From when to when, and who gets what is due meanwhile."""
    by = access.require_standing(request)
    acting = Membership.objects.active().filter(organisation=by.organisation)
    colleagues = Contact.objects.filter(memberships__in=acting)
    form = AbsenceForm(
        request.POST or None,
        user=request.user,
        deputies=colleagues.exclude(pk=by.contact.pk),
        back=reverse("engagements:me"),
    )
    if form.is_valid() and carried_out(
        form, lambda: actions.add_absence(by=by, **form.cleaned_data)
    ):
        messages.success(request, _("Absence saved."))
        return redirect("engagements:me")
    return form_page(
        request,
        form,
        title=_("Plan an absence"),
        back=(_("My settings"), reverse("engagements:me")),
        lead=_("Your deputy gets what is due while you are away."),
    )


@require_POST
def remove_absence(request: SignedInRequest, pk: object) -> HttpResponse:
    """The person is back, or never left."""
    by = access.require_standing(request)
    absence = get_object_or_404(Absence, pk=pk, contact=by.contact)
    actions.remove_absence(by=by, absence=absence)
    messages.success(request, _("Absence removed."))
    return redirect("engagements:me")
