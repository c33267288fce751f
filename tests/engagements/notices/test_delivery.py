"""Claim, send, record; what happens to a message that cannot go."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core import mail
from django.db import DatabaseError, OperationalError, connection
from django.utils import timezone

from engagements.models import Notice
from engagements.notices import delivery, heartbeat, kinds
from engagements.notices.kinds import Kind, register
from tests.engagements.notices.conftest import letter
from tests.factories import ContactFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("mail_on")]
_State = Notice.State


def state_of(row):
    row.refresh_from_db()
    return row.state


def test_a_message_is_sent_and_recorded(owed):
    row = owed()

    counts = delivery.deliver()

    assert (counts.sent, counts.failed) == (1, 0)
    assert state_of(row) == _State.SENT
    assert row.sent_at
    assert [message.to for message in mail.outbox] == [["ann@example.org"]]


@pytest.mark.parametrize("times", [0, 1, 2, 50])
def test_however_often_it_is_asked_a_message_is_sent_once(owed, times):
    owed()

    for _ in range(times):
        delivery.deliver()

    assert len(mail.outbox) == min(times, 1)


def test_what_stands_in_the_application_is_not_mailed(owed):
    row = owed(channel=Notice.Channel.IN_APP)

    delivery.deliver()

    assert state_of(row) == _State.SENT
    assert mail.outbox == []


def test_without_a_relay_mail_waits_and_the_application_does_not(owed, settings):
    settings.HAS_MAIL_RELAY = False
    letter, shown = owed(), owed(channel=Notice.Channel.IN_APP)

    delivery.deliver()

    assert (state_of(letter), state_of(shown)) == (_State.PENDING, _State.SENT)


def test_the_most_urgent_goes_first(owed):
    for lane in (3, 2, 1, 0):
        owed(lane=lane, facts={"subject": f"lane {lane}"}, threshold=lane)

    delivery.deliver()

    said = [message.subject for message in mail.outbox]
    assert said == ["lane 0", "lane 1", "lane 2", "lane 3"]


def test_what_is_not_due_waits(owed):
    row = owed(due_at=timezone.now() + timedelta(minutes=1))

    delivery.deliver()

    assert state_of(row) == _State.PENDING


def test_what_makes_no_sense_any_more_is_stale(owed):
    row = owed(not_after=timezone.now() - timedelta(minutes=1))

    assert delivery.deliver().left_out == 1

    assert state_of(row) == _State.STALE
    assert mail.outbox == []


def test_what_is_not_wanted_any_more_is_cancelled(owed):
    row = owed(facts={"over": True})

    delivery.deliver()

    assert state_of(row) == _State.CANCELLED
    assert mail.outbox == []


@pytest.mark.parametrize("gone", ["left", "archived", "switched off"])
def test_somebody_who_is_gone_gets_nothing(owed, membership, gone):
    person = membership.contact
    if gone == "left":
        person.left_on = timezone.localdate() - timedelta(days=1)
    elif gone == "archived":
        person.archived_at = timezone.now()
    else:
        person.user.is_active = False
        person.user.save()
    person.save()
    row = owed()

    delivery.deliver()

    assert state_of(row) == _State.CANCELLED
    assert mail.outbox == []


def test_somebody_without_an_address_is_shown_to_the_administrator(owed, membership):
    person = ContactFactory(organisation=membership.organisation, email="")
    row = owed(recipient=person.pk)

    delivery.deliver()

    assert state_of(row) == _State.DEAD
    assert row.last_error


def test_a_kind_nobody_knows_is_shown_to_the_administrator(owed):
    row = owed("forgotten")

    delivery.deliver()

    assert state_of(row) == _State.DEAD


@pytest.mark.parametrize("poison", ["words", "address"])
def test_a_poisoned_row_holds_up_no_other(owed, membership, poison):
    bad = ContactFactory(
        organisation=membership.organisation,
        email="a@example.org\nBcc: b@example.org" if poison == "address" else "a@b.org",
    )
    facts = {"broken": True} if poison == "words" else {}
    row = owed(recipient=bad.pk, lane=0, facts=facts)
    good = owed()

    counts = delivery.deliver()

    assert (counts.sent, counts.failed) == (1, 1)
    assert (state_of(row), state_of(good)) == (_State.DEAD, _State.SENT)
    assert [message.to for message in mail.outbox] == [["ann@example.org"]]


def test_a_bad_moment_of_the_database_is_not_the_row_s_fault(owed, monkeypatch):
    def ask(notice):
        message = "statement timeout"
        raise DatabaseError(message)

    register(Kind("trial", "Trial", letter, ask))
    row = owed()

    delivery.deliver()

    assert state_of(row) == _State.PENDING
    assert row.next_attempt_at > timezone.now()


def test_a_claim_is_taken_by_one_only(owed):
    owed()
    now = timezone.now()

    (taken,) = delivery.claim(now)

    assert delivery.claim(now) == []
    assert (taken.fence, taken.state) == (1, _State.LEASED)
    assert taken.lease_until == now + heartbeat.LEASE


def test_who_lost_the_lease_records_nothing(owed, monkeypatch):
    row = owed()

    def rival(*_asked):
        Notice.objects.filter(pk=row.pk).update(fence=9)
        return letter(*_asked)

    register(Kind("trial", "Trial", rival, lambda notice: True))

    assert delivery.deliver().left_out == 1
    assert mail.outbox == []
    assert state_of(row) == _State.LEASED


def test_with_a_slow_server_the_queue_is_looked_at_again(owed, monkeypatch):
    monkeypatch.setattr(delivery, "_SLICE", -1.0)
    rows = [owed(threshold=number) for number in range(3)]

    assert delivery.deliver().sent == 3

    # Each was claimed again until its turn came.
    fences = sorted(Notice.objects.values_list("fence", flat=True))
    assert fences == [1, 2, 3]
    assert {state_of(row) for row in rows} == {_State.SENT}


def test_no_message_begins_when_the_time_is_over(owed):
    row = owed()

    delivery.deliver(seconds=-1)

    assert state_of(row) == _State.PENDING


def test_the_kinds_of_the_installation_are_known():
    assert {"invitation", "password-reset", "digest", "notice-deadline"} <= {
        kind.name for kind in kinds.every()
    }


@pytest.mark.parametrize("times", [1, 2])
def test_what_has_left_is_recorded_though_it_was_given_back(owed, times):
    """The database was away for longer than a lease; once, and then parked."""
    row, now = owed(), timezone.now()
    (held,) = delivery.claim(now)
    Notice.objects.update(state=_State.SENDING, unknown_outcomes=times - 1)
    delivery.reap(now + 2 * heartbeat.LEASE)
    assert state_of(row) == [_State.PENDING, _State.PARKED][times - 1]

    delivery.remember(held, state=_State.SENT)

    assert state_of(row) == _State.SENT


def test_what_another_claimed_meanwhile_is_theirs_to_record(owed):
    row = owed()
    now = timezone.now()
    (held,) = delivery.claim(now)
    delivery.reap(now + 2 * heartbeat.LEASE)
    delivery.claim(now + 2 * heartbeat.LEASE)

    delivery.remember(held, state=_State.SENT)

    assert state_of(row) == _State.LEASED


@pytest.mark.django_db(transaction=True)
def test_a_worker_without_its_database_gives_up_after_ten_leases(owed, monkeypatch):
    """Then another worker has the message; this one says why it ends."""
    row = owed()
    monkeypatch.setattr(heartbeat, "LEASE", timedelta(seconds=0.1))
    known = {name: connection.settings_dict[name] for name in ("NAME", "PORT")}
    connection.close()
    connection.settings_dict |= {"NAME": "/nowhere/at/all", "PORT": "1"}
    try:
        with pytest.raises(OperationalError):
            delivery.remember(row, state=_State.SENT)
    finally:
        connection.close()
        connection.settings_dict |= known

    assert state_of(row) == _State.PENDING
