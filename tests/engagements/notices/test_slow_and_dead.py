"""What becomes of a message when the relay or the worker that holds it does not do."""

from __future__ import annotations

import threading
import time
from datetime import timedelta

import pytest
import time_machine
from django.db import connection
from django.utils import timezone

from engagements.models import Notice
from engagements.notices import delivery, heartbeat
from tests.faults.relay import ACCEPT, CUT_AFTER, Relay, free_port

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("mail_on")]
_State = Notice.State


@pytest.fixture
def relay(settings):
    """A real mail server that does as it is told."""
    found = Relay(free_port())
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", found.port
    found.start()
    yield found
    found.stop()


def state_of(row):
    row.refresh_from_db()
    return row.state


def test_each_refusal_for_now_waits_longer(owed, relay):
    relay.script = lambda _id, _offered: "451 come again"
    row, waited = owed(), []

    with time_machine.travel(timezone.now(), tick=False) as clock:
        for _ in range(len(delivery._PAUSES)):  # noqa: SLF001 - the waits themselves
            delivery.deliver()
            row.refresh_from_db()
            waited.append((row.next_attempt_at - timezone.now()).total_seconds() / 60)
            clock.move_to(row.next_attempt_at)

        assert state_of(row) == _State.PENDING
        delivery.deliver()

    for minutes, usual in zip(waited, delivery._PAUSES, strict=True):  # noqa: SLF001 - as above
        assert usual * 0.8 <= minutes <= usual * 1.2
    assert state_of(row) == _State.DEAD
    assert row.last_error == "LaterError: 451 come again"


def test_an_unknown_outcome_is_tried_once_more_then_a_person_decides(owed, relay):
    relay.script = lambda _id, _offered: CUT_AFTER
    row = owed()

    assert delivery.deliver().failed == 1
    assert state_of(row) == _State.PENDING

    Notice.objects.update(next_attempt_at=timezone.now())
    assert delivery.deliver().parked == 1
    assert state_of(row) == _State.PARKED


def test_a_server_that_is_down_is_left_in_peace_and_burns_no_attempts(owed, relay):
    relay.stop()
    rows = [owed(threshold=number) for number in range(5)]

    assert delivery.deliver().failed == 3

    for row in rows:
        assert (state_of(row), row.attempts) == (_State.PENDING, 0)
    tried = [row for row in rows if row.last_error]
    assert len(tried) == 3
    assert all(row.next_attempt_at > timezone.now() for row in tried)


def test_what_the_server_refuses_for_good_is_shown_to_the_administrator(owed, relay):
    relay.script = lambda _id, _offered: "550 no such person"
    row = owed()

    assert delivery.deliver().failed == 1

    assert state_of(row) == _State.DEAD
    assert row.last_error == "RefusedError: 550 no such person"


def held(owed, state, **values):
    row = owed()
    past = timezone.now() - timedelta(seconds=1)
    Notice.objects.update(state=state, lease_until=past, **values)
    return row


def test_what_a_dead_worker_had_taken_is_given_back(owed):
    row = held(owed, _State.LEASED)

    assert delivery.reap(timezone.now()) == 1

    assert (state_of(row), row.unknown_outcomes) == (_State.PENDING, 0)


def test_what_a_dead_worker_was_sending_is_sent_once_more(owed):
    row = held(owed, _State.SENDING)

    delivery.reap(timezone.now())

    assert (state_of(row), row.unknown_outcomes) == (_State.PENDING, 1)


def test_what_two_dead_workers_were_sending_is_parked(owed):
    row = held(owed, _State.SENDING, unknown_outcomes=1)

    delivery.reap(timezone.now())

    assert state_of(row) == _State.PARKED


def test_a_living_worker_keeps_what_it_holds(owed):
    row = owed()
    delivery.claim(timezone.now())

    assert delivery.reap(timezone.now()) == 0
    assert state_of(row) == _State.LEASED


@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif(
    "connection.vendor == 'sqlite'", reason="a database in memory is its thread's own"
)
def test_a_slow_answer_keeps_its_lease(owed, relay, monkeypatch):
    monkeypatch.setattr(heartbeat, "LEASE", timedelta(seconds=0.6))
    row, asked = owed(), threading.Event()

    def slowly(_id, _offered):
        asked.set()
        return ACCEPT

    relay.script, relay.pause = slowly, 2.0
    seen = []

    def look():
        """As the rounds of other workers do."""
        while not asked.wait(0.2):
            seen.append(delivery.reap(timezone.now()))
        connection.close()

    other = threading.Thread(target=look)
    other.start()
    assert delivery.deliver().sent == 1
    other.join()

    assert len(seen) > 5
    assert sum(seen) == 0
    assert (state_of(row), relay.accepted[row.message_id]) == (_State.SENT, 1)


@pytest.mark.django_db(transaction=True)
def test_a_beat_that_misses_its_database_says_so_and_goes_on(owed, monkeypatch, caplog):
    monkeypatch.setattr(heartbeat, "LEASE", timedelta(seconds=0.6))
    row = owed()
    begun = timezone.now()
    Notice.objects.filter(pk=row.pk).update(state=_State.SENDING, lease_until=begun)
    known = {name: connection.settings_dict[name] for name in ("NAME", "PORT")}

    with heartbeat.Heartbeat() as beat, beat.holding(row):
        connection.settings_dict |= {"NAME": "/nowhere/at/all", "PORT": "1"}
        try:
            wait_for(lambda: "was not renewed" in caplog.text)
        finally:
            connection.settings_dict |= known
        wait_for(
            lambda: Notice.objects.filter(pk=row.pk, lease_until__gt=begun).exists()
        )


def wait_for(seen, seconds=20):
    last = time.monotonic() + seconds
    while not seen():
        assert time.monotonic() < last
        time.sleep(0.05)


@pytest.mark.django_db(transaction=True)
def test_between_two_messages_the_beat_renews_nothing(owed, monkeypatch):
    monkeypatch.setattr(heartbeat, "LEASE", timedelta(seconds=0.15))
    row = owed()
    begun = timezone.now()
    Notice.objects.filter(pk=row.pk).update(state=_State.SENDING, lease_until=begun)
    rows = Notice.objects.filter(pk=row.pk).values_list("lease_until", flat=True)

    with heartbeat.Heartbeat() as beat:
        with beat.holding(row):
            wait_for(lambda: rows.get() > begun)
        # A beat that has begun may still end.
        time.sleep(0.1)
        left = rows.get()
        time.sleep(0.3)
        assert rows.get() == left
