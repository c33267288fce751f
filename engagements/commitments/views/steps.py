"""Pages of one's own steps: add, change, tick off, take back."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from engagements import access
from engagements.commitments import actions, forms, queries
from engagements.commitments.views.promises import relationship_of, write
from engagements.models import Relationship, Standing, Step
from engagements.web import SignedInRequest


@require_http_methods(["GET", "POST"])
def create_step(request: SignedInRequest, pk: object) -> HttpResponse:
    """A next step of one's own on a relationship."""
    relationship = relationship_of(request, pk)
    by = access.require_standing(request)
    form = forms.StepForm(
        request.POST or None,
        people=queries.own_people(by),
        initial={"owner": by.contact.pk},
        back=relationship.get_absolute_url(),
    )

    def act(standing: Standing) -> object:
        return actions.add_step(
            by=standing, relationship=relationship, **form.cleaned_data
        )

    back = (str(relationship), relationship.get_absolute_url())
    return write(request, form, act, title=_("Add a next step"), back=back)


@require_http_methods(["GET", "POST"])
def step(request: SignedInRequest, pk: object) -> HttpResponse:
    """Move, reword or hand on a step."""
    row = _step(request, pk)
    by = access.require_standing(request)
    initial = {"text": row.text, "owner": row.owner_id, "due_on": row.due_on}
    form = forms.StepForm(
        request.POST or None,
        people=queries.own_people(by),
        initial=initial,
        back=row.relationship.get_absolute_url(),
    )

    def act(standing: Standing) -> object:
        return actions.change_step(by=standing, step=row, **form.cleaned_data)

    back = (str(row.relationship), row.relationship.get_absolute_url())
    return write(request, form, act, title=_("Next step"), back=back)


@require_POST
def step_done(request: SignedInRequest, pk: object) -> HttpResponse:
    """Tick a step off, with a way back."""
    row = _step(request, pk)
    actions.finish_step(step=row)
    undo = reverse("engagements:step-reopen", args=[row.pk])
    messages.success(
        request, _("Done: %(text)s.") % {"text": row.text}, extra_tags=undo
    )
    return redirect(return_address(request, row.relationship))


@require_POST
def step_reopen(request: SignedInRequest, pk: object) -> HttpResponse:
    """Take "done" back."""
    row = _step(request, pk)
    actions.reopen_step(step=row)
    messages.success(request, _("Open again: %(text)s.") % {"text": row.text})
    return redirect(return_address(request, row.relationship))


def return_address(request: SignedInRequest, relationship: Relationship) -> str:
    """Where the person came from, when that is one of our own pages."""
    came_from = request.headers.get("referer", "")
    if url_has_allowed_host_and_scheme(came_from, {request.get_host()}):
        return came_from
    return relationship.get_absolute_url()


def _step(request: SignedInRequest, pk: object) -> Step:
    rows = Step.objects.visible_to(request.user).select_related(
        "owner", "relationship__client", "relationship__supplier"
    )
    return get_object_or_404(rows, pk=pk)
