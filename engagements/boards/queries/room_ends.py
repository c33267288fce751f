"""How what was said in a room ended; told to those who sit, and to nobody else."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from django.db.models import Count, Q, QuerySet

from engagements.models import BoardMeeting, Contribution

End, Kind = Contribution.End, Contribution.Kind


@dataclass(frozen=True)
class Ends:
    """Counts of one meeting; `conversion` in per cent, None without criticism."""

    said: int
    open: int
    recommendation: int
    issue: int
    withdrawn: int
    operational: int
    converted: int
    # Of the withdrawn those that were part of a draft nobody handed over.
    left_behind: int = 0

    @property
    def conversion(self) -> int | None:
        """How much operational criticism became part of a recommendation."""
        if not self.operational:
            return None
        return round(100 * self.converted / self.operational)


def unopened(meeting: BoardMeeting) -> QuerySet[Contribution]:
    """Parked for a joint issue that no member has opened."""
    return Contribution.objects.filter(meeting=meeting, ends_as=End.ISSUE, issue=None)


def ends(meeting: BoardMeeting) -> Ends:
    """One query."""
    rows = Contribution.objects.filter(meeting=meeting).order_by()
    behind = Count("pk", filter=Q(ends_as=End.WITHDRAWN, draft__isnull=False))
    by_end = rows.values_list("kind", "ends_as")
    found = list(by_end.annotate(n=Count("pk"), behind=behind))
    told = counted((kind, end, n) for kind, end, n, _behind in found)
    return replace(told, left_behind=sum(one[-1] for one in found))


def counted(rows: Iterable[tuple[str, str, int]]) -> Ends:
    """Of kinds and ends, and how many there are of each."""
    found = list(rows)

    def count(kind: str | None = None, end: str | None = None) -> int:
        return sum(n for k, e, n in found if kind in {None, k} and end in {None, e})

    return Ends(
        said=count(),
        open=count(end=End.NONE),
        recommendation=count(end=End.RECOMMENDATION),
        issue=count(end=End.ISSUE),
        withdrawn=count(end=End.WITHDRAWN),
        operational=count(Kind.OPERATIONAL),
        converted=count(Kind.OPERATIONAL, End.RECOMMENDATION),
    )
