"""Which groups of a side may be shown without showing another by subtraction. 3.7.

The side's total is shown as well, so what all hidden groups share is known: it is made
to rest on enough people, of at least two groups. One partition a side and review.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from engagements.reviews.scoring.parameters import STANDARD
from engagements.reviews.scoring.ranges import check_at_least, check_counts


@dataclass(frozen=True)
class Groups:
    """The names of groups shown, hidden, and without people; each in order."""

    published: tuple[str, ...]
    hidden: tuple[str, ...]
    empty: tuple[str, ...]


def suppress_groups(
    groups: Mapping[str, int], k: int = STANDARD.least_per_group
) -> Groups:
    """Decide for groups of so many people, each person being in one group.

    Groups under `k` are hidden, then the smallest shown ones (the first by name where
    equal) until the hidden ones together reach `k`. Raises ValueError for what is no
    count or a `k` under 1.
    """
    return _decided(groups, {name for name, n in groups.items() if n}, k)


def suppress_groups_by_dimension(
    groups: Mapping[str, Mapping[str, int]], k: int = STANDARD.least_per_group
) -> Groups:
    """Decide once for all dimensions, from valid people by group and dimension.

    A group counts with its smallest dimension, so that every table hides alike. It is
    empty only if nobody is valid anywhere: a group missing in one dimension has people
    in another, whom the total would tell. Raises ValueError like `suppress_groups`, and
    where the groups have different dimensions.
    """
    if len({frozenset(counts) for counts in groups.values()}) > 1:
        raise ValueError("groups: not all have the same dimensions.")
    for counts in groups.values():
        check_counts(**{f"groups[{name!r}]": n for name, n in counts.items()})
    smallest = {name: min(n.values(), default=0) for name, n in groups.items()}
    peopled = {name for name, counts in groups.items() if any(counts.values())}
    return _decided(smallest, peopled, k)


def _decided(sizes: Mapping[str, int], peopled: set[str], k: int) -> Groups:
    check_at_least(1, k=k)
    check_counts(**{f"groups[{name!r}]": n for name, n in sizes.items()})
    hidden = {name for name in peopled if sizes[name] < k}
    shown = sorted(peopled - hidden, key=lambda name: (sizes[name], name))
    while hidden and shown and sum(sizes[name] for name in hidden) < k:
        hidden.add(shown.pop(0))
    return Groups(
        published=tuple(sorted(shown)),
        hidden=tuple(sorted(hidden)),
        empty=tuple(sorted(sizes.keys() - peopled)),
    )
