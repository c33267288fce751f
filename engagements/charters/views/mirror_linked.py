"""The mirror behind a mailed link: a side writes its part once, then reads both."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from engagements import links
from engagements.charters.actions.mirroring import write_missing
from engagements.charters.forms.mirror import MirrorForm
from engagements.charters.queries.mirrors import mirrors
from engagements.doors import MailedLink, by_link, closed_link
from engagements.links import Held, Purpose
from engagements.models import Mirror, MirrorAsk, Side, reachable
from engagements.web import carried_out

PAGE = "engagements:mirror-link-part"


@by_link("GET", "HEAD", "POST")
def link_part(request: HttpRequest) -> HttpResponse:
    """The four lists of a side; once both have written, what both wrote."""
    found = _find(links.held_by(request, Purpose.MIRROR))
    if found is None:
        return closed_link(request)
    mirror, side = found.mirror, Side(found.side)
    context = _about(found)
    names = {"own": context["own"].name, "other": context["other"].name}
    form = MirrorForm(request.POST or None, names=names, words={})
    if form.is_valid() and carried_out(
        form, lambda: write_missing(asked=found, words=form.words)
    ):
        return redirect(PAGE)
    # What it says now, which may be why it was refused.
    mirror.refresh_from_db()
    context |= {"form": form, "error": form.is_bound, "shown": _shown(mirror, side)}
    status = 422 if form.is_bound else 200
    return render(request, "survey/mirror.html", context, status=status)


def _find(held: Held | None) -> MirrorAsk | None:
    if held is None:
        return None
    rows = MirrorAsk.objects.filter(
        reachable("contact__"),
        pk=held.pk,
        version=held.version,
        mirror__relationship__archived_at=None,
    )
    return rows.select_related(
        "contact",
        "mirror__relationship__client",
        "mirror__relationship__supplier",
    ).first()


def _shown(mirror: Mirror, side: Side) -> Any:
    """What both wrote, once both have; None before."""
    if mirror.revealed_at is None:
        return None
    found = mirrors(mirror.relationship_id, side).revealed
    return next((one for one in found if one.on == mirror.revealed_at), None)


def _about(found: MirrorAsk) -> dict[str, Any]:
    mirror, side = found.mirror, Side(found.side)
    relationship = mirror.relationship
    return {
        "mirror": mirror,
        "own": getattr(relationship, side.value),
        "other": getattr(relationship, side.other.value),
        "relationship": relationship,
        "pair": f"{relationship.client.name} / {relationship.supplier.name}",
    }


_MAILED = MailedLink(
    purpose=Purpose.MIRROR,
    find=_find,
    about=_about,
    beginning="survey/mirror_start.html",
    page="mirror-link-part",
)


@by_link("GET", "HEAD", "POST")
def from_link(request: HttpRequest, token: str) -> HttpResponse:
    """What the mailed link opens; its button goes on to the part."""
    return _MAILED.opened(request, token)
