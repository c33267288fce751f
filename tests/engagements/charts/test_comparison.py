"""The dumbbell of a table of results."""

import re

import pytest

from engagements.charts import dumbbell_row


def at(kind: str, html: str) -> list[float]:
    """Where marks of a kind stand, in per cent."""
    return [
        float(x) for x in re.findall(rf'class="{kind}" (?:x1|cx)="([\d.]+)%"', html)
    ]


def test_the_axis_runs_from_0_to_100_whatever_the_figures():
    assert at("grid", dumbbell_row(40, 60)) == [4, 27, 50, 73, 96]
    assert at("grid", dumbbell_row(None, None)) == [4, 27, 50, 73, 96]


def test_each_side_stands_at_its_own_figure():
    html = dumbbell_row(0, 100)

    assert at("disc", html) == [4]
    assert at("ring", html) == [96]


@pytest.mark.parametrize(("client", "supplier"), [(40, 60), (60, 40)])
def test_a_gap_of_20_gets_the_amber_bar_between_the_marks(client, supplier):
    html = dumbbell_row(client, supplier)

    assert 'class="gap big" x1="40.8%" x2="59.2%"' in html


def test_a_smaller_gap_gets_a_quiet_bar():
    assert 'class="gap" ' in dumbbell_row(41, 60)


def test_sides_within_5_are_one_nested_mark_without_a_bar():
    html = dumbbell_row(75, 71)

    assert at("disc", html) == at("ring", html) == [69.32]
    assert "gap" not in html
    assert 'class="gap"' in dumbbell_row(75, 70)


def test_nought_is_a_figure():
    html = dumbbell_row(2, 0)

    assert at("disc", html) == at("ring", html) == [4]


@pytest.mark.parametrize(
    ("client", "supplier", "shown", "hidden"),
    [(None, 50, "ring", "disc"), (50, None, "disc", "ring")],
)
def test_a_side_that_is_not_shown_leaves_nothing_behind(
    client, supplier, shown, hidden
):
    html = dumbbell_row(client, supplier)

    assert at(shown, html) == [50]
    assert at(hidden, html) == []
    assert "gap" not in html


def test_where_a_side_stood_is_a_tick_and_for_the_supplier_a_hollow_one():
    html = dumbbell_row(40, 60, client_before=50, supplier_before=75)

    assert at("prev", html) == [50, 73, 73]
    assert at("prev", dumbbell_row(40, 60)) == []


def test_it_is_hidden_from_screen_readers_and_has_no_style_of_its_own():
    html = dumbbell_row(40, 60, client_before=50)

    assert 'aria-hidden="true"' in html
    assert "style" not in html
