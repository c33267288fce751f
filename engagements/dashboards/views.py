"""Home, relationships, one relationship, search."""

from __future__ import annotations

import csv
from datetime import date
from uuid import UUID

from django.http import Http404, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from engagements import access
from engagements.boards.queries.promised import open_promises
from engagements.dashboards import (
    export,
    finding,
    health,
    home,
    lists,
    narrowing,
    relationship,
    waiting,
)
from engagements.dashboards.timeline import FILTERS, timeline
from engagements.interactions import composer
from engagements.models import Health, Relationship, RelationshipSide, TeamRole
from engagements.relationships.guard_words import Guarded, guarded, leaving
from engagements.relationships.handovers import ahead
from engagements.reviews.queries.running import is_free, running_on
from engagements.web import SignedInRequest, render_part
from engagements.wording import harmless_cell

LIST = "engagements/dashboards/relationships.html"
PALETTE_ROWS = 8
RESULT_ROWS = 50
_LANDING = {
    "executive": "engagements:portfolio",
    "account_manager": "engagements:home",
    "administrator": "engagements:contracts",
}


@require_safe
def start(request: SignedInRequest) -> HttpResponse:
    """Each role lands where its work begins."""
    standing = access.require_standing(request)
    return HttpResponseRedirect(reverse(_LANDING[standing.role]))


@require_safe
def my_day(request: SignedInRequest) -> HttpResponse:
    """What is due, who has gone silent, what is half written."""
    standing = access.require_standing(request)
    today = timezone.localdate()
    sides = RelationshipSide.objects.seen_by(request.user).active()
    mine = lists.relationships(
        request.user, lists.Asked.of(QueryDict("owner=me")), page=1, today=today
    )
    silent = home.silent(sides, today)
    planned, begun = home.ahead(standing, request.user)
    promised = open_promises(standing)
    context = {
        "today": today,
        "asked": waiting.asked(request.user, promised, today),
        "groups": home.due(standing, promised, today),
        "silent": silent,
        # Where there is nobody to speak to, nothing can be said of the rhythm.
        "knows_somebody": bool(silent or mine.object_list) or sides.exists(),
        "meetings": planned,
        "drafts": begun,
        "relationships": mine,
        "mine": home.moved(list(mine.object_list)),
    }
    return render(request, "engagements/dashboards/home.html", context)


@require_safe
def relationships(request: SignedInRequest) -> HttpResponse:
    """The list: one row a relationship, narrowed and sorted by the address."""
    standing = access.require_standing(request)
    asked = lists.Asked.of(request.GET)
    page = lists.relationships(
        request.user, asked, page=request.GET.get("page", 1), today=timezone.localdate()
    )
    query = request.GET.copy()
    query.pop("page", None)
    unsorted = query.copy()
    unsorted.pop("sort", None)
    context = {
        "asked": asked,
        "page": page,
        "query": query.urlencode(),
        "unsorted": unsorted.urlencode(),
        "states": Health.choices,
        "views": [(key, words) for key, (words, _rule) in narrowing.NARROWINGS.items()],
        "segments": Relationship.Segment.choices,
        "can_create": standing.administers,
    }
    return render_part(request, LIST, "list", context)


@require_safe
def relationships_file(request: SignedInRequest) -> HttpResponse:
    """The same list, all of its rows, for a spreadsheet."""
    access.require_standing(request)
    asked = lists.Asked.of(request.GET)
    response = HttpResponse(content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="relationships.csv"'
    # Spreadsheets read UTF-8 only with its mark.
    response.write("\ufeff")
    file = csv.writer(response)
    file.writerow(export.HEADS)
    for row in export.rows(request.user, asked, timezone.localdate()):
        file.writerow([harmless_cell(cell) for cell in row])
    return response


@require_safe
def one_relationship(request: SignedInRequest, pk: UUID) -> HttpResponse:
    """Both sides face to face and one timeline of everything."""
    as_other = request.GET.get("as") == "other"
    access.require_standing(request)
    view = relationship.viewpoint(request.user, pk, as_other=as_other)
    if view is None:
        raise Http404
    context = relationship_context(request, view)
    return render(request, "engagements/dashboards/relationship.html", context)


def relationship_context(
    request: SignedInRequest, view: relationship.Viewpoint
) -> dict[str, object]:
    """What the relationship page shows."""
    today = timezone.localdate()
    only = request.GET.get("only", "")
    team = relationship.team(view, today)
    can_edit = relationship.may_edit(view, team, request.user)
    return {
        **_of_reviews(view, today, can_edit=can_edit),
        "guarded": _guarded(view, team, today),
        "composer": _written_here(request, view, team),
        "view": view,
        "relationship": view.own.relationship,
        "today": today,
        "only": only,
        "filters": [(key, words) for key, (words, _k) in FILTERS.items()],
        "query": _kept_query(request),
        "timeline": timeline(view, only=only, page=request.GET.get("page", "1")),
        **vars(relationship.around(view, today)),
        "team": team,
        "missing": relationship.missing_roles(team),
        "counts": relationship.counts(view, team),
        "can_edit": can_edit,
    }


def _of_reviews(
    view: relationship.Viewpoint, today: date, *, can_edit: bool
) -> dict[str, object]:
    """How it is, what is under way, and until the first review the own reading."""
    found = health.shown(view.own, today)
    running = running_on(view.other if view.as_other else view.own)
    ahead = view.own.relationship.next_review_on
    return {
        "health": found,
        "running": running,
        "not_set_up": ahead is not None
        and ahead < today
        and not any(row.blocks for row in running),
        "may_start": can_edit and is_free(view.own, running),
        "reading": relationship.own_reading(view, found.review),
    }


def _guarded(
    view: relationship.Viewpoint, team: list[TeamRole], today: date
) -> list[Guarded]:
    """What endangers it, as the own side sees it; who leaves, by a query if any."""
    if view.as_other:
        return []
    ends = any(row.to_on and row.role == TeamRole.Role.INTERFACE for row in team)
    found = leaving(view.own, ahead(view.own, today)) if ends else []
    return guarded(view.own) + found


def _written_here(
    request: SignedInRequest, view: relationship.Viewpoint, team: list[TeamRole]
) -> dict[str, object] | None:
    """The composer; the other side's view is only read."""
    if view.as_other:
        return None
    return composer.composer(
        by=access.require_standing(request),
        own=view.own,
        team=team,
    )


def _kept_query(request: SignedInRequest) -> str:
    """The address without its page: the pages of the timeline keep the rest."""
    query = request.GET.copy()
    query.pop("page", None)
    query.pop("saved", None)
    return query.urlencode()


@require_safe
def search(request: SignedInRequest) -> HttpResponse:
    """Everything whose name has words beginning like these."""
    access.require_standing(request)
    question = request.GET.get("q", "").strip()[:100]
    found = finding.found(request.user, question, most=RESULT_ROWS)
    context = {"q": question, "found": found}
    return render(request, "engagements/dashboards/search.html", context)


@require_safe
def palette(request: SignedInRequest) -> HttpResponse:
    """The rows of the palette; a browser without script gets the full page."""
    access.require_standing(request)
    question = request.GET.get("q", "").strip()[:100]
    found = finding.found(request.user, question, most=PALETTE_ROWS)
    context = {"q": question, "found": found}
    return render_part(request, "engagements/dashboards/search.html", "rows", context)
