"""The composer's own page, and one entry with its history."""

from __future__ import annotations

import uuid
from typing import Any

from django.contrib import messages
from django.db import transaction
from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
    require_safe,
)

from engagements import access
from engagements.errors import RuleError
from engagements.interactions import actions, composer, forms, meetings
from engagements.models import (
    Interaction,
    InteractionRevision,
    Meeting,
    RelationshipSide,
    Standing,
    TeamRole,
)
from engagements.web import SignedInRequest, carried_out, form_page, render_part

PAGE = "engagements/interactions/log.html"
RECENT = 12


@require_http_methods(["GET", "POST"])
def log(request: SignedInRequest) -> HttpResponse:
    """Say what happened; without a relationship, choose one first."""
    by = access.require_standing(request)
    asked = request.POST.get("r") or request.GET.get("r") or ""
    sent = request.method == "POST"
    own = own_side(request, asked or _last_used(request, by), named=not sent)
    if own is None:
        return choose(request, failed=bool(asked))
    form = composer.posted(by=by, own=own, data=request.POST) if sent else None
    saved: list[Interaction] = []
    if (
        form is not None
        and form.is_valid()
        and carried_out(form, lambda: saved.append(_save(request, by, own, form)))
    ):
        return _saved(request, saved[0])
    shown = composer.composer(
        by=by,
        own=own,
        team=composer.current_team(own),
        form=form,
        initial=_initial(request, own),
        elsewhere=True,
    )
    context = {"composer": shown, "own": own, "form": shown["form"]}
    return render_part(request, PAGE, "composer", context, status=422 if sent else 200)


@transaction.atomic
def _save(
    request: SignedInRequest, by: Standing, own: RelationshipSide, form: Any
) -> Interaction:
    interaction, new = actions.log_interaction(by=by, own=own, entry=form.entry())
    held = form.cleaned_data["meeting"]
    if new and held:
        known = Meeting.objects.visible_to(request.user).filter(pk=held)
        meeting = known.filter(relationship=own.relationship_id).first()
        if meeting is not None:
            meetings.mark_held(meeting=meeting, interaction=interaction)
    return interaction


def _saved(request: SignedInRequest, interaction: Interaction) -> HttpResponse:
    words = _("%(kind)s saved.") % {"kind": interaction.get_kind_display()}
    undo = reverse("engagements:interaction-undo", args=[interaction.pk])
    messages.success(request, words, extra_tags=undo)
    page = reverse("engagements:relationship", args=[interaction.relationship_id])
    # The script that keeps drafts on the device forgets this one when it sees the key.
    return redirect(f"{page}?saved={interaction.submit_key}")


def _initial(request: SignedInRequest, own: RelationshipSide) -> dict[str, Any]:
    kind = request.GET.get("kind", "")
    initial: dict[str, Any] = {"text": request.GET.get("text", "")[:2_000]}
    if kind in Interaction.Kind.values:
        initial["kind"] = kind
    held = request.GET.get("meeting")
    if not held:
        return initial
    meeting = get_object_or_404(
        Meeting.objects.visible_to(request.user).planned(),
        pk=_uuid(held),
        relationship=own.relationship_id,
    )
    starts = timezone.localtime(meeting.starts_at)
    return {
        "kind": "meeting",
        "text": meeting.agenda,
        "when": f"{starts:%Y-%m-%d %H:%M}, {meeting.minutes} min",
        "people": [
            str(pk) for pk in meeting.participants.values_list("contact", flat=True)
        ],
        "shared": meeting.visibility == "shared",
        "meeting": meeting.pk,
    }


def _last_used(request: SignedInRequest, by: Standing) -> str:
    """The relationship the person wrote on last and still sees; "" for none."""
    if request.method != "GET" or "choose" in request.GET:
        return ""
    seen = RelationshipSide.objects.seen_by(request.user).active()
    written = Interaction.objects.filter(
        written_by=by.contact, relationship__in=seen.order_by().values("relationship")
    )
    last = written.order_by("-created_at").values_list("relationship", flat=True)
    return str(last.first() or "")


def _uuid(text: str) -> uuid.UUID:
    try:
        return uuid.UUID(text)
    except ValueError as error:
        raise Http404 from error


def own_side(
    request: SignedInRequest, asked: str, *, named: bool = True
) -> RelationshipSide | None:
    """The reader's side of the relationship asked for, by id; None for none asked.

    `named`: with both organisations, for a page that names them.
    """
    if not asked:
        return None
    seen = RelationshipSide.objects.seen_by(request.user).active()
    sides = seen.filter(relationship=_uuid(asked))
    also = ("relationship__client", "relationship__supplier", "organisation")
    return get_object_or_404(
        sides.select_related(*(also if named else ["relationship"]))
    )


