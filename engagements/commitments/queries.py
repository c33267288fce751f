"""Reads of promises: the list, and how many each side kept."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Count, F, OuterRef, Q, QuerySet, Subquery
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from engagements.models import (
    Commitment,
    Contact,
    Interaction,
    PromiseAsk,
    Recommendation,
    RecommendationPromise,
    Relationship,
    ReviewConfirmation,
    Side,
    Standing,
    TeamRole,
)

Commitments = QuerySet[Commitment]
# What the list of what was asked names.
_SHOWN = ("asked", "organisation", "relationship__client", "relationship__supplier")
# A no stands in the list of promises for so long, and no more than so many rows.
_LATELY = timedelta(days=30)
_MOST = 50


def _open(rows: Commitments, today: date) -> Commitments:
    return rows.filter(done_at=None, cancelled_at=None)


def _late(rows: Commitments, today: date) -> Commitments:
    return _open(rows, today).filter(original_due_on__lt=today)


def _done(rows: Commitments, today: date) -> Commitments:
    return rows.filter(done_at__isnull=False)


def _unverified(rows: Commitments, today: date) -> Commitments:
    return _done(rows, today).filter(verified_at=None)


STATES: dict[str, tuple[str | Promise, Callable[[Commitments, date], Commitments]]] = {
    "open": (_("Open"), _open),
    "late": (_("Late"), _late),
    "done": (_("Done"), _done),
    "unverified": (_("Done, not verified"), _unverified),
}


@dataclass(frozen=True)
class Asked:
    """What the list is asked for, as it stands in the address."""

    state: str
    side: str
    relationship: str
    mine: bool

    @classmethod
    def of(cls, query: Mapping[str, str]) -> Asked:
        """Read an address; what it does not know counts as not asked."""
        state, side = query.get("state", ""), query.get("side", "")
        return cls(
            state=state if state in STATES else "",
            side=side if side in Side.values else "",
            relationship=query.get("relationship", "")[:36],
            mine=query.get("mine") == "1",
        )

    @property
    def known_relationship(self) -> UUID | None:
        """The id an address names; None for what is no id, which finds nothing."""
        try:
            return UUID(self.relationship)
        except ValueError:
            return None


def commitments(user: User, asked: Asked, today: date) -> Commitments:
    """The promises a person may read that fit, the soonest first agreed first."""
    rows: Commitments = Commitment.objects.visible_to(user).filter(
        relationship__archived_at=None
    )
    if asked.state:
        rows = STATES[asked.state][1](rows, today)
    if asked.side:
        rows = rows.filter(side=asked.side)
    if asked.mine:
        rows = rows.filter(owner__user=user)
    if asked.relationship:
        rows = rows.filter(relationship=asked.known_relationship)
    return rows.select_related(
        "owner", "relationship__client", "relationship__supplier"
    ).order_by(F("done_at").asc(nulls_first=True), "original_due_on", "pk")


def with_talks(rows: Commitments, standing: Standing) -> Commitments:
    """The same, with the conversation each was made in where one may read it."""
    talks = _talks(standing).filter(pk=OuterRef("origin_id"))
    return rows.annotate(talk=Subquery(talks.values("pk")))


def talk(standing: Standing, row: Commitment) -> UUID | None:
    """The conversation one promise was made in, where one may read it: one query."""
    found = _talks(standing).filter(pk=row.origin_id or row.pk)
    return found.values_list("pk", flat=True).first()


def _talks(standing: Standing) -> QuerySet[Interaction]:
    return Interaction.objects.own_or_shared(standing.organisation).order_by()


@dataclass(frozen=True)
class Kept:
    """One side's promises as a viewer may read them.

    `kept`: done on or before the date first agreed. `passed`: that date is over, less
    what both sides let go. Unknown while nothing has passed.
    """

    side: str
    open: int
    late: int
    passed: int
    kept: int
    verified: int

    @property
    def share(self) -> int | None:
        """Per cent kept on time; None while no date has passed."""
        return round(100 * self.kept / self.passed) if self.passed else None


def kept(commitments: Commitments, today: date) -> list[Kept]:
    """How each side kept its promises: one query."""
    passed = Q(original_due_on__lt=today, cancelled_at=None)
    rows = (
        commitments.order_by()
        .values("side")
        .annotate(
            open=Count("pk", filter=Q(done_at=None, cancelled_at=None)),
            late=Count("pk", filter=passed & Q(done_at=None)),
            passed=Count("pk", filter=passed),
            kept=Count("pk", filter=passed & Q(done_on__lte=F("original_due_on"))),
            verified=Count("pk", filter=passed & Q(verified_at__isnull=False)),
        )
    )
    by_side = {row["side"]: row for row in rows}
    nothing = {"open": 0, "late": 0, "passed": 0, "kept": 0, "verified": 0}
    counts: dict[Side, dict[str, Any]] = {
        side: dict(by_side.get(side.value, {})) for side in Side
    }
    return [
        Kept(side.value, **{name: row.get(name, 0) for name in nothing})
        for side, row in counts.items()
    ]


def asked_to_verify(commitment: Commitment) -> ReviewConfirmation | None:
    """Whom of the other side a mailed link asked to verify it; None for nobody.

    Only what is said to be done is asked: no query before that, and one then.
    """
    if commitment.done_at is None or commitment.verified_at is not None:
        return None
    rows = ReviewConfirmation.objects.filter(
        action__commitment=commitment, created_at__gte=commitment.done_at
    )
    return rows.select_related("contact").order_by("round").last()


def asked_promises(origin: UUID) -> QuerySet[PromiseAsk]:
    """What was asked where it comes from and is no promise: one query."""
    rows = PromiseAsk.objects.filter(
        origin_id=origin, commitment=None, taken_back_on=None
    )
    return rows.select_related(*_SHOWN).order_by("asked_on", "pk")


def asked_here(standing: Standing, origin: UUID) -> dict[str, Any]:
    """The same for a page of whoever is signed in, and who that is: what of it may be
    taken back or answered there."""
    return {
        "asks": asked_promises(origin),
        "acting": standing.organisation.pk,
        "me": standing.contact.pk,
    }


def not_promised(user: User, asked: Asked, today: date) -> QuerySet[PromiseAsk]:
    """What waits for an answer, or lately got a no, beside the open promises: one
    query, and none where the list is narrowed to others."""
    if asked.state not in {"", "open"}:
        return PromiseAsk.objects.none()
    lately = Q(answer=PromiseAsk.Answer.NO, answered_on__gte=today - _LATELY)
    rows = PromiseAsk.objects.visible_to(user).filter(
        Q(answer=PromiseAsk.Answer.NONE, taken_back_on=None) | lately,
        relationship__archived_at=None,
    )
    if asked.side:
        rows = rows.filter(side=asked.side)
    if asked.mine:
        rows = rows.filter(Q(owner__user=user) | Q(asked_by__user=user))
    if asked.relationship:
        rows = rows.filter(relationship=asked.known_relationship)
    return rows.select_related(*_SHOWN).order_by("-asked_on", "pk")[:_MOST]


def people_of(relationship: Relationship, side: Side) -> QuerySet[Contact]:
    """Who may own a promise of a side: its organisation's people and its team."""
    place = relationship.client_id if side == Side.CLIENT else relationship.supplier_id
    team = TeamRole.objects.current().filter(relationship=relationship, side=side)
    return Contact.objects.present().filter(
        Q(organisation=place) | Q(pk__in=team.order_by().values("contact"))
    )


