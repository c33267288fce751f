"""The named person answers from a mailed link: two buttons, nothing happens before."""

from __future__ import annotations

import logging

import pytest
from django.urls import reverse

from engagements import links
from engagements.links import Purpose
from engagements.models import Charter
from relman.logs import WithoutTokens
from tests.engagements.charters import charters
from tests.sitting import Client

HERE = "/c/charter/"


def door(row, purpose=Purpose.CHARTER) -> str:
    token = links.token_of(purpose, row.pk, row.version)
    return reverse("engagements:charter-link", args=[token])


def opened(row) -> Client:
    browser = Client()
    assert browser.post(door(row))["Location"] == HERE
    return browser


def test_link_and_first_button_decide_nothing(pair):
    row = charters.asked(charters.proposed(pair), pair.own)
    browser = Client()

    first = browser.get(door(row)).content.decode()
    response = browser.post(door(row))

    assert charters.PURPOSE not in first
    cookie = response.cookies["relman_c_charter"]
    assert (response["Location"], cookie["path"]) == (HERE, HERE)
    row.refresh_from_db()
    assert row.answer == ""
    assert charters.PURPOSE in browser.get(HERE).content.decode()


def test_both_accept_without_a_sign_in(pair):
    charter = charters.proposed(pair)

    for side in (pair.own, pair.other):
        browser = opened(charters.asked(charter, side))
        assert browser.post(HERE, {"answer": "yes"}).status_code == 302
        assert "Accepted for your side" in browser.get(HERE).content.decode()

    charter.refresh_from_db()
    assert charter.state == Charter.State.ACCEPTED


def test_a_no_asks_for_its_reason_and_keeps_it(pair):
    row = charters.asked(charters.proposed(pair), pair.other)
    browser = opened(row)

    refused = browser.post(HERE, {"answer": "no"})
    browser.post(HERE, {"answer": "no", "reason": "Nights are missing"})

    assert refused.status_code == 422
    assert "Say what should be different" in refused.content.decode()
    row.refresh_from_db()
    assert (row.answer, row.reason) == ("no", "Nights are missing")
    assert "Nights are missing" in browser.get(HERE).content.decode()


def test_a_reason_too_long_is_refused_whole_by_link_and_signed_in(pair):
    row = charters.asked(charters.proposed(pair), pair.other)
    long = {"answer": "no", "reason": "n" * 301}
    page = reverse("engagements:charter-answer", args=[row.pk])

    by_link = opened(row).post(HERE, long)
    signed_in = pair.browser(pair.other, "executive").post(page, long)

    for refused in (by_link, signed_in):
        words = "What should be different: 300 characters at most, these are 301."
        assert (refused.status_code, words in refused.text) == (422, True)
        assert long["reason"] in refused.text
    row.refresh_from_db()
    assert row.answer == ""


def test_dead_links_show_the_one_page(pair):
    charter = charters.proposed(pair)
    row = charters.asked(charter, pair.own)
    later = charters.say_yes(charter) and charters.asked(charter, pair.own, 2)
    stale = charters.asked(charter, pair.other)
    replaced = door(stale)
    charter.acceptances.filter(pk=stale.pk).update(version=2)
    answers = [
        Client().get(address)
        for address in (
            door(later),
            replaced,
            door(row, Purpose.CONFIRM),
            f"{HERE}nonsense/",
            HERE,
        )
    ]

    assert {answer.status_code for answer in answers} == {404}
    assert len({answer.content for answer in answers}) == 1


def test_an_answered_link_of_a_round_gone_by_shows_its_answer_alone(pair):
    row = charters.asked(charters.accepted(pair), pair.own)

    page = Client().get(door(row))

    assert page.status_code == 200
    browser = opened(row)
    assert 'name="answer"' not in browser.get(HERE).content.decode()


@pytest.mark.parametrize("level", ["%s", "GET %s 200"])
def test_no_log_holds_a_token(level):
    record = logging.LogRecord(
        "x", logging.INFO, "", 0, level, ("/c/charter/secret.token/",), None
    )

    WithoutTokens().filter(record)

    assert "secret" not in record.getMessage()


def test_an_answer_is_kept_of_the_charter_that_was_shown(pair):
    """One browser, two links: the second takes the place of the first."""
    first = charters.asked(charters.proposed(pair), pair.own)
    browser = opened(first)
    shown = browser.get(HERE).context["of"]
    other = charters.asked(first.charter, pair.other)
    browser.post(door(other))

    wrong = browser.post(HERE, {"answer": "no", "reason": "Not so", "of": shown})
    right = browser.get(HERE).context["of"]

    assert wrong.status_code == 404
    assert "Not so" in wrong.text
    assert f'name="of" value="{right}"' in browser.get(HERE).text
    other.refresh_from_db()
    assert other.answer == ""
    assert browser.post(HERE, {"answer": "yes", "of": right}).status_code == 302
