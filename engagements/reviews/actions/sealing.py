"""Answers are sealed: copied without their keys, in no order, and the keys destroyed.

One transaction. Afterwards not even the server can tell whose an answer is, but in
named mode, where everybody agreed to be named. A role group of few would name its
people: it is kept only where its figures may be shown.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from random import Random
from uuid import UUID

from engagements.models import (
    HealthReview,
    OpenResponse,
    Rater,
    ReviewSecret,
    SealedComment,
    SealedResponse,
    Side,
)
from engagements.reviews.instrument.library import content_of
from engagements.reviews.instrument.thresholds import method_of
from engagements.reviews.responses import has_answered, key_of
from engagements.reviews.scoring.suppression import suppress_groups


def seal(review: HealthReview, *, chance: Random) -> None:
    """Seal the answers of a review that still asks and is held by the caller.

    `chance` gives order and ids: that of the system, but in a test.
    """
    secret = ReviewSecret.objects.get(review=review)
    keys = {
        key_of(secret, rater): rater
        for rater in Rater.objects.filter(review=review).select_related("contact")
    }
    given = [
        row
        for row in OpenResponse.objects.filter(review=review).order_by()
        if row.pk in keys and has_answered(row)
    ]
    _note_who_took_part(review, [keys[row.pk].pk for row in given])
    names = {
        row.pk: keys[row.pk].contact.name if review.is_named else "" for row in given
    }
    _write(review, given, names, chance)
    OpenResponse.objects.filter(review=review).delete()
    secret.delete()


def _note_who_took_part(review: HealthReview, took_part: list) -> None:
    """Two statements that leave no moment behind on a row of its own."""
    people = Rater.objects.filter(review=review)
    people.exclude(pk__in=took_part).update(took_part=False)
    people.filter(pk__in=took_part).update(took_part=True)


def _write(
    review: HealthReview,
    given: Sequence[OpenResponse],
    names: dict[str, str],
    chance: Random,
) -> None:
    shown = _groups_shown(review, given)
    responses = [
        SealedResponse(
            review=review,
            side=row.side,
            group=row.group if (row.side, row.group) in shown else "",
            answers=row.answers,
            name=names[row.pk],
        )
        for row in given
        if row.answers
    ]
    comments = list(_comments(review, given, names))
    for rows in (responses, comments):
        # The order of rows in a table would be the order in which people began.
        chance.shuffle(rows)
        for row in rows:
            row.pk = UUID(int=chance.getrandbits(128), version=4)
    SealedResponse.objects.bulk_create(responses)
    SealedComment.objects.bulk_create(comments)


def _groups_shown(
    review: HealthReview, given: Sequence[OpenResponse]
) -> set[tuple[str, str]]:
    """The role groups of each side whose figures could be shown."""
    least = method_of(review.method).least_per_group
    found: set[tuple[str, str]] = set()
    for side in Side:
        sizes = Counter(row.group for row in given if row.side == side and row.answers)
        groups = suppress_groups(sizes, least).published
        found |= {(side.value, group) for group in groups}
    return found


def _comments(
    review: HealthReview, given: Sequence[OpenResponse], names: dict[str, str]
) -> Iterator[SealedComment]:
    private = _facilitator_only(review)
    audiences = SealedComment.Audience
    for row in given:
        for item, text in row.words.items():
            yield SealedComment(
                review=review,
                side=row.side,
                item=item,
                text=text,
                audience=audiences.FACILITATOR if item in private else audiences.BOTH,
                name=names[row.pk],
            )


def _facilitator_only(review: HealthReview) -> set[str]:
    assert review.instrument is not None  # noqa: S101 - a constraint says so once it is set up
    content = content_of(review.instrument)
    return {item.key for item in content.items if item.facilitator_only}
