"""Beginning, changing, archiving and pinning a relationship."""

from __future__ import annotations

import uuid
from functools import partial
from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from engagements import access
from engagements.errors import RuleError
from engagements.models import Organisation, Relationship, Side, Standing
from engagements.parties import queries as parties
from engagements.parties.actions import create_organisation
from engagements.parties.forms.people import ReasonForm
from engagements.relationships import actions, queries
from engagements.relationships.forms import (
    UNCLASSIFIED,
    EditRelationshipForm,
    NewRelationshipForm,
    ReferenceForm,
)
from engagements.web import SignedInRequest, carried_out, form_page

FACTS = ("scope", "segment", "started_on", "contact_rhythm_days", "inside_boundary")


@require_http_methods(["GET", "POST"])
def create(request: SignedInRequest) -> HttpResponse:
    """Begin a relationship; the counterpart may be named on the way."""
    by = access.require_standing(request)
    access.deny_unless(access.can_create_relationships(request.user))
    form = _new_form(request, by)
    duplicates = _duplicates(request, form) if form.is_valid() else []
    made: list[Relationship] = []
    begin = partial(_begin, form, by, made)
    if form.is_valid() and not duplicates and carried_out(form, begin):
        messages.success(request, _("Relationship added."))
        return redirect("engagements:relationship-people", made[0].pk)
    return form_page(
        request,
        form,
        title=_("Add a relationship"),
        back=(_("Relationships"), reverse("engagements:relationships")),
        template="engagements/parties/organisation_form.html",
        duplicates=duplicates,
        usable=True,
    )


@require_http_methods(["GET", "POST"])
def edit(request: SignedInRequest, pk: object) -> HttpResponse:
    """Change what both sides read; another segment needs a reason."""
    relationship = visible(request, pk)
    access.deny_unless(access.can_edit_relationship(request.user, relationship))
    by = access.require_standing(request)
    form = _edit_form(request, relationship)
    if form.is_valid() and carried_out(
        form,
        lambda: actions.change_relationship(
            by=by, relationship=relationship, **form.cleaned_data
        ),
    ):
        messages.success(request, _("Relationship saved."))
        return redirect(relationship)
    return form_page(
        request,
        form,
        title=_("Edit relationship"),
        back=(str(relationship), relationship.get_absolute_url()),
        lead=_("Both sides read these facts and every change to them."),
        template="engagements/relationships/edit.html",
        relationship=relationship,
        references=relationship.references.filter(organisation=by.organisation),
        can_archive=access.can_archive_relationship(request.user, relationship),
    )


@require_http_methods(["GET", "POST"])
def archive(request: SignedInRequest, pk: object) -> HttpResponse:
    """Put away with a reason, or take up again."""
    relationship = visible(request, pk)
    access.deny_unless(access.can_archive_relationship(request.user, relationship))
    by = access.require_standing(request)
    archived = relationship.archived_at is not None
    title = _("Restore relationship") if archived else _("Archive relationship")
    back = relationship.get_absolute_url()
    form = ReasonForm(
        request.POST if request.method == "POST" else None,
        button=title,
        needed=not archived,
        back=back,
    )
    act = actions.restore_relationship if archived else actions.archive_relationship
    if form.is_valid() and carried_out(
        form,
        lambda: act(
            by=by, relationship=relationship, reason=form.cleaned_data["reason"]
        ),
    ):
        messages.success(request, _("Done. Both sides read who did it and why."))
        return redirect(relationship)
    lead = "" if archived else _("Reminders stop for both sides; nothing is deleted.")
    return form_page(
        request, form, title=title, back=(str(relationship), back), lead=lead
    )


@require_POST
def pin(request: SignedInRequest, pk: object) -> HttpResponse:
    """Keep a relationship at hand, or let it go: the same press does both."""
    relationship = visible(request, pk)
    by = access.require_standing(request)
    if by.contact.pins.filter(relationship=relationship).exists():
        actions.unpin(by=by, relationship=relationship)
        messages.success(request, _("Unpinned."))
        return redirect(relationship)
    try:
        actions.pin(by=by, relationship=relationship)
    except RuleError as error:
        messages.error(request, error.message)
    else:
        messages.success(request, _("Pinned: it stands in the rail."))
    return redirect(relationship)


