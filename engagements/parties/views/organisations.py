"""Organisations: list, page, bringing in, correcting, archiving."""

from __future__ import annotations

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from engagements import access
from engagements.models import Organisation, Relationship
from engagements.parties import actions, queries
from engagements.parties.forms.fields import country_name
from engagements.parties.forms.organisations import (
    EditOrganisationForm,
    NewOrganisationForm,
)
from engagements.parties.forms.people import ReasonForm
from engagements.web import (
    SignedInRequest,
    carried_out,
    form_page,
    page_of,
    render_part,
)

RELATIONSHIPS_SHOWN = 12
LIST = "engagements/parties/organisations.html"
EDITED = (
    "name",
    "legal_name",
    "country",
    "subdivision",
    "locality",
    "time_zone",
    "domain",
    "reporting_currency",
    "parent",
)


@require_safe
def organisations(request: SignedInRequest) -> HttpResponse:
    """The own organisation, those it keeps, and its counterparts."""
    standing = access.require_standing(request)
    text = request.GET.get("q", "").strip()[:100]
    which = request.GET.get("which", "")
    rows = queries.organisations(request.user, text=text, which=which)
    query = request.GET.copy()
    query.pop("page", None)
    page = page_of(request, rows)
    for row in page.object_list:
        row.country_words = country_name(row.country)
    context = {
        "page": page,
        "text": text,
        "which": which,
        "query": query.urlencode(),
        "own": standing.organisation,
        "can_create": access.can_bring_in_organisations(request.user),
    }
    return render_part(request, LIST, "list", context)


@require_safe
def organisation(request: SignedInRequest, pk: object) -> HttpResponse:
    """What is known of one organisation, and what one has to do with it."""
    rows = Organisation.objects.visible_to(request.user)
    rows = rows.select_related("parent", "kept_by")
    row = get_object_or_404(queries.with_open_claim(rows), pk=pk)
    standing = access.require_standing(request)
    context = {
        "organisation": row,
        "standing": standing,
        "country": country_name(row.country),
        "relationships": _relationships(request, row),
        "shown": RELATIONSHIPS_SHOWN,
        "people": queries.people_of(request.user, row),
        "children": Organisation.objects.visible_to(request.user).filter(parent=row),
        "can_edit": access.can_edit_organisation(request.user, row),
        "can_add_people": access.can_add_contact(request.user, row),
        "can_invite": access.can_invite_to_claim(request.user, row),
        "history": queries.history(request.user, row),
    }
    return render(request, "engagements/parties/organisation.html", context)


@require_http_methods(["GET", "POST"])
def create(request: SignedInRequest) -> HttpResponse:
    """Bring an organisation in; one that may be there already is shown first."""
    by = access.require_standing(request)
    access.deny_unless(access.can_bring_in_organisations(request.user))
    back = reverse("engagements:organisations")
    own = by.organisation
    initial = {"time_zone": own.time_zone, "reporting_currency": own.reporting_currency}
    parents = _parents(request)
    form = NewOrganisationForm(
        request.POST or None, parents=parents, initial=initial, back=back
    )
    duplicates = _duplicates(request, form) if form.is_valid() else []
    made: list[Organisation] = []
    if form.is_valid() and not duplicates and _created(form, by, made):
        messages.success(request, _("%(name)s added.") % {"name": made[0].name})
        return redirect(made[0])
    return form_page(
        request,
        form,
        title=_("Add an organisation"),
        back=(_("Organisations"), back),
        lead=_("%(name)s keeps it until its own people sign in.") % {"name": own.name},
        template="engagements/parties/organisation_form.html",
        duplicates=duplicates,
    )


@require_http_methods(["GET", "POST"])
def edit(request: SignedInRequest, pk: object) -> HttpResponse:
    """Correct what is known; the reason stays in the history."""
    row = visible(request, pk)
    access.deny_unless(access.can_edit_organisation(request.user, row))
    by = access.require_standing(request)
    form = EditOrganisationForm(
        request.POST or None,
        parents=_parents(request).exclude(pk=row.pk),
        initial={name: getattr(row, name) for name in EDITED},
        back=row.get_absolute_url(),
    )
    if form.is_valid() and carried_out(
        form,
        lambda: actions.change_organisation(
            by=by, organisation=row, **form.cleaned_data
        ),
    ):
        messages.success(request, _("%(name)s saved.") % {"name": row.name})
        return redirect(row)
    title = _("Edit %(name)s") % {"name": row.name}
    return form_page(
        request, form, title=title, back=(row.name, row.get_absolute_url())
    )


@require_http_methods(["GET", "POST"])
def archive(request: SignedInRequest, pk: object) -> HttpResponse:
    """Put away, or take back; refused with the list of what stands in the way."""
    row = visible(request, pk)
    access.deny_unless(access.can_edit_organisation(request.user, row))
    by = access.require_standing(request)
    act = (
        actions.restore_organisation
        if row.archived_at
        else actions.archive_organisation
    )
    title = _("Restore %(name)s") if row.archived_at else _("Archive %(name)s")
    title = title % {"name": row.name}
    form = ReasonForm(request.POST or None, button=title, back=row.get_absolute_url())
    if form.is_valid() and carried_out(
        form,
        lambda: act(by=by, organisation=row, reason=form.cleaned_data["reason"]),
    ):
        messages.success(request, _("Done. The history keeps who did it and why."))
        return redirect(row)
    lead = _("It leaves the lists and the search; nothing is deleted.")
    return form_page(
        request,
        form,
        title=title,
        back=(row.name, row.get_absolute_url()),
        lead="" if row.archived_at else lead,
    )


def visible(request: SignedInRequest, pk: object) -> Organisation:
    """The organisation, if the person may see it; 404 otherwise."""
    return get_object_or_404(Organisation.objects.visible_to(request.user), pk=pk)


def _parents(request: SignedInRequest) -> QuerySet[Organisation]:
    return Organisation.objects.visible_to(request.user).active().distinct()


def _relationships(request: SignedInRequest, row: Organisation) -> list[Relationship]:
    """Those with this organisation the person may see, archived ones last."""
    visible = Relationship.objects.visible_to(request.user)
    found = visible.filter(client=row) | visible.filter(supplier=row)
    rows = found.select_related("client", "supplier").order_by("archived_at", "scope")
    return list(rows.distinct()[: RELATIONSHIPS_SHOWN + 1])


def _duplicates(
    request: SignedInRequest, form: NewOrganisationForm
) -> list[queries.Duplicate]:
    if request.POST.get("anyway"):
        return []
    return queries.possible_duplicates(
        request.user,
        name=form.cleaned_data["name"],
        domain=form.cleaned_data["domain"],
        identifiers=form.identifiers,
    )


def _created(form: NewOrganisationForm, by, made: list[Organisation]) -> bool:
    facts = {name: form.cleaned_data[name] for name in EDITED}
    return carried_out(
        form,
        lambda: made.append(
            actions.create_organisation(by=by, identifiers=form.identifiers, **facts)
        ),
    )
