"""Examples of one wave, beside the named cases: sides, gaps, agreement."""

import pytest

from engagements.reviews.scoring.agreement import (
    AgreementBand,
    agreement,
    becomes_split,
)
from engagements.reviews.scoring.agreement import published as published_agreement
from engagements.reviews.scoring.confidence import (
    Confidence,
    confidence,
    non_response_error,
    of_both,
    response_rate,
)
from engagements.reviews.scoring.gaps import perception_gap
from engagements.reviews.scoring.health import Health, HealthState, health, is_mismatch
from engagements.reviews.scoring.items import (
    Answer,
    is_hardly_visible,
    item_score,
    respondent_dimension,
)
from engagements.reviews.scoring.mirror import blind_spots, reciprocity
from engagements.reviews.scoring.outcome import outcome
from engagements.reviews.scoring.parameters import Method
from engagements.reviews.scoring.sides import Cell, CellState, Mode, side_dimension
from engagements.reviews.scoring.weighting import weighted

CLIENT = dict(
    zip(
        ("TRU", "COM", "DIR", "TEA", "DEL", "SOL", "INN", "FAI"),
        (72.0, 65.0, 70.0, 68.0, 58.0, 61.0, 49.0, 74.0),
        strict=True,
    )
)
EQUAL = dict.fromkeys(CLIENT, 0.125)


def close(value):
    return pytest.approx(value, abs=0.005)


def without(*names):
    return {name: None if name in names else one for name, one in CLIENT.items()}


# A person and a side.


def test_a_reversed_item_counts_from_the_other_end():
    assert item_score(2, 1, 7, reverse=True) == close(83.33)
    assert Answer(1, 1, 5, reverse=True).score == 100


def test_one_of_three_items_is_too_few():
    given = [Answer(6), Answer(None), Answer(None)]

    assert respondent_dimension(given) is None


def test_an_item_may_weigh_more_than_another():
    given = [Answer(7, weight=3), Answer(1), Answer(None, weight=9)]

    assert respondent_dimension([*given, Answer(None)]) == 75


def test_two_people_are_suppressed_and_nobody_is_no_data():
    assert side_dimension([80.0, 70.0, None]) == Cell(2, None, CellState.SUPPRESSED)
    assert side_dimension([None]) == Cell(0, None, CellState.NO_DATA)
    assert side_dimension([], mode=Mode.NAMED) == Cell(0, None, CellState.NO_DATA)


def test_a_topic_is_hardly_visible_if_many_cannot_say():
    assert is_hardly_visible(2, 5)
    assert not is_hardly_visible(1, 5)
    assert not is_hardly_visible(0, 0)


def test_overall_rests_on_six_of_eight_dimensions_but_not_on_five():
    assert weighted(CLIENT, EQUAL).value == 64.625
    assert weighted(without("INN", "SOL"), EQUAL).value == close(67.83)
    few = weighted(without("INN", "SOL", "DEL"), EQUAL)
    assert (few.value, few.coverage) == (None, 0.625)


def test_one_side_makes_no_health():
    assert health(70, None) == Health(None, HealthState.ONE_SIDED)
    assert health(None, 70) == Health(None, HealthState.ONE_SIDED)


def test_a_rating_far_from_the_mean_is_a_mismatch_if_both_are_known():
    assert is_mismatch(90, 60)
    assert is_mismatch(None, 60) is is_mismatch(90, None) is None


# Two sides.


def test_gaps_that_cancel_out_are_seen_in_their_size():
    weights = {"TRU": 1.0, "DEL": 1.0}

    found = perception_gap(
        {"TRU": 80.0, "DEL": 60.0}, {"TRU": 60.0, "DEL": 80.0}, weights
    )

    assert (found.signed, found.mean_size, found.largest) == (0, 20, 20)
    # Equally wide: the first by name.
    assert found.widest == "DEL"


def test_a_gap_needs_common_dimensions_of_enough_weight():
    found = perception_gap(CLIENT, without("INN", "SOL", "DEL"), EQUAL)

    assert len(found.by_dimension) == 5
    assert (found.signed, found.mean_size, found.widest, found.band) == (None,) * 4


def test_the_largest_gap_is_that_of_the_widest_dimension():
    found = perception_gap(CLIENT, CLIENT | {"DEL": 82.0, "FAI": 51.0}, EQUAL)

    assert (found.largest, found.widest) == (24, "DEL")


def test_the_thresholds_of_an_instrument_go_all_the_way_down():
    answers = {"TRU": [Answer(6), Answer(None), Answer(None)]}
    lenient = Method(
        answered_share=0.3,
        completed_share=0.3,
        least_coverage=0.2,
        gap_note=1,
        gap_wide=2,
    )
    ours, theirs = [answers] * 4, [{"TRU": [Answer(5)]}] * 4

    found = outcome(ours, theirs, {"TRU": 1.0, "DEL": 2.0}, method=lenient)

    assert found.client.overall.value == close(83.33)
    assert found.client.completed == 4
    assert found.gap.signed == close(16.67)
    assert found.gap.band == "wide"
    strict = Method(least_per_side=5)
    assert outcome(ours, theirs, {"TRU": 1.0}, method=strict).gap.signed is None


