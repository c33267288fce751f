"""The calendar of planned health reviews, and how their figures are computed."""

from __future__ import annotations

from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from accounts.models import User
from engagements import access
from engagements.models import InstrumentVersion, RelationshipSide
from engagements.reviews.explanation.sections import explained
from engagements.reviews.explanation.units import percent
from engagements.reviews.instrument.content import ENGLISH, Module
from engagements.reviews.instrument.library import content_of, rhr_8
from engagements.reviews.instrument.thresholds import method_of
from engagements.reviews.queries import calendar as queries
from engagements.reviews.queries.instruments import explainable
from engagements.reviews.queries.running import MOST, running
from engagements.reviews.queries.waves import finished
from engagements.web import SignedInRequest

# More would be no list any more.
ALL = 500


@require_safe
def reviews(request: SignedInRequest) -> HttpResponse:
    """What is under way and whose turn it is; when the next reviews open."""
    access.require_standing(request)
    asked = request.GET.get("relationship", "")
    count, under_way = running(
        request.user, asked, most=ALL if "all" in request.GET else MOST
    )
    page, months = queries.calendar(
        request.user,
        timezone.localdate(),
        relationship=asked,
        page=request.GET.get("page", 1),
    )
    done = finished(request.user, asked)
    empty = not (asked or page.paginator.count or count or done)
    context = {
        "page": page,
        "months": months,
        "asked": asked,
        "query": "",
        "unplanned": queries.unplanned(request.user),
        "running": under_way,
        "running_count": count,
        "finished": done,
        **_beginning(request.user, asked, empty=empty),
    }
    return render(request, "engagements/reviews/reviews.html", context)


def _beginning(user: User, asked: str, *, empty: bool) -> dict[str, bool]:
    """What the reader may begin; `bare` while there is no relationship to review."""
    bare = empty and not RelationshipSide.objects.seen_by(user).exists()
    return {
        "bare": bare,
        "can_create": access.can_create_relationships(user),
        "may_start": not bare and _may_start(user, asked),
    }


def _may_start(user: User, asked: str) -> bool:
    """Of the one relationship the page is about, else of any."""
    if not asked:
        return access.can_start_reviews(user)
    edited = RelationshipSide.objects.edited_by(user)
    return edited.filter(relationship=queries.id_of(asked)).exists()


@require_safe
def method(request: SignedInRequest) -> HttpResponse:
    """What a version asks, and how each figure is computed from the answers."""
    access.require_standing(request)
    version = _asked_version(request)
    content = rhr_8() if version is None else content_of(version)
    core = [one for one in content.items if one.module is Module.CORE]
    context = {
        "content": content,
        "title": content.title[ENGLISH],
        "version": version,
        "topics": [
            (
                topic,
                percent(topic.weight),
                [one for one in core if one.dimension == topic.key],
            )
            for topic in content.dimensions
        ],
        "labels": content.scale.labels[ENGLISH],
        "sections": list(explained(method_of(version.method if version else {}))),
    }
    return render(request, "engagements/reviews/method.html", context)


def _asked_version(request: SignedInRequest) -> InstrumentVersion | None:
    """The version an address names; none of them is the one that is supplied."""
    asked = request.GET.get("version", "")
    if not asked:
        return None
    try:
        key = UUID(asked)
    except ValueError:
        raise Http404 from None
    rows = explainable(request.user).select_related("organisation")
    return get_object_or_404(rows, pk=key)
