"""A wave from raw answers: both sides, health, gap. What is suppressed spreads.

Whatever would be computed from a suppressed cell is None. Sections 3.1 to 3.3, 3.7.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from engagements.reviews.scoring.gaps import Gap, perception_gap
from engagements.reviews.scoring.health import Health, health
from engagements.reviews.scoring.parameters import STANDARD, Method
from engagements.reviews.scoring.sides import Mode, Person, SideResult, side_result
from engagements.reviews.scoring.weighting import Weights


@dataclass(frozen=True)
class Outcome:
    """What a wave says, before anything is left out for a reader."""

    client: SideResult
    supplier: SideResult
    health: Health
    gap: Gap


def outcome(
    client: Sequence[Person],
    supplier: Sequence[Person],
    weights: Weights,
    *,
    mode: Mode = Mode.CONFIDENTIAL,
    method: Method = STANDARD,
) -> Outcome:
    """Both sides, their health and their gap, from everybody's answers.

    Raises ValueError for weights that are none, or a dimension without items.
    """
    ours = side_result(client, weights, mode=mode, method=method)
    theirs = side_result(supplier, weights, mode=mode, method=method)
    return Outcome(
        client=ours,
        supplier=theirs,
        health=health(ours.overall.value, theirs.overall.value),
        gap=perception_gap(ours.profile, theirs.profile, weights, method=method),
    )
