"""The board of the demo keeps the rules of a board."""

from __future__ import annotations

from itertools import pairwise

from engagements.demo.board_story import FIRST, RATIFIED, SECOND, STORY, TODAY


def test_nothing_is_handed_over_that_less_than_most_have_approved():
    told = {asked.support for _ago, meeting in STORY for asked in meeting}

    assert told == {"all", "most"}


def test_a_charter_is_in_force_on_the_day_of_each_meeting():
    for held, ratified in zip((FIRST, SECOND, TODAY), RATIFIED, strict=True):
        assert 0 < ratified - held < 365
    # Each year the members say yes again before the year is over.
    assert all(a - b <= 365 for a, b in pairwise(RATIFIED))
