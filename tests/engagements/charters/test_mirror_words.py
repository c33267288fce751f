"""Overlap and hit rate, as arithmetic."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engagements.charters.mirror import (
    MOST,
    Share,
    common,
    fold,
    hit_rate,
    once,
    overlap,
)

# Few letters, so that lists meet; case, accents and spaces, so that folding matters.
words = st.lists(st.text("aAáÁ bß", max_size=4), max_size=MOST)


def test_words_are_the_same_whatever_their_case_accents_and_spaces():
    assert fold("  Fair  Play ") == fold("fáir PLAY") == "fair play"
    assert once(["Pace", " pace", "", "  ", "Care"]) == ["Pace", "Care"]
    assert common(["Pace", "Care"], ["CARE", "thrift"]) == ["Care"]


@pytest.mark.parametrize(
    ("client", "supplier", "hits", "of"),
    [
        (["a", "b"], ["b", "c"], 1, 3),
        (["a"], ["A"], 1, 1),
        (["a"], ["b"], 0, 2),
        ([], ["b"], 0, 0),
        (["a"], [" "], 0, 0),
    ],
)
def test_overlap_is_what_both_state_of_all_that_either_does(client, supplier, hits, of):
    assert overlap(client, supplier) == Share(hits, of)


@pytest.mark.parametrize(
    ("guesses", "stated", "hits", "of"),
    [
        (["a", "b", "c"], ["b", "c", "d", "e"], 2, 3),
        (["a", "A"], ["a"], 1, 1),
        ([], ["a"], 0, 0),
        (["a"], [], 0, 0),
    ],
)
def test_a_hit_is_a_guess_the_other_side_did_state(guesses, stated, hits, of):
    assert hit_rate(guesses, stated) == Share(hits, of)


def test_nothing_said_is_no_share_and_not_nought():
    assert Share(0, 0).value is None
    assert Share(0, 4).value == 0
    assert Share(2, 5).value == Fraction(2, 5)


@given(words, words)
def test_overlap_is_the_same_from_both_sides(one, other):
    assert overlap(one, other) == overlap(other, one)


@given(words, words)
def test_shares_lie_between_none_and_all(one, other):
    for share in (overlap(one, other), hit_rate(one, other)):
        assert 0 <= share.hits <= share.of <= 2 * MOST
        assert (share.value is None) == (share.of == 0)


@given(words)
def test_whoever_guesses_what_is_stated_hits_all(one):
    share = hit_rate(one, one)

    assert share.hits == share.of == len(once(one))
    assert overlap(one, one) == share


@given(words, words, st.randoms(use_true_random=True))
def test_order_and_repetition_change_nothing(one, other, drawn):
    shuffled = [*one, *one]
    drawn.shuffle(shuffled)

    assert overlap(shuffled, other) == overlap(one, other)
    assert hit_rate(shuffled, other) == hit_rate(one, other)


@given(words, words)
def test_one_more_guess_that_misses_never_raises_the_rate(guesses, stated):
    before = hit_rate(guesses, stated)
    after = hit_rate([*guesses, "no such word"], stated)

    assert after.hits == before.hits
    assert before.value is None or (after.value or 0) <= before.value
