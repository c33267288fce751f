"""What may be shown of one wave, and of two waves together. Section 3.7.

Totals of every wave may be shown. Anything more lets people be computed by subtraction:
one who joined, one who left, one whose answer was taken out.
"""

from __future__ import annotations

from enum import StrEnum

from engagements.reviews.scoring.parameters import STANDARD, Method
from engagements.reviews.scoring.ranges import check_counts, check_scores
from engagements.reviews.scoring.rounding import half_up, reaches


class PeopleBand(StrEnum):
    """How many people a figure rests on, as far as it is told."""

    FEW = "3-4"
    SOME = "5-9"
    MANY = "10+"


def people_band(n: int, *, method: Method = STANDARD) -> PeopleBand | None:
    """The band in place of the exact number; None for a suppressed figure.

    Raises ValueError for what is no count.
    """
    check_counts(n=n)
    if n < method.least_per_side:
        return None
    if n < method.middle_band:
        return PeopleBand.FEW
    return PeopleBand.SOME if n < method.large_band else PeopleBand.MANY


def displayed(value: float | None, n: int, *, method: Method = STANDARD) -> str | None:
    """A score as a whole number; of few people, extremes only as "95+" and "5-".

    A mean of 100 would tell everybody's answers. None stays None, and so few people
    that their figure is suppressed show nothing. Answers with names are shown without
    this. Raises ValueError for what is no score or no count.
    """
    check_scores(value=value)
    check_counts(n=n)
    if value is None or n < method.least_per_side:
        return None
    few = n < method.coded_below
    if few and reaches(value, method.top_code):
        return f"{half_up(method.top_code)}+"
    if few and reaches(method.bottom_code, value):
        return f"{half_up(method.bottom_code)}-"
    return str(half_up(value))


def comments_shown(submitted: int, *, method: Method = STANDARD) -> bool:
    """Whether a side's comments may be shown, unattributed and shuffled.

    `submitted` counts the people of the side who answered, with a comment or not. Else
    the facilitator puts them into other words. Raises ValueError for what is no count.
    """
    check_counts(submitted=submitted)
    return submitted >= method.least_for_comments


def details_shown(n: int, *, method: Method = STANDARD) -> bool:
    """Whether chances, effect sizes and deviations may be shown of `n` people.

    Raises ValueError for what is no count.
    """
    check_counts(n=n)
    return n >= method.least_for_details


def counts_shown(invited: int, *, method: Method = STANDARD) -> bool:
    """Whether "x of y answered" may be told while a review is open.

    Raises ValueError for what is no count.
    """
    check_counts(invited=invited)
    return invited >= method.least_for_counts


def may_publish_matched(
    stay: int, join: int, leave: int, *, method: Method = STANDARD
) -> bool:
    """Whether a comparison of those who answered twice may stand beside the totals.

    Only if they, those who joined and those who left are each nobody or enough people;
    and those who stayed are somebody. Raises ValueError for what is no count.
    """
    check_counts(stay=stay, join=join, leave=leave)
    k = method.least_per_side
    return stay >= k and all(n == 0 or n >= k for n in (join, leave))


def may_recompute(different: int, *, method: Method = STANDARD) -> bool:
    """Whether a published wave may be computed again with so many answers different.

    Raises ValueError for what is no count.
    """
    check_counts(different=different)
    return different == 0 or different >= method.least_per_side


def change_shown(
    n_before: int, n_after: int, joined: int, left: int, *, method: Method = STANDARD
) -> bool:
    """Whether a side's change since the last wave may be shown.

    Not if exactly one seat changed hands on a small side: somebody joined, left, or
    took the place of another. Small is the smaller of the two waves. Raises ValueError
    for what is no count.
    """
    check_counts(n_before=n_before, n_after=n_after, joined=joined, left=left)
    if min(n_before, n_after) < method.least_per_side:
        return False
    small = min(n_before, n_after) < method.least_for_change
    return not (small and max(joined, left) == 1)


def exposed_mean(n_a: int, mean_a: float, n_b: int, mean_b: float) -> float | None:
    """What two totals tell about the people by whom they differ: their mean, in points.

    `b` is `a` with people more or fewer. None where they do not differ in number. It is
    here to show why the rules above exist. Raises ValueError for what is no score or no
    count.
    """
    check_counts(n_a=n_a, n_b=n_b)
    check_scores(mean_a=mean_a, mean_b=mean_b)
    if n_a == n_b:
        return None
    return (n_b * mean_b - n_a * mean_a) / (n_b - n_a)
