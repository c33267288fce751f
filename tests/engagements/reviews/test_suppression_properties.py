"""Whoever subtracts what is shown from the total learns nothing of few people."""

from fractions import Fraction
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engagements.reviews.scoring.disclosure import (
    change_shown,
    displayed,
    exposed_mean,
    may_publish_matched,
    may_recompute,
    people_band,
)
from engagements.reviews.scoring.suppression import (
    suppress_groups,
    suppress_groups_by_dimension,
)

NAMES = "abcdef"
SIZES = st.dictionaries(st.sampled_from(NAMES), st.integers(0, 12), max_size=6)
LEAST = st.integers(1, 7)
SCORES = st.integers(0, 100)


def determined(names, published, sizes, target):
    """Whether the total and the published means leave a group one mean only.

    The equations are: the total of all, and the sum of each published group. A group is
    determined if its row is a combination of theirs: then the rank does not grow.
    """
    total = [Fraction(sizes[name]) for name in names]
    shown = [unit(names, name) for name in published]
    return rank([total, *shown]) == rank([total, *shown, unit(names, target)])


def unit(names, chosen):
    return [Fraction(name == chosen) for name in names]


def rank(rows):
    """The rank of a matrix, by elimination."""
    rows, found = [list(row) for row in rows], 0
    for column in range(len(rows[0])):
        pivot = next((row for row in rows[found:] if row[column]), None)
        if pivot is None:
            continue
        rows.remove(pivot)
        rows.insert(found, pivot)
        for at in range(found + 1, len(rows)):
            factor = rows[at][column] / pivot[column]
            rows[at] = [x - factor * y for x, y in zip(rows[at], pivot, strict=True)]
        found += 1
    return found


@pytest.mark.parametrize("groups", [1, 2, 3, 4])
def test_no_hidden_group_can_be_computed_from_what_is_shown(groups):
    names = NAMES[:groups]
    for sizes in product(range(8), repeat=groups):
        by_name = dict(zip(names, sizes, strict=True))
        found = suppress_groups(by_name)
        people = [name for name in names if by_name[name]]

        told = found.published
        exposed = [
            name
            for name in found.hidden
            if told and determined(people, told, by_name, name)
        ]

        assert exposed == [], sizes


def test_a_careless_rule_would_be_caught():
    sizes = {"lead": 2, "ops": 6, "fin": 5}

    assert determined(list(sizes), ["ops", "fin"], sizes, "lead")


@given(SIZES, LEAST)
def test_the_hidden_are_enough_people_or_nothing_is_shown(sizes, k):
    found = suppress_groups(sizes, k)

    assert sorted((*found.published, *found.hidden, *found.empty)) == sorted(sizes)
    assert all(sizes[name] >= k for name in found.published)
    assert all(sizes[name] == 0 for name in found.empty)
    hidden = sum(sizes[name] for name in found.hidden)
    assert not (found.published and found.hidden) or hidden >= k
    assert not found.published or len(found.hidden) != 1


@given(SIZES, LEAST)
def test_no_more_is_hidden_than_must_be(sizes, k):
    found = suppress_groups(sizes, k)

    small = [name for name in found.hidden if sizes[name] < k]
    large = [name for name in found.hidden if sizes[name] >= k]
    assert bool(found.hidden) == bool(small)
    # Without the last group that was hidden, the hidden ones were too few.
    last = max((sizes[name] for name in large), default=0)
    assert not large or sum(sizes[name] for name in found.hidden) - last < k
    assert all(sizes[name] >= last for name in found.published)


@given(SIZES, LEAST, st.randoms(use_true_random=True))
def test_the_order_of_groups_is_nothing(sizes, k, random):
    mixed = dict(random.sample(sorted(sizes.items()), len(sizes)))

    assert suppress_groups(mixed, k) == suppress_groups(sizes, k)


@given(
    st.dictionaries(
        st.sampled_from(NAMES),
        st.fixed_dictionaries(dict.fromkeys(("TRU", "DEL", "FAI"), st.integers(0, 9))),
        max_size=5,
    )
)
def test_in_no_dimension_the_rest_is_few_people(groups):
    found = suppress_groups_by_dimension(groups, 5)

    assert sorted((*found.published, *found.hidden, *found.empty)) == sorted(groups)
    for dimension in ("TRU", "DEL", "FAI"):
        rest = [groups[name][dimension] for name in (*found.hidden, *found.empty)]
        assert not found.published or not any(rest) or sum(rest) >= 5
        assert all(groups[name][dimension] >= 5 for name in found.published)


def test_a_group_missing_in_one_dimension_is_hidden_in_all():
    groups = {"lead": {"TRU": 2, "DEL": 0}, "ops": {"TRU": 6, "DEL": 6}}

    found = suppress_groups_by_dimension(groups)

    assert (found.published, found.hidden, found.empty) == ((), ("lead", "ops"), ())


def test_a_group_without_anybody_is_empty_in_all():
    groups = {"lead": {"TRU": 0, "DEL": 0}, "ops": {"TRU": 6, "DEL": 5}}

    found = suppress_groups_by_dimension(groups)

    assert (found.published, found.hidden, found.empty) == (("ops",), (), ("lead",))


# Between waves.


@given(st.lists(SCORES, min_size=1), st.lists(SCORES, min_size=1))
def test_two_totals_expose_those_by_whom_they_differ(stayed, joined):
    before, after = sum(stayed) / len(stayed), sum(stayed + joined)

    found = exposed_mean(
        len(stayed), before, len(stayed + joined), after / len(stayed + joined)
    )

    assert abs(found - sum(joined) / len(joined)) < 1e-6


@given(st.integers(0, 9), st.integers(0, 9), st.integers(0, 9))
def test_nothing_is_published_that_exposes_one_or_two(stay, join, leave):
    exposed = {join, leave} & {1, 2}

    assert may_publish_matched(stay, join, leave) == (stay >= 3 and not exposed)
    assert may_publish_matched(stay, leave, join) == may_publish_matched(
        stay, join, leave
    )
    assert may_recompute(join) == (join not in {1, 2})


@given(st.integers(0, 9), st.integers(0, 9), st.integers(0, 3), st.integers(0, 3))
def test_a_change_is_not_shown_where_one_seat_made_it(before, after, joined, left):
    found = change_shown(before, after, joined, left)

    assert change_shown(after, before, left, joined) == found
    if min(before, after) < 3:
        assert not found
    elif min(before, after) >= 5:
        assert found
    else:
        assert found == (max(joined, left) != 1)


@given(st.floats(0, 100), st.integers(3, 20))
def test_extremes_of_few_people_are_cut_off(score, n):
    found = displayed(score, n)

    if n < 10 and not 5 < score < 95:
        assert found in {"5-", "95+"} or 4.99 < score < 95.01
    else:
        assert abs(int(found.rstrip("+-")) - score) <= 0.501
    assert people_band(n) == ("3-4" if n < 5 else "5-9" if n < 10 else "10+")
