"""The end of a sitting: words, the overview, what happens next, taking back."""

from __future__ import annotations

import pytest
import time_machine
from django.utils import timezone

from engagements.models import OpenResponse, Rater
from engagements.reviews.actions import answering, asking
from engagements.reviews.responses import response_of
from tests.engagements.reviews.sittings import (
    SCRIPT,
    begun,
    check_in,
    door,
    page,
    shown,
)
from tests.engagements.reviews.waves import (
    OPENS,
    answer,
    morning,
    raters,
    scheduled_wave,
    still_asking,
)
from tests.factories import ContactFactory
from tests.sitting import Client

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _on_a_working_day():
    """On a weekend, whoever is asked twice is asked the second time on Monday."""
    with time_machine.travel(morning(OPENS)):
        yield


@pytest.fixture
def rater() -> Rater:
    return raters(still_asking())[0]


@pytest.fixture
def browser(rater) -> Client:
    """A browser in which the link's button was pressed."""
    return begun(rater)


def test_words_are_kept_and_taken_out(browser, rater):
    browser.post(page("words"), {"OPEN1": " Keep on ", "OPEN2": "x"})
    response = browser.post(page("words"), {"OPEN2": "", "was-OPEN2": "x"})

    assert response["Location"] == page("check")
    assert response_of(rater).words == {"OPEN1": "Keep on"}


def test_a_script_saves_a_draft_and_back_goes_back(browser, rater):
    draft = browser.post(page("words"), {"OPEN1": "Half a sen"}, **SCRIPT)
    back = browser.post(page("words"), {"OPEN2": "More", "go": "back"})

    assert draft.status_code == 204
    assert back["Location"] == page("statement", 29)
    assert response_of(rater).words == {"OPEN1": "Half a sen", "OPEN2": "More"}


def test_words_written_on_another_device_are_not_wiped_out(browser, rater):
    begun(rater).post(page("words"), {"OPEN1": "From the train", "was-OPEN1": ""})

    # This device still shows an empty field.
    untouched = {"OPEN1": "", "was-OPEN1": "", "OPEN2": "New", "was-OPEN2": ""}
    browser.post(page("words"), untouched)

    assert response_of(rater).words == {"OPEN1": "From the train", "OPEN2": "New"}


def test_lines_count_once_and_stay(browser, rater):
    """A form sends each line's end as two characters; the field counted one."""
    lines = "\n".join(["1234"] * 400)

    assert browser.post(page("words"), {"OPEN1": lines.replace("\n", "\r\n")}).headers[
        "Location"
    ] == page("check")
    assert response_of(rater).words == {"OPEN1": lines}


def test_too_many_words_are_given_back_with_the_reason(browser, rater):
    long = "a" * 2001

    response = browser.post(page("words"), {"OPEN1": long, "OPEN2": "short"})

    text = response.content.decode()
    assert response.status_code == 422
    assert long in text
    assert text.count("At most 2000 characters, these are 2001.") == 1
    # What was there before is still what a next attempt is compared with.
    assert 'name="was-OPEN1" value=""' in text
    assert response_of(rater) is None
    assert browser.post(page("words"), {"OPEN1": long}, **SCRIPT).status_code == 422


def test_each_question_says_who_reads_the_answer():
    facilitator = ContactFactory(name="Ines Keller")
    rater = raters(still_asking(facilitator=facilitator))[0]

    text = shown(begun(rater), page("words"))

    without_name = "without a name, if 5 or more of your side answer"
    assert text.count(without_name) == 2
    assert text.count("Only Ines Keller, who facilitates, reads this.") == 1


def test_who_is_named_reads_that_words_are_too():
    rater = raters(still_asking(mode="named"))[0]

    text = shown(begun(rater, consent="yes"), page("words"))

    assert text.count("Both sides read this, with your name.") == 2


def test_without_a_facilitator_nobody_writes_to_one(browser, rater):
    assert "OPEN3" not in shown(browser, page("words"))

    browser.post(page("words"), {"OPEN3": "For nobody"})
    assert response_of(rater) is None


def test_sending_needs_an_answer(browser, rater):
    response = browser.post(page("send"))

    assert response.status_code == 422
    assert "Answer at least one statement" in response.content.decode()


def test_who_agreed_and_answered_nothing_is_told_the_same():
    response = begun(check_in(), consent="yes").post(page("send"))

    assert "Answer at least one statement" in response.content.decode()


def test_the_overview_shows_all_and_says_that_what_is_saved_counts(browser, rater):
    answer(rater, 5, COM1="cannot_say")
    answering.save_words(rater=rater, words={"OPEN2": "Ring <the> ward"})

    text = shown(browser, page("check"))

    assert "Every statement has an answer." in text
    assert "Whatever is saved counts" in text
    assert "Ring &lt;the&gt; ward" in text
    assert text.count(">Mostly<") == 27
    assert text.count("Nothing written") == 1


def test_sent_answers_change_until_closing(browser, rater):
    browser.post(page("statement", 1), {"value": "6"})
    assert browser.post(page("send"))["Location"] == page("done")
    assert "See my answers" in shown(browser, page("done"))

    browser.post(page("statement", 1), {"value": "2"})

    response = response_of(rater)
    assert (response.answers, response.sent) == ({"TRU1": 2}, True)
    assert "Sent. You can change them until" in shown(browser, page("check"))


def test_done_says_what_happens_next(browser, rater):
    answer(rater, 5)
    answering.send(rater=rater)

    text = shown(browser, page("done"))

    assert "Both sides see the result at the same moment" in text
    assert "agree at most three actions" in text
    assert "You are also asked about" not in text


def test_who_has_not_sent_is_not_thanked(browser, rater):
    assert "Nothing of yours is kept" in shown(browser, page("done"))

    browser.post(page("statement", 1), {"value": "2"})

    assert browser.get(page("done"))["Location"] == page("check")


def test_one_takes_all_answers_back(browser, rater):
    assert "Delete my answers" not in shown(browser, page("check"))
    browser.post(page("statement", 1), {"value": "6"})
    browser.post(page("words"), {"OPEN1": "Gone"})
    assert "Delete my answers" in shown(browser, page("check"))

    response = browser.post(page("withdraw"))

    assert response["Location"] == page("done")
    assert not OpenResponse.objects.exists()
    assert "You may answer until" in shown(browser, page("done"))


def second_seat(rater: Rater) -> Rater:
    """The same person's in a review of another relationship."""
    today = timezone.localdate()
    other = scheduled_wave(opens_on=today)
    seat = Rater.objects.create(review=other, side="client", contact=rater.contact)
    asking.open_review(review=other, now=morning(today))
    return next(one for one in raters(other) if one.pk == seat.pk)


def test_who_is_asked_twice_carries_on_in_one_sitting(browser, rater):
    seat = second_seat(rater)

    text = shown(browser, page("done"))

    assert door(seat) in text
    assert str(seat.review.relationship) in text


@pytest.mark.parametrize("gone", [{"ineligible": "left"}, {"revoked_at": timezone.now}])
def test_a_seat_that_is_not_asked_is_not_offered(browser, rater, gone):
    seat = second_seat(rater)
    values = {key: value() if callable(value) else value for key, value in gone.items()}
    Rater.objects.filter(pk=seat.pk).update(**values)

    assert "You are also asked about" not in shown(browser, page("done"))


def test_what_the_person_has_sent_is_not_offered_again(browser, rater):
    seat = second_seat(rater)
    answer(seat, 5)
    assert door(seat) in shown(browser, page("done"))

    answering.send(rater=seat)

    assert "You are also asked about" not in shown(browser, page("done"))
