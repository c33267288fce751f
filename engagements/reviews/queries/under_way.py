"""One review before its result: who is asked, what is confirmed, what people get."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django.urls import reverse

from accounts.models import User
from engagements.models import (
    HealthReview,
    Rater,
    RelationshipSide,
    ReviewConfirmation,
    Side,
    standing_of,
)
from engagements.reviews import links
from engagements.reviews.queries.budget import foreseen
from engagements.reviews.scoring.disclosure import counts_shown
from engagements.reviews.seats import in_order
from engagements.reviews.turnout import turnout

Purpose = ReviewConfirmation.Purpose
_ASKED_HERE = (Purpose.RATERS, Purpose.CANCEL)


@dataclass(frozen=True)
class SideAsked:
    """One side as the viewer may see it; `people` is None where names are not theirs.

    `answered` is there while it asks, for the own side, where enough were asked.
    """

    side: RelationshipSide
    count: int
    people: list[Rater] | None
    may_change: bool
    answered: int | None = None

    @property
    def spaced(self) -> bool:
        """Somebody is asked later, or left out, because of what asks them elsewhere."""
        budget = Rater.Ineligible.BUDGET
        return any(one.ask_on or one.ineligible == budget for one in self.people or ())


def sides(
    review: HealthReview, user: User, *, may_edit: bool, facilitates: bool = False
) -> list[SideAsked]:
    """Both sides, the client first: three queries, up to three more while it is set up,
    two while it asks."""
    standing = standing_of(user)
    own = standing.organisation.pk if standing else None
    rows = list(
        RelationshipSide.objects.filter(relationship=review.relationship_id)
        .select_related("organisation", "acted_by", "relationship")
        .order_by("side")
    )
    raters = in_order(review.raters.select_related("contact"))
    if review.state == HealthReview.State.DRAFT:
        _foresee(review, raters, rows, own)
    counts = _answered(review, facilitates=facilitates, rows=rows, own=own)
    found = []
    for row in rows:
        people = [rater for rater in raters if rater.side == row.side]
        ours = row.acted_by_id in (None, own) or facilitates
        found.append(
            SideAsked(
                side=row,
                count=len([one for one in people if not one.ineligible]),
                people=people if ours else None,
                may_change=may_edit and row.acted_by_id in (None, own),
                answered=counts.get(row.side),
            )
        )
    return found


def _foresee(
    review: HealthReview,
    raters: Iterable[Rater],
    rows: Iterable[RelationshipSide],
    own: UUID | None,
) -> None:
    """Of the own people, who would be asked later or not at all; the others' is
    theirs to know."""
    ours = {row.side for row in rows if row.acted_by_id in (None, own)}
    foreseen(review, [one for one in raters if one.side in ours])


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


@dataclass(frozen=True)
class Asked:
    """What each side was asked last, by its side; `void` once people or days changed
    since: then it counts no more."""

    people_and_days: dict[str, ReviewConfirmation]
    calling_off: dict[str, ReviewConfirmation]
    void: bool

    @property
    def needs_asking(self) -> bool:
        """Both sides can be asked: not yet, not like this, or what kept a confirmed one
        back was put right."""
        answers = {one.answer for one in self.people_and_days.values()}
        return not answers or "no" in answers or answers == {"yes"}

    @property
    def why(self) -> str:
        """Why one side wants it called off."""
        reasons = (one.reason for one in self.calling_off.values())
        return next((one for one in reasons if one), "")

    def open_of(
        self, side: Side | None, review: HealthReview
    ) -> list[ReviewConfirmation]:
        """What that side has not answered yet, and still may."""
        rows = (self.people_and_days, self.calling_off)
        found = [asked[side] for asked in rows if side is not None and side in asked]
        return [one for one in found if not one.answer and is_asked(one, review)]


def is_asked(row: ReviewConfirmation, review: HealthReview) -> bool:
    """Whether a question about people and days, or about an end, has not lapsed."""
    if row.purpose == Purpose.CANCEL:
        return review.is_asking
    if row.purpose == Purpose.RATERS:
        return review.state == HealthReview.State.DRAFT
    return True


def asked_last(review: HealthReview) -> Asked:
    """What both sides were asked about this review before its result: one query."""
    rows = review.confirmations.filter(purpose__in=_ASKED_HERE)
    return asked_of(rows.select_related("contact").order_by("round", "side"))


def asked_of(rows: Iterable[ReviewConfirmation]) -> Asked:
    """The same from rows at hand, in the order of their rounds."""
    last: dict[str, dict[str, ReviewConfirmation]] = {one: {} for one in _ASKED_HERE}
    for row in rows:
        if row.purpose in last:
            last[row.purpose][row.side] = row
    people = last[Purpose.RATERS]
    void = any(row.version == 0 for row in people.values())
    # A question about an end that one side refused is over.
    off = last[Purpose.CANCEL]
    over = any(row.answer == ReviewConfirmation.Answer.NO for row in off.values())
    return Asked({} if void else people, {} if over else off, void)


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
        if ((own is not None and row.acted_by_id == own) or facilitates)
        and counts_shown(found.sides[row.side].asked)
    }