def own_people(standing: Standing) -> QuerySet[Contact]:
    """Who may own a step: people of the own organisation."""
    return Contact.objects.present().filter(organisation=standing.organisation)


def to_boards(
    user: User, standing: Standing, asked: Asked, today: date
) -> list[RecommendationPromise]:
    """What the own organisation has promised its boards, the open first: one query,
    and none where it hosts no board. They stand on no client's page.

    Executives and administrators read all of it, others what they promised themselves.
    """
    if not standing.hosts_boards or asked.relationship or asked.side == Side.CLIENT:
        return []
    rows = RecommendationPromise.objects.filter(
        recommendation__board__supplier=standing.organisation,
        recommendation__board__archived_at=None,
    ).exclude(done_on=None, recommendation__state__in=Recommendation.OVER)
    if asked.mine or not standing.reads_everything:
        rows = rows.owned_by(user)
    if asked.state:
        rows = rows.filter(_OF_BOARDS[asked.state](today))
    rows = rows.with_owned().select_related("owner", "recommendation__board")
    return list(
        rows.order_by(F("done_on").asc(nulls_first=True), "original_due_on", "pk")
    )


# The states of the list, said of what a board was promised: its members verify.
_OF_BOARDS: dict[str, Callable[[date], Q]] = {
    "open": lambda today: Q(done_on=None),
    "late": lambda today: Q(done_on=None, original_due_on__lt=today),
    "done": lambda today: Q(done_on__isnull=False),
    "unverified": lambda today: (
        Q(done_on__isnull=False)
        & ~Q(recommendation__state=Recommendation.State.VERIFIED)
    ),
}
