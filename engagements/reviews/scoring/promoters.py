"""The recommendation score, where somebody insists on it. Section 3.8."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import sqrt
from statistics import fmean, pvariance

from engagements.reviews.scoring.parameters import STANDARD, Method

MOST = 10


@dataclass(frozen=True)
class Promoters:
    """Share of promoters less share of detractors, -100 to 100; its standard error."""

    score: float
    error: float


def promoter_score(
    scores: Sequence[int], *, method: Method = STANDARD
) -> Promoters | None:
    """The score of answers from 0 to 10; None for none.

    With few people the error is as large as the score: see `promoter_score_shown`.
    Raises ValueError for an answer outside 0 to 10.
    """
    for score in scores:
        if not 0 <= score <= MOST:
            raise ValueError(f"scores: {score!r} is not between 0 and {MOST}.")
    if not scores:
        return None
    voices = [
        (score >= method.promoter_from) - (score <= method.detractor_to)
        for score in scores
    ]
    return Promoters(
        score=100 * fmean(voices), error=100 * sqrt(pvariance(voices) / len(voices))
    )


def promoter_score_shown(n: int, *, method: Method = STANDARD) -> bool:
    """Whether so many answers may be shown as a score; else they are counts."""
    return n >= method.least_for_promoters
