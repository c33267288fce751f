"""Promises, reviews and silence: who is told when, and what is left out."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.core import mail
from django.utils import timezone

from engagements.models import (
    Commitment,
    HealthReview,
    Notice,
    NoticePreference,
    OrganisationDay,
    RelationshipSide,
    TeamRole,
)
from engagements.notices.delivery import deliver
from engagements.notices.kinds import known
from engagements.reminders import digest
from engagements.reminders.planning import plan
from tests.engagements.reminders.conftest import TODAY, name, told
from tests.factories import CommitmentFactory, ContactFactory


def in_days(count):
    return TODAY + timedelta(days=count)


def fall_silent(live_contracts=1):
    """The client's side has not spoken with the supplier within the rhythm."""
    values = {"contact_due_on": in_days(-1), "live_contracts": live_contracts}
    RelationshipSide.objects.filter(side="client").update(**values)


@pytest.fixture
def promise(world):
    """The client's interface person promised something for the end of the week."""
    return CommitmentFactory(
        relationship=world.relationship,
        owner=world.by("client", "account_manager").contact,
        original_due_on=date(2026, 11, 27),
    )


def test_the_owner_is_told_five_working_days_before(world, promise):
    assert told("commitment-due") == [
        ("client", name(world, "client", "account_manager"), -5)
    ]


@pytest.mark.parametrize("side", ["client", "supplier"])
def test_days_on_which_one_of_the_sides_does_not_work_do_not_count(
    world, promise, side
):
    Commitment.objects.update(due_on=in_days(10), original_due_on=in_days(10))
    assert told("commitment-due") == []

    place = getattr(world.relationship, side)
    for day in (7, 8, 9):
        OrganisationDay.objects.create(organisation=place, on=in_days(day), works=False)
    assert len(told("commitment-due")) == 1


@pytest.mark.parametrize("due", [date(2026, 12, 1), date(2026, 11, 22)])
def test_a_promise_further_away_or_already_late_is_not_coming_due(promise, due):
    Commitment.objects.update(due_on=due)

    assert told("commitment-due") == []


@pytest.mark.parametrize("column", ["done_at", "cancelled_at"])
def test_a_settled_promise_is_left_out(promise, column):
    Commitment.objects.update(due_on=in_days(-10), **{column: timezone.now()})

    assert told("commitment-overdue") == []


def test_a_late_promise_climbs_in_pairs(world, promise):
    sponsors = {}
    for side in ("client", "supplier"):
        sponsors[side] = world.by(side, "executive").contact
        TeamRole.objects.create(
            relationship=world.relationship,
            side=side,
            contact=sponsors[side],
            role=TeamRole.Role.SPONSOR,
            from_on=date(2024, 1, 1),
        )
    owner = name(world, "client", "account_manager")

    # Friday 27 November: one, five and fifteen working days after.
    assert told("commitment-overdue", day=date(2026, 11, 30)) == [("client", owner, 1)]
    assert [
        row for row in told("commitment-overdue", day=date(2026, 12, 4)) if row[2] == 5
    ] == [
        ("client", owner, 5),
        ("supplier", name(world, "supplier", "account_manager"), 5),
    ]
    assert [
        row
        for row in told("commitment-overdue", day=date(2026, 12, 18))
        if row[2] == 15
    ] == [(side, sponsors[side].name, 15) for side in ("client", "supplier")]


def test_an_internal_promise_is_never_told_across(world, promise):
    Commitment.objects.update(visibility="internal", due_on=in_days(-30))

    assert {row[0] for row in told("commitment-overdue")} == {"client"}


def test_an_internal_promise_stays_with_who_wrote_it(world, promise):
    """Its side was kept by another organisation then, and acts for itself now."""
    Commitment.objects.update(
        visibility="internal",
        due_on=in_days(-30),
        organisation=world.by("bystander").organisation,
    )

    assert told("commitment-overdue") == []


def test_an_owner_who_never_signs_in_is_stood_in_for(world, promise):
    stranger = ContactFactory(organisation=world.relationship.client)
    Commitment.objects.update(owner=stranger)

    assert [row[1] for row in told("commitment-due")] == [
        name(world, "client", "account_manager")
    ]


@pytest.fixture
def review(world):
    """To be prepared from today."""
    days = {
        "prepare_on": TODAY,
        "opens_on": in_days(7),
        "closes_on": in_days(21),
        "publish_by": in_days(23),
        "discuss_by": in_days(35),
        "agree_by": in_days(42),
    }
    return HealthReview.objects.create(
        relationship=world.relationship, form="full", slot_on=in_days(7), **days
    )


