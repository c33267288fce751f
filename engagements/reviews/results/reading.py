"""From the rows of a review that has just closed to one wave of plain values."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import replace
from datetime import date, datetime

from engagements.models import (
    Contract,
    DependenceFacts,
    HealthReview,
    Rater,
    RelationshipSide,
    ReviewAction,
    ReviewResult,
    SealedComment,
    SealedResponse,
    wave_on,
)
from engagements.reviews.instrument.content import Form
from engagements.reviews.instrument.library import content_of
from engagements.reviews.instrument.thresholds import method_of
from engagements.reviews.queries.actions import due_and_on_time
from engagements.reviews.results.wave import (
    SIDES,
    Comment,
    Earlier,
    Respondent,
    SideOfWave,
    Wave,
    compared,
)
from engagements.reviews.scoring.parameters import Method
from engagements.reviews.scoring.power import declared_dependence
from engagements.reviews.scoring.sides import Mode

# Two years of quarters and a half: further back nothing is compared.
_LOOKED_BACK = 12


def wave_of(review: HealthReview) -> Wave:
    """The wave of a review whose answers are sealed; a fixed number of queries."""
    assert review.instrument is not None  # noqa: S101 - a constraint says so once it is set up
    day = _day(review.closed_at)
    method = method_of(review.method)
    earlier = _earlier(review)
    before = _compared(review, earlier)
    due, on_time = due_and_on_time(review.relationship_id, day) or (None, None)
    return Wave(
        form=Form(review.form),
        mode=Mode(review.mode),
        closed_on=day,
        content=content_of(review.instrument),
        instrument=str(review.instrument_id),
        method=method,
        weights=review.weights,
        sides=_sides(review, before, method),
        scope=review.relationship.scope,
        mirror=review.mirror,
        comments=_comments(review),
        earlier=tuple(one for _review, one in earlier),
        actions_due=due,
        actions_on_time=on_time,
        notice_given_by=_notice_given_by(review),
        carried=_carried(review),
        days_to_notice=_days_to_notice(review, day),
    )


def _day(moment: datetime | None) -> date:
    assert moment is not None  # noqa: S101 - a wave is read once it is closed
    return wave_on(moment)


def _earlier(review: HealthReview) -> list[tuple[HealthReview, Earlier]]:
    """The closed waves before it, oldest first; the compared one with its answers."""
    rows = ReviewResult.objects.filter(
        review__relationship=review.relationship_id,
        review__closed_at__lt=review.closed_at,
        audience=ReviewResult.Audience.SERIES,
    ).select_related("review__instrument")
    last = list(rows.order_by("-review__closed_at")[:_LOOKED_BACK])[::-1]
    found = [(row.review, _earlier_of(row)) for row in last]
    before = _compared(review, found)
    answers: dict[str, list] = {side: [] for side in SIDES}
    for sealed in SealedResponse.objects.filter(review=before):
        answers[sealed.side].append(sealed.answers)
    kept = {side: tuple(rows) for side, rows in answers.items()}
    return [
        (row, replace(one, answers=kept) if row == before else one)
        for row, one in found
    ]


def _compared(
    review: HealthReview, earlier: list[tuple[HealthReview, Earlier]]
) -> HealthReview | None:
    """The review of the wave this one is compared with."""
    before = compared(
        Form(review.form), Mode(review.mode), [one for _row, one in earlier]
    )
    return next((row for row, one in earlier if one is before), None)


def _earlier_of(row: ReviewResult) -> Earlier:
    assert row.review.instrument is not None  # noqa: S101 - a constraint says so once it is set up
    return Earlier(
        closed_on=date.fromisoformat(row.document["closed_on"]),
        form=Form(row.review.form),
        content=content_of(row.review.instrument),
        series=row.document,
    )


def _sides(
    review: HealthReview, before: HealthReview | None, method: Method
) -> dict[str, SideOfWave]:
    people: dict[str, list[Respondent]] = {side: [] for side in SIDES}
    for row in SealedResponse.objects.filter(review=review):
        people[row.side].append(Respondent(row.answers, row.group, row.name))
    facts = {
        row.side: row
        for row in DependenceFacts.objects.filter(relationship=review.relationship_id)
    }
    seats = _seats(review, before)
    return {
        side: SideOfWave(
            name=getattr(review.relationship, side).name,
            people=tuple(people[side]),
            **seats[side],
            declared_dependence=_declared(facts.get(side), method),
            shares_dependence=side in facts and facts[side].shared_at is not None,
        )
        for side in SIDES
    }


def _seats(
    review: HealthReview, before: HealthReview | None
) -> dict[str, dict[str, int]]:
    """Of each side how many could answer, and by whom those who did differ."""
    rows = Rater.objects.filter(review__in=[review, before or review], revoked_at=None)
    asked: Counter[str] = Counter()
    took_part: dict[tuple, set] = defaultdict(set)
    for row in rows:
        eligible = row.ineligible == Rater.Ineligible.NO
        if row.review_id == review.pk and (eligible or row.took_part):
            asked[row.side] += 1
        if row.took_part or (row.took_part is None and eligible):
            took_part[row.review_id, row.side].add(row.contact_id)
    then = (before or review).pk
    return {
        side: {
            "eligible": asked[side],
            "joined": len(took_part[review.pk, side] - took_part[then, side]),
            "left": len(took_part[then, side] - took_part[review.pk, side]),
        }
        for side in SIDES
    }


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


def _carried(review: HealthReview) -> dict[str, int]:
    """Agreed actions of the relationship, by the side that carries them."""
    rows = ReviewAction.objects.filter(
        review__relationship=review.relationship_id, commitment__isnull=False
    )
    return dict(Counter(rows.order_by().values_list("side", flat=True)))


def _notice_given_by(review: HealthReview) -> tuple[str, ...]:
    live = Contract.objects.live().filter(relationship=review.relationship_id)
    given = live.exclude(notice_given_by="").order_by()
    return tuple(sorted(set(given.values_list("notice_given_by", flat=True))))


def _days_to_notice(review: HealthReview, day: date) -> dict[str, int | None]:
    rows = RelationshipSide.objects.filter(relationship=review.relationship_id)
    return {
        side: None if act_by is None else (act_by - day).days
        for side, act_by in rows.values_list("side", "act_by")
    }
