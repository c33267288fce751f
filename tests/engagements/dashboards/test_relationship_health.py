"""The relationship's page says how it is, why, and what is under way: to both alike."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from engagements.models import OwnerReading, Relationship, RelationshipSide
from engagements.reviews.figures import refresh_health
from engagements.reviews.instrument.library import rhr_8
from tests.engagements.dashboards.test_views import cost
from tests.engagements.reviews.test_health_stored import day_of
from tests.engagements.reviews.waves import closed_wave, scheduled_wave, still_asking

EIGHT = dict.fromkeys(rhr_8().weights, 5)


def head(pair, side=None) -> str:
    page = pair.page(side)
    return page[page.index("<h1>") : page.index('<nav class="tabs"')]


def managed(pair, side=None) -> str:
    address = pair.relationship.get_absolute_url()
    return pair.browser(side, "account_manager").get(address).content.decode()


def later():
    return timezone.localdate() + timedelta(30)


def test_both_sides_read_the_word_the_reason_and_both_figures(pair):
    closed_wave(pair.relationship, client_point=4, supplier_point=6)

    for side in (pair.own, pair.other):
        said = head(pair, side)
        assert '#h-watch"' in said
        assert "because the client&#x27;s side is under 60" in said
        assert "<b>50</b>" in said
        assert "<b>83</b>" in said
        assert 'class="lk big"' in said
        assert "gap 33, the supplier sees it better" in said
        assert "Last review" in said
        assert " ago</a>" in said
        page = pair.page(side)
        assert page.count('class="dimrow"') == 8
        assert "client 50, supplier 83" in page


def test_the_timeline_shows_the_widest_gap_of_the_last_result(pair):
    assert "Open the result" not in pair.page()
    closed_wave(pair.relationship, client_point=4, supplier_point=6)
    for side in (pair.own, pair.other):
        page = pair.page(side)
        tl = page[page.index('id="timeline"') : page.index("<aside")]
        assert tl.count("Open the result") == 1
        assert tl.count('class="gap big"') == 1
    RelationshipSide.objects.update(health_topics=[["TRU", "Trust", "50", "50", 0]])
    assert "Open the result" not in pair.page()


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


def test_what_is_under_way_whose_turn_it_is_or_the_way_to_begin(pair):
    Relationship.objects.update(marked_active_at=timezone.now())
    RelationshipSide.objects.update(marked_active=True)
    start = f"/reviews/new/?r={pair.relationship.pk}"
    assert start in managed(pair)
    assert start not in pair.page()

    review = scheduled_wave(pair.relationship, state="draft", opens_on=later())
    review.owner_side = pair.own
    review.save()
    mine, theirs = managed(pair), managed(pair, pair.other)
    for page in (mine, theirs):
        assert ">Full review<a" in page
        assert "Full review under way</a>" in page
        assert review.get_absolute_url() in page
        assert start not in page
    assert "Your turn:" in mine
    assert "Your turn:" not in theirs
    assert "Your turn:" not in pair.page(query="?as=other")


def test_a_review_to_talk_about_does_not_keep_the_next_one_back(pair):
    RelationshipSide.objects.update(live_contracts=1)
    closed_wave(pair.relationship, client_point=6, supplier_point=3)
    page = managed(pair)
    assert "Talk about the result" in page
    assert "/reviews/new/?r=" in page
    Relationship.objects.update(proposed_to="client")
    assert "/reviews/new/?r=" not in managed(pair)


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
        assert "Open " in main
        assert ">83</td>" in main
        assert ">33</td>" in main
        assert ">50</td>" in main
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


def test_once_a_review_was_held_no_own_reading_is_taken(pair):
    closed_wave(pair.relationship, client_point=6)
    address = f"/relationships/{pair.relationship.pk}/reading/"
    answer = pair.browser(role="executive").post(address, EIGHT)
    assert answer.status_code == 422
    assert "There was a review" in answer.content.decode()
    assert not OwnerReading.objects.exists()


def test_one_side_without_enough_to_show_is_no_reading_and_says_why(pair):
    closed_wave(pair.relationship, client_point=6, supplier_point=5)
    none = {"health": "none", "health_why": ["one_sided"], "health_topics": []}
    RelationshipSide.objects.update(**none, client_score=None, supplier_score=None)
    RelationshipSide.objects.update(score_gap=None)
    page = pair.page()
    assert '#h-none"' in head(pair)
    assert "says too little of one side" in head(pair)
    assert "<b>" not in head(pair)
    assert 'class="dimrow"' not in page
    assert "Our reading" not in page
