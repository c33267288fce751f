"""The members' votes on what was delivered; read behind the door alone."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from uuid import UUID

from engagements.boards.queries.report import Report
from engagements.models import BoardSeat, Recommendation, VerdictVote


def votes_on(rows: Iterable[Recommendation]) -> dict[UUID, Counter[str]]:
    """How many members said what: one query.

    Whoever voted sat that day, and a vote that was given stays given. An organisation
    has one: that of its seat which came last.
    """
    wanted = [row.pk for row in rows]
    votes = VerdictVote.objects.filter(recommendation__in=wanted)
    rows_ = votes.order_by("seat__from_on", "seat__created_at", "pk").values_list(
        "recommendation_id", "seat__organisation_id", "verdict"
    )
    last = {(pk, place): verdict for pk, place, verdict in rows_}
    found: dict[UUID, Counter[str]] = {pk: Counter() for pk in wanted}
    for (pk, _place), verdict in last.items():
        found[pk][verdict] += 1
    return found


def own_votes(seat: BoardSeat, rows: Iterable[Recommendation]) -> dict[UUID, str]:
    """What a member has said: one query."""
    votes = VerdictVote.objects.filter(seat=seat, recommendation__in=list(rows))
    return dict(votes.values_list("recommendation_id", "verdict"))


def voted(seat: BoardSeat, report: Report) -> set[UUID] | None:
    """On which lines of a report a member has voted; None for whoever has no vote."""
    if seat.is_facilitator:
        return None
    return set(own_votes(seat, [line.row for line in report.lines]))
