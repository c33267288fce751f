"""A printed gap and the heading it stands under never say two things."""

from __future__ import annotations

from dataclasses import replace
from math import ceil

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engagements.reviews import private_words, result_words
from engagements.reviews.results.documents import documents
from engagements.reviews.results.showing import gap
from engagements.reviews.scoring.parameters import STANDARD
from engagements.reviews.scoring.rounding import reaches
from tests.engagements.reviews.test_documents import CORE, all_alike, dimension, wave

LIMITS = (STANDARD.gap_note, STANDARD.gap_wide, STANDARD.gap_severe)
points = st.lists(st.integers(1, 7), min_size=3, max_size=7)


def on_trust(given: list[int]) -> list:
    """People who give one point to all of a topic, and four to everything else."""
    return [all_alike(4, TRU1=one, TRU2=one, TRU3=one) for one in given]


def test_a_gap_just_under_a_threshold_does_not_name_it():
    """25 points of a scale of seven over 21 answers are 19.84 of a hundred."""
    lower = [dict.fromkeys(CORE, 5) for _each in range(7)]
    for place in range(21):
        key = f"TRU{place % 3 + 1}"
        lower[place // 3][key] = 3 if place < 4 else 4
    client = [all_alike(5, **one) for one in lower]

    shared = documents(wave(client, [all_alike(5)] * 7))["shared"]

    row = dimension(shared, "TRU")
    assert (row["gap"], row["gap_shown"], row["band"]) == (-19, "19", "note")
    titles = [group.title for group in result_words.groups(shared)]
    assert titles == ["Some distance", "You agree: less than 10 apart"]


@given(points, points)
def test_the_heading_follows_from_the_number_also_where_ends_are_cut_off(ours, theirs):
    shared = documents(wave(on_trust(ours), on_trust(theirs)))["shared"]

    row = dimension(shared, "TRU")
    size = abs(row["gap"])
    assert (size >= 20) == (row["band"] in {"wide", "severe"})
    assert (size >= 10) == (row["band"] != "aligned")
    assert (size >= 30) == (row["band"] == "severe")


near = st.tuples(st.sampled_from(LIMITS), st.floats(-1, 1), st.sampled_from([1, -1]))


@given(st.floats(-100, 100) | near.map(lambda one: (one[0] + one[1]) * one[2]))
def test_a_printed_gap_reaches_what_the_exact_one_reaches(exact):
    printed = gap(exact, "50", "50", STANDARD)

    assert printed is not None
    assert abs(printed - exact) <= 1
    for limit in LIMITS:
        assert (abs(printed) >= limit) == reaches(abs(exact), limit)


def test_thresholds_of_an_own_question_set_count_the_same():
    method = replace(STANDARD, gap_note=9.5, gap_wide=25, gap_severe=40)

    assert gap(-24.7, "20", "45", method) == -24
    assert gap(9.4, "50", "41", method) == ceil(9.5) - 1
    assert gap(40, "80", "40", method) == 40


def warned(*hits, **limits):
    known = {"fall_warning": 8, "dimension_fall": 20, "gap_severe": 30} | limits
    return {"warning": {"hits": list(hits)}, "status": {"limits": known}}


def test_a_warning_names_the_threshold_frozen_with_the_review():
    said = result_words.warnings(
        warned("W1", "W4", "W6", "W9", fall_warning=9, dimension_fall=25, gap_severe=40)
    )

    assert said == [
        "Health fell by 9 points or more since the last review.",
        "One side's view of a topic fell by 25 points or more.",
        "On at least one topic the sides are 40 points or more apart.",
        "Many agreed actions were late.",
    ]


def test_a_result_that_froze_no_threshold_keeps_its_words():
    old = warned("W1", "W6")
    old["status"]["limits"] = {"gap_note": 10, "gap_wide": 20}

    assert result_words.warnings(old) == [
        "Health fell by 8 points or more since the last review.",
        "On at least one topic the sides are 30 points or more apart.",
    ]


def test_what_is_said_as_the_reason_is_not_said_again():
    found = warned("W4", "W6", "W9")
    found["status"]["why"] = ["topic_gap::30", "gap::20", "actions_overdue::"]

    # The third reason is counted, not said.
    assert result_words.warnings(found) == [
        "One side's view of a topic fell by 20 points or more.",
        "Many agreed actions were late.",
    ]


@pytest.mark.parametrize(
    ("people", "said", "may_reword"),
    [
        (5, "Both sides read their comments as they are.", False),
        (
            4,
            "Fewer than 5 people answered: their comments are shown to you alone.",
            True,
        ),
        (2, "Without a result of both sides their comments are not shown.", True),
    ],
)
def test_the_facilitator_is_told_who_reads_the_comments_of_a_side(
    people, said, may_reword
):
    found = documents(wave([all_alike(5)] * people, [all_alike(5)] * 5))

    assert private_words.who_reads(found["shared"], found["facilitator"])[0] == (
        "client",
        said,
        may_reword,
    )


def test_which_contract_to_look_at_first_is_no_probability():
    words = private_words.own(
        documents(
            wave(
                [all_alike(2)] * 5,
                [all_alike(2)] * 5,
                days_to_notice={"client": 60, "supplier": None},
            )
        )["client"]
    )

    assert words is not None
    [said] = [text for name, text in words.facts if name == "When a contract renews"]
    assert said.startswith("Look at it")
    assert "the day to give notice is near" in said
    assert said.endswith("not what will happen.")
    assert "%" not in said
