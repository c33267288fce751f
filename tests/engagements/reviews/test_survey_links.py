"""Links that are not open, the second of closing, and where a token must not go."""

from __future__ import annotations

import logging
from datetime import timedelta
from io import StringIO

import pytest
import time_machine
from django.utils import timezone

from engagements.models import OpenResponse, Rater
from engagements.reviews import links
from engagements.reviews.actions import asking
from engagements.reviews.links import Held, Purpose
from engagements.reviews.responses import response_of
from relman.logs import WithoutTokens
from tests.engagements.reviews.sittings import (
    SCRIPT,
    answers,
    begun,
    check_in,
    door,
    page,
    shown,
)
from tests.engagements.reviews.waves import (
    after_closing,
    answer,
    answer_all,
    raters,
    still_asking,
)
from tests.sitting import Client

pytestmark = pytest.mark.django_db
STEPS = [
    *(("get", page) for page in ("words", "check", "done")),
    *(("post", page) for page in ("words", "send", "withdraw")),
]


@pytest.fixture
def rater() -> Rater:
    return raters(still_asking())[0]


def dead_links(rater: Rater) -> dict[str, str]:
    version = rater.link_version
    token = links.token_of(Purpose.ANSWER, rater.pk, version)
    return {
        "tampered": links.path(Purpose.ANSWER, rater.pk, version)[:-1] + "x/",
        "unknown": links.path(Purpose.ANSWER, rater.review_id, 1),
        "another version": links.path(Purpose.ANSWER, rater.pk, 7),
        "another purpose": "/a/"
        + links.token_of(Purpose.CONFIRM, rater.pk, version)
        + "/",
        "cut": f"/a/{token[:20]}/",
        "nonsense": "/a/nonsense/",
    }


def closed_pages(rater: Rater, addresses) -> set[bytes]:
    """What a stranger's browser is shown there, opened and pressed."""
    found = set()
    for address in addresses:
        for method in ("get", "post"):
            response = getattr(Client(), method)(address)
            assert response.status_code == 404, address
            found.add(response.content)
    return found


def test_every_dead_link_shows_the_same_page(rater):
    pages = closed_pages(rater, dead_links(rater).values())
    pages |= closed_pages(rater, [page("statement", 1)])
    for gone in (
        {"revoked_at": timezone.now()},
        {"revoked_at": None, "ineligible": "left"},
    ):
        Rater.objects.filter(pk=rater.pk).update(**gone)
        pages |= closed_pages(rater, [door(rater)])
    Rater.objects.filter(pk=rater.pk).update(ineligible="")
    with time_machine.travel(after_closing(rater.review), tick=False):
        pages |= closed_pages(rater, [door(rater)])
    answer_all(rater.review)
    asking.close_review(review=rater.review, now=after_closing(rater.review))
    pages |= closed_pages(rater, [door(rater)])

    assert len(pages) == 1
    assert b"Ask the person who invited you" in pages.pop()


@pytest.mark.parametrize(("method", "name"), STEPS)
def test_without_the_cookie_no_page_is_open(client, rater, method, name):
    client.cookies[Purpose.ANSWER.cookie] = "forged"

    assert getattr(client, method)(page(name)).status_code == 404


def test_a_seat_taken_away_ends_the_sitting(rater):
    browser = begun(rater)
    Rater.objects.filter(pk=rater.pk).update(revoked_at=timezone.now())

    assert browser.get(page("statement", 1)).status_code == 404
    response = browser.post(page("statement", 1), {"value": "1"})
    assert response.status_code == 404
    assert not OpenResponse.objects.exists()


def test_a_scanner_that_presses_the_button_changes_no_row(rater):
    before = Rater.objects.values().get(pk=rater.pk)
    scanner = Client()
    scanner.head(door(rater))
    scanner.get(door(rater))
    onward = scanner.post(door(rater))
    scanner.get(onward["Location"])

    assert not OpenResponse.objects.exists()
    assert Rater.objects.values().get(pk=rater.pk) == before


