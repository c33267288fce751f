"""Reads of joint issues. Nothing here counts, filters or orders by side."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from statistics import median
from typing import Any

from django.db.models import (
    Count,
    Exists,
    Min,
    OuterRef,
    Q,
    QuerySet,
)
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

from accounts.models import User
from engagements.models import (
    Commitment,
    IssueAccount,
    IssueCorrection,
    IssueSide,
    JointIssue,
    Relationship,
    RelationshipSide,
    Side,
)

# Back within this time after closing counts as a recurrence.
WITHIN = timedelta(days=90)
# More than these are a list to read, not a question.
MOST_LATELY = 3


def issues(
    user: User, relationship: Relationship | None = None
) -> QuerySet[JointIssue]:
    """The issues a person may read, those open first, the newest first."""
    rows = JointIssue.objects.visible_to(user).filter(relationship__archived_at=None)
    if relationship is not None:
        rows = rows.filter(relationship=relationship)
    return rows.select_related(
        "relationship__client", "relationship__supplier"
    ).order_by("closed_on", "-opened_on", "pk")


# Ways to narrow the list, as its address names them: words, and which rows.
AGES: dict[str, str | Promise] = {
    "open": gettext_lazy("Open"),
    "young": gettext_lazy("Open up to 10 business days"),
    "old": gettext_lazy("Open longer"),
}


def of_age(rows: QuerySet[JointIssue], age: str, today: date) -> QuerySet[JointIssue]:
    """Those of an age in `AGES`, the oldest first; all of them for any other word."""
    if age not in AGES:
        return rows
    old = Q(young_until__lt=today)
    which = {"open": Q(), "young": ~old, "old": old}[age]
    is_open = ~Q(state__in=JointIssue.OVER)
    return rows.filter(is_open, which).order_by("opened_on", "pk")


@dataclass(frozen=True)
class ByAge:
    """How many issues are open, and for how many days the oldest is."""

    young: int
    old: int
    oldest: int


def by_age(rows: Iterable[tuple[str, int, int, date]], today: date) -> ByAge | None:
    """Of the rows of `counted`; None where no issue is open."""
    found = list(rows)
    if not found:
        return None
    old = sum(row[2] for row in found)
    oldest = min(row[3] for row in found)
    return ByAge(sum(row[1] for row in found) - old, old, (today - oldest).days)


def counted(user: User, today: date) -> QuerySet:
    """State, open issues, those open longer, the oldest: of all one may read."""
    # Asked of each issue: there are fewer of them than of relationships.
    sides = RelationshipSide.objects.seen_by(user).active().order_by()
    here = Exists(sides.filter(relationship=OuterRef("relationship")))
    rows = of_age(JointIssue.objects.filter(here), "open", today)
    return (
        rows.order_by()
        .values_list("state")
        .annotate(
            all=Count("pk"),
            old=Count("pk", filter=Q(young_until__lt=today)),
            since=Min("opened_on"),
        )
    )


def lately(rows: QuerySet, today: date) -> QuerySet:
    """The newest of what happened or was opened within 90 days: what may be back."""
    since = today - WITHIN
    recent = rows.filter(Q(happened_on__gte=since) | Q(opened_on__gte=since))
    return recent.order_by("-happened_on", "-opened_on", "pk")[:MOST_LATELY]


@dataclass(frozen=True)
class Figures:
    """What is measured: days until both agree on the facts, and recurrence."""

    open: int
    agreed: int
    days: float | None
    closed: int
    recurred: int

    @property
    def rate(self) -> int | None:
        """Per cent of those closed that came back; None while none is closed."""
        return round(100 * self.recurred / self.closed) if self.closed else None


def figures(rows: QuerySet) -> Figures:
    """Two queries, whatever their number."""
    found = list(rows.select_related(None).order_by())
    days = [row.days_to_facts for row in found if row.days_to_facts is not None]
    closed = {row.pk: row for row in found if row.closed_on}
    return Figures(
        open=len(found) - len(closed),
        agreed=len(days),
        days=median(days) if days else None,
        closed=len(closed),
        recurred=len(_recurred(closed, found)),
    )


def _recurred(closed: dict, found: Iterable[JointIssue]) -> set:
    said = IssueSide.objects.filter(issue__in=closed, check_answer="back")
    back = set(said.values_list("issue_id", flat=True))
    for row in found:
        earlier = closed.get(row.recurrence_of_id)
        if earlier is not None and row.opened_on <= earlier.closed_on + WITHIN:
            back.add(earlier.pk)
    return back


def differ(both: Iterable[IssueSide]) -> bool:
    """Whether one side says it has come back and the other that it has not."""
    return len({seat.check_answer for seat in both if seat.check_answer}) > 1


def account_words(issue: JointIssue, side: str) -> dict[str, str]:
    """The own account as it is kept, for a form of that side: one query."""
    row = IssueAccount.objects.filter(seat__issue=issue, seat__side=side).first()
    return {"text": row.text if row else "", "impact": row.impact if row else ""}


def facts_words(issue: JointIssue) -> dict[str, Any]:
    """The facts and what they touch, as a form shows them."""
    return {"facts": issue.facts, "dimensions": issue.dimensions}


def plain_words(issue: JointIssue) -> dict[str, Any]:
    """What an issue says of itself and both may put right, as a form shows it."""
    return {name.value: getattr(issue, name) for name in IssueCorrection.What}


def corrections(issue: JointIssue) -> list[IssueCorrection]:
    """What was put right, or is asked to be, in the order it was said: one query."""
    return list(issue.corrections.select_related("by", "answered_by"))


def milder(rows: Iterable[IssueCorrection], side: str) -> IssueCorrection | None:
    """What the other side asks this one to read as less severe."""
    return next((row for row in rows if row.is_asked and row.side != side), None)


def own_milder(rows: Iterable[IssueCorrection], side: str) -> IssueCorrection | None:
    """What this side asks the other, and may take back."""
    return next((row for row in rows if row.is_asked and row.side == side), None)


@dataclass(frozen=True)
class Half:
    """One side of an issue as a reader may see it; `account` None while sealed."""

    seat: IssueSide
    organisation: str
    account: IssueAccount | None
    is_own: bool
    agrees: bool


def halves(issue: JointIssue, own: str) -> list[Half]:
    """Both sides, the client first: two queries, and one once both are revealed."""
    rows = issue.sides.select_related("contact")
    if issue.revealed_at is None:
        sealed = IssueAccount.objects.filter(seat__issue=issue).readable_by(own)
        accounts = {row.seat_id: row for row in sealed}
    else:
        rows = rows.select_related("account")
        accounts = {row.pk: row.account for row in rows}
    seats = {row.side: row for row in rows}
    return [
        Half(
            seat=seats[side],
            organisation=getattr(issue.relationship, side.value).name,
            account=accounts.get(seats[side].pk),
            is_own=side == own,
            agrees=0 < issue.facts_round == seats[side].agreed_round,
        )
        for side in Side
    ]


def promises(issue: JointIssue) -> QuerySet[Commitment]:
    """What both sides will change."""
    rows = Commitment.objects.filter(
        Q(origin_kind=Commitment.Origin.ISSUE, origin_id=issue.pk)
    )
    return rows.select_related("owner").order_by("original_due_on", "pk")
