"""The result as people read it: both sides alike, a stranger not at all, frozen."""

from __future__ import annotations

import re

import pytest
from django.test import Client

from engagements.models import Organisation, Side
from engagements.reviews.actions import answering, asking
from tests.engagements.reviews.waves import (
    after_closing,
    answer,
    answer_all,
    raters,
    still_asking,
)
from tests.factories import MembershipFactory, RelationshipFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def people():
    """An executive of each side."""
    found = {side: MembershipFactory(role="executive") for side in Side}
    return {side: row.contact for side, row in found.items()}


@pytest.fixture
def relationship(people):
    return RelationshipFactory(
        client=people[Side.CLIENT].organisation,
        supplier=people[Side.SUPPLIER].organisation,
    )


def released(relationship, *, client=5, supplier=5, **values):
    review = still_asking(
        relationship=relationship, client=client, supplier=supplier, **values
    )
    answer_all(review, client=5, supplier=6)
    asking.close_review(review=review, now=after_closing(review))
    review.refresh_from_db()
    return review


def read(review, contact) -> str:
    browser = Client()
    browser.force_login(contact.user)
    response = browser.get(review.get_absolute_url())
    assert response.status_code == 200
    return response.content.decode()


def result_of(page: str) -> str:
    """What the page says of the result, without the frame around it."""
    start, end = page.index('<main id="main"'), page.index("</main>")
    return re.sub(r"csrfmiddlewaretoken.*?>", "", page[start:end])


def test_both_sides_read_the_same_but_what_is_their_own(people, relationship):
    review = released(relationship)

    client, supplier = (result_of(read(review, people[side])) for side in Side)

    own = re.compile(
        r'<section class="sec own" aria-labelledby="own">.*?</section>', re.S
    )
    assert own.sub("", client) == own.sub("", supplier)
    assert ">67<" in client
    assert ">83<" in client
    assert "5\N{EN DASH}9 people" in client


def test_a_stranger_learns_nothing(relationship):
    review = released(relationship)
    browser = Client()
    browser.force_login(MembershipFactory().contact.user)

    assert browser.get(review.get_absolute_url()).status_code == 404


def test_before_release_nobody_reads_it(people, relationship):
    review = still_asking(
        relationship=relationship, facilitator=MembershipFactory().contact
    )
    answer_all(review)
    asking.close_review(review=review, now=after_closing(review))
    review.refresh_from_db()

    shown = read(review, people[Side.CLIENT])

    assert "Where each side stands" not in shown
    assert "Both sides see the result at the same moment" in shown


def test_the_result_stays_the_same_to_the_byte(people, relationship):
    review = released(relationship)
    before = result_of(read(review, people[Side.CLIENT]))

    Organisation.objects.filter(pk=relationship.client_id).update(name="Renamed")
    review.instrument.copies.create(
        key="RHR-8", version="9", content={"title": {"en": "Another"}}
    )

    assert result_of(read(review, people[Side.CLIENT])) == before


def test_too_few_answers_show_each_side_its_own_alone(people, relationship):
    review = still_asking(relationship=relationship, client=5, supplier=5)
    for rater in raters(review, Side.CLIENT):
        answer(rater, 5)
    for rater in raters(review, Side.SUPPLIER)[:2]:
        answer(rater, 2)
    asking.close_review(review=review, now=after_closing(review))
    review.refresh_from_db()

    client, supplier = (result_of(read(review, people[side])) for side in Side)

    assert "Too few answers to show" in client
    assert ">67<" in client
    assert ">67<" not in supplier
    assert ">17<" not in client + supplier
    assert "Trust and reliability" in client


def test_words_of_few_people_stay_with_the_facilitator(people, relationship):
    review = still_asking(relationship=relationship, client=4, supplier=5)
    answer_all(review)
    for rater in raters(review):
        answering.save_words(rater=rater, words={"OPEN1": f"Word of {rater.side}"})
    asking.close_review(review=review, now=after_closing(review))
    review.refresh_from_db()

    shown = read(review, people[Side.SUPPLIER])

    assert "Word of client" not in shown
    assert "Word of supplier" in shown


@pytest.mark.parametrize("people_a_side", [3, 9])
def test_it_costs_the_same_however_many_answered(
    people, relationship, people_a_side, django_assert_num_queries
):
    review = released(relationship, client=people_a_side, supplier=people_a_side)
    browser = Client()
    browser.force_login(people[Side.CLIENT].user)

    # Session, user, standing; the review; own side, for what is read; the two
    # documents; actions; notes; own side, for what may be done.
    with django_assert_num_queries(9):
        browser.get(review.get_absolute_url())
