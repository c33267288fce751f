"""The calendar of planned health reviews."""

from __future__ import annotations

from itertools import groupby

from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from engagements import access
from engagements.models import HealthReview, Relationship
from engagements.web import SignedInRequest, page_of
from engagements.wording import month_words


@require_safe
def reviews(request: SignedInRequest) -> HttpResponse:
    """The next review of each relationship, by month."""
    access.require_standing(request)
    asked = request.GET.get("relationship", "")[:36]
    rows: QuerySet[HealthReview] = (
        HealthReview.objects.visible_to(request.user)
        .planned()
        .filter(relationship__archived_at=None)
        .select_related("relationship__client", "relationship__supplier")
        .order_by("opens_on", "pk")
    )
    if asked:
        rows = _of_relationship(rows, asked)
    page = page_of(request, rows)
    months = [
        (month_words(month), list(found))
        for month, found in groupby(
            page.object_list, key=lambda row: row.opens_on.replace(day=1)
        )
    ]
    context = {"page": page, "months": months, "query": "", "asked": asked}
    return render(request, "engagements/reviews/reviews.html", context)


def _of_relationship(
    rows: QuerySet[HealthReview], asked: str
) -> QuerySet[HealthReview]:
    try:
        return rows.filter(relationship=Relationship._meta.pk.to_python(asked))
    except ValidationError:
        return rows.none()
