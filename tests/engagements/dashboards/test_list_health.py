"""The list, one's day and what is pinned say how each relationship is."""

from __future__ import annotations

import csv
import io
import re
from datetime import timedelta

import pytest
from django.utils import timezone

from engagements.models import Pin, Relationship, RelationshipSide
from tests.engagements.dashboards.test_views import cost
from tests.engagements.reviews.waves import closed_wave
from tests.factories import RelationshipFactory

TODAY = timezone.localdate()
READ = {
    "risk": (45, 36, 54),
    "watch": (69, 52, 85),
    "steady": (76, 75, 76),
    "strong": (86, 95, 81),
    "stale": (74, 76, 72),
}
UNREAD = ("few", "none")
WORST_FIRST = ["risk", "watch", "stale", "steady", "strong", "few", "none"]


@pytest.fixture
def seven(pair):
    """A relationship in each state; the one of the pair has no reading."""
    own = getattr(pair.relationship, pair.own)
    rows = RelationshipSide.objects
    for state, (score, client, supplier) in READ.items():
        made = RelationshipFactory(**{pair.own.value: own})
        rows.filter(relationship=made).update(
            health=state,
            health_last="steady" if state == "stale" else "",
            health_score=score,
            client_score=client,
            supplier_score=supplier,
            score_gap=client - supplier,
            reviewed_on=TODAY - timedelta(70),
        )
    few = RelationshipFactory(**{pair.own.value: own})
    day = TODAY - timedelta(70)
    rows.filter(relationship=few).update(health="few", reviewed_on=day)
    return pair


def listed(pair, query="", side=None) -> list:
    browser = pair.browser(side, "executive")
    return list(browser.get(f"/relationships/{query}").context["page"])


def states(pair, query="") -> list[str]:
    return [row.health.state for row in listed(pair, query)]


def row_of(html: str, state: str) -> str:
    rows = re.findall(r"<tr>.*?</tr>", html, re.DOTALL)
    (found,) = [row for row in rows if re.search(f"#h-({state})", row)]
    return found


def test_a_row_says_the_word_the_number_its_age_both_sides_and_the_gap(seven):
    page = seven.browser(role="executive").get("/relationships/").content.decode()
    said = row_of(page, "watch")
    for words in ("Watch", "<b>69</b>", "2 months", ">52<", ">85<", "num b"):
        assert words in said
    assert 'data-label="Gap">33<' in said
    assert "num b" not in row_of(page, "steady")
    assert ">95+<" in row_of(page, "strong")


def test_old_few_and_unknown_look_and_read_as_what_they_are(seven):
    page = seven.browser(role="executive").get("/relationships/").content.decode()
    old = row_of(page, "stale-steady")
    assert "Stale" in old
    assert '<b class="dim">74</b>' in old
    few, none = row_of(page, "few"), row_of(page, "none")
    assert "in the review of" in few
    assert "no review yet" in none
    for row in (few, none):
        assert "data-label" not in row
        assert 'colspan="4"' in row


def test_the_list_is_narrowed_by_health(seven):
    for state in (*READ, *UNREAD):
        assert states(seven, f"?health={state}") == [state]
    assert len(states(seven, "?health=purple")) == 7
    assert states(seven, "?view=wide-gap") == ["watch"]
    page = seven.browser(role="executive").get("/relationships/?health=watch")
    assert '<option value="watch" selected>' in page.content.decode()
    assert "Clear" in page.content.decode()


def test_the_list_is_sorted_by_health_by_either_side_and_by_gap(seven):
    assert states(seven, "?sort=health") == WORST_FIRST
    assert [row.health.client for row in listed(seven, "?sort=client")] == [
        *("36", "52", "75", "76", "95+"),
        *("", ""),
    ]
    assert [row.health.supplier for row in listed(seven, "?sort=supplier")][:2] == [
        "54",
        "72",
    ]
    gaps = [row.health.gap for row in listed(seven, "?sort=gap")]
    assert gaps == [33, 18, 14, 4, 1, None, None]
    page = seven.browser(role="executive").get("/relationships/?sort=gap&q=")
    html = page.content.decode()
    assert 'aria-sort="descending"' in html
    assert 'href="?q=&amp;sort=health"' in html


def test_both_sides_read_the_same_line(pair):
    closed_wave(pair.relationship, client_point=4, supplier_point=6)
    ours, theirs = (listed(pair, side=side) for side in (pair.own, pair.other))
    assert ours[0].health == theirs[0].health
    assert (ours[0].health.client, ours[0].health.supplier) == ("50", "83")


def test_ones_day_says_how_one_s_relationships_are(seven):
    me = seven.by()
    RelationshipSide.objects.filter(acted_by=me.organisation).update(owner=me.contact)
    html = seven.browser().get("/home/").content.decode()
    assert "No reading" in row_of(html, "none")
    RelationshipSide.objects.filter(relationship=seven.relationship).update(
        health="watch", health_score=69
    )
    html = seven.browser().get("/home/").content.decode()
    assert "<b>69</b>" in row_of(html, "watch")


