"""Examples over time, beside the named cases: change, warnings, status, renewal."""

from datetime import date, timedelta

import pytest

from engagements.boards.loop import Decision, Recommendation, loop
from engagements.reviews.scoring.change import change_matched, change_test, published
from engagements.reviews.scoring.disclosure import change_shown
from engagements.reviews.scoring.early_warning import (
    Evidence,
    Level,
    early_warning,
    lowest_change,
)
from engagements.reviews.scoring.momentum import Direction, Momentum, momentum
from engagements.reviews.scoring.parameters import Method
from engagements.reviews.scoring.renewal import (
    ExitEvidence,
    Risk,
    Urgency,
    exit_propensity,
    for_other_side,
    renewal_risk,
)
from engagements.reviews.scoring.status import Flag, Picture, status, watermelon
from engagements.reviews.scoring.trend import Signal, Trend, TrendState, ewma
from engagements.reviews.scoring.versions import (
    Item,
    Link,
    dimension_link,
    linked_change,
)

START = date(2025, 1, 15)


def close(value):
    return pytest.approx(value, abs=0.005)


def quarterly(*values):
    return [(START + timedelta(days=91 * n), one) for n, one in enumerate(values)]


# Change.


@pytest.mark.parametrize(("people", "least"), [(3, 0.10), (4, 0.029), (5, 0.008)])
def test_few_people_cannot_be_surer_than_this(people, least):
    found = change_test([0.0] * people, [100.0] * people)

    assert found.least_chance == pytest.approx(least, abs=0.0005)
    assert found.chance == found.least_chance


def test_waves_of_unequal_size_have_no_twin():
    found = change_test([0.0] * 3, [100.0] * 4)

    assert found.chance == found.least_chance == 1 / 35


def test_equal_answers_are_no_change():
    found = change_test([60.0] * 4, [60.0] * 4)

    assert (found.delta, found.chance, found.effect) == (0, 1, None)
    assert found.label == "no_clear_change"


def test_a_small_change_is_none_however_unlikely():
    assert change_test([50.0] * 5, [54.0] * 5).label == "no_clear_change"


def test_one_person_a_wave_has_no_effect_size():
    assert change_test([50.0], [60.0]).effect is None
    assert change_test([50.0], [60.0, 80.0]).effect is not None


def test_fewer_than_six_pairs_cannot_reach_a_twentieth():
    assert change_matched([9.0] * 5).least_chance == 0.0625
    assert change_matched([9.0] * 6).least_chance == 0.03125
    assert change_matched([9.0] * 3).label == "not_testable"
    assert change_matched([9.0] * 5).label == "clear"


def test_arrangements_are_drawn_only_above_the_most():
    waves = [50.0, 55.0, 60.0, 58.0], [70.0, 75.0, 72.0, 68.0]

    assert change_test(*waves, method=Method(most_arrangements=70)).chance == 2 / 70
    drawn = change_test(*waves, method=Method(most_arrangements=69)).chance
    assert drawn in {(hits + 1) / 70 for hits in range(12)}
    assert (
        change_matched([1.0] * 6, method=Method(most_arrangements=64)).chance == 1 / 32
    )
    drawn = change_matched([1.0] * 6, method=Method(most_arrangements=63)).chance
    assert drawn in {(hits + 1) / 64 for hits in range(12)}


def test_a_change_may_be_shown_from_three_people_its_chance_from_five():
    found = change_test([50.0, 55.0, 60.0, 58.0], [70.0, 75.0, 72.0, 68.0])

    assert published(found, 5, 5) == found
    assert published(found, 4, 9).chance is None
    assert published(found, 3, 9).delta == 15.5
    assert published(found, 2, 9) is None


def test_one_new_face_on_a_small_side_hides_the_change():
    assert not change_shown(4, 5, 1, 0)
    assert not change_shown(4, 4, 1, 1)
    assert change_shown(4, 4, 0, 0)
    assert change_shown(4, 4, 2, 2)
    assert not change_shown(2, 9, 7, 0)


# Momentum and trend.


