"""Two lines over the last reviews."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engagements.charts import Wave, two_lines

SIX = [
    Wave("Sp 24", 73, 76),
    Wave("Au 24", 71, 74),
    Wave("Sp 25", 66, 76),
    Wave("Au 25", 62, 79),
    Wave("Sp 26", 62, 76),
    Wave("Now", 52, 79),
]


def count(kind: str, html: str) -> int:
    return html.count(f'class="{kind}"')


def words(html: str) -> list[str]:
    return re.findall(r"<text[^>]*>([^<]*)</text>", html)


def places(kind: str, html: str) -> list[tuple[float, float]]:
    return [
        (float(x), float(y))
        for x, y in re.findall(
            rf'class="{kind}" (?:cx|x)="([-\d.]+)" (?:cy|y)="([-\d.]+)"', html
        )
    ]


def test_two_lines_with_the_gap_between_them():
    html = two_lines(SIX, "The gap has widened.")

    assert count("line", html) == 2
    assert count("between", html) == 1
    assert count("disc", html) == count("ring", html) == 6
    assert 'role="img" aria-label="The gap has widened."' in html


def test_only_the_last_six_are_drawn():
    html = two_lines([Wave("Au 23", 90, 90), *SIX], "")

    assert words(html)[2:] == [wave.label for wave in SIX]
    assert two_lines(SIX, "") == html


def test_the_last_figures_stand_beside_their_marks():
    html = two_lines(SIX, "")

    assert words(html)[:2] == ["79", "52"]
    marks = sorted(y for x, y in places("disc", html) + places("ring", html) if x > 260)
    assert [y - 4 for _x, y in places("lb", html)] == pytest.approx(marks)


@pytest.mark.parametrize(("client", "supplier"), [(60, 60), (60, 62), (64, 60)])
def test_figures_that_would_touch_are_moved_apart_in_their_order(client, supplier):
    html = two_lines([Wave("Now", client, supplier)], "")

    (_x, upper), (_x2, lower) = places("lb", html)
    assert lower - upper >= 12
    assert words(html)[:2] == [
        str(max(client, supplier)),
        str(min(client, supplier)),
    ]


def test_a_side_that_is_not_shown_breaks_its_line_and_the_shade():
    hidden = [*SIX[:2], Wave("Sp 25", None, 76), *SIX[3:]]

    html = two_lines(hidden, "")

    assert count("line", html) == 3
    assert count("between", html) == 2
    assert count("disc", html) == 5


def test_a_single_reading_between_holes_is_a_mark_without_a_line():
    html = two_lines(
        [Wave("A", 50, None), Wave("B", None, 60), Wave("C", 50, None)], ""
    )

    assert count("line", html) == 0
    assert count("disc", html) == 2
    assert count("ring", html) == 1
    assert count("between", html) == 0


def test_only_what_the_last_wave_shows_is_named():
    assert words(two_lines([*SIX[:5], Wave("Now", None, 79)], ""))[0] == "79"
    assert "52" not in words(two_lines([*SIX, Wave("Now", None, 79)], ""))


def test_what_cannot_be_compared_is_not_joined():
    fresh = [*SIX[:3], Wave("Au 25", 62, 79, fresh=True), *SIX[4:]]

    html = two_lines(fresh, "")

    assert count("break", html) == 1
    assert words(html)[0] == "break"
    assert count("line", html) == 4
    assert count("between", html) == 2
    # Half-way between the third and the fourth.
    assert 'class="break" d="M146 ' in html


def test_before_the_first_wave_there_is_nothing_to_break():
    html = two_lines([Wave("Sp 24", 73, 76, fresh=True), *SIX[1:]], "")

    assert count("break", html) == 0
    assert count("line", html) == 2


def test_sides_that_agree_are_one_nested_mark():
    html = two_lines([Wave("Now", 62, 60)], "")

    assert places("disc", html) == places("ring", html)
    apart = two_lines([Wave("Now", 65, 60)], "")
    assert places("disc", apart) != places("ring", apart)


def test_a_small_step_looks_small():
    low, high = sorted(y for _x, y in places("disc", two_lines(
        [Wave("A", 60, None), Wave("B", 65, None)], ""
    )))  # fmt: skip

    assert high - low == pytest.approx(92 / 10)


def test_long_names_are_left_out_rather_than_written_over_each_other():
    long = [Wave(f"Autumn review {n}", 60, 70) for n in range(6)]

    shown = words(two_lines(long, ""))[2:]
    assert shown == ["Autumn review 2", "Autumn review 5"]


def test_without_a_reading_nothing_is_drawn():
    assert two_lines([], "") == ""
    assert two_lines([Wave("Now", None, None)], "") == ""


def test_words_are_escaped():
    assert "<em>" not in two_lines([Wave("<em>", 1, 2)], '"><em>')


scores = st.none() | st.floats(0, 100)
waves = st.builds(Wave, st.text(max_size=20), scores, scores, st.booleans())


@given(st.lists(waves, max_size=8))
def test_everything_lies_within_the_drawing(rows):
    html = two_lines(rows, "")

    for kind in ("disc", "ring"):
        for x, y in places(kind, html):
            assert 22 <= x <= 270
            assert 16 <= y <= 108
    for _x, y in places("lb", html):
        assert 10 <= y <= 120
