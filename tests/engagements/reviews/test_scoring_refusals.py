"""Bad input is refused by the name of its argument."""

from dataclasses import replace
from datetime import date
from math import inf, nan

import pytest

from engagements.reviews.scoring.agreement import agreement
from engagements.reviews.scoring.agreement import published as published_agreement
from engagements.reviews.scoring.change import change_matched, change_test
from engagements.reviews.scoring.change import published as published_change
from engagements.reviews.scoring.confidence import (
    confidence,
    non_response_error,
    response_rate,
)
from engagements.reviews.scoring.disclosure import (
    change_shown,
    comments_shown,
    counts_shown,
    details_shown,
    displayed,
    exposed_mean,
    may_publish_matched,
    may_recompute,
    people_band,
)
from engagements.reviews.scoring.early_warning import (
    Evidence,
    actions_late,
    early_warning,
    lowest_change,
)
from engagements.reviews.scoring.gaps import gap_band, perception_gap
from engagements.reviews.scoring.health import health, is_mismatch
from engagements.reviews.scoring.items import (
    Answer,
    is_complete,
    is_hardly_visible,
    item_score,
    respondent_dimension,
)
from engagements.reviews.scoring.mirror import blind_spots, reciprocity
from engagements.reviews.scoring.momentum import momentum
from engagements.reviews.scoring.parameters import STANDARD, Method
from engagements.reviews.scoring.power import (
    Stance,
    action_burden,
    declared_dependence,
)
from engagements.reviews.scoring.promoters import promoter_score
from engagements.reviews.scoring.reliability import (
    cronbach_alpha,
    intraclass,
    rwg_of_items,
)
from engagements.reviews.scoring.renewal import ExitEvidence, renewal_risk
from engagements.reviews.scoring.sides import side_dimension, side_result
from engagements.reviews.scoring.status import Picture, watermelon
from engagements.reviews.scoring.suppression import (
    suppress_groups,
    suppress_groups_by_dimension,
)
from engagements.reviews.scoring.trend import ewma
from engagements.reviews.scoring.versions import Item, dimension_link, linked_change
from engagements.reviews.scoring.weighting import weighted, weights_allowed

DAY = date(2026, 1, 15)
ONE = {"TRU": 1.0}
CHANGE = change_test([50.0], [60.0])

