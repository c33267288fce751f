"""Nobody is asked more often than the contact budget allows, whoever asks."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta

import pytest
import time_machine

from engagements.models import Contact, HealthReview, Rater, Relationship
from engagements.reviews.actions import asking
from engagements.reviews.actions.budget import keep_to_the_budget
from engagements.reviews.responses import asked
from tests.engagements.contracts import worlds
from tests.engagements.reviews.mailing import (
    addresses,
    days_pass,
    post,
    reviews_round_at,
    round_at,
    sink,
    taken,
    text,
)
from tests.engagements.reviews.waves import (
    OPENS,
    answer,
    morning,
    raters,
    scheduled_wave,
)
from tests.factories import ContactFactory, RelationshipFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("sink")]
__all__ = ["sink"]
MONDAY = timedelta(days=7)


def wave(person: Contact, opens_on: date, *others: Contact) -> HealthReview:
    """A scheduled review that asks these people of a client."""
    relationship = RelationshipFactory(client=person.organisation)
    review = scheduled_wave(relationship, client=0, supplier=1, opens_on=opens_on)
    for one in (person, *others):
        Rater.objects.create(review=review, side="client", contact=one)
    return review


def colleagues(person: Contact) -> list[Contact]:
    """Enough people beside somebody who is left out."""
    rows = Contact.objects.filter(organisation=person.organisation, name="Colleague")
    known = list(rows)
    return known or [
        ContactFactory(organisation=person.organisation, name="Colleague")
        for _one in range(4)
    ]


def opens(review: HealthReview, on: date | None = None) -> None:
    """The clock opens it on its day, and the mails that are due go out."""
    moment = morning(on or review.opens_on)
    with time_machine.travel(moment, tick=False):
        assert asking.open_review(review=review, now=moment)
    reviews_round_at(moment + timedelta(hours=2))


def mornings(first: int, end: int) -> Iterator[datetime]:
    """A moment on each of these days after the first review opened."""
    for count in range(first, end):
        yield morning(OPENS + timedelta(days=count)) + timedelta(hours=2)


def seat(review: HealthReview, person: Contact) -> Rater:
    return Rater.objects.get(review=review, contact=person)


@pytest.fixture
def person() -> Contact:
    """Asked by a review that opened on Monday 2 March; they have the mail."""
    review = scheduled_wave(client=1, supplier=0)
    opens(review)
    return raters(review)[0].contact


def test_with_another_review_open_it_comes_in_its_next_mail(sink, person):
    """Asked on Monday; the second opens on Wednesday: one mail with both on Thursday,
    the day of the first one's reminder."""
    taken(sink)
    second = wave(person, OPENS + timedelta(days=2))

    opens(second)

    assert post(sink, person.email) == []
    assert seat(second, person).ask_on == OPENS + timedelta(days=3)
    round_at(morning(OPENS + timedelta(days=3)) + timedelta(hours=2))
    (mail,) = post(sink, person.email)
    assert "2 relationships in one sitting" in text(mail)
    # The button and a line for each.
    assert len(set(addresses(mail, "a"))) == 2


def test_after_it_the_reminders_name_both(sink, person):
    second = wave(person, OPENS + timedelta(days=2))
    opens(second)
    round_at(morning(OPENS + timedelta(days=3)) + timedelta(hours=2))
    taken(sink)

    days = []
    for count, _day in enumerate(days_pass(mornings(4, 20)), 4):
        mails = taken(sink)
        mine = [mail for mail in mails if mail["To"] == person.email]
        assert len(mine) < 2
        days += [count] * len(mine)
        for mail in mine:
            links = set(addresses(mail, "a"))
            assert len(links) == (2 if count <= 14 else 1)
    # Of the first working days 7 and 9, of the second 3, 7 and 9: two on one day.
    assert days == [7, 9, 11, 15]


def test_soon_after_another_review_it_waits_thirty_days(sink, person):
    taken(sink)
    late = wave(person, OPENS + 3 * MONDAY)

    opens(late)

    assert post(sink, person.email) == []
    on = OPENS + timedelta(days=30)
    assert seat(late, person).ask_on == on
    round_at(morning(on) + timedelta(hours=2))
    assert len(post(sink, person.email)) == 1


