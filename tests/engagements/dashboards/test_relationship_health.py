"""The relationship's page says how it is, why, and what is under way: to both alike."""

from __future__ import annotations

import pytest

from engagements.models import OwnerReading, RelationshipSide
from engagements.reviews.figures import refresh_health
from engagements.reviews.instrument.library import rhr_8
from tests.engagements.dashboards.test_views import cost
from tests.engagements.reviews.test_health_stored import day_of
from tests.engagements.reviews.waves import closed_wave, still_asking

EIGHT = dict.fromkeys(rhr_8().weights, 5)


def head(pair, side=None) -> str:
    page = pair.page(side)
    return page[page.index("<h1>") : page.index('<nav class="tabs"')]


def test_both_sides_read_the_word_the_reason_and_both_figures(pair):
    closed_wave(pair.relationship, client_point=4, supplier_point=6)

    for side in (pair.own, pair.other):
        said = head(pair, side)
        assert '#h-watch"' in said
        assert "because the client&#x27;s side is under 60" in said
        assert "<b>50</b>" in said
        assert "<b>83</b>" in said
        assert 'class="lk big"' in said
        assert ", today" in said or " ago" in said
        page = pair.page(side)
        assert page.count('class="dimrow"') == 8
        assert "client 50, supplier 83" in page


def test_an_old_reading_is_hatched_and_says_its_age(pair):
    review = closed_wave(pair.relationship, client_point=6, supplier_point=5)
    RelationshipSide.objects.update(reviewed_on=day_of(review))
    today = day_of(review)
    refresh_health(None, today.replace(year=today.year + 1))

    said = head(pair)
    assert '#h-stale-steady"' in said
    assert "#h-steady" not in said.replace("h-stale-steady", "")
    assert 'class="dim">83' in said


def test_too_few_answers_show_no_figure(pair):
    closed_wave(pair.relationship, client_point=6)

    said = head(pair)
    assert "Too few answers" in said
    assert "<b>" not in said
    assert 'class="dimrow"' not in pair.page()


def test_before_the_first_review_the_own_reading_is_for_the_own_side_alone(pair):
    assert "Eight taps" in pair.page()
    address = f"/relationships/{pair.relationship.pk}/reading/"
    browser = pair.browser(role="executive")
    assert "Our view only" in browser.get(address).content.decode()

    assert browser.post(address, EIGHT | {"TRU": "9"}).status_code == 422
    assert browser.post(address, {}).status_code == 422
    assert not OwnerReading.objects.exists()
    assert browser.post(address, EIGHT).status_code == 302
    assert browser.post(address, EIGHT | {"TRU": 2}).status_code == 302

    reading = OwnerReading.objects.get()
    assert reading.values["TRU"] == 2
    assert reading.organisation == pair.by(role="executive").organisation
    name = reading.contact.name
    assert "Our view only, in no status." in pair.page()
    assert pair.page().count('class="dimrow"') == 8
    for seen in (pair.page(query="?as=other"), pair.page(pair.other)):
        assert 'class="dimrow"' not in seen
    across = pair.browser(pair.other, "executive").get(address).content.decode()
    assert name not in across
    assert set(RelationshipSide.objects.values_list("health", flat=True)) == {"none"}


def test_what_is_under_way_and_its_next_step(pair):
    assert "Answers are taken until" not in pair.page()
    review = still_asking(relationship=pair.relationship)
    for side in (pair.own, pair.other):
        page = pair.page(side)
        assert "Answers are taken until" in page
        assert review.get_absolute_url() in page


def test_all_waves_stand_on_one_page_alike_for_both(pair):
    address = f"/relationships/{pair.relationship.pk}/reviews/"
    browser = pair.browser(role="executive")
    assert "No review yet." in browser.get(address).content.decode()

    first = closed_wave(pair.relationship, client_point=6, supplier_point=3)
    one = cost(browser, address)
    closed_wave(pair.relationship, opens_on=day_of(first), supplier_point=6)
    still_asking(relationship=pair.relationship)

    for side in (pair.own, pair.other):
        page = pair.browser(side, "executive").get(address).content.decode()
        main = page[page.index("<main") :]
        assert main.count("<tr>") == 4
        assert "Too few answers" in main
        assert "Not there yet" in main
        assert ">83</td>" in main
        assert ">33</td>" in main
        assert 'class="num b"' in main
    assert cost(browser, address) == one <= 12


@pytest.mark.parametrize("role", ["executive", "account_manager"])
def test_a_page_with_a_review_costs_no_more_than_twelve_queries(pair, role):
    address = pair.relationship.get_absolute_url()
    browser = pair.browser(role=role)
    assert cost(browser, address) <= 12
    closed_wave(pair.relationship, client_point=6, supplier_point=3)
    still_asking(relationship=pair.relationship)
    assert cost(browser, address) <= 12
