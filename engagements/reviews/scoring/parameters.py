"""Every threshold and weight of the method: name, value, unit, meaning.

They are conventions, not norms. A version of the instrument stores its own, and the
page "How is this computed" is made from `parameters`. Section 6.
"""

from __future__ import annotations

from dataclasses import dataclass, fields
from math import isfinite
from typing import Annotated, get_type_hints

People = Annotated[int, "people"]
Count = Annotated[int, "count"]
Waves = Annotated[int, "waves"]
Days = Annotated[float, "days"]
Months = Annotated[float, "months"]
Points = Annotated[float, "points"]
Share = Annotated[float, "share"]
Cadences = Annotated[float, "cadences"]
Factor = Annotated[float, "factor"]

# Below this, whoever answered could be told from the figure: no method may go there.
FLOOR = 3


@dataclass(frozen=True)
class Method:
    """The thresholds and weights by which a review is computed.

    Raises ValueError for a value that is no number, a share above 1, a confidentiality
    threshold under the floor, or bands out of order.
    """

    # Who must have answered what
    answered_share: Annotated[Share, "items of a dimension a person must answer"] = 0.5
    completed_share: Annotated[
        Share, "scored dimensions in which a person who took part must be valid"
    ] = 0.5
    least_coverage: Annotated[Share, "weight an overall mean must rest on"] = 0.7
    lightest_weight: Annotated[Share, "least weight of one dimension"] = 0.05
    heaviest_weight: Annotated[Share, "most weight of one dimension"] = 0.25
    cannot_say_share: Annotated[
        Share, "people of a side who cannot say, from which a topic is hardly visible"
    ] = 0.4

    # What may be shown
    least_per_side: Annotated[People, "valid answers a side needs for a figure"] = 3
    least_per_group: Annotated[People, "valid answers a group needs for a figure"] = 5
    least_for_comments: Annotated[People, "a side needs to show its comments"] = 5
    least_for_details: Annotated[
        People, "a side needs to show chances, effect sizes and deviations"
    ] = 5
    least_for_counts: Annotated[
        People, "who must be invited before answers so far are counted for anybody"
    ] = 4
    least_for_change: Annotated[
        People, "a side needs to show a change after one seat changed hands"
    ] = 5
    coded_below: Annotated[People, "under which extreme means are cut off"] = 10
    top_code: Annotated[Points, "from which a mean of few is cut off"] = 95.0
    bottom_code: Annotated[Points, "up to which a mean of few is cut off"] = 5.0
    middle_band: Annotated[People, "from which the number of people reads 5-9"] = 5
    large_band: Annotated[People, "from which the number of people reads 10+"] = 10

    # Gaps between the sides, and between a figure and its parts
    gap_note: Annotated[Points, "gap from which it is worth a note"] = 10.0
    gap_wide: Annotated[Points, "gap from which it is wide"] = 20.0
    gap_severe: Annotated[Points, "gap from which it is severe"] = 30.0
    mismatch: Annotated[
        Points, "between the global rating and the overall mean: something is missing"
    ] = 20.0

    # Agreement within a side
    agree_part: Annotated[
        Factor, "the points of a scale over this: the most deviation of who agrees"
    ] = 6.0

    # Confidence
    high_people: Annotated[People, "for high confidence"] = 5
    high_rate: Annotated[Share, "answered, for high confidence"] = 0.7
    census_people: Annotated[People, "for high confidence if all answered"] = 4
    medium_rate: Annotated[Share, "answered, for medium confidence"] = 0.5
    ageing: Annotated[Cadences, "of age after which confidence falls a step"] = 1.25

    # Power
    full_share: Annotated[Share, "of revenue or spend that is full dependence"] = 0.4
    alternative_worth: Annotated[Points, "of dependence each alternative takes"] = 25.0
    full_months: Annotated[Months, "to replace that are full dependence"] = 18.0
    weight_structure: Annotated[Share, "of dependence, in dominance"] = 0.5
    weight_felt: Annotated[Share, "of the felt voice, in dominance"] = 0.5
    power_tilted: Annotated[Points, "of dominance from which power is tilted"] = 15.0
    power_dominated: Annotated[Points, "of dominance from which one dominates"] = 30.0
    power_contested: Annotated[
        Points, "both ways from which structure and voice contradict each other"
    ] = 15.0
    low_voice: Annotated[Points, "under which a dominated side only complies"] = 50.0
    high_dependence: Annotated[
        Points, "from which joint dependence is high, below which it is low"
    ] = 50.0
    burden_actions: Annotated[Count, "actions before their balance is judged"] = 4
    burden_imbalance: Annotated[Points, "from which the burden is one-sided"] = 60.0

    # Change between two waves
    change_people: Annotated[People, "in each wave for a test of a change"] = 4
    clear_chance: Annotated[Share, "up to which a change is clear"] = 0.1
    possible_chance: Annotated[Share, "up to which a change is possible"] = 0.3
    least_effect: Annotated[Points, "a change needs to be called one"] = 5.0
    most_arrangements: Annotated[
        Count, "arrangements counted one by one; of more, as many are drawn"
    ] = 20_000

    # Momentum and trend
    momentum_waves: Annotated[Waves, "that momentum looks back"] = 4
    momentum_firm: Annotated[Waves, "under which momentum is provisional"] = 3
    momentum_band: Annotated[Points, "a quarter from which it rises or falls"] = 3.0
    quarter_days: Annotated[Days, "of a quarter"] = 91.3125
    trend_baseline: Annotated[Waves, "whose mean is the centre of the trend"] = 4
    trend_memory: Annotated[Share, "of the newest wave in the trend"] = 0.3
    trend_limit: Annotated[Factor, "deviations from the centre to the limits"] = 3.0
    trend_floor: Annotated[Points, "least deviation of the trend"] = 3.0

    # Early warning
    fall_warning: Annotated[Points, "of health lost since the last wave: warning"] = 8.0
    fall_alert: Annotated[Points, "of health lost since the last wave: alert"] = 12.0
    two_falls: Annotated[Points, "of health lost in two falls: warning"] = 8.0
    dimension_fall: Annotated[Points, "lost in a dimension of a side: watch"] = 20.0
    gap_watched: Annotated[Points, "of overall gap, if it widened: watch"] = 15.0
    gap_widening: Annotated[Points, "by which the gap must have widened"] = 10.0
    low_rate: Annotated[Share, "answered, under which a side is silent"] = 0.5
    rate_drop: Annotated[Share, "fewer than last time: watch"] = 0.25
    late_actions: Annotated[Count, "due actions before lateness is judged"] = 3
    on_time_share: Annotated[Share, "of due actions on time, under which: watch"] = 0.6
    raising_hits: Annotated[Count, "warnings that make an alert; watches a warning"] = 2

    # Status
    green: Annotated[Points, "of health from which it is green"] = 70.0
    amber: Annotated[Points, "of health from which it is amber"] = 50.0
    weak_side: Annotated[Points, "of a side under which it is amber at best"] = 60.0
    failing_side: Annotated[Points, "of a side under which it is red"] = 40.0
    weak_dimension: Annotated[
        Points, "of a dimension of a side under which it is amber at best"
    ] = 40.0
    stale_age: Annotated[Cadences, "of age after which nothing is said"] = 1.5
    service_green: Annotated[Share, "of service levels met that looks well"] = 0.95
    client_unwell: Annotated[
        Points, "of the client under which good service levels deceive"
    ] = 60.0

    # Versions of the instrument
    linked_items: Annotated[Share, "of items a dimension keeps to be comparable"] = 0.5

    # Renewal
    weight_intent: Annotated[Share, "of the wish to go on, in propensity"] = 0.35
    weight_health: Annotated[Share, "of health, in propensity"] = 0.3
    weight_decline: Annotated[Share, "of momentum, in propensity"] = 0.15
    weight_silence: Annotated[Share, "of missing answers, in propensity"] = 0.1
    weight_actions: Annotated[Share, "of late actions, in propensity"] = 0.1
    decline_factor: Annotated[Factor, "points of propensity a point of fall"] = 5.0
    risk_medium: Annotated[Points, "of propensity from which it is medium"] = 35.0
    risk_high: Annotated[Points, "of propensity from which it is high"] = 55.0
    imminent_days: Annotated[Days, "to the deadline up to which it is imminent"] = 90
    near_days: Annotated[Days, "to the deadline up to which it is near"] = 180
    planned_days: Annotated[Days, "to the deadline up to which it is planned"] = 365

    # Optional figures
    promoter_from: Annotated[Count, "on 0 to 10 from which a person promotes"] = 9
    detractor_to: Annotated[Count, "on 0 to 10 up to which a person detracts"] = 6
    least_for_promoters: Annotated[People, "to show a score of promoters"] = 30
    least_for_reliability: Annotated[People, "to show reliability of items"] = 30

    def __post_init__(self) -> None:
        for one in parameters(self):
            _check_parameter(one)
        for band in ASCENDING:
            values = [getattr(self, name) for name in band]
            if values != sorted(set(values)):
                raise ValueError(f"{band[0]}: must be below {', '.join(band[1:])}.")


