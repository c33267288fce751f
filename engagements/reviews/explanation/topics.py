"""What each figure says, in plain words, and the thresholds it rests on."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _t


@dataclass(frozen=True)
class Topic:
    """One figure: what it says, and the names of the thresholds it rests on."""

    key: str
    title: str | Promise
    words: tuple[str | Promise, ...]
    names: tuple[str, ...]


TOPICS = (
    Topic(
        "answers",
        _t("From answers to one side"),
        (
            _t(
                "Each answer becomes a number from 0 (the lowest point of the "
                "scale) to 100 (the highest). A person counts in a topic if enough "
                "of its statements are answered; a side's figure is the mean of its "
                "people. Everybody counts alike."
            ),
            _t(
                "“I can't say” and a statement left out are not answers: they make "
                "a figure neither better nor worse."
            ),
        ),
        (
            "answered_share",
            "completed_share",
            "least_coverage",
            "lightest_weight",
            "heaviest_weight",
            "cannot_say_share",
        ),
    ),
    Topic(
        "shown",
        _t("What is shown, and what is not"),
        (
            _t(
                "A figure is shown only where enough people stand behind it. What "
                "could be worked out by subtraction is left out as well: without "
                "one side there is no health, no gap and no status."
            ),
            _t(
                "The answers are confidential, not anonymous: with few people on a "
                "side somebody who knows the others can guess."
            ),
        ),
        (
            "least_per_side",
            "least_per_group",
            "least_for_comments",
            "least_for_details",
            "least_for_counts",
            "least_for_change",
            "coded_below",
            "top_code",
            "bottom_code",
            "middle_band",
            "large_band",
        ),
    ),
    Topic(
        "gaps",
        _t("The gap between the sides"),
        (
            _t(
                "The client's figure less the supplier's, topic by topic. Two "
                "numbers go together: the mean of the gaps says who sees it better, "
                "the mean of their sizes how differently the two see it."
            ),
        ),
        ("gap_note", "gap_wide", "gap_severe", "mismatch"),
    ),
    Topic(
        "agreement",
        _t("Agreement within a side"),
        (
            _t(
                "How far people of one side are apart, on the scale they answered "
                "on: they agree, are mixed, or split into camps."
            ),
        ),
        ("agree_part",),
    ),
    Topic(
        "confidence",
        _t("How far a figure carries"),
        (
            _t(
                "From how many of those asked answered, how many they are, how old "
                "the review is and whether they are split. The relationship has the "
                "weaker side's confidence."
            ),
        ),
        ("high_people", "high_rate", "census_people", "medium_rate", "ageing"),
    ),
    Topic(
        "power",
        _t("Who depends on whom, who is heard"),
        (
            _t(
                "Each side's dependence on the other, and how freely its people can "
                "disagree, set against each other. Shown across the sides only "
                "after both agreed to share it. Neither end is good or bad."
            ),
        ),
        (
            "full_share",
            "alternative_worth",
            "full_months",
            "weight_structure",
            "weight_felt",
            "power_tilted",
            "power_dominated",
            "power_contested",
            "low_voice",
            "high_dependence",
            "burden_actions",
            "burden_imbalance",
        ),
    ),
    Topic(
        "change",
        _t("Change since the last review"),
        (
            _t(
                "Could the difference have come about by chance, if people had "
                "merely been dealt to the two reviews? A change is clear or "
                "possible only if that is unlikely and it is large enough to "
                "matter."
            ),
        ),
        (
            "change_people",
            "clear_chance",
            "possible_chance",
            "least_effect",
            "most_arrangements",
        ),
    ),
    Topic(
        "momentum",
        _t("Where it is going"),
        (
            _t(
                "The usual slope between any two of the last reviews, so that one "
                "odd review does not turn it; and a smoothed course with limits "
                "around its beginning."
            ),
        ),
        (
            "momentum_waves",
            "momentum_firm",
            "momentum_band",
            "quarter_days",
            "trend_baseline",
            "trend_memory",
            "trend_limit",
            "trend_floor",
        ),
    ),
    Topic(
        "early-warning",
        _t("Early warning"),
        (
            _t(
                "Rules that ask for attention before the figures look bad. What is "
                "missing leaves its rule out; it never counts as fine. Of agreed "
                "actions those count that fell due within a year. Both sides are told "
                "together, in the same words."
            ),
        ),
        (
            "fall_warning",
            "fall_alert",
            "two_falls",
            "dimension_fall",
            "gap_watched",
            "gap_widening",
            "low_rate",
            "rate_drop",
            "late_actions",
            "on_time_share",
            "raising_hits",
        ),
    ),
    Topic(
        "status",
        _t("Status"),
        (
            _t(
                "Health is the mean of the two sides, each counting half whatever "
                "its number of people. It gives a colour, and then reasons forbid a "
                "better one: a weak side, a weak topic, a wide gap, silence, notice "
                "given, actions overdue. No answer from a side is unknown, never "
                "green."
            ),
        ),
        (
            "green",
            "amber",
            "weak_side",
            "failing_side",
            "weak_dimension",
            "stale_age",
            "service_green",
            "client_unwell",
        ),
    ),
    Topic(
        "versions",
        _t("Reviews with other statements"),
        (
            _t(
                "Two reviews are compared over the topics that kept their meaning "
                "and enough of their statements; where too little is left, the line "
                "breaks."
            ),
        ),
        ("linked_items",),
    ),
    Topic(
        "renewal",
        _t("Before a contract is renewed"),
        (
            _t(
                "An order for your attention, not a probability: what is known of "
                "each side's wish to go on, against the days left to the notice "
                "deadline. What a side said about going on is shown to that side "
                "alone."
            ),
        ),
        (
            "weight_intent",
            "weight_health",
            "weight_decline",
            "weight_silence",
            "weight_actions",
            "decline_factor",
            "risk_medium",
            "risk_high",
            "imminent_days",
            "near_days",
            "planned_days",
        ),
    ),
    Topic(
        "instrument",
        _t("About the statements themselves"),
        (
            _t(
                "Looked at over many reviews, never over one: whether the "
                "statements of a topic belong together; and, where somebody insists "
                "on it, the share of people who would recommend."
            ),
        ),
        (
            "promoter_from",
            "detractor_to",
            "least_for_promoters",
            "least_for_reliability",
        ),
    ),
)
