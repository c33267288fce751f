"""How much of the support leaves the room, and when a vote is a verdict."""

from __future__ import annotations

import pytest

from engagements.boards.support import Support, is_endorsed, support, verdict_of


@pytest.mark.parametrize(
    ("yes", "present", "word", "count"),
    [
        (8, 8, "all", 8),
        (5, 8, "most", 5),
        # Two are not for it: nobody learns how few.
        (6, 8, "most", None),
        (3, 8, "several", 3),
        (4, 8, "several", 4),
        (2, 8, "some", None),
        (2, 2, "all", None),
        (0, 8, "some", None),
        (0, 0, "some", None),
    ],
)
def test_support_is_told_in_words_and_counted_where_nobody_is_found_out(
    yes, present, word, count
):
    assert support(yes, present) == Support(word, count)


@pytest.mark.parametrize(
    ("yes", "present", "endorsed"),
    [(3, 5, True), (5, 9, False), (6, 9, True), (0, 0, False)],
)
def test_sixty_in_a_hundred_of_those_present_endorse(yes, present, endorsed):
    assert is_endorsed(yes, present) is endorsed


@pytest.mark.parametrize(
    ("votes", "verdict"),
    [
        ({"done": 2, "partly": 1}, "done"),
        ({"done": 2, "partly": 2}, ""),
        ({"done": 2, "partly": 1, "not": 1}, ""),
        ({"not": 3}, "not"),
        # Of two voters one would know how the other did.
        ({"done": 2}, ""),
        ({}, ""),
    ],
)
def test_a_verdict_is_what_more_than_half_say(votes, verdict):
    assert verdict_of(votes) == verdict