def test_ones_day_says_what_moved_since_the_review_before(pair):
    me = pair.by()
    RelationshipSide.objects.filter(acted_by=me.organisation).update(owner=me.contact)
    first = closed_wave(pair.relationship, client_point=4, supplier_point=6)
    assert "nothing to compare with" in day(pair)
    opens_on = first.opens_on + timedelta(200)
    closed_wave(pair.relationship, client_point=6, supplier_point=6, opens_on=opens_on)
    said = row_of(day(pair), "str|ste")
    assert "client +33" in said
    assert "supplier" not in said
    RelationshipSide.objects.update(health="stale", health_last="steady")
    assert "client +33" not in day(pair)


def day(pair) -> str:
    return pair.browser().get("/home/").content.decode()


def test_what_is_pinned_carries_its_mark_and_its_word(seven):
    me = seven.by(role="executive").contact
    rows = RelationshipSide.objects.filter(acted_by=seven.by().organisation)
    browser = seven.browser(role="executive")
    without = cost(browser, "/search/")
    Pin.objects.create(contact=me, relationship=rows[0].relationship)
    before = cost(browser, "/search/")
    assert before == without + 1
    for row in rows[1:]:
        Pin.objects.create(contact=me, relationship=row.relationship)
    html = browser.get("/search/").content.decode()
    rail = html[html.index('class="cap"') : html.index('<details class="me">')]
    marks = re.findall(r"#h-([\w-]+)", rail)
    expected = {*READ, *UNREAD, "stale-steady"} - {"stale"}
    assert set(marks) == expected
    assert '<span class="visually-hidden">Watch: </span>' in rail
    assert cost(browser, "/search/") == before


def test_the_list_costs_the_same_with_one_state_and_with_seven(pair, request):
    browser = pair.browser(role="executive")
    one = cost(browser, "/relationships/?sort=health")
    request.getfixturevalue("seven")
    assert cost(browser, "/relationships/?sort=health") == one <= 12


def filed(pair, query="", side=None) -> list[dict[str, str]]:
    browser = pair.browser(side, "executive")
    answer = browser.get(f"/relationships.csv{query}")
    assert answer["Content-Type"] == "text/csv; charset=utf-8"
    assert "relationships.csv" in answer["Content-Disposition"]
    text = answer.content.decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text)))


def test_the_list_is_taken_along_as_a_file_with_the_same_rows(seven):
    rows = filed(seven, "?sort=health")
    assert [row["Health"] for row in rows] == [
        *("At risk", "Watch", "Stale", "Steady", "Strong"),
        *("Too few answers", "No reading"),
    ]
    one = filed(seven, "?health=watch")[0]
    figures = (one["Health of both"], one["Client"], one["Supplier"], one["Gap"])
    assert figures == ("69", "52", "85", "33")
    assert one["Last review"] == (TODAY - timedelta(70)).isoformat()
    assert filed(seven, "?health=strong")[0]["Client"] == "95+"
    none = filed(seven, "?health=none")[0]
    assert none["Why"] == "no review yet"
    assert (none["Client"], none["Gap"], none["A year"]) == ("", "", "")
    page = seven.browser(role="executive").get("/relationships/?health=watch")
    assert 'href="/relationships.csv?health=watch"' in page.content.decode()


def test_the_file_says_why_and_is_each_side_s_own(pair):
    closed_wave(pair.relationship, client_point=4, supplier_point=6)
    name = getattr(pair.relationship, pair.other).name
    RelationshipSide.objects.filter(side=pair.own).update(annual_value=5)
    ours, theirs = filed(pair)[0], filed(pair, side=pair.other)[0]
    assert ours["With"] == name
    assert "because the client's side is under 60" in ours["Why"]
    assert (ours["A year"], theirs["A year"]) == ("5.00", "")
    assert ours["Why"] == theirs["Why"]
    assert filed(pair, side="bystander") == []


def test_no_cell_runs_in_a_spreadsheet(pair):
    Relationship.objects.update(scope="=1+1")
    assert filed(pair)[0]["Scope"] == "'=1+1"


def test_the_file_costs_the_same_with_one_row_and_with_seven(pair, request):
    browser = pair.browser(role="executive")
    one = cost(browser, "/relationships.csv")
    request.getfixturevalue("seven")
    assert cost(browser, "/relationships.csv") == one <= 6


def test_ones_day_costs_the_same_with_one_result_and_with_three(pair):
    own, me = getattr(pair.relationship, pair.own), pair.by(role="executive")
    costs = []
    for relationship in (
        pair.relationship,
        RelationshipFactory(**{pair.own.value: own}),
        RelationshipFactory(**{pair.own.value: own}),
    ):
        closed_wave(relationship, client_point=4, supplier_point=6)
        RelationshipSide.objects.update(owner=me.contact)
        costs.append(cost(pair.browser(role="executive"), "/home/"))
    assert costs[0] == costs[2] <= 12
