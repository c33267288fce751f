"""Where the two sides see the relationship differently. Section 3.3.

A gap is the client's score less the supplier's, in points of -100 to 100: above nought
the client sees it better.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from engagements.reviews.scoring.parameters import STANDARD, Method
from engagements.reviews.scoring.ranges import check_differences
from engagements.reviews.scoring.rounding import PLACES, reaches
from engagements.reviews.scoring.weighting import (
    Profile,
    Weights,
    check_profiles,
    coverage,
    mean_over,
)


class GapBand(StrEnum):
    """How much a gap matters."""

    ALIGNED = "aligned"
    NOTE = "note"
    WIDE = "wide"
    SEVERE = "severe"


@dataclass(frozen=True)
class Gap:
    """The gaps of a wave: their mean, and that of their sizes; show both or neither.

    `by_dimension` holds the dimensions known of both sides; the rest is None unless
    these carry enough weight. `band` is that of the signed gap.
    """

    by_dimension: dict[str, float]
    signed: float | None
    mean_size: float | None
    widest: str | None
    coverage: float
    band: GapBand | None

    @property
    def largest(self) -> float | None:
        """The largest gap of any dimension, without its sign."""
        return max(map(abs, self.by_dimension.values()), default=None)


def gap_band(gap: float, *, method: Method = STANDARD) -> GapBand:
    """The band of a gap, whichever its sign. Raises ValueError for what is no gap."""
    check_differences(gap=gap)
    bands = (
        (method.gap_severe, GapBand.SEVERE),
        (method.gap_wide, GapBand.WIDE),
        (method.gap_note, GapBand.NOTE),
    )
    for threshold, band in bands:
        if reaches(abs(gap), threshold):
            return band
    return GapBand.ALIGNED


def perception_gap(
    client: Profile, supplier: Profile, weights: Weights, *, method: Method = STANDARD
) -> Gap:
    """The gaps between the profiles of both sides.

    A suppressed side has None in its profile, and so has no gap. Of equally wide
    dimensions the first by name is the widest. Raises ValueError like `weighted`.
    """
    check_profiles(weights, client=client, supplier=supplier)
    gaps = differences(client, supplier)
    share = coverage(gaps, weights)
    if not reaches(share, method.least_coverage):
        return Gap(gaps, None, None, None, share, None)
    signed = mean_over(gaps, weights)
    sizes = {name: abs(gap) for name, gap in gaps.items()}
    return Gap(
        by_dimension=gaps,
        signed=signed,
        mean_size=mean_over(sizes, weights),
        widest=min(sizes, key=lambda name: (-round(sizes[name], PLACES), name)),
        coverage=share,
        band=gap_band(signed, method=method),
    )


def differences(first: Profile, second: Profile) -> dict[str, float]:
    """First less second, in the dimensions known of both."""
    found: dict[str, float] = {}
    for name, value in first.items():
        other = second.get(name)
        if value is not None and other is not None:
            found[name] = value - other
    return found
