"""Figures of the instrument itself, and the recommendation score."""

import pytest

from engagements.reviews.scoring.promoters import promoter_score
from engagements.reviews.scoring.reliability import (
    cronbach_alpha,
    intraclass,
    rwg_of_items,
    standardised_alpha,
)

# Six things rated by four judges, as printed by Shrout and Fleiss in 1979.
JUDGED = [
    [9, 2, 5, 8],
    [6, 1, 3, 2],
    [8, 4, 6, 8],
    [7, 1, 2, 6],
    [10, 5, 6, 9],
    [6, 2, 4, 7],
]


def close(value):
    return pytest.approx(value, abs=0.005)


def test_alpha_needs_items_that_vary_together():
    rows = [[1, 2], [2, 4], [3, 6], [None, 9]]

    assert cronbach_alpha(rows) == pytest.approx(8 / 9)
    assert standardised_alpha(rows) == pytest.approx(1)
    assert cronbach_alpha([[1, 9], [2, 8], [3, 7]]) is None
    assert standardised_alpha([[1, 9], [2, 8], [3, 7]]) is None
    assert standardised_alpha([[1, 9], [2, 9], [3, 9]]) is None
    assert cronbach_alpha([[1], [2]]) is standardised_alpha([[1], [2]]) is None
    assert cronbach_alpha([[1, 2], [None, 2]]) is cronbach_alpha([]) is None


def test_the_correlations_of_judges_are_those_in_print():
    found = intraclass(JUDGED)

    assert found.single == close(0.17)
    assert found.mean == close(0.44)


def test_correlations_need_groups_and_a_difference():
    for groups in ([], [[1.0, 2.0]], [[1.0], [2.0]]):
        assert intraclass(groups) is None
    assert intraclass([[1.0, 3.0], [2.0, 2.0]]) is None
    assert intraclass([[1.0, 1.0], [2.0, 2.0, 2.0]]).single == 1


def test_agreement_over_items_lies_between_random_and_all():
    assert rwg_of_items([[4, 4, None], [5, 5, 5]], 7) == 1
    assert rwg_of_items([[1, 7], [1, 7]], 7) == 0
    # Two items of variance 2 against 4 at random: 2 · 0.5 / (2 · 0.5 + 0.5).
    assert rwg_of_items([[2, 4], [3, 5]], 7) == close(0.67)
    assert rwg_of_items([[4], []], 7) is None


def test_nobody_promotes_nothing():
    assert promoter_score([]) is None
    assert promoter_score([10, 10]).error == 0