def test_one_wave_has_no_momentum_and_two_only_a_provisional_one():
    assert momentum(quarterly(70)) == Momentum(
        slope=None, direction=None, provisional=True, early=False, waves=1
    )
    assert momentum([]).waves == 0
    two = momentum(quarterly(70, 80))
    assert (two.provisional, two.early) == (True, False)
    assert two.direction is Direction.RISING
    three = momentum(quarterly(70, 80, 81))
    assert (three.provisional, three.early) == (False, True)
    four = momentum(quarterly(70, None, 71, 70, 71))
    assert (four.provisional, four.early, four.waves) == (False, False, 4)


def test_a_short_series_has_no_trend():
    assert ewma([70, 71, None, 70, 69]) == Trend(TrendState.INSUFFICIENT)


def test_a_wild_baseline_has_wide_limits_and_a_rise_is_a_signal_too():
    wild = ewma([40, 60, 40, 60, 90])

    assert wild.deviation == close(20 / 1.128)
    assert wild.signal is None
    assert ewma([50, 50, 50, 50, 60]).signal is Signal.HIGH
    # At the very limit, 2.7 points away, it is none yet.
    assert ewma([50, 50, 50, 50, 59]).signal is None
    assert ewma([50, 50, 50, 50, 41]).signal is None
    assert ewma([50, 50, 50, 50, 40.9]).signal is Signal.LOW


# Early warning.


@pytest.mark.parametrize(
    ("known", "level", "hits"),
    [
        ({}, "none", []),
        ({"healths": [74]}, "none", []),
        ({"healths": [74, 62]}, "alert", ["W1:alert"]),
        ({"healths": [74, None, 62]}, "none", []),
        ({"healths": [90, 70, None]}, "none", []),
        ({"healths": [74, 70, 66]}, "warning", ["W2:warning"]),
        ({"healths": [74, 74, 67]}, "none", []),
        ({"healths": [74, 75, 68]}, "none", []),
        ({"healths": [60, 74, 67]}, "none", []),
        ({"healths": [74, 67, 67]}, "none", []),
        ({"healths": [70, 72, 69, 71, 66, 63, 60]}, "alert", ["W3:alert"]),
        ({"trend": Signal.LOW}, "alert", ["W3:alert"]),
        ({"trend": Signal.HIGH}, "none", []),
        ({"gaps": [-6, -16]}, "watch", ["W5:watch"]),
        ({"gaps": [16, -16]}, "none", []),
        ({"gaps": [None, 16]}, "none", []),
        ({"gaps": [16]}, "none", []),
        ({"gaps": [0, 20, None]}, "none", []),
        ({"gaps": [None, -20]}, "warning", ["W5:warning"]),
        ({"client_rate": 0, "supplier_rate": 0.9}, "alert", ["W7C:alert"]),
        ({"client_rate": 0.49, "supplier_rate": 0.4}, "warning", None),
        ({"client_rate": 0.7, "client_rate_before": 0.9}, "none", []),
        ({"supplier_rate": 0.6, "supplier_rate_before": 0.9}, "watch", ["W7S:watch"]),
        ({"supplier_rate_before": 0.9}, "none", []),
        ({"newly_split": True}, "watch", ["W8:watch"]),
        ({"newly_split": False}, "none", []),
        ({"actions_due": 3, "actions_on_time": 1}, "watch", ["W9:watch"]),
        ({"actions_due": 3}, "none", []),
        ({"actions_on_time": 3}, "none", []),
        ({"actions_due": 0, "actions_on_time": 0}, "none", []),
        ({"newly_split": True, "largest_gap": 31}, "warning", ["W6:watch", "W8:watch"]),
        ({"healths": [74, 66], "gaps": [21]}, "alert", ["W1:warning", "W5:warning"]),
        ({"healths": [74, 66], "newly_split": True}, "warning", None),
    ],
)
def test_rules_speak_for_themselves_and_add_up(known, level, hits):
    found = early_warning(Evidence(**known))

    assert found.level == level
    if hits is not None:
        assert [f"{hit.rule}:{hit.level}" for hit in found.hits] == hits
        assert all(hit.level is not Level.NONE for hit in found.hits)


