"""The health of a relationship: the mean of its two sides. Sections 2.2 and 3.2."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from statistics import fmean

from engagements.reviews.scoring.parameters import STANDARD, Method
from engagements.reviews.scoring.ranges import check_scores
from engagements.reviews.scoring.rounding import reaches


class HealthState(StrEnum):
    """Of how many sides something is known."""

    OK = "ok"
    ONE_SIDED = "one_sided"
    NO_DATA = "no_data"


@dataclass(frozen=True)
class Health:
    """Points of 0 to 100; None unless both sides are known."""

    value: float | None
    state: HealthState


def health(client: float | None, supplier: float | None) -> Health:
    """The health from both sides' overall means; each counts half, whatever its size.

    With one side missing there is none: it would show that side by subtraction. Raises
    ValueError for what is no score.
    """
    check_scores(client=client, supplier=supplier)
    if client is not None and supplier is not None:
        return Health(fmean((client, supplier)), HealthState.OK)
    nothing = client is None and supplier is None
    return Health(None, HealthState.NO_DATA if nothing else HealthState.ONE_SIDED)


def is_mismatch(
    rating: float | None, overall: float | None, *, method: Method = STANDARD
) -> bool | None:
    """Whether a side's global rating is far from its mean: something is missing.

    None where either is unknown. Raises ValueError for what is no score.
    """
    check_scores(rating=rating, overall=overall)
    if rating is None or overall is None:
        return None
    return reaches(abs(rating - overall), method.mismatch)
