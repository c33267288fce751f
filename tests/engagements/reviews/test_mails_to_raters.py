"""What the people asked get: a link of their own, and nobody learns who answered."""

from __future__ import annotations

from datetime import date, timedelta
from urllib.parse import urlsplit

import pytest
import time_machine

from engagements.models import HealthReview, Notice, NoticePreference, Rater, Side
from engagements.notices.delivery import deliver
from engagements.reviews.actions import asking
from tests.engagements.reviews.mailing import (
    addresses,
    post,
    sink,
    taken,
    text,
)
from tests.engagements.reviews.waves import (
    answer,
    morning,
    open_wave,
    raters,
    scheduled_wave,
)
from tests.factories import ContactFactory, OrganisationFactory
from tests.sitting import Client

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("sink")]
OPENS = date(2026, 3, 2)
__all__ = ["sink"]


@pytest.fixture(autouse=True)
def _that_morning():
    with time_machine.travel(morning(OPENS), tick=False) as clock:
        yield clock


def opened(**values) -> HealthReview:
    return open_wave(opens_on=OPENS, **values)


def test_everybody_asked_gets_a_link_that_opens(sink):
    review = opened(client=1, supplier=1, mode="named")

    deliver()

    assert len(sink.messages) == 2
    for rater in raters(review):
        [mail] = post(sink, rater.contact.email)
        [link] = addresses(mail, "a")
        assert Client().get(link).status_code == 200
        own = getattr(review.relationship, rater.side)
        assert f"{own.name} asks you how the work between" in text(mail)
        assert "until Mon 16 Mar" in text(mail)
        assert "with names" in text(mail)


def test_a_mail_names_the_facilitator_and_who_pays(sink):
    facilitator = ContactFactory(
        name="Ines Roth", organisation=OrganisationFactory(name="Even Table")
    )
    opened(
        facilitator=facilitator,
        facilitator_disclosure="paid by both sides",
        client=1,
        supplier=0,
    )

    deliver()

    [mail] = sink.messages
    words = "Ines Roth of Even Table facilitates it (paid by both sides)."
    assert words in text(mail)
    assert "confidential" in text(mail)


def test_a_mail_carries_a_way_out_that_is_kept(sink):
    review = opened(client=1, supplier=0)
    deliver()
    [mail] = taken(sink)
    assert mail["Auto-Submitted"] == "auto-generated"
    assert mail["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    way_out = urlsplit(mail["List-Unsubscribe"].strip("<> ")).path

    Client().post(way_out, {"List-Unsubscribe": "One-Click"})

    chosen = NoticePreference.objects.get()
    assert (chosen.contact, chosen.kind) == (
        raters(review)[0].contact,
        "review-invitation",
    )
    again = scheduled_wave(opens_on=OPENS, client=0, supplier=0)
    Rater.objects.create(review=again, side=Side.CLIENT, contact=chosen.contact)
    asking.open_review(review=again, now=morning(OPENS))
    deliver()
    assert sink.messages == []


def test_who_is_asked_later_hears_on_that_day_where_they_are(sink):
    review = scheduled_wave(opens_on=OPENS, client=1, supplier=0)
    [rater] = raters(review)
    rater.contact.organisation.time_zone = "Australia/Sydney"
    rater.contact.organisation.save()
    # Asked 27 days before by another: three are left of the thirty.
    before = scheduled_wave(opens_on=OPENS - timedelta(days=27), client=0, supplier=0)
    Rater.objects.create(review=before, side=Side.CLIENT, contact=rater.contact)

    asking.open_review(review=review, now=morning(OPENS))
    deliver()

    assert sink.messages == []
    [row] = Notice.objects.all()
    assert row.due_at.isoformat() == "2026-03-04T20:30:00+00:00"


def both_asked(sink):
    """One person in two reviews, opened one after the other."""
    first = opened(client=1, supplier=0)
    second = scheduled_wave(opens_on=OPENS, client=0, supplier=0)
    person = raters(first)[0].contact
    Rater.objects.create(review=second, side=Side.SUPPLIER, contact=person)
    return first, second, person


def test_who_is_asked_by_two_reviews_gets_one_mail_with_both_links(sink):
    first, second, person = both_asked(sink)
    asking.open_review(review=second, now=morning(OPENS))

    deliver()

    [mail] = post(sink, person.email)
    assert str(first.relationship) in text(mail)
    assert str(second.relationship) in text(mail)
    # The second review's is the link of the button as well.
    links = addresses(mail, "a")
    assert len(links) == 3
    assert len(set(links)) == 2
    for link in links:
        assert Client().get(link).status_code == 200


def test_a_review_that_opens_later_names_what_still_waits(sink):
    _first, second, _person = both_asked(sink)
    deliver()
    assert len(taken(sink)) == 1

    asking.open_review(review=second, now=morning(OPENS))
    deliver()

    [mail] = sink.messages
    assert len(set(addresses(mail, "a"))) == 2


def test_what_was_answered_is_not_named_again(sink):
    first, second, _person = both_asked(sink)
    answer(raters(first)[0], 5)

    asking.open_review(review=second, now=morning(OPENS))
    deliver()

    [mail] = sink.messages
    assert str(first.relationship) not in text(mail)
    assert len(set(addresses(mail, "a"))) == 1


def test_those_who_were_asked_hear_that_it_is_called_off(sink):
    review = opened(client=2, supplier=0)
    deliver()
    taken(sink)

    asking.cancel_open(review=review, reason="Both agreed.")
    deliver()

    assert sorted(mail["To"] for mail in sink.messages) == sorted(
        rater.contact.email for rater in raters(review)
    )
    assert "There is nothing to do for you" in text(sink.messages[0])
    assert addresses(sink.messages[0], "a") == []


def test_who_heard_of_nothing_hears_of_no_end(sink):
    review = opened(client=1, supplier=0)

    asking.cancel_open(review=review, reason="Both agreed.")
    deliver()

    assert sink.messages == []


def test_an_address_that_does_not_exist_cannot_be_asked(sink):
    review = opened(client=2, supplier=0)
    gone, there = raters(review)
    sink.refuse(gone.contact.email, "550 5.1.1 no such person")

    deliver()

    assert [mail["To"] for mail in sink.messages] == [there.contact.email]
    gone.refresh_from_db()
    there.refresh_from_db()
    assert gone.ineligible == Rater.Ineligible.BOUNCED
    assert there.ineligible == Rater.Ineligible.NO


@pytest.mark.parametrize("words", ["550 5.7.1 relaying denied", "554 not today"])
def test_a_relay_that_will_not_serve_us_takes_nobody_off_the_list(sink, words):
    review = opened(client=1, supplier=0)
    [rater] = raters(review)
    sink.refuse(rater.contact.email, words)

    deliver()

    rater.refresh_from_db()
    assert rater.ineligible == Rater.Ineligible.NO


def test_the_link_is_stored_nowhere():
    opened(client=1, supplier=0)
    deliver()

    [row] = Notice.objects.all()
    assert row.facts == {"also": []}
