"""From the rows of a review that has just closed to one wave of plain values."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.utils import timezone

from engagements.models import (
    Contract,
    DependenceFacts,
    HealthReview,
    Rater,
    RelationshipSide,
    ReviewResult,
    SealedComment,
    SealedResponse,
)
from engagements.reviews.instrument.content import Form
from engagements.reviews.instrument.library import content_of
from engagements.reviews.queries.actions import due_and_on_time
from engagements.reviews.results.wave import (
    SIDES,
    Comment,
    Earlier,
    Respondent,
    SideOfWave,
    Wave,
)
from engagements.reviews.scoring.parameters import Method
from engagements.reviews.scoring.power import declared_dependence
from engagements.reviews.scoring.sides import Mode
from engagements.reviews.scoring.status import Flag

# Two years of quarters and a half: further back nothing is compared.
_LOOKED_BACK = 12


def wave_of(review: HealthReview) -> Wave:
    """The wave of a review whose answers are sealed; a fixed number of queries."""
    assert review.instrument is not None  # noqa: S101 - a constraint says so once it is set up
    day = _day(review.closed_at)
    method = Method(**review.method)
    earlier = _earlier(review)
    due, on_time = due_and_on_time(review.relationship_id, day) or (None, None)
    return Wave(
        form=Form(review.form),
        mode=Mode(review.mode),
        closed_on=day,
        content=content_of(review.instrument),
        instrument=str(review.instrument_id),
        method=method,
        weights=review.weights,
        sides=_sides(review, earlier, method),
        mirror=review.mirror,
        comments=_comments(review),
        earlier=tuple(one for _review, one in earlier),
        actions_due=due,
        actions_on_time=on_time,
        flags=_flags(review),
        days_to_notice=_days_to_notice(review, day),
    )


def _day(moment: datetime | None) -> date:
    assert moment is not None  # noqa: S101 - a wave is read once it is closed
    return timezone.localdate(moment)


def _earlier(review: HealthReview) -> list[tuple[HealthReview, Earlier]]:
    rows = ReviewResult.objects.filter(
        review__relationship=review.relationship_id,
        review__closed_at__lt=review.closed_at,
        audience=ReviewResult.Audience.SERIES,
    ).select_related("review__instrument")
    last = list(rows.order_by("-review__closed_at")[:_LOOKED_BACK])[::-1]
    same = [row.review_id for row in last if row.review.form == review.form][-1:]
    answers: dict[Any, dict[str, list]] = {}
    for sealed in SealedResponse.objects.filter(review__in=same):
        sides = answers.setdefault(sealed.review_id, {})
        sides.setdefault(sealed.side, []).append(sealed.answers)
    return [
        (row.review, _earlier_of(row, answers.get(row.review_id, {}))) for row in last
    ]


def _earlier_of(row: ReviewResult, answers: Mapping[str, list]) -> Earlier:
    assert row.review.instrument is not None  # noqa: S101 - a constraint says so once it is set up
    return Earlier(
        closed_on=date.fromisoformat(row.document["closed_on"]),
        form=Form(row.review.form),
        content=content_of(row.review.instrument),
        series=row.document,
        answers={side: tuple(found) for side, found in answers.items()},
    )


def _sides(
    review: HealthReview, earlier: list[tuple[HealthReview, Earlier]], method: Method
) -> dict[str, SideOfWave]:
    before = [row.pk for row, one in earlier if one.form == review.form][-1:]
    seats = _seats([review.pk, *before])
    people: dict[str, list[Respondent]] = {side: [] for side in SIDES}
    for row in SealedResponse.objects.filter(review=review):
        people[row.side].append(Respondent(row.answers, row.group, row.name))
    facts = {
        row.side: row
        for row in DependenceFacts.objects.filter(relationship=review.relationship_id)
    }
    found = {}
    for side in SIDES:
        now = seats.get((review.pk, side), set())
        then = seats.get((before[0], side), set()) if before else now
        found[side] = SideOfWave(
            name=getattr(review.relationship, side).name,
            people=tuple(people[side]),
            eligible=len(now),
            joined=len(now - then),
            left=len(then - now),
            declared_dependence=_declared(facts.get(side), method),
            shares_dependence=side in facts and facts[side].shared_at is not None,
        )
    return found


def _seats(reviews: list) -> dict[tuple, set]:
    """Who was asked in each review and side, as contacts."""
    rows = Rater.objects.filter(
        review__in=reviews, revoked_at=None, ineligible=Rater.Ineligible.NO
    )
    found: dict[tuple, set] = {}
    for review, side, contact in rows.values_list("review_id", "side", "contact_id"):
        found.setdefault((review, side), set()).add(contact)
    return found


def _declared(facts: DependenceFacts | None, method: Method) -> float | None:
    if facts is None:
        return None
    months = facts.months_to_replace
    return declared_dependence(
        None if facts.share is None else float(facts.share),
        facts.alternatives,
        None if months is None else float(months),
        method=method,
    )


def _comments(review: HealthReview) -> tuple[Comment, ...]:
    # In the order of their random ids: no other order may be told from the page.
    rows = SealedComment.objects.filter(review=review).order_by("pk")
    return tuple(
        Comment(
            row.side,
            row.item,
            row.text,
            row.audience == SealedComment.Audience.FACILITATOR,
            row.name,
        )
        for row in rows
    )


def _flags(review: HealthReview) -> tuple[Flag, ...]:
    live = Contract.objects.live().filter(relationship=review.relationship_id)
    given = live.exclude(notice_given_by="").exists()
    return (Flag.NOTICE_GIVEN,) if given else ()


def _days_to_notice(review: HealthReview, day: date) -> dict[str, int | None]:
    rows = RelationshipSide.objects.filter(relationship=review.relationship_id)
    return {
        side: None if act_by is None else (act_by - day).days
        for side, act_by in rows.values_list("side", "act_by")
    }
