"""What holds of all series of waves; and the same answers by slow and plain ways."""

from datetime import date, timedelta
from fractions import Fraction
from itertools import permutations
from math import sqrt

from hypothesis import given
from hypothesis import strategies as st

from engagements.boards.loop import Decision, Recommendation, loop
from engagements.reviews.scoring.change import (
    ChangeLabel,
    change_matched,
    change_test,
    published,
)
from engagements.reviews.scoring.gaps import differences
from engagements.reviews.scoring.momentum import momentum
from engagements.reviews.scoring.parameters import Method
from engagements.reviews.scoring.trend import Signal, TrendState, ewma
from engagements.reviews.scoring.versions import Link, linked_change

SCORES = st.integers(0, 100)
WAVE = st.lists(SCORES, min_size=1, max_size=4)
LARGE = st.lists(SCORES, min_size=7, max_size=8)
DIFFERENCES = st.lists(st.integers(-100, 100), min_size=1, max_size=7)
NAMES = ("COM", "DEL", "FAI", "TRU")
PROFILES = st.dictionaries(st.sampled_from(NAMES), st.none() | SCORES.map(float))
DAYS = st.dates(date(2020, 1, 1), date(2030, 1, 1))
POINTS = st.dictionaries(DAYS, SCORES.map(float), max_size=6).map(dict.items)
FEW = Method(most_arrangements=200)


def mean(values):
    return Fraction(sum(values), len(values))


def by_dealing(before, after):
    """The chance of a change, from every order of all the scores."""
    size, rest = len(before), len(after)

    def apart(order):
        # Of the means, times both sizes: whole numbers.
        return abs(size * sum(order[size:]) - rest * sum(order[:size]))

    change = apart(before + after)
    deals = [apart(order) >= change for order in permutations(before + after)]
    return sum(deals) / len(deals)


def by_turning(values):
    """The chance of a mean, turning one sign after the other."""
    sums = [0]
    for value in values:
        sums = [one + sign * value for one in sums for sign in (-1, 1)]
    return sum(abs(one) >= abs(sum(values)) for one in sums) / len(sums)


@given(st.lists(SCORES, min_size=1, max_size=3), WAVE)
def test_dealing_the_scores_in_every_order_comes_to_the_same_chance(before, after):
    found = change_test(before, after)

    assert abs(found.chance - by_dealing(before, after)) < 1e-9
    assert found.least_chance - 1e-9 <= found.chance <= 1


@given(DIFFERENCES)
def test_turning_every_sign_comes_to_the_same_chance(values):
    found = change_matched(values)

    assert abs(found.chance - by_turning(values)) < 1e-9
    assert found.least_chance - 1e-9 <= found.chance <= 1
    assert change_matched([-value for value in reversed(values)]).delta == -found.delta
    assert change_matched([-value for value in values]).chance == found.chance


@given(WAVE | LARGE, WAVE | LARGE, st.randoms(use_true_random=True))
def test_neither_order_nor_direction_changes_the_chance(before, after, random):
    found = change_test(before, after, method=FEW)

    mixed = change_test(
        random.sample(before, len(before)), random.sample(after, len(after)), method=FEW
    )
    back = change_test(after, before, method=FEW)
    assert mixed == found
    assert (back.delta, back.chance, back.label) == (
        -found.delta,
        found.chance,
        found.label,
    )
    assert back.effect == (found.effect and -found.effect)


@given(LARGE, LARGE)
def test_drawn_arrangements_come_near_the_counted_ones(before, after):
    counted = change_test(before, after)

    drawn = change_test(before, after, method=Method(most_arrangements=2_000))

    # Six standard errors, and the one that is added.
    p = counted.chance
    assert abs(drawn.chance - p) <= 6 * sqrt(p * (1 - p) / 2_000) + 2 / 2_001
    assert drawn.chance > 0


@given(st.lists(st.integers(-9, 9), min_size=8, max_size=9))
def test_drawn_signs_come_near_the_counted_ones(values):
    p = change_matched(values).chance

    drawn = change_matched(values, method=FEW).chance

    assert abs(drawn - p) <= 6 * sqrt(p * (1 - p) / 200) + 2 / 201
    assert change_matched([-value for value in values], method=FEW).chance == drawn


