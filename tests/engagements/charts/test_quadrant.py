"""The chart of health and value: places, tails, labels that do not collide."""

import re
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engagements.charts import Spot, quadrant
from tests.styleguide.figures import SPOTS

TEXT = re.compile(
    r'<text class="(lb|cap)" x="([\d.]+)%" y="([\d.]+)"'
    r'(?: dx="(-?[\d.]+)" text-anchor="(\w+)")?>([^<]*)<'
)
MARK = re.compile(r'<use href="#h-(\w+)" x="([\d.]+)%" y="([\d.-]+)"')
# Narrower than a letter of the face is on average: what is found lies on it for sure.
LETTER, LINE = 5.2, 9


def drawn(*spots, summary=""):
    return quadrant(spots, "GBP", summary)


def marks(html):
    return [(name, float(x), float(y)) for name, x, y in MARK.findall(html)]


def words(html):
    return [said for kind, *_rest, said in TEXT.findall(html) if kind == "lb"]


def boxes(html, width):
    """Where labels, corner words and marks lie in a drawing of a width."""
    for _kind, x, y, dx, anchor, said in TEXT.findall(html):
        begin = float(x) / 100 * width + float(dx or 0)
        long = len(said) * LETTER
        begin -= {"middle": long / 2, "end": long}.get(anchor, 0)
        yield said, begin, begin + long, float(y) - LINE, float(y)
    for _name, x, y in marks(html):
        at = x / 100 * width
        yield "mark", at - 7, at + 7, y + 1, y + 15


def collisions(html, width):
    return [
        (one, other)
        for (one, a, b, top, foot), (other, c, d, start, end) in combinations(
            boxes(html, width), 2
        )
        if a < d and c < b and top < end and start < foot and {one, other} != {"mark"}
    ]


def test_health_goes_across_and_value_upwards():
    html = drawn(
        Spot("Low", "risk", 30, 1e6),
        Spot("High", "strong", 90, 1e6),
        Spot("Large", "steady", 60, 8e6),
    )

    low, high, large = marks(html)
    assert (low[0], high[0], large[0]) == ("risk", "strong", "steady")
    assert low[1] < large[1] < high[1]
    assert low[2] == high[2] > large[2]


def test_twice_the_value_is_the_same_way_up_anywhere():
    html = drawn(*(Spot("A", "steady", 70, value) for value in (1e6, 2e6, 4e6)))

    first, second, third = (y for _name, _x, y in marks(html))
    assert first - second == pytest.approx(second - third, abs=0.02)


def test_a_tail_leads_from_where_it_stood_at_the_review_before():
    html = drawn(Spot("A", "watch", 50, 1e6, was=70), Spot("B", "watch", 50, 2e6))

    assert html.count('class="tail"') == html.count('class="was"') == 1
    tail = re.search(r'class="tail" x1="([\d.]+)%" x2="([\d.]+)%"', html)
    assert float(tail[1]) > float(tail[2]) == marks(html)[0][1]


def test_the_axis_begins_at_20_unless_somebody_stands_lower():
    assert ">20</text>" in drawn(Spot("A", "watch", 50, 1e6))
    assert ">0</text>" not in drawn(Spot("A", "watch", 50, 1e6))
    assert ">0</text>" in drawn(Spot("A", "risk", 12, 1e6))
    assert ">0</text>" in drawn(Spot("A", "watch", 50, 1e6, was=8))


def test_amounts_are_round_and_in_the_currency():
    html = drawn(Spot("A", "watch", 50, 4e5), Spot("B", "watch", 50, 6e6))
    for amount in ("£500k", "£1.0m", "£2.0m", "£5.0m"):
        assert f">{amount}</text>" in html
    wide = drawn(Spot("A", "watch", 50, 20), Spot("B", "watch", 50, 6e8))
    assert ">£1.0m</text>" in wide
    assert ">£2.0m</text>" not in wide


def test_each_mark_says_its_name_and_only_those_asked_for_have_a_label():
    html = drawn(
        Spot("Quillbrook", "risk", 36, 6e6, named=True),
        Spot("Merrow", "strong", 84, 5e6),
    )

    assert "<title>Quillbrook</title>" in html
    assert "<title>Merrow</title>" in html
    assert words(html) == ["Quillbrook"]


def test_a_very_long_name_is_cut_in_its_label_alone():
    name = "University of Ravenmere and the Associated Colleges"
    html = drawn(Spot(name, "steady", 60, 1e6, named=True))

    assert f"<title>{name}</title>" in html
    assert words(html)[0].endswith("…")
    assert len(words(html)[0]) == 24


def test_nobody_can_tab_into_it_and_its_words_say_what_it_shows():
    html = drawn(*SPOTS, summary="Two are large & weak.")

    assert 'role="img"' in html
    assert '<desc id="quad-d">Two are large &amp; weak.</desc>' in html
    assert not re.search(r"<a |tabindex|<button", html)


def test_without_a_known_value_nothing_is_drawn():
    assert drawn() == ""
    assert drawn(Spot("A", "watch", 50, 0)) == ""


def test_names_are_escaped():
    assert "<em>" not in drawn(Spot("<em>", "watch", 50, 1e6, named=True))


@pytest.mark.parametrize("width", [288, 358, 470, 680])
def test_the_labels_of_the_prototype_collide_with_nothing(width):
    html = drawn(*SPOTS)

    assert collisions(html, width) == []
    assert len(words(html)) >= 5


spots = st.builds(
    Spot,
    label=st.text("abcdefgh ", min_size=8, max_size=30),
    health=st.sampled_from(["risk", "watch", "steady", "strong"]),
    at=st.integers(0, 100),
    value=st.floats(1e3, 1e8),
    was=st.none() | st.integers(0, 100),
    named=st.just(True),  # noqa: FBT003 - every one asks for a label
)


@given(st.lists(spots, min_size=1, max_size=15))
def test_whatever_stands_where_no_label_lies_on_anything(several):
    html = drawn(*several)
    for width in (288, 358, 470, 680):
        assert collisions(html, width) == []
