"""Nothing lost, nothing falsely recorded, copies only where a crash allows one.

Short here; `bin/faults` runs them at full length.
"""

from __future__ import annotations

import logging
import os
import random
import signal
import time

import pytest
from django.db import OperationalError, connection

from engagements.models import Notice, Tick
from tests.faults.conftest import LONG
from tests.faults.processes import wait_until
from tests.faults.relay import ACCEPT, CUT_AFTER, CUT_BEFORE
from tests.faults.verdict import verdict

logger = logging.getLogger("faults")
pytestmark = [
    pytest.mark.faults,
    pytest.mark.django_db(transaction=True),
    pytest.mark.timeout(1_800 if LONG else 240),
]


def test_killed_workers_lose_nothing(installation, relay, messages, settled):
    rows, kills = (6_000, 60) if LONG else (400, 5)
    # A relay takes its time over a message; recording the answer takes a moment.
    relay.pause = 0.1 if LONG else 0.05
    messages(rows)
    installation.clock("clock")
    chance = random.Random(7)  # noqa: S311 - which worker dies next
    names = ["one", "two"]
    for name in names:
        installation.worker(name)

    wait_until(lambda: relay.accepted, 60, "the first message")
    for _ in range(kills):
        time.sleep(chance.uniform(0.05, 0.3))
        name = chance.choice(names)
        installation.kill(name)
        installation.worker(name)
        before = sum(relay.accepted.values())
        wait_until(
            lambda before=before: (
                sum(relay.accepted.values()) > before or not _waiting()
            ),
            60,
            "somebody goes on",
        )
    settled(600)

    found = verdict(relay)
    logger.info("%s after %s kills", found.said, kills)
    assert (found.lost, found.falsely_recorded) == (0, 0)
    assert found.copies <= 2


def _waiting() -> bool:
    return Notice.objects.filter(state=Notice.State.PENDING).exists()


@pytest.mark.parametrize("clocks", [2, 5] if LONG else [2])
def test_several_clocks_send_nothing_twice(
    installation, relay, messages, settled, clocks
):
    messages(3_000 if LONG else 200)
    installation.worker("one")
    installation.worker("two")
    for number in range(clocks):
        installation.clock(f"clock{number}")

    settled(300)
    # Rounds go on where there is nothing left to do.
    seen = Tick.objects.count()
    wait_until(lambda: Tick.objects.count() > seen + clocks, 60, "further rounds")

    found = verdict(relay)
    logger.info("%s with %s clocks", found.said, clocks)
    assert (found.lost, found.falsely_recorded, found.copies) == (0, 0, 0)


def test_a_flushed_and_a_stopped_broker_lose_nothing(
    installation, relay, redis, messages, settled
):
    relay.pause = 0.01
    installation.worker("one")
    installation.clock("clock")
    messages(200)
    wait_until(lambda: relay.accepted, 60, "the first message")

    for _ in range(15 if LONG else 3):
        redis.says("FLUSHALL")
        messages(20)
        time.sleep(1)
    redis.stop()
    # Nobody can nudge a worker now: the row is committed, the next round finds it.
    messages(20)
    time.sleep(12 if LONG else 3)
    redis.start()
    messages(20)

    took = settled(120)
    found = verdict(relay)
    logger.info("%s; settled %.1f s after the broker came back", found.said, took)
    assert (found.lost, found.falsely_recorded, found.copies) == (0, 0, 0)
    assert took <= 30


def test_a_worker_with_rounds_still_to_begin_outlives_its_broker(
    installation, relay, redis, messages, settled
):
    relay.pause = 0.4
    installation.worker("one", threads=1, taken=9)
    installation.clock("clock")
    messages(30)
    wait_until(lambda: relay.accepted, 60, "the first message")
    # Its one thread is busy now; further rounds wait inside the worker.
    time.sleep(4)

    redis.stop()
    time.sleep(2)
    redis.start()
    relay.pause = 0.01
    settled(60)
    seen = Tick.objects.count()
    wait_until(lambda: Tick.objects.count() > seen, 60, "a further round")

    found = verdict(relay)
    assert (found.lost, found.falsely_recorded, found.copies) == (0, 0, 0)
    assert installation.running["one"].poll() is None


def test_a_database_that_dies_under_load_loses_nothing(
    installation, relay, messages, settled
):
    stops = 3 if LONG else 1
    relay.pause = 0.005
    _survive_a_crash()
    messages(3_000 if LONG else 300)
    installation.worker("one")
    installation.clock("clock")
    wait_until(lambda: relay.accepted, 60, "the first message")

    for _ in range(stops):
        _kill_the_database()
        before = sum(relay.accepted.values())
        wait_until(
            lambda before=before: (
                sum(relay.accepted.values()) > before + 20 or not _waiting()
            ),
            60,
            "work goes on",
        )
    settled(300)

    found = verdict(relay)
    logger.info("%s after the database died %s times", found.said, stops)
    assert (found.lost, found.falsely_recorded) == (0, 0)
    assert found.copies <= stops


def _survive_a_crash():
    """What is committed stays: the suite's server is faster than it is careful."""
    name = connection.ops.quote_name(connection.settings_dict["NAME"])
    with connection.cursor() as cursor:
        cursor.execute(f"ALTER DATABASE {name} SET synchronous_commit = on")


