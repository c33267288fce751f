"""Pages of the mirror of values and abilities."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from engagements import access
from engagements.charters import rights
from engagements.charters.actions.mirroring import LISTS, write_part
from engagements.charters.forms.mirror import MirrorForm
from engagements.charters.queries.mirrors import mirrors
from engagements.charters.views.seen import (
    editable,
    own_side,
    relationship_of,
    write,
)
from engagements.models import Contact, MirrorAsk, Relationship, Side
from engagements.relationships.speakers import speaker
from engagements.web import SignedInRequest


@require_safe
def mirror(request: SignedInRequest, pk: UUID) -> HttpResponse:
    """What both sides stated and guessed, once both have written."""
    access.require_standing(request)
    relationship = relationship_of(request, pk)
    side = own_side(request, relationship)
    context = {
        "relationship": relationship,
        "mirrors": mirrors(pk, side),
        "other": getattr(relationship, side.other.value),
        "asked": _asked(relationship, side.other),
        "can_edit": rights.can_work_on_charter(request.user, relationship),
    }
    return render(request, "engagements/charters/mirror.html", context)


def _asked(relationship: Relationship, side: Side) -> Contact | None:
    """Who is asked for the part of a side, or would be."""
    rows = MirrorAsk.objects.filter(
        mirror__relationship=relationship, mirror__revealed_at=None, side=side
    )
    row = rows.select_related("contact").first()
    return row.contact if row else speaker(relationship, side, timezone.localdate())


@require_http_methods(["GET", "POST"])
def write_mirror(request: SignedInRequest, pk: UUID) -> HttpResponse:
    """The own side's part: what we stand for, and what we think they would say."""
    by = access.require_standing(request)
    relationship, side = editable(request, pk)
    own = mirrors(pk, side).own
    back = (_("Values and abilities"), reverse("engagements:mirror", args=[pk]))
    form = MirrorForm(
        request.POST or None,
        names={
            "own": getattr(relationship, side.value).name,
            "other": getattr(relationship, side.other.value).name,
        },
        words={name: getattr(own, name, ()) for name in LISTS},
        back=back[1],
    )

    def act() -> object:
        return write_part(by=by, relationship=relationship, side=side, words=form.words)

    lead = _("Nobody of the other side reads it before both sides have written.")
    title = _("Our part of the mirror")
    return write(request, form, act, title=title, back=back, lead=lead)
