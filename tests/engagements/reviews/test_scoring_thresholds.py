"""Every threshold and weight: what it says at its edge, next to it, and if it moved."""

from collections.abc import Callable
from dataclasses import dataclass, fields
from operator import attrgetter

import pytest

from engagements.reviews.scoring.confidence import confidence
from engagements.reviews.scoring.disclosure import (
    change_shown,
    comments_shown,
    counts_shown,
    details_shown,
    displayed,
    people_band,
)
from engagements.reviews.scoring.early_warning import actions_late
from engagements.reviews.scoring.gaps import gap_band
from engagements.reviews.scoring.health import is_mismatch
from engagements.reviews.scoring.items import (
    is_complete,
    is_hardly_visible,
)
from engagements.reviews.scoring.parameters import STANDARD, Method, parameters
from engagements.reviews.scoring.power import declared_dependence
from engagements.reviews.scoring.promoters import promoter_score, promoter_score_shown
from engagements.reviews.scoring.reliability import reliability_shown
from engagements.reviews.scoring.sides import side_dimension
from engagements.reviews.scoring.status import watermelon
from engagements.reviews.scoring.suppression import suppress_groups
from engagements.reviews.scoring.trend import ewma
from tests.engagements.reviews import edge_questions as asked

# The least that counts as beyond an edge.
BIT = 1e-5


@dataclass(frozen=True)
class Edge:
    """A parameter, a question that turns on it, and the answers around its edge."""

    name: str
    ask: Callable
    answers: dict
    nudge: float = 2 * BIT