def _kill_the_database():
    """At once, as a power cut does; whoever started it starts it again."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_read_file('postmaster.pid')")
        process = int(cursor.fetchone()[0].split()[0])
    os.kill(process, signal.SIGQUIT)
    connection.close()
    time.sleep(0.2)
    wait_until(_database_answers, 60, "the database is back")


def _database_answers():
    try:
        connection.ensure_connection()
    except OperationalError:
        return False
    return True


def test_a_relay_that_refuses_connections_burns_no_attempts(
    installation, relay, messages, settled
):
    relay.stop()
    messages(60)
    installation.worker("one")
    installation.clock("clock")

    wait_until(
        lambda: Notice.objects.exclude(last_error="").exists(), 60, "it was tried"
    )
    time.sleep(15 if LONG else 2)
    relay.start()
    settled(120)

    found = verdict(relay)
    assert (found.lost, found.copies, found.dead, found.attempts) == (0, 0, 0, 0)


@pytest.mark.parametrize("answer", ["451 Come again", "452 No room", "421 Closing"])
def test_a_relay_that_asks_for_patience_gets_it(
    installation, relay, messages, settled, answer
):
    relay.script = lambda _id, offered: answer if offered == 1 else ACCEPT
    messages(20)
    installation.worker("one")
    installation.clock("clock")

    settled(180)

    found = verdict(relay)
    assert (found.lost, found.falsely_recorded, found.copies) == (0, 0, 0)
    assert (found.dead, found.parked) == (0, 0)


def test_a_line_cut_after_acceptance_makes_one_copy_at_most(
    installation, relay, messages, settled
):
    rows = 1_000 if LONG else 60
    chance = random.Random(11)  # noqa: S311 - which messages are hit
    hit = {}

    def script(message_id, _offered):
        unlucky = hit.setdefault(message_id, chance.random() < 0.05)
        return CUT_AFTER if unlucky else ACCEPT

    relay.script = script
    messages(rows)
    installation.worker("one")
    installation.clock("clock")

    settled(300)

    found = verdict(relay)
    events = relay.events[CUT_AFTER]
    logger.info("%s after %s cuts", found.said, events)
    assert events
    assert (found.lost, found.falsely_recorded) == (0, 0)
    assert found.copies <= events
    # Cut a second time, a person decides.
    assert found.parked == sum(hit.values())


def test_a_line_cut_before_acceptance_loses_nothing(
    installation, relay, messages, settled
):
    relay.script = lambda _id, offered: CUT_BEFORE if offered == 1 else ACCEPT
    messages(10)
    installation.worker("one")
    installation.clock("clock")

    settled(180)

    found = verdict(relay)
    assert (found.lost, found.falsely_recorded, found.copies) == (0, 0, 0)


def test_one_bad_row_holds_up_no_other(installation, relay, messages, settled):
    relay.script = lambda message_id, _offered: (
        "550 No such person" if message_id == unknown else ACCEPT
    )
    broken = messages(3, poison=True)
    split = messages(3, addresses=["a@example.org\nBcc: b@example.org"] * 3)
    (stranger,) = messages(1)
    unknown = Notice.objects.get(recipient=stranger).message_id
    good = messages(60)
    installation.worker("one")
    installation.clock("clock")

    settled(120)

    states = dict(Notice.objects.values_list("recipient", "state"))
    assert {states[pk] for pk in good} == {Notice.State.SENT}
    for pk in (*broken, *split, stranger):
        assert states[pk] == Notice.State.DEAD
    assert "b@example.org" not in relay.recipients
    assert (verdict(relay).lost, verdict(relay).copies) == (0, 0)


@pytest.mark.parametrize("times", [0, 1, 2, 50] if LONG else [0, 1, 3])
def test_rounds_by_hand_send_each_message_once(installation, relay, messages, times):
    messages(40)

    for _ in range(times):
        assert installation.tick().wait(60) == 0, installation.log("tick")

    assert sum(relay.accepted.values()) == (40 if times else 0)
    assert verdict(relay).copies == 0


def test_two_rounds_at_once_send_each_message_once(installation, relay, messages):
    relay.pause = 0.005
    messages(200)

    rounds = [installation.tick() for _ in range(3 if LONG else 2)]
    assert [found.wait(120) for found in rounds] == [0] * len(rounds)

    found = verdict(relay)
    assert (found.lost, found.copies, found.falsely_recorded) == (0, 0, 0)
    # One kept connection carries many messages.
    assert relay.connections <= len(rounds) * 2


def test_a_security_mail_does_not_wait_behind_the_others(installation, relay, messages):
    messages(50_000 if LONG else 1_500)
    installation.worker("one")
    installation.clock("clock")
    wait_until(lambda: len(relay.accepted) > 100, 90, "the queue is on its way")

    (person,) = messages(1, lane=Notice.Lane.SECURITY)
    urgent = Notice.objects.get(recipient=person).message_id
    took = wait_until(lambda: relay.accepted[urgent], 30, "the security mail")

    left = Notice.objects.filter(state=Notice.State.PENDING).count()
    logger.info("a security mail waited %.2f s before %s others", took, left)
    assert took <= 10