def test_a_suppressed_side_has_no_gap_at_all():
    found = perception_gap(CLIENT, dict.fromkeys(CLIENT), EQUAL)

    assert (found.by_dimension, found.largest, found.coverage) == ({}, None, 0)


def test_two_answers_on_a_side_leave_nothing_of_it():
    high, low = [Answer(6), Answer(7)], [Answer(3), Answer(4)]
    many = [{"TRU": high, "DEL": low}] * 4

    found = outcome(many, many[:2], {"TRU": 1.0, "DEL": 1.0})

    assert found.client.overall.value == close(66.67)
    assert found.supplier.profile == {"TRU": None, "DEL": None}
    assert found.supplier.completed == 2
    assert found.health == Health(None, HealthState.ONE_SIDED)
    assert (found.gap.by_dimension, found.gap.signed) == ({}, None)


def test_the_mirror_leaves_out_what_one_side_did_not_rate():
    assert blind_spots({"TRU": 85.0, "COM": None}, {"TRU": 60.0, "DEL": 1.0}) == {
        "TRU": 25.0
    }
    assert reciprocity({"TRU": 60.0}, {"TRU": 75.0}) == {"TRU": -15.0}


# Agreement and confidence.


def test_two_camps_are_split():
    found = agreement([[1, 1, 7, 7], [2, 2, 7, 7]], 7)

    assert found.deviation == close(2.75)
    assert found.rwg < 0
    assert found.band is AgreementBand.SPLIT


def test_one_respondent_agrees_with_nobody():
    assert agreement([[5], [6]], 7) is None
    assert agreement([], 7) is None


@pytest.mark.parametrize(
    ("options", "low", "answers", "band"),
    [
        (7, 1, [4 - 12 / 7, 4 + 12 / 7], "split"),
        (7, 1, [4 - 1.714, 4 + 1.714], "mixed"),
        (5, 0, [2 - 1.2, 2 + 1.2], "split"),
        (5, 0, [2 - 1.199, 2 + 1.199], "mixed"),
        (4, 1, [1.5, 3.5], "split"),
        (4, 1, [1.51, 3.5], "mixed"),
    ],
)
def test_who_deviates_as_answers_at_random_is_split(options, low, answers, band):
    assert agreement([answers], options, low=low).band == band


def test_of_few_people_only_the_band_is_shown():
    found = agreement([[6, 6, 5, 7]], 7)

    assert published_agreement(found, 5) == found
    assert published_agreement(found, 2) is None
    few = published_agreement(found, 3)
    assert few.band is found.band
    assert few.deviation is few.index is few.rwg is None
    assert published_agreement(None, 9) is None


@pytest.mark.parametrize(
    ("before", "after", "speaks"),
    [
        ("mixed", "split", True),
        ("agree", "split", True),
        ("split", "split", False),
        ("split", "mixed", False),
        (None, "split", None),
        ("agree", None, None),
    ],
)
def test_a_side_falls_apart_once(before, after, speaks):
    bands = [one and AgreementBand(one) for one in (before, after)]

    assert becomes_split(*bands) is speaks


def test_nobody_eligible_has_no_rate():
    assert response_rate(3, 3, 0) is None
    assert response_rate(3, 1, 0) == 0


@pytest.mark.parametrize(
    ("n", "eligible", "more", "label"),
    [
        (2, 2, {}, "none"),
        (2, 2, {"split": True, "age": 9}, "none"),
        (4, 4, {}, "high"),
        (4, 5, {}, "medium"),
        (5, 8, {}, "medium"),
        (6, 7, {"age": 1.3}, "medium"),
        (6, 7, {"age": 1.3, "split": True}, "low"),
        (3, 8, {"age": 1.3, "split": True}, "low"),
        (6, 7, {"pulse_based": True}, "medium"),
        (3, 8, {"pulse_based": True}, "low"),
        (6, 7, {"pulse_based": True, "split": True}, "low"),
    ],
)
def test_confidence_falls_step_by_step(n, eligible, more, label):
    assert confidence(n, eligible, **more) == label


def test_what_rests_on_both_is_as_sure_as_the_weaker_side():
    assert of_both(Confidence.HIGH, Confidence.LOW) is Confidence.LOW
    assert of_both(Confidence.NONE, Confidence.MEDIUM) is Confidence.NONE


def test_a_census_misses_nobody():
    assert non_response_error([50.0, 60.0, 80.0], 3) == 0
    assert non_response_error([50.0], 3) is None
