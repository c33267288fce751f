"""Bullets and segmented bars."""

import re

import pytest

from engagements.charts import Segment, bullet, segments


def test_a_bullet_shows_figure_target_and_three_ranges():
    html = bullet(72, 80)
    assert '<rect class="m" y="4" width="72%"' in html
    assert '<rect class="t" x="80%"' in html
    assert re.findall(r'class="b[123]" width="([\d.]+)%"', html) == ["100", "80", "60"]


def test_a_figure_past_the_end_fills_the_bar_and_no_more():
    assert 'class="m" y="4" width="100%"' in bullet(140)


def test_a_bullet_without_target_has_no_tick():
    assert 'class="t"' not in bullet(50)


def test_a_bullet_measures_against_its_own_top():
    assert 'class="m" y="4" width="50%"' in bullet(2.5, top=5)


def test_parts_fill_the_bar_side_by_side():
    html = segments([Segment("done", 2), Segment("doing", 1), Segment("not", 1)])
    assert re.findall(r'x="([\d.]+)%" width="([\d.]+)%"', html) == [
        ("0", "50"),
        ("50", "25"),
        ("75", "25"),
    ]


def test_an_empty_part_is_said_but_not_drawn():
    html = segments([Segment("done", 3), Segment("late", 0)])
    assert "<b>0</b> late" in html
    assert html.count("<rect class=") == 2


def test_nothing_at_all_draws_an_empty_bar():
    assert "<b>0</b> done" in segments([Segment("done", 0)])


def test_a_part_opens_its_list():
    assert '<a href="/late/"><b>2</b> late</a>' in segments(
        [Segment("late", 2, "/late/")]
    )


def test_names_are_escaped():
    assert "<script>" not in segments([Segment("<script>", 1, '"><script>')])


def test_six_parts_are_too_many():
    with pytest.raises(ValueError, match="at most 5"):
        segments([Segment(str(n), 1) for n in range(6)])
