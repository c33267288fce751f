"""A database, a broker, a relay, and an installation on them."""

from __future__ import annotations

import os
import shutil

import pytest
from django.db import connection
from django.utils import timezone

from engagements.models import Notice
from engagements.notices.ledger import Owed, owe
from tests.factories import ContactFactory, OrganisationFactory
from tests.faults.processes import Installation, Redis, wait_until
from tests.faults.relay import Relay, free_port

LONG = os.environ.get("FAULTS") == "long"
_OPEN = [Notice.State.PENDING, Notice.State.LEASED, Notice.State.SENDING]


def _need(found: object, what: str) -> None:
    if found:
        return
    if os.environ.get("CI") == "true":
        pytest.fail(f"CI needs {what}: .ci/run installs it.")
    pytest.skip(f"{what} is needed: run bin/faults or bin/test")


@pytest.fixture
def relay():
    """The relay, listening."""
    found = Relay(free_port())
    found.start()
    yield found
    found.stop()


@pytest.fixture
def redis(tmp_path):
    """The broker."""
    _need(shutil.which("redis-server"), "Redis")
    found = Redis(tmp_path)
    found.start()
    yield found
    found.stop()


@pytest.fixture
def installation(transactional_db, relay, redis, tmp_path):
    """Nothing runs yet; all that a test starts ends with it."""
    _need(connection.vendor == "postgresql", "PostgreSQL")
    place = connection.settings_dict
    database = (
        f"postgres://{place['USER']}:{place['PASSWORD']}@{place['HOST']}"
        f":{place['PORT']}/{place['NAME']}"
    )
    environment = {
        "DJANGO_SETTINGS_MODULE": "relman.settings",
        "DATABASE_URL": database,
        "REDIS_URL": redis.url,
        "EMAIL_URL": relay.url,
        "TICK_SECONDS": "1",
        "DEBUG": "0",
        "HTTPS": "0",
        "LOG_LEVEL": "WARNING",
    }
    found = Installation(environment, tmp_path)
    yield found
    found.end()


@pytest.fixture
def messages(transactional_db):
    """Owe so many messages; a poisoned one cannot be written or addressed."""
    organisation = OrganisationFactory()

    def owed(count, *, lane=Notice.Lane.ORDINARY, addresses=(), **facts):
        people = [ContactFactory.build(organisation=organisation) for _ in range(count)]
        for person, address in zip(people, addresses, strict=False):
            person.email = address
        type(people[0]).objects.bulk_create(people, batch_size=1_000)
        owe(
            Owed(
                kind="trial",
                recipient=person.pk,
                organisation=organisation.pk,
                lane=lane,
                facts=facts,
            )
            for person in people
        )
        return [person.pk for person in people]

    return owed


@pytest.fixture
def settled():
    """Wait until nothing is waiting any more; returns the seconds it took."""

    def wait(seconds):
        return wait_until(
            lambda: not Notice.objects.filter(state__in=_OPEN).exists(),
            seconds,
            f"settled; left {_left()}",
        )

    def _left():
        return dict(
            Notice.objects.order_by().values_list("state", "last_error")[:5]
        ), timezone.now()

    return wait