def test_who_could_not_be_asked_in_time_is_left_out_and_says_why(sink, person):
    first = HealthReview.objects.get()
    asking.close_review(review=first, now=morning(OPENS + MONDAY))
    second = wave(person, OPENS + MONDAY, *colleagues(person))
    taken(sink)

    opens(second)

    row = seat(second, person)
    assert row.ineligible == Rater.Ineligible.BUDGET
    assert row.get_ineligible_display() == "Asked too often lately"
    assert len(list(days_pass(mornings(8, 24)))) == 16
    assert post(sink, person.email) == []
    assert len(asked(second)) == len(colleagues(person)) + 1


def test_six_in_a_year_over_all_relationships(person):
    for number in range(1, 6):
        review = wave(person, OPENS + timedelta(days=42 * number))
        opens(review)
        assert seat(review, person).ineligible == Rater.Ineligible.NO
    late = OPENS + timedelta(days=42 * 6)
    seventh = wave(person, late, *colleagues(person))

    opens(seventh)

    assert seat(seventh, person).ineligible == Rater.Ineligible.BUDGET


def test_what_was_never_sent_does_not_count(person):
    Rater.objects.update(ineligible=Rater.Ineligible.BOUNCED)
    second = wave(person, OPENS + MONDAY)

    opens(second)

    assert (seat(second, person).ask_on, seat(second, person).ineligible) == (None, "")


def test_when_both_have_confirmed_it_is_known_already(person):
    second = wave(person, OPENS + 3 * MONDAY)

    assert keep_to_the_budget(second) == 1
    assert seat(second, person).ask_on == OPENS + timedelta(days=30)
    HealthReview.objects.filter(pk=second.pk).update(
        opens_on=OPENS + 6 * MONDAY, closes_on=OPENS + 8 * MONDAY
    )
    second.refresh_from_db()
    assert keep_to_the_budget(second) == 0
    assert seat(second, person).ask_on is None


def test_the_mail_ahead_names_the_own_day(sink, person):
    second = wave(person, OPENS + 3 * MONDAY)
    keep_to_the_budget(second)
    taken(sink)

    round_at(morning(second.prepare_on))

    assert [
        "On Wed 1 Apr you get a mail" in text(mail)
        for mail in post(sink, person.email)
        if "From" in mail["Subject"]
    ] == [True]


def test_who_answered_the_first_is_asked_about_the_second_alone(sink, person):
    second = wave(person, OPENS + timedelta(days=2))
    opens(second)
    first = HealthReview.objects.exclude(pk=second.pk).get()
    with time_machine.travel(morning(OPENS + timedelta(days=2))):
        answer(Rater.objects.select_related("review").get(review=first), 5)
    taken(sink)

    round_at(morning(OPENS + timedelta(days=3)) + timedelta(hours=2))

    (mail,) = post(sink, person.email)
    assert len(set(addresses(mail, "a"))) == 1
    assert second.relationship.supplier.name in text(mail)


def test_both_sides_alike(person):
    side = Rater.objects.get().side
    assert side == "client"
    relationship = RelationshipFactory(supplier=person.organisation)
    review = scheduled_wave(
        relationship, client=1, supplier=0, opens_on=OPENS + 3 * MONDAY
    )
    Rater.objects.create(review=review, side="supplier", contact=person)

    opens(review)

    assert seat(review, person).ask_on == OPENS + timedelta(days=30)
    assert Relationship.objects.count() == 2


def test_as_many_queries_for_many_people(django_assert_max_num_queries, person):
    world = worlds.make()
    assert world
    few, many = wave(person, OPENS + 3 * MONDAY), wave(person, OPENS + 3 * MONDAY)
    for rater in raters(scheduled_wave(client=4, supplier=4)):
        Rater.objects.create(review=many, side="client", contact=rater.contact)

    for review in (few, many):
        with django_assert_max_num_queries(9):
            keep_to_the_budget(review)
