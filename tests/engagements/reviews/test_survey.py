"""Answering from a mailed link, without an account and without script."""

from __future__ import annotations

import pytest

from engagements.models import OpenResponse, Rater
from engagements.reviews import sitting
from engagements.reviews.actions import answering, asking
from tests.engagements.reviews.sittings import (
    SCRIPT,
    answers,
    begun,
    check_in,
    door,
    in_german,
    page,
    shown,
)
from tests.engagements.reviews.waves import (
    after_closing,
    answer,
    open_wave,
    raters,
    still_asking,
)
from tests.factories import ContactFactory, OrganisationFactory
from tests.sitting import Client

pytestmark = pytest.mark.django_db


@pytest.fixture
def rater() -> Rater:
    return raters(still_asking())[0]


@pytest.fixture
def browser(rater) -> Client:
    """A browser in which the link's button was pressed."""
    return begun(rater)


def test_the_first_screen_says_who_asks_why_and_who_sees_it(client, rater):
    text = shown(client, door(rater))

    relationship = rater.review.relationship
    assert relationship.client.name in text
    assert f"Both sides ask {rater.contact.name}." in text
    assert "Where they differ is what they talk about next" in text
    assert "29 statements, about 7 minutes" in text
    assert "Never shown with your name" in text
    assert "3 or more of your side" in text
    assert "This server is run at localhost." in text
    assert "could technically read answers" in text
    assert "facilitates" not in text


def test_it_says_as_many_minutes_as_the_mail(client):
    rater = check_in()

    assert "10 statements, about 5 minutes" in shown(client, door(rater))


def test_it_names_owner_facilitator_and_who_runs_the_server(client, settings):
    settings.RUN_BY = "Ferrow Consulting"
    organisation = OrganisationFactory(name="Tarnmoor")
    owner = ContactFactory(name="Dan Okafor", organisation=organisation)
    disclosure = "Formerly of Tarnmoor."
    facilitator = ContactFactory(name="Ines Keller")
    rater = raters(
        still_asking(
            owner=owner, facilitator=facilitator, facilitator_disclosure=disclosure
        )
    )[0]

    text = shown(client, door(rater))

    assert f"Dan Okafor, Tarnmoor, asks {rater.contact.name} on behalf of both" in text
    assert f"Ines Keller, {facilitator.organisation.name}, facilitates" in text
    assert disclosure in text
    assert "Ferrow Consulting runs this server, localhost." in text


def test_following_the_link_and_pressing_its_button_changes_no_row(client, rater):
    client.get(door(rater))
    client.head(door(rater))
    client.post(door(rater))

    assert not OpenResponse.objects.exists()


def test_the_button_goes_on_without_the_token(client, rater):
    response = client.post(door(rater))

    assert response["Location"] == page("statement", 1)
    cookie = response.cookies["relman_a"]
    assert (cookie["httponly"], cookie["path"]) == (True, "/a/")


def test_next_saves_and_goes_on(browser, rater):
    response = browser.post(page("statement", 1), {"value": "6", "go": "next"})

    assert response["Location"] == page("statement", 2)
    assert answers(rater) == {"TRU1": 6}
    text = shown(browser, page("statement", 1))
    assert 'value="6" checked' in text
    assert ">Saved<" in text


def test_back_saves_too(browser, rater):
    response = browser.post(page("statement", 2), {"value": "2", "go": "back"})

    assert response["Location"] == page("statement", 1)
    assert answers(rater) == {"TRU2": 2}


def test_nothing_says_saved_before_it_is(browser):
    assert ">Saved<" not in shown(browser, page("statement", 1))


def test_a_script_saves_every_choice_at_once(browser, rater):
    response = browser.post(page("statement", 1), {"value": "3"}, **SCRIPT)

    assert response.status_code == 204
    assert answers(rater) == {"TRU1": 3}


def test_cannot_say_is_not_a_skip(browser, rater):
    browser.post(page("statement", 1), {"value": "cannot_say"})
    browser.post(page("statement", 2), {})

    assert answers(rater) == {"TRU1": "cannot_say"}
    text = shown(browser, page("check"))
    assert text.count("I can&#x27;t say") == 1
    assert text.count(">Skipped<") == 28
    assert "28 statements are skipped" in text


@pytest.mark.parametrize("value", ["0", "8", "x", "6.5", "²"])
def test_what_is_no_choice_is_refused_in_words(browser, rater, value):
    response = browser.post(page("statement", 1), {"value": value})
    by_script = browser.post(page("statement", 1), {"value": value}, **SCRIPT)

    assert response.status_code == by_script.status_code == 422
    assert "Choose one answer" in response.content.decode()
    assert by_script.content.decode().startswith("Choose one answer")
    assert "text/plain" in by_script["Content-Type"]
    assert answers(rater) == {}


def test_on_another_device_one_carries_on(browser, rater):
    browser.post(page("statement", 1), {"value": "6"})
    browser.post(page("statement", 2), {"value": "6"})

    assert "Carry on" in shown(Client(), door(rater))
    assert Client().post(door(rater))["Location"] == page("statement", 3)


def test_with_all_statements_answered_one_carries_on_behind_them(rater):
    answer(rater, 5)

    assert Client().post(door(rater))["Location"] == page("words")
    answering.send(rater=rater)
    assert Client().post(door(rater))["Location"] == page("check")
    assert "See my answers" in shown(Client(), door(rater))


def test_the_later_choice_of_two_devices_holds_and_none_is_lost(browser, rater):
    other = begun(rater)
    browser.post(page("statement", 1), {"value": "6", "was": ""})
    other.post(page("statement", 1), {"value": "2", "was": ""})
    other.post(page("statement", 2), {"value": "3", "was": ""})

    # This device still shows 6 and goes on: that chooses nothing.
    browser.post(page("statement", 1), {"value": "6", "was": "6"})
    # It never saw the answer to the second statement, and goes on from it.
    browser.post(page("statement", 2), {"was": ""})

    assert answers(rater) == {"TRU1": 2, "TRU2": 3}


