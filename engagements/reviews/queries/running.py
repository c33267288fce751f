"""The reviews somebody has begun: what is next in each, and whose turn it is."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import (
    Case,
    Exists,
    OuterRef,
    Prefetch,
    Q,
    QuerySet,
    Subquery,
    When,
    prefetch_related_objects,
)
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from engagements.models import (
    HealthReview,
    RelationshipSide,
    ReviewConfirmation,
    Side,
    standing_of,
)
from engagements.reviews.queries.calendar import id_of
from engagements.reviews.queries.short import is_kept_back
from engagements.reviews.queries.under_way import asked_of
from engagements.reviews.turns import Turn, turn_of

MOST = 50
_FEW = 3
# At most one of a relationship is not over, and none begins later than it: among so
# many of the newest are all that go on.
_LAST = 8
_PRINTED = (
    "relationship_id",
    "form",
    "state",
    "mode",
    "few_raters_reason",
    "owner_side",
    "opens_on",
    "closes_on",
    "publish_by",
    "discuss_by",
    "agree_by",
)
State = HealthReview.State
_BEGUN = (State.DRAFT, *HealthReview.RUNNING)
_TO_TALK = (State.INSUFFICIENT, State.RELEASED, State.DISCUSSED)


@dataclass(frozen=True)
class Running:
    """One review that somebody has begun, as a list prints it."""

    pk: UUID
    side: str
    counterpart: str
    scope: str
    form: str
    state: str
    opens_on: date
    closes_on: date
    turn: Turn
    ours: bool
    # Until it is over no other can be begun.
    blocks: bool


def running(
    user: User, relationship: str = "", *, most: int = MOST
) -> tuple[int, list[Running]]:
    """(how many, the first of them): what waits for the own side before what does not,
    the nearest day first, talks that are overdue last. Two queries, one more where
    one is being set up, one where one could not open on its day.

    `relationship` is an id as an address has it; a wrong one finds nothing.
    """
    standing = standing_of(user)
    if standing is None:
        return 0, []
    own = RelationshipSide.objects.filter(
        relationship=OuterRef("relationship"), acted_by=standing.organisation
    )
    rows = _begun(HealthReview.objects.visible_to(user))
    if relationship:
        rows = rows.filter(relationship=id_of(relationship))
    found = list(
        rows.annotate(own_side=Subquery(own.values("side")[:1]))
        .select_related("relationship__client", "relationship__supplier")
        .order_by(Case(When(state__in=_BEGUN, then=0), default=1), "opens_on", "pk")[
            :most
        ]
    )
    count = rows.count() if len(found) == most else len(found)
    return count, _ours_first(_line(row) for row in _with_people(found))


def running_on(side: RelationshipSide) -> list[Running]:
    """The same of one relationship that may be read, as one side: one query, and the
    same two where they are needed."""
    if side.archived:
        return []
    rows = HealthReview.objects.filter(relationship=side.relationship_id)
    set_up = rows.exclude(set_up_at=None).exclude(state=State.CANCELLED)
    last = list(set_up.only(*_PRINTED).order_by("-opens_on", "pk")[:_LAST])
    found = [
        row
        for row in last
        if row.state in _BEGUN
        or (row.state in _TO_TALK and row.opens_on == last[0].opens_on)
    ][:_FEW]
    for row in found:
        row.relationship = side.relationship
        row.own_side = side.side  # type: ignore[attr-defined]  # as `running` does
    return _ours_first(_line(row) for row in _with_people(found))


def is_free(side: RelationshipSide, lines: Iterable[Running]) -> bool:
    """Whether a review of it can be begun: it is active, and none is being held."""
    active = not side.archived and (side.live_contracts > 0 or side.marked_active)
    asked = side.relationship.proposed_to
    return active and not asked and not any(row.blocks for row in lines)


def _ours_first(lines: Iterable[Running]) -> list[Running]:
    """Talks whose day has passed come last: what is live must not wait behind them."""
    today = timezone.localdate()

    def rank(line: Running) -> tuple[bool, bool, date]:
        until = line.turn.until or line.closes_on
        return not line.blocks and until < today, not line.ours, until

    return sorted(lines, key=rank)


def _with_people(rows: Iterable[HealthReview]) -> list[HealthReview]:
    """With what was asked of those being set up, and with the people of those whose
    day has come and that have not opened: a query each, none where there is none."""
    found, today = list(rows), timezone.localdate()
    asked = Prefetch(
        "confirmations", queryset=ReviewConfirmation.objects.order_by("round")
    )
    prefetch_related_objects([one for one in found if one.state == State.DRAFT], asked)
    due = [one for one in found if one.state == State.SCHEDULED]
    prefetch_related_objects([one for one in due if one.opens_on <= today], "raters")
    return found


def _begun(rows: QuerySet[HealthReview]) -> QuerySet[HealthReview]:
    """Set up and not over; one that was talked about, while it is the last."""
    later = HealthReview.objects.filter(
        relationship=OuterRef("relationship"),
        set_up_at__isnull=False,
        opens_on__gt=OuterRef("opens_on"),
    ).exclude(state=State.CANCELLED)
    begun = rows.filter(relationship__archived_at=None).exclude(set_up_at=None)
    return begun.filter(Q(state__in=_BEGUN) | (Q(state__in=_TO_TALK) & ~Exists(later)))


def _line(row: HealthReview) -> Running:
    own: str | None = row.own_side  # type: ignore[attr-defined]  # annotated above
    other = Side(own).other if own else Side.SUPPLIER
    asked = _asked(row)
    kept_back = is_kept_back(row, row.raters.all(), timezone.localdate())
    turn = turn_of(row, asked, kept_back=kept_back)
    return Running(
        pk=row.pk,
        side=other.value,
        counterpart=getattr(row.relationship, other.value).name,
        scope=row.relationship.scope,
        form=str(row.get_form_display()),
        state=_word(row),
        opens_on=row.opens_on,
        closes_on=row.closes_on,
        turn=turn,
        ours=turn.is_of(own),
        blocks=row.state in _BEGUN,
    )


def _asked(row: HealthReview) -> Mapping[str, ReviewConfirmation]:
    """What the sides were asked about people and days, while it is being set up."""
    if row.state != State.DRAFT:
        return {}
    return asked_of(row.confirmations.all()).people_and_days


def _word(row: HealthReview) -> str:
    """Its state; one that is set up is more than planned."""
    if row.state == State.DRAFT:
        return _("Being set up")
    return str(row.get_state_display())
