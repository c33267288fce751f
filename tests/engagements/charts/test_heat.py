"""A cell of the heat table."""

import re

import pytest
from django.utils.html import strip_tags

from engagements.charts import heat


def tint(html: str) -> str:
    return re.search(r'<td class="hc t-(\w+)', html)[1]


def heard(html: str) -> str:
    """What a screen reader says of a cell."""
    return " ".join(strip_tags(html).split())


@pytest.mark.parametrize(
    ("client", "supplier", "state"),
    [
        (39, 90, "risk"),
        (90, 39, "risk"),
        (40, 90, "watch"),
        (59, 59, "watch"),
        (60, 90, "steady"),
        (79, 95, "steady"),
        (80, 80, "strong"),
        (0, 0, "risk"),
    ],
)
def test_the_tint_is_the_band_of_the_lower_side(client, supplier, state):
    assert tint(heat(client, supplier)) == state


def test_the_number_is_the_lower_sides():
    assert heard(heat(52, 55)) == "52"
    assert heard(heat(55, 52)) == "52"


def test_a_side_20_higher_stands_in_the_cell_with_its_mark():
    html = heat(52, 72)

    assert heard(html) == "52supplier says 72"
    assert '<i class="mk s" aria-hidden="true"></i>' in html
    assert 'class="o"' not in heat(52, 71)


def test_the_higher_side_may_be_the_client():
    html = heat(82, 60)

    assert heard(html) == "60client says 82"
    assert '<i class="mk" aria-hidden="true"></i>' in html


def test_a_score_that_was_cut_off_stands_as_it_is_printed():
    assert heard(heat("72", "95+")) == "72supplier says 95+"
    assert heard(heat("5-", "20")) == "5-"
    assert tint(heat("95+", "81")) == "strong"


def test_one_side_alone_has_no_band_and_says_whose_it_is():
    assert tint(heat(90, None)) == "none"
    assert heard(heat(90, None)) == "client only 90"
    assert heard(heat(None, 0)) == "supplier only 0"


def test_without_a_reading_it_says_so_with_the_dashed_ring():
    html = heat(None, None)

    assert tint(html) == "none"
    assert '<use href="#h-none"/>' in html
    assert heard(html) == "No reading"


def test_a_state_found_elsewhere_gives_tint_and_shape():
    html = heat(76, 78, state="watch")

    assert tint(html) == "watch"
    assert '<use href="#h-watch"/>' in html
    assert "<b>76</b>" in html
    assert "<svg" not in heat(76, 78)


def test_an_old_reading_is_hatched_and_its_age_is_heard():
    html = heat(76, 78, stale="14 months ago")

    assert 'class="hc t-steady stale"' in html
    assert heard(html) == "76, 14 months ago"
    assert "stale" not in heat(76, 78)
    assert "stale" not in heat(None, None, stale="14 months ago")


def test_words_are_escaped():
    assert "<em>" not in heat(76, 78, stale="<em>")