@pytest.mark.parametrize(
    ("name", "arguments", "given"),
    [
        ("statement", [1], {"value": "1", "was": "5"}),
        ("words", [], {"OPEN1": "late"}),
        ("send", [], {}),
        ("withdraw", [], {}),
    ],
)
def test_at_the_second_of_closing_it_is_refused_in_words(rater, name, arguments, given):
    answer(rater, 5)
    before = OpenResponse.objects.values().get()

    with time_machine.travel(rater.review.closes_at, tick=False) as clock:
        clock.shift(timedelta(minutes=-5))
        browser = begun(rater)
        clock.shift(timedelta(minutes=5))
        response = browser.post(page(name, *arguments), given)
        by_script = browser.post(page(name, *arguments), given, **SCRIPT)
        # What is left open shows what every closed link shows.
        assert browser.get(page("check")).status_code == 404

    assert response.status_code == by_script.status_code == 422
    assert "This review has closed; nothing was changed." in response.content.decode()
    assert "What was saved before counts." in response.content.decode()
    assert by_script.content == b"This review has closed; nothing was changed."
    assert OpenResponse.objects.values().get() == before


def test_a_second_before_closing_it_is_kept(rater):
    last = rater.review.closes_at - timedelta(seconds=1)

    with time_machine.travel(last, tick=False):
        begun(rater).post(page("statement", 1), {"value": "1"})

    assert answers(rater) == {"TRU1": 1}


def test_when_all_is_sealed_it_is_refused_all_the_same(rater):
    browser = begun(rater)
    answer_all(rater.review)
    asking.close_review(review=rater.review, now=after_closing(rater.review))

    for name, arguments in (("statement", [1]), ("words", []), ("withdraw", [])):
        response = browser.post(page(name, *arguments), {"value": "1", "OPEN1": "x"})
        assert response.status_code == 422
        assert "This review has closed" in response.content.decode()
    assert not OpenResponse.objects.exists()


def test_no_page_tells_its_address_and_none_is_kept(rater):
    browser = begun(rater)
    given = [
        browser.get(door(rater)),
        browser.post(door(rater)),
        browser.get("/a/nonsense/"),
        browser.get(page("statement", 1)),
        Client(enforce_csrf_checks=True).post(door(rater)),
    ]

    assert {response["Referrer-Policy"] for response in given} == {"no-referrer"}
    for response in given:
        assert "no-store" in response["Cache-Control"]


def test_a_form_of_another_site_is_refused_and_ours_is_not(rater):
    """A browser that is to tell nobody its address names its origin "null"."""
    strict = Client(enforce_csrf_checks=True)
    strict.get(door(rater))
    token = {"csrfmiddlewaretoken": strict.cookies["csrftoken"].value}
    ours, theirs = {"Origin": "null"}, {"Origin": "https://elsewhere.example"}

    assert strict.post(door(rater), token, headers=theirs).status_code == 403
    assert strict.post(door(rater), headers=ours).status_code == 403
    assert strict.post(door(rater), token, headers=ours).status_code == 302


def test_no_log_line_and_no_error_page_holds_a_token(rater):
    written = StringIO()
    handler = logging.StreamHandler(written)
    handler.addFilter(WithoutTokens())
    logger = logging.getLogger("django")
    logger.addHandler(handler)
    token = links.token_of(Purpose.ANSWER, rater.pk, rater.link_version)

    closed = Client().get(f"/a/{token}x/")
    refused = Client(enforce_csrf_checks=True).post(door(rater))
    assert token not in closed.content.decode() + refused.content.decode()
    logger.removeHandler(handler)

    assert token not in written.getvalue()
    assert "/a/…/" in written.getvalue()


@pytest.mark.parametrize("purpose", list(Purpose))
def test_a_line_about_any_door_is_covered(purpose):
    words = f"Not Found: /{purpose.value}/abc-1.xyz/"
    line = logging.LogRecord("x", logging.WARNING, "", 0, words, (), None)

    WithoutTokens().filter(line)

    assert line.getMessage() == f"Not Found: /{purpose.value}/…/"


def test_an_empty_installation_does_not_swallow_a_link(client):
    assert client.get(page("done")).status_code == 404


def test_a_cookie_of_another_purpose_opens_nothing(client, rater):
    response = client.get(page("done"))
    links.let_in(response, Purpose.CONFIRM, Held(rater.pk, rater.link_version))
    client.cookies[Purpose.ANSWER.cookie] = response.cookies["relman_c"].value

    assert client.get(page("check")).status_code == 404


def test_consent_is_in_the_cookie_and_not_for_the_asking(client):
    rater = check_in()
    response = client.get(page("done"))
    links.let_in(response, Purpose.ANSWER, Held(rater.pk, rater.link_version))
    client.cookies["relman_a"] = response.cookies["relman_a"].value

    refused = client.post(page("statement", 1), {"value": "6", "consent": "yes"})

    assert refused.status_code == 422
    assert "agree to that first" in refused.content.decode()
    assert response_of(rater) is None
    assert "Statement 1 of 10" in shown(client, page("statement", 1))