EDGES = [
    Edge("answered_share", asked.respondent, {50: True, 49: False}, 0.01),
    Edge(
        "completed_share",
        lambda m, n: is_complete(n, 100, method=m),
        {50: True, 49: False},
        0.01,
    ),
    Edge("least_coverage", asked.coverage, {0.7: 50.0, 0.7 - BIT: None}),
    Edge("lightest_weight", asked.share_of_one, {0.05: True, 0.05 - BIT: False}),
    Edge("heaviest_weight", asked.share_of_one, {0.25: True, 0.25 + BIT: False}),
    Edge(
        "cannot_say_share",
        lambda m, n: is_hardly_visible(n, 100_000, method=m),
        {40_000: True, 39_999: False},
    ),
    Edge(
        "least_per_side",
        lambda m, n: side_dimension([50.0] * n, method=m).state,
        {3: "ok", 2: "suppressed"},
        1,
    ),
    Edge(
        "least_per_group",
        lambda m, n: suppress_groups({"ops": n}, m.least_per_group).published,
        {5: ("ops",), 4: ()},
        1,
    ),
    Edge(
        "least_for_comments",
        lambda m, n: comments_shown(n, method=m),
        {5: True, 4: False},
        1,
    ),
    Edge(
        "least_for_details",
        lambda m, n: details_shown(n, method=m),
        {5: True, 4: False},
        1,
    ),
    Edge(
        "least_for_counts",
        lambda m, n: counts_shown(n, method=m),
        {4: True, 3: False},
        1,
    ),
    Edge(
        "least_for_change",
        lambda m, n: change_shown(n, n + 1, 1, 0, method=m),
        {5: True, 4: False},
        1,
    ),
    Edge(
        "coded_below",
        lambda m, n: displayed(100.0, n, method=m),
        {10: "100", 9: "95+"},
        1,
    ),
    Edge(
        "top_code", lambda m, x: displayed(x, 3, method=m), {95: "95+", 95 - BIT: "95"}
    ),
    Edge(
        "bottom_code", lambda m, x: displayed(x, 3, method=m), {5: "5-", 5 + BIT: "5"}
    ),
    Edge("middle_band", lambda m, n: people_band(n, method=m), {5: "5-9", 4: "3-4"}, 1),
    Edge("large_band", lambda m, n: people_band(n, method=m), {10: "10+", 9: "5-9"}, 1),
    Edge(
        "gap_note",
        lambda m, x: gap_band(x, method=m),
        {10: "note", 10 - BIT: "aligned", -10: "note", BIT - 10: "aligned"},
    ),
    Edge(
        "gap_wide",
        lambda m, x: gap_band(x, method=m),
        {20: "wide", 20 - BIT: "note", -20: "wide", BIT - 20: "note"},
    ),
    Edge(
        "gap_severe",
        lambda m, x: gap_band(x, method=m),
        {30: "severe", 30 - BIT: "wide", -30: "severe", BIT - 30: "wide"},
    ),
    Edge(
        "mismatch",
        lambda m, x: is_mismatch(50, 50 + x, method=m),
        {20: True, 20 - BIT: False, -20: True, BIT - 20: False},
    ),
    Edge("agree_part", asked.spread, {7 / 6: "agree", 7 / 6 + BIT: "mixed"}, 0.001),
    Edge(
        "high_people",
        lambda m, n: confidence(n, n + 1, method=m),
        {5: "high", 4: "medium"},
        1,
    ),
    Edge(
        "high_rate",
        lambda m, n: confidence(n, 100_000, method=m),
        {70_000: "high", 69_999: "medium"},
    ),
    Edge(
        "census_people",
        lambda m, n: confidence(n, n, method=m),
        {4: "high", 3: "medium"},
        1,
    ),
    Edge(
        "medium_rate",
        lambda m, n: confidence(n, 100_000, method=m),
        {50_000: "medium", 49_999: "low"},
    ),
    Edge(
        "ageing",
        lambda m, x: confidence(6, 6, age=x, method=m),
        {1.25: "high", 1.25 + BIT: "medium"},
    ),
    Edge(
        "full_share",
        lambda m, x: declared_dependence(share=x, method=m),
        {0.4: 100.0, 0.2: 50.0},
    ),
    Edge(
        "alternative_worth",
        lambda m, n: declared_dependence(alternatives=n, method=m),
        {1: 75.0, 4: 0.0, 5: 0.0},
    ),
    Edge(
        "full_months",
        lambda m, x: declared_dependence(months_to_replace=x, method=m),
        {18: 100.0, 9: 50.0},
    ),
    Edge("weight_structure", asked.blend, {None: 75.0}),
    Edge("weight_felt", asked.blend, {None: 75.0}),
    Edge("power_tilted", asked.dominance, {15: "tilted_client", 15 - BIT: "balanced"}),
    Edge(
        "power_dominated",
        asked.dominance,
        {30: "dominated_client", 30 - BIT: "tilted_client"},
    ),
    Edge(
        "power_contested", asked.contradiction, {15: "contested", 15 - BIT: "balanced"}
    ),
    Edge("low_voice", asked.subdued, {50: None, 50 - BIT: "compliance"}),
    Edge("high_dependence", asked.tied, {50: "strategic_fit", 50 - BIT: "loose"}),
    Edge("burden_actions", asked.burden, {(0, 4): True, (0, 3): False}, 1),
    Edge(
        "burden_imbalance", asked.burden, {(1, 4): True, (20_001, 79_999): False}, 0.01
    ),
    Edge(
        "burden_imbalance", asked.burden, {(4, 1): True, (79_999, 20_001): False}, 0.01
    ),
    Edge("change_people", asked.separated, {4: "clear", 3: "not_testable"}, 1),
    Edge("clear_chance", asked.scattered, {21: "clear", 22: "possible"}, 0.01),
    Edge(
        "possible_chance",
        asked.scattered,
        {63: "possible", 64: "no_clear_change"},
        0.01,
    ),
    Edge("least_effect", asked.effect, {5.0: "clear", 5 - BIT: "no_clear_change"}),
    Edge("most_arrangements", asked.counted, {(8, 8): True, (8, 9): False}, 8_000),
    Edge("momentum_waves", asked.looks_back, {5: (4, False), 3: (3, True)}, 1),
    Edge("momentum_firm", asked.is_provisional, {3: False, 2: True}, 1),
    Edge(
        "momentum_band",
        asked.slope,
        {3: "rising", 3 - BIT: "steady", BIT - 3: "steady", -3: "falling"},
    ),
    Edge("quarter_days", asked.day_slope, {1.0: 91.3125}),
    Edge(
        "trend_baseline",
        lambda m, n: ewma([50.0] * n, method=m).state,
        {5: "ok", 4: "insufficient"},
        1,
    ),
    Edge("trend_memory", asked.trend("smoothed"), {100: 65, 0: 35}),
    Edge("trend_limit", asked.trend("lower"), {50: 47.3}),
    Edge("trend_floor", asked.trend("upper"), {50: 52.7}),
    Edge(
        "fall_warning",
        asked.level("healths", lambda x: (50, 50 - x)),
        {8: "warning", 8 - BIT: "none"},
    ),
    Edge(
        "fall_alert",
        asked.level("healths", lambda x: (50, 50 - x)),
        {12: "alert", 12 - BIT: "warning"},
    ),
    Edge(
        "two_falls",
        asked.level("healths", lambda x: (50, 49, 50 - x)),
        {8: "warning", 8 - BIT: "none"},
    ),
    Edge(
        "dimension_fall",
        asked.level("lowest_change"),
        {-20: "watch", BIT - 20: "none"},
    ),
    Edge(
        "gap_watched",
        asked.level("gaps", lambda x: (0, x)),
        {15: "watch", 15 - BIT: "none", -15: "watch", BIT - 15: "none"},
    ),
    Edge(
        "gap_wide",
        asked.level("gaps", lambda x: (x,)),
        {20: "warning", 20 - BIT: "none", -20: "warning", BIT - 20: "none"},
    ),
    Edge(
        "gap_widening",
        asked.level("gaps", lambda x: (18 - x, 18)),
        {10: "watch", 10 - BIT: "none"},
    ),
    Edge("gap_severe", asked.level("largest_gap"), {30: "watch", 30 - BIT: "none"}),
    Edge("low_rate", asked.level("supplier_rate"), {0.5: "none", 0.5 - BIT: "watch"}),
    Edge("rate_drop", asked.dropped, {0.25: "watch", 0.25 - BIT: "none"}),
    Edge(
        "late_actions",
        lambda m, n: actions_late(n, 0, method=m),
        {3: True, 2: False},
        1,
    ),
    Edge(
        "on_time_share",
        lambda m, n: actions_late(100_000, n, method=m),
        {60_000: False, 59_999: True},
    ),
    Edge("raising_hits", asked.watches, {2: "warning", 1: "watch"}, 1),
    Edge("green", asked.base, {70: "green", 70 - BIT: "amber"}),
    Edge("amber", asked.base, {50: "amber", 50 - BIT: "red"}),
    Edge("weak_side", asked.light("supplier"), {60: "green", 60 - BIT: "amber"}),
    Edge("failing_side", asked.light("client"), {40: "amber", 40 - BIT: "red"}),
    Edge(
        "weak_dimension",
        asked.light("dimensions", lambda x: (80, x)),
        {40: "green", 40 - BIT: "amber"},
    ),
    Edge(
        "gap_wide",
        asked.light("gap"),
        {20: "amber", 20 - BIT: "green", -20: "amber", BIT - 20: "green"},
    ),
    Edge("gap_severe", asked.light("largest_gap"), {30: "amber", 30 - BIT: "green"}),
    Edge("low_rate", asked.light("client_rate"), {0.5: "green", 0.5 - BIT: "amber"}),
    Edge("stale_age", asked.light("age"), {1.5: "green", 1.5 + BIT: "stale"}),
    Edge(
        "service_green",
        lambda m, x: watermelon(x, 50, None, method=m),
        {0.95: True, 0.95 - BIT: False},
    ),
    Edge(
        "client_unwell",
        lambda m, x: (watermelon(1, x, 90, method=m), watermelon(1, 90, x, method=m)),
        {60: (False, False), 60 - BIT: (True, True)},
    ),
    Edge("linked_items", asked.kept, {50: "linked", 49: "break"}, 0.01),
    *(
        Edge(f"weight_{part}", asked.propensity, {None: 53.0})
        for part in ("intent", "health", "decline", "silence", "actions")
    ),
    Edge("decline_factor", asked.propensity, {None: 53.0}),
    Edge("risk_medium", asked.risk("band"), {35: "medium", 35 - BIT: "low"}),
    Edge("risk_high", asked.risk("band"), {55: "high", 55 - BIT: "medium"}),
    *(
        Edge(
            name,
            asked.risk("urgency"),
            {(50, days): this, (50, days + 1): following},
            1,
        )
        for name, days, this, following in (
            ("imminent_days", 90, "imminent", "near"),
            ("near_days", 180, "near", "planned"),
            ("planned_days", 365, "planned", "distant"),
        )
    ),
    Edge(
        "promoter_from",
        lambda m, x: promoter_score([x], method=m).score,
        {9: 100, 8: 0},
        1,
    ),
    Edge(
        "detractor_to",
        lambda m, x: promoter_score([x], method=m).score,
        {6: -100, 7: 0},
        1,
    ),
    Edge(
        "least_for_promoters",
        lambda m, n: promoter_score_shown(n, method=m),
        {30: True, 29: False},
        1,
    ),
    Edge(
        "least_for_reliability",
        lambda m, n: reliability_shown(n, method=m),
        {30: True, 29: False},
        1,
    ),
]
by_name = attrgetter("name")


def answers(edge, method):
    return {figure: edge.ask(method, figure) for figure in edge.answers}


@pytest.mark.parametrize("edge", EDGES, ids=by_name)
def test_it_turns_exactly_at_its_edge(edge):
    assert answers(edge, STANDARD) == edge.answers


@pytest.mark.parametrize("way", [1, -1])
@pytest.mark.parametrize("edge", EDGES, ids=by_name)
def test_the_answers_change_when_it_moves(edge, way):
    moved = getattr(STANDARD, edge.name) + way * edge.nudge

    try:
        method = Method(**{edge.name: moved})
    except ValueError:
        # Under the floor of confidentiality: refused.
        return

    assert answers(edge, method) != edge.answers


def test_every_parameter_has_its_edge():
    assert {edge.name for edge in EDGES} == {one.name for one in fields(Method)}


def test_every_parameter_says_what_it_means():
    told = parameters(STANDARD)

    assert [one.name for one in told] == [one.name for one in fields(Method)]
    assert all(one.unit and one.meaning for one in told)
    assert parameters(Method(green=75.0))[0] == told[0]
    assert {one.name: one.value for one in parameters(Method(green=75.0))}[
        "green"
    ] == 75
