"""What the own boards were promised: one's own, and what nobody owns."""

from __future__ import annotations

from django.db.models import Exists, OuterRef, Q, QuerySet

from engagements.boards.queries.to_answer import with_executive
from engagements.models import Recommendation, RecommendationPromise, Standing

_SHOWN = 80


def open_promises(standing: Standing) -> list[RecommendationPromise]:
    """One's own that are not done, and for those who answer for the host what nobody
    owns any more: one query, none where no board is hosted."""
    if not standing.hosts_boards:
        return []
    rows = _open().filter(recommendation__board__supplier=standing.organisation)
    wanted = Q(owner=standing.contact)
    if standing.reads_everything:
        wanted |= _to_give(standing)
    related = "recommendation__board", "owner"
    found = rows.filter(wanted).select_related(*related).order_by("due_on", "pk")
    return list(found[:_SHOWN])


def _open() -> QuerySet[RecommendationPromise]:
    rows = RecommendationPromise.objects.with_owned().filter(
        done_on=None, recommendation__board__archived_at=None
    )
    return rows.exclude(recommendation__state__in=Recommendation.OVER)


def _to_give(standing: Standing) -> Q:
    unowned = Q(is_owned=False)
    if not standing.administers:
        return unowned
    # As their mails: an administrator where there is no executive.
    return unowned & ~Q(recommendation__board__supplier__in=with_executive())


def unowned() -> Exists:
    """Whether something promised for a recommendation is not done and has no owner."""
    rows = _open().filter(Q(is_owned=False), recommendation=OuterRef("pk"))
    return Exists(rows.order_by())
