"""Pages of meetings: planned, moved, held, cancelled."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from engagements import access
from engagements.interactions import composer, forms, meetings
from engagements.interactions.views.entries import choose, own_side
from engagements.models import Interaction, Meeting, RelationshipSide, Standing
from engagements.parties.forms.fields import days_in_order
from engagements.web import SignedInRequest, carried_out, form_page, page_of


@require_safe
def all_meetings(request: SignedInRequest) -> HttpResponse:
    """Planned meetings of one's relationships, the soonest first."""
    access.require_standing(request)
    rows = (
        Meeting.objects.visible_to(request.user)
        .planned()
        .filter(relationship__archived_at=None)
        .select_related("relationship__client", "relationship__supplier")
        .order_by("starts_at", "pk")
    )
    context = {"page": page_of(request, rows), "query": "", "now": timezone.now()}
    return render(request, "engagements/interactions/meetings.html", context)


@require_http_methods(["GET", "POST"])
def plan(request: SignedInRequest) -> HttpResponse:
    """Plan a meeting on a relationship."""
    by = access.require_standing(request)
    asked = request.POST.get("r") or request.GET.get("r") or ""
    own = own_side(request, asked)
    if own is None:
        return choose(request, failed=False)
    page = reverse("engagements:relationship", args=[own.relationship_id])
    form = _form(request, by, own, back=page)
    made: list[Meeting] = []
    if form.is_valid() and carried_out(
        form,
        lambda: made.append(
            meetings.plan_meeting(
                by=by, own=own, values=form.values(), people=form.expected()
            )
        ),
    ):
        messages.success(request, _("Meeting planned."))
        return redirect(made[0])
    back = (str(own.relationship), page)
    return form_page(request, form, title=_("Plan a meeting"), back=back)


def _form(
    request: SignedInRequest,
    by: Standing,
    own: RelationshipSide,
    *,
    back: str,
    initial: dict[str, Any] | None = None,
) -> forms.MeetingForm:
    choices = composer.people_of(own, composer.current_team(own))
    first = {"people": [by.contact.pk], "shared": True, "minutes": 60}
    form = forms.MeetingForm(
        request.POST or None,
        choices=choices,
        initial=initial or first,
        back=back,
    )
    days_in_order(form, request.user)
    return form


@require_safe
def meeting(request: SignedInRequest, pk: object) -> HttpResponse:
    """One planned meeting."""
    row = _visible(request, pk)
    context = {
        "meeting": row,
        "participants": row.participants.select_related("contact"),
        "promises": row.relationship.commitments.open()
        .own_or_shared(access.require_standing(request).organisation)
        .select_related("owner")[:12],
        "can_change": _may_change(request, row),
        "held_as": _held_as(request, row),
        "begun": row.starts_at <= timezone.now(),
    }
    return render(request, "engagements/interactions/meeting.html", context)


@require_http_methods(["GET", "POST"])
def move(request: SignedInRequest, pk: object) -> HttpResponse:
    """Move or reword a planned meeting."""
    row = _changeable(request, pk)
    by = access.require_standing(request)
    own = _side(request, row)
    form = _form(request, by, own, back=row.get_absolute_url(), initial=_as_typed(row))
    form.button = _("Save meeting")
    if form.is_valid() and carried_out(
        form,
        lambda: meetings.change_meeting(
            by=by, meeting=row, values=form.values(), people=form.expected()
        ),
    ):
        messages.success(request, _("Meeting saved."))
        return redirect(row)
    back = (row.title, row.get_absolute_url())
    return form_page(request, form, title=_("Change the meeting"), back=back)


def _as_typed(row: Meeting) -> dict[str, Any]:
    starts = timezone.localtime(row.starts_at)
    return {
        "title": row.title,
        "day": starts.date(),
        "time": f"{starts:%H:%M}",
        "minutes": row.minutes,
        "recurrence": row.recurrence,
        "place": row.place,
        "agenda": row.agenda,
        "shared": row.visibility == "shared",
        "people": list(row.participants.values_list("contact", flat=True)),
    }


@require_http_methods(["GET", "POST"])
def cancel(request: SignedInRequest, pk: object) -> HttpResponse:
    """Say why a meeting does not take place."""
    row = _changeable(request, pk)
    by = access.require_standing(request)
    form = forms.CancelForm(request.POST or None, back=row.get_absolute_url())
    if form.is_valid() and carried_out(
        form,
        lambda: meetings.cancel_meeting(by=by, meeting=row, **form.cleaned_data),
    ):
        messages.success(request, _("Meeting cancelled."))
        return redirect(row.relationship)
    back = (row.title, row.get_absolute_url())
    return form_page(request, form, title=_("Cancel the meeting"), back=back)


def _visible(request: SignedInRequest, pk: object) -> Meeting:
    rows = Meeting.objects.visible_to(request.user).select_related(
        "relationship__client", "relationship__supplier", "planned_by", "held_as"
    )
    return get_object_or_404(rows, pk=pk)


def _side(request: SignedInRequest, row: Meeting) -> RelationshipSide:
    own = access.own_side(request.user, row.relationship)
    if own is None:
        raise Http404
    return own


def _held_as(request: SignedInRequest, row: Meeting) -> Interaction | None:
    """The entry it became, where the reader may read it."""
    if row.held_as_id is None:
        return None
    entries = Interaction.objects.visible_to(request.user)
    return entries.filter(pk=row.held_as_id).first()


def _may_change(request: SignedInRequest, row: Meeting) -> bool:
    own = access.require_standing(request).organisation
    planned = row.held_as_id is None and row.cancelled_at is None
    return planned and row.organisation_id == own.pk


def _changeable(request: SignedInRequest, pk: object) -> Meeting:
    row = _visible(request, pk)
    access.deny_unless(
        _may_change(request, row),
        _("The side that planned a meeting changes it."),
    )
    return row
