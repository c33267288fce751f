"""The board of the demo keeps the rules of a board."""

from __future__ import annotations

from engagements.demo.board_story import STORY


def test_nothing_is_handed_over_that_less_than_most_have_approved():
    told = {asked.support for _ago, meeting in STORY for asked in meeting}

    assert told == {"all", "most"}