def test_the_lowest_change_is_that_of_either_side():
    before = {"TRU": 80.0, "DEL": 70.0}, {"TRU": 60.0, "DEL": None}
    after = {"TRU": 78.0, "DEL": 71.0}, {"TRU": 35.0, "DEL": 20.0}

    assert lowest_change(before, after) == -25
    assert lowest_change([{}, {}], after) is None


# Status.


@pytest.mark.parametrize(
    ("known", "light", "base", "caps"),
    [
        ({"supplier": None}, "unknown", None, ()),
        ({"client": 35, "supplier": 90}, "red", "amber", ("weak_side",)),
        ({"client": 55, "supplier": 66}, "amber", "amber", ()),
        ({"client": 40, "supplier": 50}, "red", "red", ()),
        ({"dimensions": [None, 39]}, "amber", "green", ("weak_dimension",)),
        ({"largest_gap": 34}, "amber", "green", ("gap",)),
        ({"supplier_rate": 0.4}, "amber", "green", ("silence",)),
        ({"flags": [Flag.NOTICE_GIVEN]}, "red", "green", ("notice_given",)),
        ({"flags": [Flag.FORMAL_DISPUTE]}, "amber", "green", ("formal_dispute",)),
        ({"flags": [Flag.OPEN_SEV1]}, "amber", "green", ("open_sev1",)),
        ({"flags": [Flag.ACTIONS_OVERDUE]}, "amber", "green", ("actions_overdue",)),
        (
            {"flags": [Flag.OPEN_SEV1, Flag.NOTICE_GIVEN], "gap": -20},
            "red",
            "green",
            ("gap", "notice_given", "open_sev1"),
        ),
        (
            {"client": 60, "supplier": 60, "gap": 20, "flags": [Flag.NOTICE_GIVEN]},
            "red",
            "amber",
            ("notice_given",),
        ),
        ({"age": 1.51, "flags": [Flag.NOTICE_GIVEN]}, "stale", None, ()),
        ({"age": 2, "supplier": None}, "unknown", None, ()),
    ],
)
def test_a_status_names_what_capped_it(known, light, base, caps):
    found = status(Picture(**{"client": 80, "supplier": 80} | known))

    assert (found.light, found.base, found.caps) == (light, base, caps)


def test_a_watermelon_needs_green_levels_and_a_client_unwell():
    assert watermelon(0.99, 80, 50)
    assert watermelon(0.99, None, 50)
    assert not watermelon(0.99, 80, None)
    assert not watermelon(0.9, 20, 20)
    assert not watermelon(None, 20, 20)


# Versions.


def test_half_of_the_weight_replaced_is_a_break():
    weights = dict.fromkeys(("TRU", "COM", "DIR", "DEL"), 1.0)
    other = dict.fromkeys(("TRU", "COM", "SUS", "ESG"), 1.0)

    found = linked_change(
        dict.fromkeys(weights, 60.0), dict.fromkeys(other, 70.0), weights, other
    )

    assert (found.state, found.delta) == (Link.BREAK, None)
    assert (found.old_coverage, found.new_coverage) == (0.5, 0.5)


def test_common_dimensions_must_carry_both_versions_and_weigh_as_the_new():
    old, new = {"TRU": 1.0, "DEL": 1.0}, {"TRU": 3.0, "DEL": 1.0, "SUS": 1.0}

    found = linked_change(
        {"TRU": 60.0, "DEL": 80.0}, {"TRU": 70.0, "DEL": 80.0, "SUS": None}, old, new
    )

    assert (found.old, found.new, found.delta) == (65, 72.5, 7.5)
    assert (found.old_coverage, found.new_coverage) == (1, 0.8)
    swapped = linked_change({"TRU": 60.0}, {"TRU": 70.0}, new, old)
    assert swapped.state is Link.BREAK


