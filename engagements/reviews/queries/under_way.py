"""One review before its result: who is asked, who has to do what next."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import F, OuterRef, QuerySet, Subquery
from django.urls import reverse

from accounts.models import User
from engagements.models import (
    HealthReview,
    Rater,
    RelationshipSide,
    ReviewConfirmation,
    standing_of,
)
from engagements.reviews import links
from engagements.reviews.scoring.disclosure import counts_shown
from engagements.reviews.turnout import turnout

Purpose = ReviewConfirmation.Purpose


@dataclass(frozen=True)
class SideAsked:
    """One side as the viewer may see it; `people` is None where names are not theirs.

    `answered` is there while it asks, for the own side, where enough were asked.
    """

    side: RelationshipSide
    count: int
    people: list[Rater] | None
    may_change: bool
    confirmation: ReviewConfirmation | None
    answered: int | None = None


def sides(
    review: HealthReview, user: User, *, may_edit: bool, facilitates: bool = False
) -> list[SideAsked]:
    """Both sides, the client first: four queries, two more while it asks."""
    standing = standing_of(user)
    own = standing.organisation.pk if standing else None
    rows = list(
        RelationshipSide.objects.filter(relationship=review.relationship_id)
        .select_related("organisation", "relationship")
        .order_by("side")
    )
    raters = list(
        review.raters.select_related("contact").order_by("group", "contact__name", "pk")
    )
    asked = _last_asked(review)
    counts = _answered(review, facilitates=facilitates, rows=rows, own=own)
    found = []
    for row in rows:
        people = [rater for rater in raters if rater.side == row.side]
        ours = row.acted_by_id == own or row.acted_by_id is None or facilitates
        found.append(
            SideAsked(
                side=row,
                count=len(people),
                people=people if ours else None,
                may_change=may_edit and row.acted_by_id in (None, own),
                confirmation=asked.get(row.side),
                answered=counts.get(row.side),
            )
        )
    return found


def demo_links(review: HealthReview) -> list[tuple[Rater, str]]:
    """In the invented world alone: everybody's own link, so that one can answer.

    One query while it asks; nothing for a real relationship.
    """
    places = (review.relationship.client, review.relationship.supplier)
    if not (review.is_asking and all(place.demo for place in places)):
        return []
    rows = review.raters.filter(revoked_at=None).select_related("contact")
    return [
        (row, reverse("engagements:answer", args=[_token(row)]))
        for row in rows.order_by("side", "contact__name", "pk")
    ]


def _token(rater: Rater) -> str:
    return links.token_of(links.Purpose.ANSWER, rater.pk, rater.link_version)


def _last_asked(review: HealthReview) -> dict[str, ReviewConfirmation]:
    """What each side was asked last about people and days; none once it is void."""
    rows = review.confirmations.filter(purpose=Purpose.RATERS).exclude(version=0)
    return {row.side: row for row in rows.select_related("contact").order_by("round")}


def _answered(
    review: HealthReview,
    *,
    facilitates: bool,
    rows: list[RelationshipSide],
    own: UUID | None,
) -> dict[str, int]:
    """How many of a side have answered so far: a number, and only of enough people."""
    if not review.is_asking:
        return {}
    found = turnout(review)
    return {
        row.side: found.sides[row.side].completed
        for row in rows
        if (row.acted_by_id == own or facilitates)
        and counts_shown(found.sides[row.side].asked)
    }


@dataclass(frozen=True)
class UnderWay:
    """One review that somebody has begun, as a list prints it."""

    pk: UUID
    side: str
    counterpart: str
    scope: str
    form: str
    state: str
    opens_on: date
    closes_on: date
    mine: bool


def under_way(user: User) -> list[UnderWay]:
    """Reviews begun and not yet over, the nearest day first: one query."""
    standing = standing_of(user)
    if standing is None:
        return []
    own = RelationshipSide.objects.filter(
        relationship=OuterRef("relationship"), acted_by=standing.organisation
    )
    rows = (
        _begun(HealthReview.objects.visible_to(user))
        .annotate(
            own_side=Subquery(own.values("side")[:1]),
            client=F("relationship__client__name"),
            supplier=F("relationship__supplier__name"),
            scope=F("relationship__scope"),
        )
        .order_by("closes_on", "pk")
    )
    return [
        UnderWay(
            pk=row.pk,
            side="client" if row.own_side == "supplier" else "supplier",
            counterpart=row.client if row.own_side == "supplier" else row.supplier,
            scope=row.scope,
            form=str(row.get_form_display()),
            state=str(_word(row)),
            opens_on=row.opens_on,
            closes_on=row.closes_on,
            mine=row.owner_id == standing.contact.pk,
        )
        for row in rows
    ]


def _begun(rows: QuerySet[HealthReview]) -> QuerySet[HealthReview]:
    return rows.filter(
        state__in=[
            HealthReview.State.DRAFT,
            *HealthReview.RUNNING,
            HealthReview.State.RELEASED,
            HealthReview.State.DISCUSSED,
        ]
    ).exclude(set_up_at=None)


def _word(row: HealthReview) -> str:
    if row.state == HealthReview.State.DRAFT:
        return "draft"
    return row.state