def test_a_window_of_another_review_saves_nothing(browser, rater):
    other = raters(still_asking())[0]
    browser.post(door(other))
    late = {"value": "1", "was": "", "seat": rater.pk.hex}

    response = browser.post(page("statement", 1), late)
    by_script = browser.post(page("statement", 1), late, **SCRIPT)

    assert response.status_code == by_script.status_code == 422
    assert "has another review open" in response.content.decode()
    assert by_script.content.decode().startswith("Not saved")
    assert not OpenResponse.objects.exists()


def test_pages_name_the_seat_they_were_made_for(browser, rater):
    for address in (page("statement", 1), page("words"), page("check")):
        assert f'name="seat" value="{rater.pk.hex}"' in shown(browser, address)


def test_from_the_overview_one_comes_back_to_it(browser, rater):
    assert f"{page('statement', 4)}?check" in shown(browser, page("check"))
    text = shown(browser, f"{page('statement', 4)}?check")
    assert "See all my answers" in text

    response = browser.post(page("statement", 4), {"value": "7", "check": "1"})

    assert response["Location"] == page("check")
    assert answers(rater) == {"COM1": 7}


def test_a_statement_beyond_the_last_leads_to_the_overview(browser):
    assert browser.get(page("statement", 30))["Location"] == page("check")
    assert browser.get(page("statement", 0))["Location"] == page("check")


def test_the_period_is_since_the_last_review_where_there_was_one(browser):
    earlier = open_wave()
    asking.close_review(review=earlier, now=after_closing(earlier))
    later = raters(still_asking(relationship=earlier.relationship))[0]

    assert "over the last six months" in shown(browser, page("statement", 1))
    assert "since the last review" in shown(begun(later), page("statement", 1))


def test_a_statement_with_labels_of_its_own_shows_them(browser, rater):
    numbers = [item.key for item in sitting.statements(rater)]
    text = shown(browser, page("statement", numbers.index("OUT2") + 1))

    assert "Very poor" in text
    assert "Not at all" not in text
    browser.post(page("statement", numbers.index("OUT2") + 1), {"value": "7"})
    assert ">Excellent<" in shown(browser, page("check"))


@pytest.mark.parametrize(
    ("item", "words"),
    [
        ("TRU1", "Never shown with your name"),
        ("DEP1", "unless both sides agree to share"),
        ("OUT1", "Only your own side sees what comes of this"),
        ("OUT2", "Never shown with your name"),
    ],
)
def test_each_statement_says_who_sees_what_comes_of_it(browser, rater, item, words):
    keys = [one.key for one in sitting.statements(rater)]

    assert words in shown(browser, page("statement", keys.index(item) + 1))


def test_both_mirrors_are_asked_where_the_review_has_them():
    rater = raters(still_asking(mirror=True))[0]
    browser = begun(rater)
    keys = [one.key for one in sitting.statements(rater)]

    assert len(keys) == 45
    first = keys.index("MSELF_TRU") + 1
    browser.post(page("statement", first), {"value": "2"})
    browser.post(page("statement", 45), {"value": "6"})
    assert answers(rater) == {"MSELF_TRU": 2, "MOTHER_FAI": 6}
    assert "does my organisation do this" in shown(browser, page("statement", first))


def test_a_check_in_asks_for_consent_and_ten_statements(client):
    rater = check_in()
    assert "with my name" in shown(client, door(rater))

    refused = client.post(door(rater))
    assert refused.status_code == 422
    assert "may see your answers with your name" in refused.content.decode()
    assert "relman_a" not in refused.cookies

    browser = begun(rater, consent="yes")
    assert "with your name" in shown(browser, page("statement", 10))
    browser.post(page("statement", 9), {"value": "6"})
    response = browser.post(page("statement", 10), {"value": "5"})
    # It has no open questions.
    assert response["Location"] == page("check")
    assert answers(rater) == {"SELF1": 6, "ETH1": 5}


def test_who_has_agreed_is_not_asked_again(client):
    rater = check_in()
    begun(rater, consent="yes").post(page("statement", 1), {"value": "6"})

    text = shown(client, door(rater))

    assert "You agreed that both sides may see" in text
    assert 'name="consent"' not in text
    assert client.post(door(rater)).status_code == 302


def test_the_instrument_speaks_the_reader_s_language_where_it_can():
    rater = raters(still_asking(instrument=in_german()))[0]
    browser = begun(rater)

    german = browser.get(page("statement", 1), headers={"Accept-Language": "de-CH"})
    half = browser.get(page("statement", 2), headers={"Accept-Language": "de-CH"})
    french = browser.get(page("statement", 1), headers={"Accept-Language": "fr"})

    assert '<h1 lang="de">Zusagen werden gehalten.</h1>' in german.content.decode()
    assert '<label lang="de">' in german.content.decode()
    assert "Fast ganz" in german.content.decode()
    assert '<h1 lang="en">People on both sides' in half.content.decode()
    assert "Almost fully" in french.content.decode()


@pytest.mark.parametrize("answered", [0, 1, 20])
def test_a_step_costs_the_same_whatever_was_answered(
    browser, rater, answered, django_assert_num_queries
):
    for item in answering.asked_of(rater.review)[:answered]:
        answering.save_answer(rater=rater, item=item.key, value="5")

    # The person with the review, and what stands under the key.
    with django_assert_num_queries(2):
        browser.get(page("statement", 2))
    with django_assert_num_queries(6):
        browser.post(page("statement", 2), {"value": "4"})
