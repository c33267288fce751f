"""The executive's page: how the portfolio is, who needs somebody, what is not known."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from functools import partial
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from engagements import access
from engagements.boards.queries.needing import needing as board_asks
from engagements.dashboards import attention, portfolio
from engagements.dashboards.across import across
from engagements.dashboards.by_topic import FEWEST, WORST, by_topic, page_of
from engagements.dashboards.by_value import by_value
from engagements.dashboards.measures import Measures, measures
from engagements.dashboards.rows import (
    WORST_SHOWN,
    Rows,
    in_order,
    longest_silent,
    rows_of,
)
from engagements.models import Health, RelationshipSide
from engagements.web import SignedInRequest


@require_safe
def executive(request: SignedInRequest) -> HttpResponse:
    """How the relationships are, which need somebody, why, and what was promised."""
    standing = access.require_standing(request)
    today = timezone.localdate()
    user = request.user
    summary = portfolio.summary(user, today)
    beside = across(user, today)
    health = measures(summary.counted, beside.followed)
    ranks = attention.first(user, today)
    rows = rows_of(user, ranks, health.currency)
    chosen = attention.needing(ranks, rows)
    context = {
        "today": today,
        "summary": summary,
        "health": health,
        # Asked by a page that says there is no review yet, and by no other.
        "may_start": partial(access.can_start_reviews, user),
        "board_asks": board_asks(standing, today),
        "attention": attention.attention(user, chosen, ranks, rows, today),
        "contacts": longest_silent(rows),
        "issues": beside.issues,
        "renewals": portfolio.deadlines(user, today),
        **_pictures(rows, chosen, health, today),
    }
    return render(request, "engagements/dashboards/portfolio.html", context)


def _pictures(
    rows: Rows, chosen: Collection[UUID], health: Measures, today: date
) -> dict[str, object]:
    """The chart and the table; of a few relationships a plain list of all."""
    ordered = in_order(rows)
    if len(ordered) < FEWEST:
        return {"plain": by_topic(ordered, today, with_reasons=True)}
    worst = [row for row in ordered if row.health != Health.NONE][:WORST_SHOWN]
    return {
        "heat": by_topic(worst, today),
        "by_value": by_value(rows, chosen, health.currency, health.of.total()),
    }


@require_safe
def health(request: SignedInRequest) -> HttpResponse:
    """Every relationship by topic, in the order the address asks for."""
    access.require_standing(request)
    sides = RelationshipSide.objects.seen_by(request.user).active()
    sort = request.GET.get("sort", WORST)[:40]
    page, table = page_of(
        sides, sort, request.GET.get("page", "1"), timezone.localdate()
    )
    query = request.GET.copy()
    query.pop("page", None)
    context = {"page": page, "heat": table, "sort": sort, "query": query.urlencode()}
    return render(request, "engagements/dashboards/by_topic.html", context)
