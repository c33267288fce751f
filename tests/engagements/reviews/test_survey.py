"""Answering from a mailed link, without an account and without script."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from engagements.models import HealthReview, OpenResponse, Rater
from engagements.reviews import links
from engagements.reviews.actions import answering, asking
from engagements.reviews.links import Purpose
from engagements.reviews.responses import response_of
from tests.engagements.reviews.waves import (
    after_closing,
    answer_all,
    morning,
    raters,
    scheduled_wave,
    still_asking,
)
from tests.factories import OrganisationFactory

pytestmark = pytest.mark.django_db
SCRIPT = {"headers": {"X-Save": "1"}}


def door(rater: Rater) -> str:
    token = links.token_of(Purpose.ANSWER, rater.pk, rater.link_version)
    return reverse("engagements:answer", args=[token])


def page(name: str, *arguments: int) -> str:
    return reverse(f"engagements:answer-{name}", args=arguments)


@pytest.fixture
def rater():
    return raters(still_asking())[0]


@pytest.fixture
def sitting(client, rater):
    """A browser in which the link's button was pressed."""
    assert client.post(door(rater)).status_code == 302
    return client


def answers(rater: Rater) -> dict:
    response = response_of(rater)
    return response.answers if response else {}


def test_the_first_screen_says_who_asks_why_and_who_sees_it(client, rater):
    shown = client.get(door(rater)).content.decode()

    relationship = rater.review.relationship
    assert relationship.client.name in shown
    assert rater.contact.name in shown
    assert "Never shown with your name" in shown
    assert "could technically read" in shown
    assert "29 statements" in shown


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


def test_next_saves_and_goes_on(sitting, rater):
    response = sitting.post(page("statement", 1), {"value": "6", "go": "next"})

    assert response["Location"] == page("statement", 2)
    assert answers(rater) == {"TRU1": 6}
    assert 'value="6" checked' in sitting.get(page("statement", 1)).content.decode()


def test_back_saves_too(sitting, rater):
    response = sitting.post(page("statement", 2), {"value": "2", "go": "back"})

    assert response["Location"] == page("statement", 1)
    assert answers(rater) == {"TRU2": 2}


def test_a_script_saves_every_choice_at_once(sitting, rater):
    response = sitting.post(page("statement", 1), {"value": "3"}, **SCRIPT)

    assert response.status_code == 204
    assert answers(rater) == {"TRU1": 3}


def test_cannot_say_is_not_a_skip(sitting, rater):
    sitting.post(page("statement", 1), {"value": "cannot_say"})
    sitting.post(page("statement", 2), {})

    assert answers(rater) == {"TRU1": "cannot_say"}
    shown = sitting.get(page("check")).content.decode()
    assert shown.count("I can&#x27;t say") == 1
    assert shown.count("No answer") == 28


@pytest.mark.parametrize("value", ["0", "8", "x", "6.5", "²"])
def test_what_is_no_choice_is_refused_in_words(sitting, rater, value):
    response = sitting.post(page("statement", 1), {"value": value})

    assert response.status_code == 422
    assert "Choose one answer" in response.content.decode()
    assert (
        sitting.post(page("statement", 1), {"value": value}, **SCRIPT).status_code
        == 422
    )
    assert answers(rater) == {}


def test_on_another_device_one_carries_on(sitting, rater):
    sitting.post(page("statement", 1), {"value": "6"})
    sitting.post(page("statement", 2), {"value": "6"})

    response = Client().post(door(rater))

    assert response["Location"] == page("statement", 3)


def test_words_are_kept_and_taken_out(sitting, rater):
    sitting.post(page("words"), {"OPEN1": " Keep on ", "OPEN2": "x"})
    response = sitting.post(page("words"), {"OPEN1": "Keep on", "OPEN2": ""})

    assert response["Location"] == page("check")
    assert response_of(rater).words == {"OPEN1": "Keep on"}


def test_too_many_words_are_given_back_with_the_reason(sitting, rater):
    long = "a" * 2001

    response = sitting.post(page("words"), {"OPEN1": long})

    shown = response.content.decode()
    assert response.status_code == 422
    assert long in shown
    assert "At most 2000 characters, these are 2001." in shown
    assert response_of(rater) is None


def test_without_a_facilitator_nobody_writes_to_one(sitting):
    shown = sitting.get(page("words")).content.decode()

    assert "OPEN3" not in shown


def test_sending_needs_an_answer(sitting, rater):
    response = sitting.post(page("send"))

    assert response.status_code == 422
    assert "Answer at least one statement" in response.content.decode()