@given(WAVE | LARGE)
def test_a_wave_like_the_one_before_is_no_change(wave):
    found = change_test(wave, wave[::-1])

    assert (found.delta, found.chance) == (0, 1)
    assert found.label in {ChangeLabel.NOT_TESTABLE, ChangeLabel.NO_CLEAR_CHANGE}


@given(WAVE, WAVE, st.integers(0, 9), st.integers(0, 9))
def test_of_few_people_no_chance_and_no_effect_is_shown(before, after, n_a, n_b):
    found = change_test(before, after)

    shown = published(found, n_a, n_b)

    if min(n_a, n_b) < 3:
        assert shown is None
    elif min(n_a, n_b) < 5:
        assert (shown.delta, shown.label) == (found.delta, found.label)
        assert shown.chance is shown.least_chance is shown.effect is None
    else:
        assert shown == found


# Momentum and trend.


@given(POINTS, st.randoms(use_true_random=True))
def test_momentum_knows_no_order_and_no_unknown_wave(points, random):
    points = list(points)
    unknown = (date(2019, 1, 1), None)

    found = momentum(points)

    assert momentum(random.sample([*points, unknown], len(points) + 1)) == found
    assert (found.slope is None) == (found.direction is None) == (len(points) < 2)


@given(POINTS)
def test_turning_health_round_turns_momentum(points):
    found = momentum(points)

    turned = momentum((day, 100 - value) for day, value in points)

    swap = {"rising": "falling", "falling": "rising", "steady": "steady", None: None}
    assert turned.direction == swap[found.direction]
    assert turned.slope == (found.slope and -found.slope) or not found.slope


@given(SCORES, st.integers(-3, 3), st.integers(2, 6))
def test_a_straight_line_has_its_slope(start, step, count):
    points = [
        (date(2025, 1, 1) + timedelta(days=30 * n), 40 + start / 10 + step * n)
        for n in range(count)
    ]

    assert abs(momentum(points).slope - step / 30 * 91.3125) < 1e-6


@given(st.lists(st.none() | SCORES.map(float), max_size=9))
def test_turning_health_round_turns_the_signal(series):
    found = ewma(series)

    turned = ewma([None if value is None else 100 - value for value in series])

    swap = {Signal.LOW: Signal.HIGH, Signal.HIGH: Signal.LOW, None: None}
    assert turned.signal is swap[found.signal]
    assert ewma([value for value in series if value is not None]) == found


@given(SCORES, st.integers(5, 12))
def test_an_even_series_gives_no_signal_and_wider_limits(score, count):
    found, longer = ewma([score] * count), ewma([score] * (count + 1))

    assert (found.state, found.signal) == (TrendState.OK, None)
    assert found.centre == score
    assert abs(found.smoothed - score) < 1e-9
    assert longer.lower < found.lower < score < found.upper < longer.upper


# Versions and boards.


@given(PROFILES, PROFILES)
def test_versions_of_equal_weights_compare_both_ways(old, new):
    weights = dict.fromkeys(NAMES, 1.0)

    found = linked_change(old, new, weights, weights)

    back = linked_change(new, old, weights, weights)
    assert back.state == found.state
    assert back.delta == (found.delta and -found.delta)
    known = differences(new, old)
    assert (found.state is Link.LINKED) == (len(known) >= 3)
    if found.state is Link.LINKED:
        assert abs(found.delta - sum(known.values()) / len(known)) < 1e-9
    else:
        assert (found.old, found.new, found.delta) == (None, None, None)


@given(st.lists(st.builds(Recommendation, st.none() | st.sampled_from(Decision))))
def test_nothing_closes_without_being_reported(cohort):
    found = loop(cohort)

    assert found.open == found.n == len(cohort)
    assert found.close_rate == (0 if cohort else None)


@given(
    st.lists(
        st.builds(
            Recommendation,
            st.none() | st.sampled_from(Decision),
            *[st.booleans()] * 10,
        )
    )
)
def test_the_rates_of_a_cohort_lie_within_their_bounds(cohort):
    found = loop(cohort)

    rates = [value for name, value in vars(found).items() if name.endswith("_rate")]
    assert all(rate is None or 0 <= rate <= 100 for rate in rates)
    assert 0 <= found.open <= found.n <= len(cohort)
    assert loop(cohort[::-1]) == found
    live = [one for one in cohort if not one.merged and not one.withdrawn]
    assert loop(live) == found