@dataclass(frozen=True)
class Parameter:
    """One threshold or weight, as the page that explains the method shows it."""

    name: str
    value: float
    unit: str
    meaning: str


def parameters(method: Method) -> tuple[Parameter, ...]:
    """All of a method's thresholds and weights, in the order of the method."""
    return tuple(
        Parameter(one.name, getattr(method, one.name), *_NOTES[one.name])
        for one in fields(method)
    )


def _check_parameter(one: Parameter) -> None:
    if not (isfinite(one.value) and one.value >= 0):
        raise ValueError(f"{one.name}: {one.value!r} is not a number from 0 on.")
    if one.unit == "share" and one.value > 1:
        raise ValueError(f"{one.name}: {one.value!r} is more than the whole.")
    if one.name in POSITIVE and not one.value:
        raise ValueError(f"{one.name}: must be above 0.")
    if one.value < (least := LEAST.get(one.name, 0)):
        raise ValueError(f"{one.name}: {one.value!r} is under the floor of {least}.")


# What one divides by.
POSITIVE = {
    "agree_part",
    "full_share",
    "full_months",
    "weight_structure",
    "weight_felt",
    "weight_intent",
    "weight_health",
}
LEAST = {
    "least_per_side": FLOOR,
    "least_per_group": FLOOR,
    "least_for_comments": FLOOR,
    "least_for_details": FLOOR,
    "least_for_counts": FLOOR,
    "least_for_change": FLOOR,
    # A slope and a moving range need two.
    "momentum_waves": 2,
    "trend_baseline": 2,
}
ASCENDING = (
    ("lightest_weight", "heaviest_weight"),
    ("bottom_code", "top_code"),
    ("middle_band", "large_band"),
    ("gap_note", "gap_wide", "gap_severe"),
    ("power_tilted", "power_dominated"),
    ("clear_chance", "possible_chance"),
    ("fall_warning", "fall_alert"),
    ("amber", "green"),
    ("failing_side", "weak_side"),
    ("risk_medium", "risk_high"),
    ("imminent_days", "near_days", "planned_days"),
    ("detractor_to", "promoter_from"),
)
_NOTES: dict[str, tuple[str, str]] = {
    name: hint.__metadata__
    for name, hint in get_type_hints(Method, include_extras=True).items()
}
STANDARD = Method()
