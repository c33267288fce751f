"""Where a person's answers stand while a review asks. Decision 20.

The key is HMAC(secret of the review, id of the rater): the mailed link finds the
answers again on any device; without the secret, gone from closing on, nobody does.
"""

from __future__ import annotations

import hmac
import secrets
from hashlib import sha256

from engagements.models import (
    HealthReview,
    OpenResponse,
    Rater,
    ReviewSecret,
)


def new_secret(review: HealthReview) -> ReviewSecret:
    """Give a review that opens its secret."""
    return ReviewSecret.objects.create(review=review, secret=secrets.token_bytes(32))


def key_of(secret: ReviewSecret, rater: Rater) -> str:
    """The key of a person's answers."""
    return hmac.new(bytes(secret.secret), rater.pk.bytes, sha256).hexdigest()


def response_of(rater: Rater) -> OpenResponse | None:
    """What a person has answered so far; one query where the secret is at hand."""
    key = key_of(rater.review.secret, rater)
    return OpenResponse.objects.filter(pk=key).first()


def has_answered(response: OpenResponse) -> bool:
    """Whether there is anything in it."""
    return bool(response.answers) or bool(response.words)


def responses_by(review: HealthReview) -> dict[Rater, OpenResponse]:
    """The answers of a review that asks, by whose they are, without those whose seat
    was taken away: three queries."""
    secret = ReviewSecret.objects.get(review=review)
    rows = {row.pk: row for row in OpenResponse.objects.filter(review=review)}
    people = Rater.objects.filter(review=review, revoked_at=None)
    found = ((rater, rows.get(key_of(secret, rater))) for rater in people)
    return {rater: row for rater, row in found if row is not None}


def asked(review: HealthReview) -> list[Rater]:
    """The people who are asked."""
    rows = Rater.objects.filter(review=review, revoked_at=None)
    return list(
        rows.filter(ineligible=Rater.Ineligible.NO).select_related(
            "contact__organisation"
        )
    )
