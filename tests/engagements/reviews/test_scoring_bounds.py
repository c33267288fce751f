"""What holds of all figures: their bounds, and that nothing unknown looks well."""

from dataclasses import fields, replace
from enum import Enum

from hypothesis import given
from hypothesis import strategies as st

from engagements.reviews.scoring.agreement import agreement
from engagements.reviews.scoring.confidence import (
    non_response_error,
)
from engagements.reviews.scoring.early_warning import Evidence, Level, early_warning
from engagements.reviews.scoring.gaps import perception_gap
from engagements.reviews.scoring.outcome import outcome
from engagements.reviews.scoring.power import power
from engagements.reviews.scoring.renewal import (
    ExitEvidence,
    exit_propensity,
    for_other_side,
)
from engagements.reviews.scoring.rounding import half_up
from engagements.reviews.scoring.status import Flag, Light, status
from engagements.reviews.scoring.weighting import weighted
from tests.engagements.reviews.review_strategies import (
    MAYBE,
    SCORES,
    SHARES,
    STANCES,
    evidence,
    figures,
    pictures,
    profiles,
    waves,
)

LEVELS, LIGHTS = tuple(Level), tuple(Light)


# Bounds.


@given(waves())
def test_every_score_lies_between_0_and_100(wave):
    weights, ours, theirs = wave

    found = outcome(ours, theirs, weights)

    for side in (found.client, found.supplier):
        assert all(0 <= score <= 100 for score in figures(side))
        assert 0 <= side.overall.coverage <= 1
    assert all(0 <= score <= 100 for score in figures(found.health))
    assert all(-100 <= gap <= 100 for gap in figures(found.gap))


@given(profiles())
def test_the_size_of_the_gaps_is_never_less_than_their_mean(case):
    weights, ours, theirs = case

    found = perception_gap(ours, theirs, weights)

    if found.signed is not None:
        assert abs(found.signed) <= found.mean_size <= found.largest
        widest = abs(found.by_dimension[found.widest])
        assert found.largest - widest < 1e-6


@given(profiles(1))
def test_a_mean_lies_within_its_profile(case):
    weights, profile = case
    known = [value for value in profile.values() if value is not None]

    found = weighted(profile, weights)

    if found.value is not None:
        assert min(known) <= found.value <= max(known)
        tripled = {name: 3 * weight for name, weight in weights.items()}
        assert weighted(profile, tripled) == found


@given(STANCES, STANCES)
def test_power_lies_within_its_bounds(ours, theirs):
    found = power(ours, theirs)

    assert all(-100 <= figure <= 100 for figure in figures(found))
    assert found.joint_dependence is None or 0 <= found.joint_dependence <= 100
    assert (found.basis is None) == (found.label is None) == (found.dominance is None)


@given(st.lists(SCORES, max_size=8), st.integers(0, 8))
def test_the_error_of_missing_people_ends_with_a_census(scores, missing):
    found = non_response_error(scores, len(scores) + missing)

    assert (found is None) == (len(scores) < 2)
    assert found is None or found >= 0
    assert missing or not found


@given(st.lists(st.lists(st.none() | st.integers(1, 7), max_size=6)))
def test_agreement_lies_within_its_bounds(matrix):
    found = agreement(matrix, 7)

    if found is not None:
        assert 0 <= found.deviation <= 3 + 1e-9
        assert -1e-9 <= found.index <= 100
        assert found.rwg <= 1


@given(st.floats(-1e6, 1e6), st.integers(0, 3))
def test_rounding_treats_both_signs_alike(value, places):
    found = half_up(value, places)

    assert half_up(-value, places) == -found
    assert abs(float(found) - value) <= 0.5 / 10**places + 1e-6
    assert not str(half_up(-0.0, places)).startswith("-")


@given(MAYBE, MAYBE, st.none() | st.floats(-50, 50), SHARES)
def test_propensity_lies_between_0_and_100_and_falls_with_the_wish_to_stay(
    intent, health, momentum, rate
):
    known = ExitEvidence(intent, health, momentum, rate, rate)

    found = exit_propensity(known)

    assert (found is None) == (intent is None and health is None)
    if found is not None:
        assert 0 <= found <= 100
    if intent is not None:
        assert exit_propensity(replace(known, intent=100.0)) <= found
    unsaid = exit_propensity(for_other_side(known))
    assert unsaid == exit_propensity(for_other_side(replace(known, intent=50.0)))


# Caps and warnings only ever make it worse; what is missing never makes it well.


@given(pictures())
def test_a_status_is_never_better_than_its_base_and_says_why(picture):
    found = status(picture)

    if found.base is None:
        assert found.light in {Light.UNKNOWN, Light.STALE}
        assert found.caps == ()
    else:
        assert LIGHTS.index(found.light) >= LIGHTS.index(found.base)
        assert bool(found.caps) == (found.light is not found.base)


@given(pictures(), st.sampled_from(Flag))
def test_one_more_flag_never_makes_a_status_better(picture, flag):
    flagged = replace(picture, flags={*picture.flags, flag})

    assert LIGHTS.index(status(flagged).light) >= LIGHTS.index(status(picture).light)


@given(evidence(), st.sampled_from([one.name for one in fields(Evidence)]))
def test_evidence_that_is_missing_never_warns(found, name):
    nothing = () if name in {"healths", "gaps"} else None

    less = early_warning(replace(found, **{name: nothing}))

    assert LEVELS.index(less.level) <= LEVELS.index(early_warning(found).level)
    assert early_warning(Evidence()).hits == ()
    assert isinstance(less.level, Enum)
