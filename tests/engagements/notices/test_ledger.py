"""A message is owed once for each key, inside the transaction that causes it."""

from datetime import date, timedelta

import pytest
from celery import Celery
from django.conf import settings
from django.db import transaction
from django.utils import timezone

from engagements.models import Notice
from engagements.notices import ledger
from engagements.notices.ledger import Owed
from relman import celery_app
from tests.factories import ContactFactory
from tests.faults.relay import free_port

pytestmark = pytest.mark.django_db
_State = Notice.State


def test_a_message_is_owed_with_all_it_needs(owed, membership):
    row = owed(side="client", threshold=30, day=date(2027, 3, 31), counter=2)

    assert row.key == f"trial||client|30|2027-03-31|2|{membership.contact.pk}|mail"
    assert row.state == _State.PENDING
    assert row.next_attempt_at == row.due_at <= timezone.now()
    assert row.message_id.startswith("<")
    assert row.message_id.endswith("@localhost>")


def test_owing_twice_owes_once(owed, membership):
    first = owed()

    again = ledger.owe(
        [Owed("trial", membership.contact.pk, membership.organisation.pk, lane=2)]
    )

    assert again == 0
    assert Notice.objects.get() == first


def test_what_was_sent_is_not_owed_again(owed):
    row = owed()
    Notice.objects.filter(pk=row.pk).update(state=_State.SENT)

    assert owed().state == _State.SENT


@pytest.mark.parametrize(
    "other",
    [
        {"threshold": 10},
        {"side": "client"},
        {"counter": 1},
        {"day": date(2027, 1, 1)},
        {"channel": Notice.Channel.IN_APP},
    ],
)
def test_another_occurrence_is_another_message(owed, other):
    owed()

    assert owed(**other).message_id != Notice.objects.exclude(**other).get().message_id


def test_nothing_owed_asks_nothing(django_assert_num_queries):
    with django_assert_num_queries(0):
        assert ledger.owe([]) == 0


def test_a_message_leaves_with_its_transaction(owed):
    with transaction.atomic():
        owed()
        transaction.set_rollback(True)

    assert not Notice.objects.exists()


def test_a_worker_is_told_after_the_commit(owed, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True) as told:
        owed()

    assert len(told) == 1


@pytest.fixture
def no_broker():
    """The publisher of the installation, aimed at a port nobody listens on."""
    deaf = Celery("deaf", broker=f"redis://127.0.0.1:{free_port()}/0")
    deaf.conf.task_publish_retry_policy = settings.CELERY_TASK_PUBLISH_RETRY_POLICY
    deaf.set_current()
    yield
    celery_app.set_current()


@pytest.mark.usefixtures("no_broker")
def test_a_broker_that_is_down_breaks_nothing(
    owed, caplog, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        row = owed()

    assert row.state == _State.PENDING
    assert "Error calling" in caplog.text


@pytest.mark.parametrize("state", [_State.PENDING, _State.PARKED, _State.DEAD])
def test_what_did_not_leave_can_be_let_go(owed, state):
    row = owed()
    Notice.objects.update(state=state)

    assert ledger.cancel(row)
    row.refresh_from_db()
    assert row.state == _State.CANCELLED


@pytest.mark.parametrize("state", [_State.SENT, _State.SENDING, _State.STALE])
def test_what_left_stays_as_it_is(owed, state):
    row = owed()
    Notice.objects.update(state=state)

    assert not ledger.cancel(row)
    assert not ledger.retry(row)
    row.refresh_from_db()
    assert row.state == state


@pytest.mark.parametrize("state", [_State.PARKED, _State.DEAD])
def test_a_person_can_send_it_again(owed, state):
    row = owed()
    later = timezone.now() + timedelta(days=1)
    Notice.objects.update(
        state=state, attempts=11, unknown_outcomes=2, next_attempt_at=later
    )

    assert ledger.retry(row)

    row.refresh_from_db()
    assert (row.state, row.attempts, row.unknown_outcomes) == (_State.PENDING, 0, 0)
    assert row.next_attempt_at <= timezone.now()


def test_two_people_are_two_messages(owed, membership):
    owed()
    other = ContactFactory(organisation=membership.organisation)

    owed(recipient=other.pk)

    assert Notice.objects.count() == 2
