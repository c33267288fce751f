"""Who is reminded on which day, and what stays undone is told in pairs."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext

from engagements.models import (
    HealthReview,
    Notice,
    NoticePreference,
    OrganisationDay,
    Rater,
    ReviewResult,
    Side,
    TeamRole,
)
from engagements.reminders.planning import plan
from engagements.reminders.rules import OWING_RULES
from engagements.reviews.actions import asking
from engagements.reviews.mails.inviting import forget_asked
from tests.engagements.contracts import worlds
from tests.engagements.reviews.mailing import (
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
    open_wave,
    raters,
    scheduled_wave,
)
from tests.factories import TeamRoleFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("sink")]
__all__ = ["sink"]
# Working days after Monday 2 March 2026.
BD = {
    count: OPENS + timedelta(days=days)
    for count, days in ((3, 3), (7, 9), (8, 10), (9, 11), (10, 14), (11, 15))
}


def opened(**values) -> HealthReview:
    """A wave whose invitations have gone out."""
    with time_machine.travel(morning(OPENS), tick=False):
        review = open_wave(**values)
    reviews_round_at(morning(OPENS))
    return review


def days_of(sink, address, until=date(2026, 4, 10)) -> list[str]:
    """On which days an address gets mail, the clock going every day."""
    found = []
    days = (OPENS + timedelta(days=count) for count in range((until - OPENS).days))
    for day in days_pass(morning(one) for one in days):
        found += [day.strftime("%-d %b")] * len(post(sink, address))
        sink.messages.clear()
    return found


def test_everybody_hears_five_working_days_before(sink):
    scheduled_wave(client=1, supplier=1)

    round_at(morning(date(2026, 2, 22)))
    assert sink.messages == []
    for _ in range(2):
        round_at(morning(date(2026, 2, 23)))

    assert len(sink.messages) == 2
    assert "On Mon 2 Mar you get a mail" in text(sink.messages[0])
    assert "/a/" not in text(sink.messages[0])


def test_who_was_taken_off_the_list_meanwhile_hears_nothing(sink):
    review = scheduled_wave(client=1, supplier=0)
    plan(morning(date(2026, 2, 23)))
    Rater.objects.filter(review=review).delete()

    reviews_round_at(morning(date(2026, 2, 23)))

    assert sink.messages == []


def test_who_has_not_answered_is_reminded_three_times(sink):
    review = opened(client=1, supplier=0)
    sink.messages.clear()

    assert days_of(sink, raters(review)[0].contact.email, BD[10]) == [
        "5 Mar",
        "11 Mar",
        "13 Mar",
    ]


def test_a_holiday_of_one_side_moves_the_days(sink):
    review = opened(client=1, supplier=0)
    OrganisationDay.objects.create(
        organisation=review.relationship.supplier, on=BD[3], name="Away day"
    )
    sink.messages.clear()

    assert days_of(sink, raters(review)[0].contact.email, BD[7]) == ["6 Mar"]


def test_an_extension_reminds_once_more(sink):
    review = opened(client=1, supplier=0)
    asking.end_asking(review=review, now=morning(BD[11]) + timedelta(hours=1))
    review.refresh_from_db()
    assert review.state == HealthReview.State.EXTENDED
    for day in (BD[3], BD[7], BD[9]):
        reviews_round_at(morning(day))
    taken(sink)

    reviews_round_at(morning(BD[11]))

    [mail] = post(sink, raters(review)[0].contact.email)
    assert "until Mon 23 Mar" in text(mail)


def test_who_has_answered_is_left_out_and_the_ledger_does_not_tell(sink):
    review = opened(client=2, supplier=0)
    silent, spoken = raters(review)
    with time_machine.travel(morning(OPENS)):
        answer(spoken, 5)
    taken(sink)

    reviews_round_at(morning(BD[3]))

    assert [mail["To"] for mail in sink.messages] == [silent.contact.email]
    rows = Notice.objects.filter(kind="review-reminder")
    hidden = {"id", "key", "recipient_id", "message_id", "created_at", "updated_at"}
    alike = [
        {name: value for name, value in row.items() if name not in hidden}
        for row in rows.values()
    ]
    assert alike[0] == alike[1]
    assert all(row.updated_at == row.created_at for row in rows)


def test_a_reminder_says_that_nobody_learns_of_it(sink):
    review = opened(client=1, supplier=0)
    taken(sink)

    reviews_round_at(morning(BD[3]))

    [mail] = sink.messages
    assert "Nobody in either organisation learns who they are" in text(mail)
    assert mail["List-Unsubscribe"]
    assert "/a/" in text(mail)
    assert review.relationship.client.name in text(mail)


def test_days_without_a_clock_give_one_reminder(sink):
    review = opened(client=1, supplier=0)
    taken(sink)

    for _ in range(3):
        reviews_round_at(morning(BD[9]))

    assert len(post(sink, raters(review)[0].contact.email)) == 1
    assert Notice.objects.filter(kind="review-reminder").count() == 3


def test_a_reminder_that_waited_until_it_closed_is_not_sent(sink, settings):
    review = opened(client=1, supplier=0)
    taken(sink)
    settings.HAS_MAIL_RELAY = False
    reviews_round_at(morning(BD[9]))
    settings.HAS_MAIL_RELAY = True

    reviews_round_at(review.closes_at + timedelta(minutes=1))

    assert [mail for mail in sink.messages if "Until" in mail["Subject"]] == []


def test_who_is_asked_later_is_reminded_only_after_that(sink):
    review = opened(client=1, supplier=0)
    Rater.objects.filter(review=review).update(ask_on=BD[3])
    taken(sink)

    assert days_of(sink, raters(review)[0].contact.email, BD[8]) == ["11 Mar"]


def test_who_stopped_reminders_gets_none(sink):
    review = opened(client=1, supplier=0)
    NoticePreference.objects.create(
        contact=raters(review)[0].contact, kind="review-reminder", choice="off"
    )
    taken(sink)

    assert days_of(sink, raters(review)[0].contact.email, BD[10]) == []


def two_reviews():
    """One person in two reviews that ask at the same time."""
    first = opened(client=1, supplier=0)
    with time_machine.travel(morning(OPENS), tick=False):
        second = scheduled_wave(client=0, supplier=0)
        person = raters(first)[0].contact
        Rater.objects.create(review=second, side=Side.SUPPLIER, contact=person)
        asking.open_review(review=second, now=morning(OPENS))
    reviews_round_at(morning(OPENS))
    return first, second, person


def test_two_reviews_remind_in_one_mail(sink):
    first, second, person = two_reviews()
    taken(sink)

    reviews_round_at(morning(BD[3]))

    [mail] = post(sink, person.email)
    assert str(first.relationship) in text(mail)
    assert str(second.relationship) in text(mail)


def test_two_reviews_remind_of_the_one_without_an_answer(sink):
    first, second, person = two_reviews()
    with time_machine.travel(morning(OPENS)):
        answer(Rater.objects.get(review=second, contact=person), 5)
    taken(sink)

    reviews_round_at(morning(BD[3]))

    [mail] = post(sink, person.email)
    assert first.relationship.client.name in text(mail)
    assert second.relationship.client.name not in text(mail)


@pytest.fixture
def world():
    found = worlds.make()
    for side in Side:
        TeamRoleFactory(
            relationship=found.relationship, side=side, role=TeamRole.Role.SPONSOR
        )
    return found


def coordinator(world, side="client"):
    return world.by(side, "account_manager").contact


def test_a_coordinator_hears_how_many_have_answered_of_the_own_side(world, sink):
    review = opened(relationship=world.relationship, client=5, supplier=4)
    with time_machine.travel(morning(OPENS)):
        answer(raters(review, "client")[0], 5)
        for one in raters(review, "supplier")[:2]:
            answer(one, 5)
    taken(sink)

    reviews_round_at(morning(BD[8]))

    [mail] = [one for one in sink.messages if "have answered" in one["Subject"]]
    assert mail["To"] == coordinator(world).email
    assert "1 of the 5 people of" in text(mail)
    for one in raters(review):
        assert one.contact.name not in text(mail)


def test_of_few_people_no_count_is_told(world, sink):
    opened(relationship=world.relationship, client=3, supplier=3)
    taken(sink)

    reviews_round_at(morning(BD[8]))

    assert [one for one in sink.messages if "have answered" in one["Subject"]] == []


def released(world, **values) -> HealthReview:
    """A wave whose result both sides have had since Monday 16 March 2026."""
    with time_machine.travel(morning(OPENS), tick=False):
        review = open_wave(world.relationship, owner_side="client", **values)
    rows = HealthReview.objects.filter(pk=review.pk)
    rows.update(state="closed", closed_at=morning(date(2026, 3, 16)))
    ReviewResult.objects.create(review=review, audience="series", document={})
    rows.update(state="released", released_at=morning(date(2026, 3, 16)))
    review.refresh_from_db()
    Notice.objects.all().delete()
    return review


def told(kind: str) -> list[tuple[str, str]]:
    rows = Notice.objects.filter(kind=kind, channel="mail")
    return sorted(rows.values_list("side", "recipient__name"))


def test_without_a_conversation_the_owner_hears_then_both_sponsors(world, sink):
    person = coordinator(world)
    released(world, owner=person)

    plan(morning(date(2026, 3, 29)))
    assert told("review-meeting") == []
    plan(morning(date(2026, 3, 30)))
    assert told("review-meeting") == [("client", person.name)]
    reviews_round_at(morning(date(2026, 3, 30)))
    taken(sink)

    for _ in range(2):
        reviews_round_at(morning(date(2026, 4, 6)))

    sponsors = TeamRole.objects.filter(role="sponsor")
    to = sorted(sponsors.values_list("contact__email", flat=True))
    mails = [one for one in sink.messages if "Not yet talked" in one["Subject"]]
    assert sorted(one["To"] for one in mails) == to
    assert len({text(one).partition(" -- ")[0] for one in mails}) == 1


def test_once_talked_about_nobody_is_reminded_of_it(world):
    review = released(world, owner=coordinator(world))
    HealthReview.objects.filter(pk=review.pk).update(state="discussed")

    plan(morning(date(2026, 4, 6)))

    assert told("review-meeting") == []


def test_both_coordinators_hear_that_no_actions_are_agreed(world, sink):
    review = released(world)
    # 6 April is the day to agree by.
    plan(morning(review.agree_by))
    assert told("review-actions") == []
    for _ in range(2):
        reviews_round_at(morning(review.agree_by + timedelta(days=1)))

    mails = [one for one in sink.messages if "No actions" in one["Subject"]]
    assert sorted(one["To"] for one in mails) == sorted(
        coordinator(world, side).email for side in Side
    )
    assert len({text(one).partition(" -- ")[0] for one in mails}) == 1


def test_what_is_long_past_is_nobody_s_news_any_more(world):
    released(world, owner=coordinator(world))

    plan(morning(date(2026, 9, 1)))

    assert told("review-actions") == told("review-meeting") == []


def test_with_everything_told_a_round_asks_little():
    for _ in range(3):
        opened(relationship=worlds.make().relationship, client=2, supplier=2)
    plan(morning(BD[9]))

    with CaptureQueriesContext(connection) as asked:
        for rule in OWING_RULES:
            assert [one for batch in rule(BD[9]) for one in batch] == []

    # One question a rule, and one for those invited today.
    assert len(asked) <= 2 * len(OWING_RULES)


def test_once_it_is_over_nothing_is_kept_of_who_was_mailed(world, settings):
    review = opened(relationship=world.relationship)
    settings.HAS_MAIL_RELAY = False
    reviews_round_at(morning(BD[3]))
    settings.HAS_MAIL_RELAY = True
    other = opened()
    assert forget_asked() == 0

    asking.close_review(review=review, now=datetime.now(tz=review.closes_at.tzinfo))
    reviews_round_at(review.closes_at + timedelta(minutes=5))
    assert forget_asked() > 0

    kinds = Notice.objects.filter(object_id=review.pk).values_list("kind", flat=True)
    assert set(kinds) == {"review-insufficient"}
    assert Notice.objects.filter(object_id=other.pk).count() == 8
