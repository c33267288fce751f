"""The members' votes on what was delivered; read behind the door alone."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from engagements.boards.queries.boards import open_meeting
from engagements.boards.queries.report import Report
from engagements.boards.queries.room_drafts import present_or_all
from engagements.boards.support import FEW, verdict_of
from engagements.models import (
    BoardSeat,
    Recommendation,
    VerdictHands,
    VerdictVote,
)

Verdict = Recommendation.Verdict


@dataclass(frozen=True)
class Votes:
    """What the members said of a recommendation: by hand where hands were counted in
    the room, else each by the own link."""

    by_hand: bool
    counts: Counter[str]

    @property
    def total(self) -> int:
        """So many said something."""
        return self.counts.total()

    @property
    def enough(self) -> bool:
        """A verdict of so many tells nobody's vote."""
        return self.total >= FEW

    @property
    def verdict(self) -> str:
        """What more than half say; empty where no answer has that."""
        return verdict_of(self.counts)

    @property
    def said(self) -> list[tuple[str, int]]:
        """Each answer with how many gave it."""
        return [(str(one.label), self.counts[one.value]) for one in Recommendation.SAID]


def votes_for(row: Recommendation) -> Votes:
    """Hands replace the votes by link, so that nobody counts twice: two queries."""
    hands = VerdictHands.objects.filter(recommendation=row).first()
    if hands is None:
        return Votes(by_hand=False, counts=votes_on([row])[row.pk])
    counted = {
        Verdict.DONE: hands.done,
        Verdict.PARTLY: hands.partly,
        Verdict.NOT: hands.undone,
    }
    return Votes(by_hand=True, counts=Counter({str(k): n for k, n in counted.items()}))


def most_hands(row: Recommendation) -> int:
    """So many hands there can be: of those present at the meeting that is open, else of
    all who sit."""
    return present_or_all(row.board_id, open_meeting(row.board_id))


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
