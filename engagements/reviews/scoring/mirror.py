"""What a side thinks of itself, against what the other thinks of it. Section 3.3.

Profiles name a score of 0 to 100, or None, for each dimension; a dimension that is not
known of both is left out.
"""

from __future__ import annotations

from collections.abc import Mapping

from engagements.reviews.scoring.gaps import differences
from engagements.reviews.scoring.ranges import check_scores
from engagements.reviews.scoring.weighting import Profile


def blind_spots(own: Profile, others: Profile) -> dict[str, float]:
    """How much a side overrates itself, in points: its own rating less the other's.

    Raises ValueError for what is no score.
    """
    _check(own=own, others=others)
    return differences(own, others)


def reciprocity(of_supplier: Profile, of_client: Profile) -> dict[str, float]:
    """The client's rating of the supplier less the supplier's of the client, in points.

    Raises ValueError for what is no score.
    """
    _check(of_supplier=of_supplier, of_client=of_client)
    return differences(of_supplier, of_client)


def _check(**profiles: Mapping[str, float | None]) -> None:
    for argument, profile in profiles.items():
        check_scores(**{f"{argument}[{name!r}]": one for name, one in profile.items()})