def test_both_coordinators_are_told_to_prepare_a_review(world, review):
    assert told("review-prepare") == [
        (side, name(world, side, "account_manager"), 0)
        for side in ("client", "supplier")
    ]


@pytest.mark.parametrize(
    "values",
    [
        {"prepare_on": in_days(1)},
        {"opens_on": in_days(-1)},
        {"state": HealthReview.State.CANCELLED},
    ],
)
def test_a_review_that_needs_no_preparing_is_left_out(review, values):
    HealthReview.objects.update(**values)

    assert told("review-prepare") == []


def test_silence_is_told_weekly_to_one_s_own_side(world):
    RelationshipSide.objects.filter(side="client").update(
        contact_due_on=in_days(-1), live_contracts=1
    )
    person = name(world, "client", "account_manager")

    for day in range(8):
        found = told("silence", day=in_days(day))

    # On the first day and seven days later.
    assert found == [("client", person, 0)] * 2
    assert told("silence", Notice.Channel.MAIL) == []


def test_silence_of_a_relationship_that_is_not_active_means_nothing(world):
    fall_silent(live_contracts=0)
    assert told("silence") == []

    RelationshipSide.objects.update(marked_active=True)
    assert len(told("silence")) == 1


def test_silence_that_is_not_too_long_is_left_out(world):
    RelationshipSide.objects.update(contact_due_on=TODAY, live_contracts=1)

    assert told("silence") == []


def test_what_a_person_switched_off_is_not_told_nor_found_again(world):
    RelationshipSide.objects.filter(side="client").update(
        contact_due_on=in_days(-1), live_contracts=1
    )
    NoticePreference.objects.create(
        contact=world.by("client", "account_manager").contact,
        kind="silence",
        choice=NoticePreference.Choice.OFF,
    )

    assert told("silence") == []
    assert plan(datetime(2026, 11, 23, 7, tzinfo=UTC)) == 0


@pytest.fixture
def told_by_digest(world, settings):
    """Somebody has something to read tomorrow; returns the digest."""
    settings.HAS_MAIL_RELAY = True
    RelationshipSide.objects.filter(side="client").update(
        contact_due_on=in_days(-1), live_contracts=1
    )
    plan(datetime(2026, 11, 23, 6, tzinfo=UTC))
    deliver()
    return Notice.objects.get(kind="digest")


def test_a_digest_leaves_at_half_past_seven_where_the_person_is(told_by_digest):
    assert told_by_digest.due_at == datetime(2026, 11, 23, 7, 30, tzinfo=UTC)
    assert mail.outbox == []


def test_a_digest_that_must_be_sent_again_says_the_same(told_by_digest):
    first = digest.letter(told_by_digest)

    assert digest.still_wanted(told_by_digest)
    assert digest.letter(told_by_digest) == first
    assert len(first.lines) == 1


def test_what_was_told_is_not_told_by_the_next_digest(told_by_digest):
    digest.letter(told_by_digest)
    Notice.objects.filter(kind="digest").update(state=Notice.State.SENT)

    plan(datetime(2026, 11, 24, 6, tzinfo=UTC))

    assert Notice.objects.filter(kind="digest").count() == 1


def test_a_digest_with_nothing_to_say_is_not_wanted(told_by_digest):
    RelationshipSide.objects.update(contact_due_on=in_days(10), live_contracts=1)

    assert not digest.still_wanted(told_by_digest)


def test_a_very_long_digest_counts_the_rest(told_by_digest, monkeypatch):
    monkeypatch.setattr(digest, "MOST_LINES", 1)
    row = Notice.objects.get(kind="silence")
    row.pk, row.key = None, "another"
    row.save(force_insert=True)

    found = digest.letter(told_by_digest)

    assert found.subject == "2 things for today"
    assert found.paragraphs[-1] == "1 more stands in the application."


@pytest.mark.parametrize(
    "kind", ["commitment-due", "commitment-overdue", "review-prepare", "silence"]
)
def test_every_reminder_has_words_and_a_link(world, promise, review, kind):
    RelationshipSide.objects.update(contact_due_on=in_days(-1), live_contracts=1)
    told(kind)
    Commitment.objects.update(due_on=in_days(-30))
    told(kind)

    row = Notice.objects.filter(kind=kind).first()
    letter = known(kind).letter(row)
    assert letter.subject
    assert letter.url.startswith("http://localhost:8000/")