def test_sent_answers_change_until_closing(sitting, rater):
    sitting.post(page("statement", 1), {"value": "6"})
    assert sitting.post(page("send"))["Location"] == page("done")

    sitting.post(page("statement", 1), {"value": "2"})

    assert answers(rater) == {"TRU1": 2}
    assert response_of(rater).sent is True


def test_one_takes_all_answers_back(sitting, rater):
    sitting.post(page("statement", 1), {"value": "6"})

    sitting.post(page("withdraw"))

    assert response_of(rater) is None


def test_done_says_what_happens_next(sitting):
    shown = sitting.get(page("done")).content.decode()

    assert "Both sides see the result at the same moment" in shown
    assert "You are also asked about" not in shown


def test_who_is_asked_twice_carries_on_in_one_sitting(sitting, rater):
    today = timezone.localdate()
    other = scheduled_wave(opens_on=today)
    seat = Rater.objects.create(review=other, side="client", contact=rater.contact)
    asking.open_review(review=other, now=morning(today))

    shown = sitting.get(page("done")).content.decode()

    assert door(seat) in shown
    assert str(other.relationship) in shown


def test_who_is_named_agrees_first(client):
    review = still_asking(
        client=2, supplier=2, mode="named", form=HealthReview.Form.CHECK_IN
    )
    rater = raters(review)[0]

    refused = client.post(door(rater))
    assert refused.status_code == 422
    assert "may see your answers with your name" in refused.content.decode()

    client.post(door(rater), {"consent": "yes"})
    client.post(page("statement", 1), {"value": "6"})
    assert response_of(rater).consented is True


def dead_links(rater: Rater) -> dict[str, str]:
    review = rater.review
    token = links.token_of(Purpose.ANSWER, rater.pk, rater.link_version)
    return {
        "tampered": reverse("engagements:answer", args=[f"{token}x"]),
        "unknown": reverse(
            "engagements:answer",
            args=[links.token_of(Purpose.ANSWER, review.pk, 1)],
        ),
        "another version": reverse(
            "engagements:answer",
            args=[links.token_of(Purpose.ANSWER, rater.pk, 7)],
        ),
        "another purpose": reverse(
            "engagements:answer",
            args=[links.token_of(Purpose.CONFIRM, rater.pk, rater.link_version)],
        ),
        "nonsense": reverse("engagements:answer", args=["nonsense"]),
    }


def test_every_dead_link_shows_the_same_page(client, rater):
    bodies = {client.get(address).content for address in dead_links(rater).values()}
    statuses = {
        client.get(address).status_code for address in dead_links(rater).values()
    }
    bodies.add(client.get(page("statement", 1)).content)
    Rater.objects.filter(pk=rater.pk).update(revoked_at=timezone.now())
    bodies.add(client.get(door(rater)).content)
    Rater.objects.filter(pk=rater.pk).update(revoked_at=None, ineligible="left")
    bodies.add(client.get(door(rater)).content)
    Rater.objects.filter(pk=rater.pk).update(ineligible="")
    answer_all(rater.review)
    asking.close_review(review=rater.review, now=after_closing(rater.review))
    bodies.add(client.get(door(rater)).content)
    bodies.add(client.post(door(rater)).content)

    assert statuses == {404}
    assert len(bodies) == 1
    assert b"This link is not open" in bodies.pop()


def test_after_closing_nothing_is_taken(sitting, rater):
    answer_all(rater.review)
    asking.close_review(review=rater.review, now=after_closing(rater.review))

    assert sitting.post(page("statement", 1), {"value": "1"}).status_code == 404
    assert not OpenResponse.objects.exists()


def test_a_statement_beyond_the_last_leads_to_the_overview(sitting):
    assert sitting.get(page("statement", 30))["Location"] == page("check")
    assert sitting.get(page("statement", 0))["Location"] == page("check")


@pytest.mark.parametrize("answered", [1, 20])
def test_a_step_costs_the_same_whatever_was_answered(
    sitting, rater, answered, django_assert_num_queries
):
    for item in answering.asked_of(rater.review)[:answered]:
        answering.save_answer(rater=rater, item=item.key, value="5")

    # The person with the review, and what stands under the key.
    with django_assert_num_queries(2):
        sitting.get(page("statement", 2))
    with django_assert_num_queries(6):
        sitting.post(page("statement", 2), {"value": "4"})


def test_an_empty_installation_does_not_swallow_a_link(client):
    OrganisationFactory()

    assert client.get(page("done")).status_code == 404