REFUSED = [
    ("high", lambda: item_score(1, 7, 7)),
    ("high", lambda: item_score(1, 1, inf)),
    ("value", lambda: item_score(8)),
    ("value", lambda: item_score(0)),
    ("value", lambda: item_score(nan)),
    ("value", lambda: Answer(5, 0, 4)),
    ("high", lambda: Answer(None, 7, 1)),
    ("weight", lambda: Answer(4, weight=0)),
    ("weight", lambda: Answer(4, weight=inf)),
    ("answers", lambda: respondent_dimension([])),
    ("valid", lambda: is_complete(5, 4)),
    ("valid", lambda: is_complete(-1, 4)),
    ("scored", lambda: is_complete(0, 0)),
    ("cannot_say", lambda: is_hardly_visible(3, 2)),
    ("people", lambda: is_hardly_visible(0, -2)),
    ("scores", lambda: side_dimension([101.0])),
    ("scores", lambda: side_dimension([nan])),
    ("weights", lambda: side_result([], {})),
    ("answers", lambda: side_result([{"TRU": []}], ONE)),
    ("weights", lambda: weighted({}, {})),
    ("weights", lambda: weighted({}, {"TRU": 0.0})),
    ("weights", lambda: weighted({}, {"TRU": nan})),
    ("weights", lambda: weights_allowed({"TRU": inf})),
    ("profile", lambda: weighted({"COM": 50.0}, ONE)),
    ("profile", lambda: weighted({"TRU": -1.0}, ONE)),
    ("client", lambda: health(101, 50)),
    ("supplier", lambda: health(50, -1)),
    ("rating", lambda: is_mismatch(101, 50)),
    ("overall", lambda: is_mismatch(50, 101)),
    ("gap", lambda: gap_band(101)),
    ("client", lambda: perception_gap({"TRU": 101.0}, {}, ONE)),
    ("supplier", lambda: perception_gap({}, {"COM": 1.0}, ONE)),
    ("own", lambda: blind_spots({"TRU": 101.0}, {})),
    ("others", lambda: blind_spots({}, {"TRU": 101.0})),
    ("of_supplier", lambda: reciprocity({"TRU": 101.0}, {})),
    ("of_client", lambda: reciprocity({}, {"TRU": 101.0})),
    ("options", lambda: agreement([], 1)),
    ("options", lambda: agreement([], 2.5)),
    ("matrix", lambda: agreement([[0, 1]], 7)),
    ("matrix", lambda: agreement([[7, 8]], 7)),
    ("matrix", lambda: agreement([[0, 5]], 5, low=0)),
    ("n", lambda: published_agreement(None, -1)),
    ("completed", lambda: response_rate(8, 1, 8)),
    ("ineligible", lambda: response_rate(1, 2, 0)),
    ("invited", lambda: response_rate(nan, 0, 0)),
    ("invited", lambda: response_rate(inf, 0, 0)),
    ("answered", lambda: confidence(8, 7)),
    ("eligible", lambda: confidence(0, -1)),
    ("age", lambda: confidence(5, 7, age=-1)),
    ("scores", lambda: non_response_error([101.0], 5)),
    ("population", lambda: non_response_error([50.0, 60.0], 1)),
    ("share", lambda: declared_dependence(share=1.1)),
    ("alternatives", lambda: declared_dependence(alternatives=-1)),
    ("alternatives", lambda: declared_dependence(alternatives=0.5)),
    ("months_to_replace", lambda: declared_dependence(months_to_replace=-1)),
    ("months_to_replace", lambda: declared_dependence(months_to_replace=inf)),
    ("dependence", lambda: Stance(dependence=101)),
    ("voice", lambda: Stance(voice=-1)),
    ("joint", lambda: action_burden(1, 1, -1)),
    ("groups", lambda: suppress_groups({"ops": -1})),
    ("k", lambda: suppress_groups({"ops": 1}, 0)),
    ("groups", lambda: suppress_groups_by_dimension({"a": {"TRU": 1}, "b": {}})),
    ("groups", lambda: suppress_groups_by_dimension({"a": {"TRU": -1}})),
    ("n", lambda: people_band(-1)),
    ("n", lambda: displayed(50, -1)),
    ("value", lambda: displayed(101, 5)),
    ("submitted", lambda: comments_shown(-1)),
    ("n", lambda: details_shown(-1)),
    ("invited", lambda: counts_shown(-1)),
    ("stay", lambda: may_publish_matched(-1, 0, 0)),
    ("join", lambda: may_publish_matched(3, -1, 0)),
    ("leave", lambda: may_publish_matched(3, 0, -1)),
    ("different", lambda: may_recompute(-1)),
    ("left", lambda: change_shown(5, 5, 0, -1)),
    ("n_a", lambda: exposed_mean(-1, 50, 5, 50)),
    ("mean_b", lambda: exposed_mean(4, 50, 5, 101)),
    ("before", lambda: change_test([], [50.0])),
    ("after", lambda: change_test([50.0], [])),
    ("after", lambda: change_test([50.0], [101.0])),
    ("differences", lambda: change_matched([])),
    ("differences", lambda: change_matched([101.0])),
    ("n_before", lambda: published_change(CHANGE, -1, 5)),
    ("points", lambda: momentum([(DAY, 101.0)])),
    ("points", lambda: momentum([(DAY, 50.0), (DAY, 60.0)])),
    ("series", lambda: ewma([101.0])),
    ("healths", lambda: Evidence(healths=[101.0])),
    ("gaps", lambda: Evidence(gaps=[101.0])),
    ("largest_gap", lambda: Evidence(largest_gap=-1)),
    ("lowest_change", lambda: Evidence(lowest_change=-101)),
    ("client_rate", lambda: Evidence(client_rate=1.1)),
    ("supplier_rate_before", lambda: Evidence(supplier_rate_before=-0.1)),
    ("on_time", lambda: actions_late(1, 2)),
    ("due", lambda: actions_late(-1, 0)),
    ("on_time", lambda: early_warning(Evidence(actions_due=1, actions_on_time=2))),
    ("after", lambda: lowest_change([{}], [{}, {}])),
    ("client", lambda: Picture(client=101)),
    ("supplier", lambda: Picture(supplier=101)),
    ("dimensions", lambda: Picture(dimensions=[101])),
    ("gap", lambda: Picture(gap=-101)),
    ("largest_gap", lambda: Picture(largest_gap=-1)),
    ("client_rate", lambda: Picture(client_rate=2)),
    ("age", lambda: Picture(age=-1)),
    ("age", lambda: Picture(age=nan)),
    ("services_met", lambda: watermelon(95, 50, 50)),
    ("client_delivery", lambda: watermelon(0.9, 50, 101)),
    ("old", lambda: dimension_link({}, {"A": Item(1)})),
    ("new", lambda: dimension_link({"A": Item(1)}, {})),
    ("old", lambda: linked_change({"TRU": 101.0}, {}, ONE, ONE)),
    ("new", lambda: linked_change({}, {"COM": 50.0}, ONE, ONE)),
    ("old_weights", lambda: linked_change({}, {}, {}, ONE)),
    ("new_weights", lambda: linked_change({}, {}, ONE, {})),
    ("intent", lambda: ExitEvidence(intent=101)),
    ("health", lambda: ExitEvidence(health=-1)),
    ("momentum", lambda: ExitEvidence(momentum=nan)),
    ("response_rate", lambda: ExitEvidence(response_rate=40)),
    ("on_time_rate", lambda: ExitEvidence(on_time_rate=-0.5)),
    ("client", lambda: renewal_risk(101, None, 9, decision_recorded=True)),
    ("scores", lambda: promoter_score([11])),
    ("scores", lambda: promoter_score([-1])),
    ("rows", lambda: cronbach_alpha([[1, 2], [1]])),
    ("options", lambda: rwg_of_items([], 1)),
    ("groups", lambda: intraclass([[1.0], []])),
    ("least_per_side", lambda: Method(least_per_side=2)),
    ("least_per_group", lambda: Method(least_per_group=2)),
    ("least_for_comments", lambda: Method(least_for_comments=2)),
    ("least_for_details", lambda: Method(least_for_details=2)),
    ("least_for_counts", lambda: Method(least_for_counts=2)),
    ("least_for_change", lambda: Method(least_for_change=2)),
    ("trend_baseline", lambda: Method(trend_baseline=1)),
    ("momentum_waves", lambda: Method(momentum_waves=1)),
    ("agree_part", lambda: Method(agree_part=0)),
    ("full_share", lambda: Method(full_share=0)),
    ("full_months", lambda: Method(full_months=0)),
    ("weight_structure", lambda: Method(weight_structure=0)),
    ("weight_felt", lambda: Method(weight_felt=0)),
    ("weight_intent", lambda: Method(weight_intent=0)),
    ("weight_health", lambda: Method(weight_health=0)),
    ("green", lambda: Method(green=nan)),
    ("green", lambda: Method(green=-1)),
    ("low_rate", lambda: Method(low_rate=50)),
    ("lightest_weight", lambda: Method(lightest_weight=0.25)),
    ("bottom_code", lambda: Method(bottom_code=95)),
    ("middle_band", lambda: Method(middle_band=10)),
    ("gap_note", lambda: Method(gap_wide=30.0)),
    ("gap_note", lambda: Method(gap_note=20.0)),
    ("power_tilted", lambda: Method(power_tilted=30)),
    ("clear_chance", lambda: Method(clear_chance=0.3)),
    ("fall_warning", lambda: Method(fall_warning=12)),
    ("amber", lambda: Method(amber=70)),
    ("failing_side", lambda: Method(failing_side=60)),
    ("risk_medium", lambda: Method(risk_medium=55)),
    ("imminent_days", lambda: Method(near_days=365)),
    ("detractor_to", lambda: Method(detractor_to=9)),
]


@pytest.mark.parametrize(("argument", "call"), REFUSED)
def test_it_is_refused_by_name(argument, call):
    with pytest.raises(ValueError, match=rf"^{argument}\b.*: "):
        call()


def test_what_is_stored_makes_the_same_method_again():
    stored = vars(replace(STANDARD, green=75.0))

    assert Method(**stored) == replace(STANDARD, green=75.0)


def test_noise_at_a_bound_is_no_error():
    assert health(100 + 1e-9, -1e-9).value == 50
