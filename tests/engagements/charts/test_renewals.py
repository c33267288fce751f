"""The timeline of renewals."""

import re
from datetime import date

from engagements.charts import Renewal, renewals

TODAY = date(2026, 11, 18)
ROW = Renewal(
    "Hollin Vale",
    "/1/",
    date(2027, 3, 31),
    "£4.2m",
    "57 days to notice",
    (date(2026, 10, 14), date(2027, 1, 14)),
    date(2027, 1, 14),
    "watch",
)


def test_each_contract_is_a_row_of_a_list():
    assert renewals([ROW, ROW], TODAY).count('<li class="gr">') == 2


def test_the_window_begins_at_the_edge_when_it_opened_before():
    html = renewals([ROW], TODAY)
    assert re.search(r'<rect x="0%" y="11" width="13.53%"', html)
    assert 'class="ntc" x="13.53%"' in html


def test_bar_and_tick_stand_at_the_end_of_the_term():
    html = renewals([ROW], TODAY)
    end = re.search(r'class="bar" y="11" width="([\d.]+)%"', html)[1]
    assert f'class="endm" x="{end}%"' in html


def test_a_contract_without_end_runs_through_and_says_so():
    html = renewals([Renewal("A", "/", None, "£1", "No end date")], TODAY)
    assert 'class="bar" y="11" width="100%"' in html
    assert "endm" not in html
    assert "No notice date, no end date" in html


def test_what_lies_after_the_view_gets_no_tick():
    row = Renewal("A", "/", date(2030, 1, 1), "£1", "x", None, date(2029, 1, 1))
    html = renewals([row], TODAY)
    assert "endm" not in html
    assert "ntc" not in html
    assert "Notice by 1 Jan 2029, ends 1 Jan 2030" in html


def test_today_stands_in_every_row_at_the_same_place():
    html = renewals([ROW, ROW], TODAY)
    assert len(set(re.findall(r'class="now" x1="([\d.]+)%"', html))) == 1


def test_the_scale_names_the_quarters_and_the_new_year():
    html = renewals([], TODAY)
    ticks = re.findall(r'class="tick[^"]*"[^>]*>([^<]+)<', html)
    assert ticks == ["Jan 2027", "Apr", "Jul", "Oct", "Jan 2028", "Apr"]


def test_words_are_escaped():
    row = Renewal("<script>", '"><script>', None, "<script>", "<script>")
    assert "<script>" not in renewals([row], TODAY)
