"""Comparing waves of two versions of an instrument, or saying that one cannot. 3.13."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from engagements.reviews.scoring.parameters import STANDARD, Method
from engagements.reviews.scoring.rounding import reaches
from engagements.reviews.scoring.weighting import (
    Profile,
    Weights,
    check_profiles,
    check_weights,
    coverage,
    mean_over,
)


class Link(StrEnum):
    """Whether something of two versions can be compared.

    Rescaled: the same words on another scale; scores compare, tests do not.
    """

    LINKED = "linked"
    RESCALED = "rescaled"
    BREAK = "break"


@dataclass(frozen=True)
class Item:
    """An item of a version under its lasting key: meaning revision and scale.

    A new meaning or direction is a new revision; a typo or a translation is not.
    """

    revision: int
    low: float = 1
    high: float = 7


@dataclass(frozen=True)
class LinkedChange:
    """Both waves over their common dimensions, in points; None across a break.

    The coverages are the shares of each version's weight that these carry.
    """

    state: Link
    old: float | None
    new: float | None
    delta: float | None
    old_coverage: float
    new_coverage: float


def dimension_link(
    old: Mapping[str, Item],
    new: Mapping[str, Item],
    *,
    same_meaning: bool = True,
    method: Method = STANDARD,
) -> Link:
    """Whether a dimension, given by the items under their keys, can be compared.

    Enough items must keep key and revision: of the version that has more, so that it is
    the same both ways round. Raises ValueError for a dimension without items.
    """
    for argument, items in (("old", old), ("new", new)):
        if not items:
            raise ValueError(f"{argument}: a dimension has at least one item.")
    kept = [key for key in old.keys() & new.keys() if _same(old[key], new[key])]
    share = len(kept) / max(len(old), len(new))
    if not same_meaning or not reaches(share, method.linked_items):
        return Link.BREAK
    scales = {
        (old[key].low, old[key].high) == (new[key].low, new[key].high) for key in kept
    }
    return Link.LINKED if scales == {True} else Link.RESCALED


def linked_change(
    old: Profile,
    new: Profile,
    old_weights: Weights,
    new_weights: Weights,
    *,
    method: Method = STANDARD,
) -> LinkedChange:
    """The change between waves of two versions, over linked dimensions known of both.

    Name a dimension alike only if `dimension_link` links it. Both waves are weighted as
    the new version weighs. A break where the common dimensions carry too little weight
    in either version. Raises ValueError like `weighting.weighted`.
    """
    check_weights(old_weights=old_weights, new_weights=new_weights)
    check_profiles(old_weights, old=old)
    check_profiles(new_weights, new=new)
    before = {name: value for name, value in old.items() if value is not None}
    after = {name: value for name, value in new.items() if value is not None}
    common = before.keys() & after.keys()
    shares = coverage(common, old_weights), coverage(common, new_weights)
    if not all(reaches(share, method.least_coverage) for share in shares):
        return LinkedChange(Link.BREAK, None, None, None, *shares)
    earlier = mean_over({name: before[name] for name in common}, new_weights)
    later = mean_over({name: after[name] for name in common}, new_weights)
    return LinkedChange(Link.LINKED, earlier, later, later - earlier, *shares)


def _same(old: Item, new: Item) -> bool:
    return old.revision == new.revision