@pytest.mark.parametrize(
    ("new", "link"),
    [
        ({"A": Item(1), "B": Item(1), "C": Item(1)}, "linked"),
        ({"A": Item(1), "B": Item(1), "C": Item(2)}, "linked"),
        ({"A": Item(1), "B": Item(2), "C": Item(2)}, "break"),
        ({"A": Item(1), "B": Item(1), "X": Item(1), "Y": Item(1)}, "linked"),
        ({"A": Item(1), **{name: Item(1) for name in "BWXYZ"}}, "break"),
        ({"A": Item(1, 1, 5), "B": Item(1), "C": Item(1)}, "rescaled"),
        ({"A": Item(1, 0, 7), "B": Item(1), "C": Item(2)}, "rescaled"),
        ({"A": Item(1), "B": Item(1), "C": Item(2, 1, 5)}, "linked"),
    ],
)
def test_a_dimension_links_by_the_items_it_keeps(new, link):
    old = {"A": Item(1), "B": Item(1), "C": Item(1)}

    assert dimension_link(old, new) == link
    assert dimension_link(new, old) == link
    assert dimension_link(old, new, same_meaning=False) is Link.BREAK


# Renewal.


def test_a_rise_and_a_steep_fall_are_kept_within_bounds():
    assert exit_propensity(ExitEvidence(health=100, momentum=9)) == 0
    assert exit_propensity(ExitEvidence(health=100, momentum=-30)) == close(33.33)
    assert exit_propensity(ExitEvidence(momentum=-30, response_rate=0.1)) is None
    assert exit_propensity(ExitEvidence(intent=20)) == 80


def test_the_other_side_cannot_read_the_intent():
    known = ExitEvidence(intent=0, health=62, response_rate=0.8)

    assert exit_propensity(for_other_side(known)) == 33.5
    assert exit_propensity(for_other_side(ExitEvidence(intent=0))) is None


@pytest.mark.parametrize(
    ("propensity", "risks"),
    [
        (60, ["critical", "high", "high", "elevated"]),
        (40, ["high", "elevated", "elevated", "watch"]),
        (10, ["watch", "watch", "low", "low"]),
        (None, ["elevated", "elevated", "unknown", "unknown"]),
    ],
)
def test_risk_is_propensity_by_urgency(propensity, risks):
    found = [
        renewal_risk(propensity, None, days, decision_recorded=True)
        for days in (0, 91, 181, 366)
    ]

    assert [one.risk for one in found] == risks
    assert [one.urgency for one in found] == ["imminent", "near", "planned", "distant"]


def test_without_a_decision_a_near_deadline_is_elevated_even_at_low_propensity():
    assert renewal_risk(10, 5, 90, decision_recorded=False).risk is Risk.ELEVATED
    assert renewal_risk(10, 5, 91, decision_recorded=False).risk is Risk.WATCH
    assert renewal_risk(40, 5, 90, decision_recorded=False).risk is Risk.HIGH


def test_after_the_deadline_nothing_is_left_to_order():
    for decided in (True, False):
        found = renewal_risk(10, 90, -1, decision_recorded=decided)

        assert found.propensity == 90
        assert found.urgency is Urgency.LOCKED_OR_LAPSED
        assert found.risk is Risk.LOCKED_OR_LAPSED


# Boards.


def test_a_cohort_of_nothing_has_no_rates():
    found = loop([Recommendation(withdrawn=True), Recommendation(merged=True)])

    assert (found.n, found.open) == (0, 0)
    assert {value for name, value in vars(found).items() if "rate" in name} == {None}


def test_late_put_off_and_unreported_are_not_closed():
    delivered = {"committed": True, "due": True, "delivered": True, "reported": True}
    cohort = [
        Recommendation(Decision.ACCEPT, **delivered | {"on_time": True}),
        Recommendation(Decision.PARTIAL, **delivered),
        Recommendation(Decision.ACCEPT, **delivered | {"reported": False}),
        Recommendation(Decision.DEFER, reason=True, reported=True),
        Recommendation(Decision.DECLINE, reason=True, reported=True, in_time=True),
        Recommendation(Decision.DECLINE, reported=True, in_time=True),
        Recommendation(reason=True, in_time=True),
        # Said to be committed and delivered, but never accepted.
        Recommendation(Decision.DEFER, committed=True, due=True),
    ]

    found = loop(cohort)

    assert found.close_rate == 37.5
    assert found.answer_rate == 62.5
    assert found.in_time_rate == 12.5
    assert found.commitment_rate == 100
    assert found.delivery_rate == close(33.33)
    assert found.verified_rate == 0
    assert found.open == 5
