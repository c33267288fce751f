"""The rail of key dates."""

import re
from dataclasses import replace
from datetime import date, timedelta

from engagements.charts import KeyDate, key_date_rail
from tests.styleguide.figures import RAIL


def across(html: str) -> str:
    return html[: html.index('<ol class="down">')]


def down(html: str) -> str:
    return html[html.index('<ol class="down">') :]


def test_both_forms_are_ordered_lists_of_the_same_dates():
    html = key_date_rail(RAIL)
    assert across(html).count("<li>") == len(RAIL.points)
    # Today stands among them.
    assert down(html).count("<li") == len(RAIL.points) + 1
    for point in RAIL.points:
        assert html.count(point.label) == 2


def test_dates_come_in_order_with_today_between_them():
    entries = re.findall(
        r'<li class="([^"]*)">(?:<b>([^<]+)</b>)?', down(key_date_rail(RAIL))
    )
    assert [kind for kind, _day in entries] == ["done", "now", "", "", "hard", "hard"]
    assert [day for _kind, day in entries] == [
        "14 Oct",
        "",
        "2 Dec",
        "12 Jan 2027",
        "14 Jan 2027",
        "31 Mar 2027",
    ]


def test_legal_dates_are_diamonds_and_movable_ones_squares():
    html = across(key_date_rail(RAIL))
    assert html.count('class="diamond"') == 2
    assert html.count('class="square"') == 3


def test_passed_dates_are_marked_as_passed():
    assert across(key_date_rail(RAIL)).count('<g class="done">') == 1


def test_the_decision_window_reaches_from_its_first_to_its_last_day():
    html = across(key_date_rail(RAIL))
    x, width = re.search(
        r'class="window" x="([\d.]+)%" y="44" width="([\d.]+)%"', html
    ).groups()
    first = re.search(r'<li><svg height="\d+"><svg x="([\d.]+)%"', html)[1]
    assert x == first
    assert 30 < float(width) < 60


def test_the_window_is_also_said():
    assert "The decision is open from 14 Oct to 14 Jan 2027." in key_date_rail(RAIL)


def test_labels_that_would_cover_each_other_stand_in_two_rows():
    html = across(key_date_rail(RAIL))
    tops = re.findall(r'<foreignObject x="-?\d+" y="(\d+)"', html)
    assert sorted(set(tops)) == ["120", "64"]
    assert tops.count("120") == 1


def test_a_label_at_the_right_end_stands_left_of_its_mark():
    html = across(key_date_rail(RAIL))
    last = html[html.rindex("<foreignObject") :]
    assert 'x="-124"' in last
    assert "words end" in last


def test_dates_link_to_where_they_come_from():
    assert '<a href="/n/">Last day to give notice</a>' in key_date_rail(RAIL)


def test_the_whole_term_is_left_out_when_it_is_unknown():
    assert 'class="whole"' in key_date_rail(RAIL)
    assert 'class="whole"' not in key_date_rail(replace(RAIL, begins=None))
    assert 'class="whole"' not in key_date_rail(replace(RAIL, ends=None, options=()))


def test_the_whole_term_is_left_out_when_the_rail_shows_all_of_it():
    short = replace(RAIL, begins=date(2026, 10, 1), options=())
    assert 'class="whole"' not in key_date_rail(short)


def test_without_dates_there_is_no_rail():
    assert key_date_rail(replace(RAIL, points=())) == ""


def test_one_date_that_is_today_is_drawn():
    point = KeyDate(RAIL.today, "Ends")
    html = key_date_rail(replace(RAIL, points=(point,), window=None))
    assert 'x="50%"' in html


def test_many_dates_on_one_day_stand_below_each_other():
    points = tuple(KeyDate(RAIL.today + timedelta(days=1), f"D{n}") for n in range(5))
    tops = re.findall(
        r'<foreignObject x="-?\d+" y="(\d+)"',
        across(key_date_rail(replace(RAIL, points=points))),
    )
    assert len(set(tops)) == 5


def test_words_are_escaped():
    point = KeyDate(RAIL.today, "<script>", url='"><script>')
    html = key_date_rail(replace(RAIL, points=(point,), term_label="<script>"))
    assert "<script>" not in html
    assert "style=" not in html


def test_only_a_lower_label_hangs_on_a_line():
    html = across(key_date_rail(RAIL))
    assert html.count('<line class="base"') == 1
    hung = html[html.index('<line class="base"') :]
    assert "12 Jan 2027" in hung[: hung.index("</foreignObject>")]


def test_room_is_kept_for_labels_that_stand_left_of_their_mark():
    # The last label reaches back over the place where the one before would stand.
    points = tuple(
        KeyDate(RAIL.today + timedelta(days=days), f"D{days}") for days in (0, 80, 100)
    )
    html = across(key_date_rail(replace(RAIL, points=points, window=None)))
    tops = re.findall(r'<foreignObject x="-?\d+" y="(\d+)"', html)
    assert tops == ["64", "120", "64"]


def test_passed_dates_only_are_marked_as_passed():
    point = KeyDate(RAIL.today + timedelta(days=3), "Later")
    html = across(key_date_rail(replace(RAIL, points=(point,), window=None)))
    assert '<g class="done">' not in html
