"""How a relationship is today: which wave counts, which light, and which reasons."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from uuid import uuid4

import pytest

from engagements.models import Health
from engagements.reviews.current import (
    Current,
    Published,
    Wave,
    counting,
    current,
    full_period_months,
)
from engagements.reviews.health_words import because, health_sentence, score_words
from engagements.reviews.reasons import Circumstances
from engagements.reviews.scoring.parameters import STANDARD

TODAY = date(2026, 11, 27)
TOPICS = {"TRU": "Trust", "DEL": "Delivery"}


def side(overall: float | None, *, rate: float = 1.0, **profile: float | None) -> dict:
    profile = {"TRU": overall, "DEL": overall} | profile
    shown = {"overall": overall} | profile
    return {
        "overall": overall,
        "profile": profile,
        "rate": rate,
        "shown": {
            name: None if value is None else str(round(value))
            for name, value in shown.items()
        },
    }


def wave(
    client: dict,
    supplier: dict,
    *,
    days_ago: int = 30,
    form: str = "full",
    sufficient: bool = True,
    method=STANDARD,
    **series,
) -> Wave:
    both = None in {client["overall"], supplier["overall"]}
    ours, theirs = client["overall"], supplier["overall"]
    figures = {
        "client": client,
        "supplier": supplier,
        "health": None if both else (ours + theirs) / 2,
        "gap": None if both else ours - theirs,
        "largest_gap": None if both else abs(ours - theirs),
        "warning": "none",
    }
    closed_on = TODAY - timedelta(days=days_ago)
    published = Published(uuid4(), form, closed_on, sufficient)
    return Wave(published, figures | series, method, TOPICS)


def health(*waves: Wave, **known) -> Current:
    return current(waves, Circumstances(segment="strategic", **known), TODAY)


@pytest.mark.parametrize(
    ("client", "supplier", "word", "why"),
    [
        (side(80), side(86), "strong", ["strong::80"]),
        (side(79.4), side(86), "steady", ["well::70"]),
        (side(76), side(74), "steady", ["well::70"]),
        (side(58), side(86), "watch", ["weak_side:client:60", "gap::20"]),
        (side(66), side(68), "watch", ["low_health::70"]),
        (side(55), side(64), "watch", ["weak_side:client:60", "low_health::70"]),
        (side(44), side(48), "risk", ["low_health::50"]),
        (side(74), side(39), "risk", ["weak_side:supplier:40"]),
        (side(76, DEL=39), side(74), "watch", ["weak_topic:client:40"]),
        (side(76, rate=0.4), side(74), "watch", ["silence:client:50"]),
    ],
)
def test_the_word_and_why_it_is_no_better(client, supplier, word, why):
    found = health(wave(client, supplier))

    assert found.health == word
    assert found.health_why[: len(why)] == why


def test_a_topic_far_apart_forbids_a_green_light():
    found = health(wave(side(76), side(74), largest_gap=31.0))

    assert (found.health, found.health_why) == ("watch", ["topic_gap::30"])


def test_what_is_known_today_caps_what_was_read_then():
    good = wave(side(82), side(84))

    assert health(good).health == Health.STRONG
    given = health(good, notice_given_by={"supplier"})
    assert (given.health, given.health_why) == ("risk", ["notice_given:supplier:"])
    late = health(good, actions_due=3, actions_on_time=1)
    assert (late.health, late.health_why) == ("watch", ["actions_overdue::"])
    assert health(good, actions_due=2, actions_on_time=0).health == Health.STRONG


def test_red_by_notice_tells_the_other_reasons_after_it():
    found = health(wave(side(58), side(86)), notice_given_by={"client", "supplier"})

    assert found.health == Health.RISK
    assert found.health_why == [
        "notice_given:client:",
        "notice_given:supplier:",
        "weak_side:client:60",
        "gap::20",
    ]


def test_the_thresholds_are_those_the_wave_was_opened_with():
    strict = replace(STANDARD, green=85.0, weak_side=65.0)

    found = health(wave(side(82), side(84), method=strict))

    assert (found.health, found.health_why) == ("watch", ["low_health::85"])


def test_figures_are_kept_as_both_sides_read_them():
    found = health(wave(side(64.4), side(65.4, DEL=None)))

    assert (found.client_score, found.supplier_score) == (64, 65)
    assert (found.health_score, found.score_gap) == (65, -1)
    assert found.health_topics == [
        ["TRU", "Trust", "64", "65", -1],
        ["DEL", "Delivery", "64", None, None],
    ]


def test_extremes_stay_cut_off():
    client = side(99)
    client["shown"]["overall"] = "95+"

    found = health(wave(client, side(81)))

    assert (found.client_score, found.score_gap, found.health_score) == (95, 14, 88)
    assert score_words(found.client_score) == "95+"


def test_too_few_answers_hide_the_figures_there_were():
    found = health(wave(side(70), side(None), sufficient=False))

    assert (found.health, found.health_why) == (Health.FEW, ["few"])
    assert found.client_score is found.health_score is found.score_gap is None
    assert found.health_topics == ()
    assert found.health_review_id is not None


def test_one_side_without_a_figure_is_no_reading():
    found = health(wave(side(70), side(None)))

    assert (found.health, found.health_why) == (Health.NONE, ["one_sided"])
    assert found.client_score is None


def test_without_a_review_nothing_is_known():
    assert health() == Current()


@pytest.mark.parametrize(
    ("segment", "months"),
    [("strategic", 6), ("bottleneck", 12), ("leverage", 12), ("routine", 12), ("", 12)],
)
def test_a_reading_goes_stale_after_one_and_a_half_periods(segment, months):
    assert full_period_months(segment) == months
    last = int(1.5 * months * 30.4375)
    for days, word in ((last, "watch"), (last + 1, "stale")):
        known = Circumstances(segment=segment)
        old = wave(side(66), side(68), days_ago=days)
        found = current([old], known, TODAY)
        assert found.health == word
    assert found.health_last == "watch"
    assert found.health_score == 67
    assert found.health_why == ["low_health::70"]


def published(form: str, days_ago: int) -> Published:
    return Published(uuid4(), form, TODAY - timedelta(days=days_ago), sufficient=True)


def test_a_pulse_improves_nothing_but_its_alert_is_told():
    full = wave(side(82), side(84), days_ago=100)
    calm = wave(side(95), side(95), days_ago=50, form="pulse")
    alarmed = wave(side(60), side(60), days_ago=10, form="pulse", warning="alert")

    assert health(full, calm).health_score == 83
    found = health(full, calm, alarmed)
    assert (found.health, found.health_why) == ("watch", ["early_warning_alert::"])
    assert (found.health_basis, found.health_score) == ("full", 83)


def test_the_last_full_wave_or_check_in_counts_and_a_pulse_only_alone():
    full, check_in, pulse = (
        published("full", 300),
        published("check_in", 200),
        published("pulse", 100),
    )

    def chosen(*waves, segment="strategic"):
        return counting(waves, segment, TODAY)

    assert chosen() == []
    assert chosen(full, check_in, pulse) == [check_in, pulse]
    assert chosen(full, pulse) == [full, pulse]
    first, second = published("pulse", 90), published("pulse", 10)
    assert chosen(first, second) == [second]
    assert chosen(full, pulse, segment="routine") == [full, pulse]
    old = published("full", 600)
    assert chosen(old, pulse, segment="routine") == [pulse]
    assert chosen(old, pulse, segment="strategic") == [old, pulse]


@pytest.mark.parametrize(
    ("found", "words"),
    [
        (
            Current("watch", health_why=["weak_side:client:60"]),
            "Watch, because the client's side is under 60.",
        ),
        (
            Current("risk", health_why=["notice_given:supplier:", "gap::20", "x::"]),
            (
                "At risk, because the supplier has given notice and the two sides are "
                "20 or more apart, and 1 more reason."
            ),
        ),
        (
            Current("strong", health_why=["strong::80"], health_basis="pulse"),
            "Strong, because both sides are at 80 or more (from a pulse).",
        ),
        (
            Current("watch", health_why=["silence:client:50"]),
            "Watch, because under 50% of the client's side answered.",
        ),
        (
            Current("stale", "steady", reviewed_on=date(2025, 10, 1)),
            "Stale: steady 14 months ago, nothing since.",
        ),
        (
            Current("few", reviewed_on=date(2026, 5, 12)),
            "Too few answers in the review of 12 May 2026.",
        ),
        (Current(), "No reading: no review yet."),
        (
            Current("none", reviewed_on=date(2026, 5, 12)),
            "No reading: the review of 12 May 2026 says too little of one side.",
        ),
    ],
)
def test_health_is_said_with_its_reason(found, words):
    assert (
        health_sentence(
            found.health,
            found.health_why,
            last=found.health_last,
            basis=found.health_basis,
            reviewed_on=found.reviewed_on,
            today=TODAY,
        )
        == words
    )


@pytest.mark.parametrize("cap", ["actions_overdue::", "early_warning_alert::"])
def test_every_reason_has_words(cap):
    assert because([cap])
    assert because(["formal_dispute::", "open_sev1::", "topic_gap::30"], most=3)