def choose(request: SignedInRequest, *, failed: bool) -> HttpResponse:
    sides = (
        RelationshipSide.objects.seen_by(request.user)
        .active()
        .select_related("relationship__client", "relationship__supplier")
        .order_by("-last_contact_at")
    )
    context = {
        "choices": [(row, composer.other_name(row)) for row in sides[:RECENT]],
        "kind": request.GET.get("kind", ""),
        "failed": failed,
    }
    return render(request, "engagements/interactions/choose.html", context)


@require_safe
def interaction(request: SignedInRequest, pk: object) -> HttpResponse:
    """One entry: who, when, what followed, and what it said before."""
    row = visible(request, pk)
    user = request.user
    ours = row.organisation_id == access.require_standing(request).organisation.pk
    context = {
        "interaction": row,
        "participants": row.participants.select_related("contact"),
        "outcomes": _outcomes(request, row),
        "revisions": _revisions(row, ours=ours),
        "ours": ours,
        "can_correct": access.can_correct(user, row),
        "can_share": row.visibility == "internal" and access.can_share(user, row),
    }
    return render(request, "engagements/interactions/interaction.html", context)


def _revisions(row: Interaction, *, ours: bool) -> QuerySet[InteractionRevision]:
    """Earlier words; the other side reads those only that were shared with it."""
    found = row.revisions.select_related("written_by")
    return found if ours else found.filter(created_at__gte=row.shared_at)


def _outcomes(request: SignedInRequest, row: Interaction) -> list:
    """What followed, as far as the reader may see it: a step is its owner's side's."""
    own = access.require_standing(request).organisation
    found = row.outcomes.select_related("step", "commitment__owner")
    return [
        outcome.commitment or outcome.step
        for outcome in found
        if outcome.commitment
        or (outcome.step and outcome.step.organisation_id == own.pk)
    ]


@require_http_methods(["GET", "POST"])
def correct(request: SignedInRequest, pk: object) -> HttpResponse:
    """Put the words right; the earlier ones stay readable."""
    row = visible(request, pk)
    access.deny_unless(
        access.can_correct(request.user, row), _("Only its author corrects an entry.")
    )
    by = access.require_standing(request)
    form = forms.CorrectForm(
        request.POST or None, initial={"text": row.text}, back=row.get_absolute_url()
    )
    if form.is_valid() and carried_out(
        form,
        lambda: actions.correct(by=by, interaction=row, **form.cleaned_data),
    ):
        messages.success(request, _("Correction saved."))
        return redirect(row)
    back = (row.get_kind_display(), row.get_absolute_url())
    return form_page(request, form, title=_("Correct the entry"), back=back)


@require_http_methods(["GET", "POST"])
def share(request: SignedInRequest, pk: object) -> HttpResponse:
    """Show who will read an entry, then let them."""
    row = visible(request, pk)
    access.deny_unless(access.can_share(request.user, row))
    by = access.require_standing(request)
    form = forms.ShareForm(request.POST or None, back=row.get_absolute_url())
    if request.method == "POST":
        actions.share(by=by, interaction=row)
        messages.success(request, _("Both sides see this entry now."))
        return redirect(row)
    readers = (
        TeamRole.objects.current()
        .filter(relationship=row.relationship)
        .exclude(side=row.side)
        .select_related("contact")
    )
    context = {"interaction": row, "form": form, "readers": readers}
    return render(request, "engagements/interactions/share.html", context)


@require_POST
def undo(request: SignedInRequest, pk: object) -> HttpResponse:
    """Take an entry back, shortly after saving it."""
    row = visible(request, pk)
    access.deny_unless(access.can_correct(request.user, row))
    by = access.require_standing(request)
    page = reverse("engagements:relationship", args=[row.relationship_id])
    try:
        actions.undo(by=by, interaction=row)
    except RuleError as error:
        messages.error(request, error.message)
        return redirect(row)
    messages.success(request, _("Taken back."))
    return redirect(page)


def visible(request: SignedInRequest, pk: object) -> Interaction:
    """The entry, or 404 for whoever may not know of it."""
    rows = Interaction.objects.visible_to(request.user).select_related(
        "written_by", "organisation", "relationship__client", "relationship__supplier"
    )
    return get_object_or_404(rows, pk=pk)