@require_http_methods(["GET", "POST"])
def add_reference(request: SignedInRequest, pk: object) -> HttpResponse:
    """Keep the number another system knows it by; only the own side sees it."""
    relationship = visible(request, pk)
    access.deny_unless(access.can_edit_relationship(request.user, relationship))
    by = access.require_standing(request)
    back = reverse("engagements:relationship-edit", args=[relationship.pk])
    form = ReferenceForm(request.POST or None, back=back)
    if form.is_valid() and carried_out(
        form,
        lambda: actions.add_reference(
            by=by, relationship=relationship, **form.cleaned_data
        ),
    ):
        messages.success(request, _("Reference added."))
        return redirect(back)
    lead = _("Only %(name)s sees it.") % {"name": by.organisation.name}
    return form_page(
        request,
        form,
        title=_("Add a reference"),
        back=(_("Edit relationship"), back),
        lead=lead,
    )


@require_POST
def remove_reference(
    request: SignedInRequest, pk: object, reference: object
) -> HttpResponse:
    """Take a reference of the own side away."""
    relationship = visible(request, pk)
    access.deny_unless(access.can_edit_relationship(request.user, relationship))
    by = access.require_standing(request)
    own = relationship.references.filter(organisation=by.organisation)
    found = get_object_or_404(own.select_related("relationship"), pk=reference)
    actions.remove_reference(by=by, reference=found)
    messages.success(request, _("%(reference)s removed.") % {"reference": found})
    return redirect("engagements:relationship-edit", relationship.pk)


def visible(request: SignedInRequest, pk: object) -> Relationship:
    """The relationship, if the person may see it; 404 otherwise."""
    rows = Relationship.objects.visible_to(request.user)
    return get_object_or_404(rows.select_related("client", "supplier"), pk=pk)


def _new_form(request: SignedInRequest, by: Standing) -> NewRelationshipForm:
    stands = Organisation.objects.active().stood_for_by(by)
    initial: dict[str, Any] = {
        "side": by.organisation.usual_side,
        "stands": by.organisation.pk,
        "owner": by.contact.pk,
        "started_on": timezone.localdate(),
        "counterpart": _uuid_or_none(request.GET.get("with", "")),
    }
    return NewRelationshipForm(
        _with_the_one_shown(request.POST) if request.POST else None,
        user=request.user,
        stands=stands.order_by("name"),
        others=queries.counterparts(request.user),
        owners=by.organisation.contacts.present(),
        initial=initial,
        back=reverse("engagements:relationships"),
    )


def _with_the_one_shown(posted: QueryDict) -> QueryDict:
    """What was typed, with the organisation pressed among possible duplicates."""
    if not posted.get("use"):
        return posted
    data = posted.copy()
    data["counterpart"], data["counterpart_name"] = str(posted["use"]), ""
    return data


def _duplicates(
    request: SignedInRequest, form: NewRelationshipForm
) -> list[parties.Duplicate]:
    """Organisations that may be the one just named; none once told to go on."""
    name = form.cleaned_data["counterpart_name"]
    if not name or request.POST.get("anyway"):
        return []
    return parties.possible_duplicates(request.user, name=name)


@transaction.atomic
def _begin(form: NewRelationshipForm, by: Standing, made: list[Relationship]) -> None:
    data = form.cleaned_data
    other = data["counterpart"] or create_organisation(
        by=by, name=data["counterpart_name"]
    )
    side = Side(data["side"])
    references = [(data["system"], data["reference"])] if data["system"] else []
    made.append(
        actions.create_relationship(
            by=by,
            **{side.value: data["stands"], side.other.value: other},
            **{name: data[name] for name in FACTS},
            stands_for=side,
            owner=data["owner"],
            references=references,
        )
    )


def _edit_form(
    request: SignedInRequest, relationship: Relationship
) -> EditRelationshipForm:
    facts = {name: getattr(relationship, name) for name in FACTS}
    return EditRelationshipForm(
        request.POST or None,
        user=request.user,
        initial=facts | {"segment": relationship.segment or UNCLASSIFIED},
        back=relationship.get_absolute_url(),
    )


def _uuid_or_none(text: str) -> uuid.UUID | None:
    try:
        return uuid.UUID(text)
    except ValueError:
        return None
