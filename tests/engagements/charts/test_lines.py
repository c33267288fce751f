"""Sparklines and dumbbells."""

import re

from engagements.charts import dumbbell, sparkline


def test_a_line_runs_from_margin_to_margin():
    html = sparkline([1, 2, 3])
    assert '<path d="M3 26L38 15L73 4"/>' in html
    assert '<circle class="e" cx="73" cy="4"' in html


def test_the_line_breaks_where_there_is_no_reading():
    assert len(re.findall(r'<path d="M', sparkline([1, 2, None, 3, 4]))) == 2


def test_a_reading_alone_is_a_dot():
    assert '<path d="M3 26h0"/>' in sparkline([1, None, 2, 3])


def test_the_dot_stands_at_the_last_reading_not_at_the_last_time():
    assert 'cx="38"' in sparkline([1, 2, None])


def test_without_a_reading_nothing_is_drawn():
    assert sparkline([None, None]) == ""
    assert sparkline([]) == ""


def test_equal_readings_lie_in_the_middle():
    assert '<path d="M3 15L73 15"/>' in sparkline([5, 5])


def test_the_threshold_lies_on_the_same_scale():
    assert 'class="g" d="M0 26H76"' in sparkline([50, 100], 50)


def test_a_wide_gap_gets_the_amber_bar():
    assert 'class="gap big"' in dumbbell(40, 60)
    assert 'class="gap"' in dumbbell(41, 60)


def test_the_bar_joins_both_marks():
    html = dumbbell(80, 20)
    assert 'class="gap big" x1="22.4%" x2="77.6%"' in html
    assert 'class="disc" cx="77.6%"' in html
    assert 'class="ring" cx="22.4%"' in html


def test_sides_that_agree_are_one_nested_mark():
    html = dumbbell(75, 73)
    ring = re.search(r'class="ring" cx="([\d.]+)%"', html)[1]
    assert f'class="disc" cx="{ring}%"' in html
    assert "gap" not in html


def test_a_side_without_a_reading_is_left_out():
    assert "disc" not in dumbbell(None, 50)
    assert "ring" not in dumbbell(50, None)
    assert "gap" not in dumbbell(50, None)
    assert 'class="base"' in dumbbell(None, None)
