"""What both sides agreed to stays, whoever writes: each trigger exists and bites."""

from __future__ import annotations

import pytest
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from engagements.models import Charter, IssueAccount, JointIssue
from engagements.parties.actions.demo import remove_demo
from engagements.reviews import frozen
from engagements.reviews.frozen.joint import JOINT
from tests.engagements.issues.conftest import to_accounts, to_facts, to_work

pytestmark = pytest.mark.django_db


def issues(issue):
    return JointIssue.objects.filter(pk=issue.pk)


def erase(rows):
    """By one statement, as somebody at the database would."""
    rows._raw_delete("default")  # noqa: SLF001 - Django itself would ask for children first


@pytest.fixture
def sides(client_seat, supplier_seat):
    return client_seat, supplier_seat


@pytest.fixture
def shown(sides):
    return to_facts(*sides)


@pytest.fixture
def accounts(shown):
    return IssueAccount.objects.filter(seat__issue=shown)


@pytest.fixture
def charter(client_seat):
    today = timezone.localdate()
    return Charter.objects.create(
        relationship=client_seat.relationship,
        organisation=client_seat.relationship.client,
        side="client",
        written_by=client_seat.contact,
        purpose="Theatres that never wait",
        state="accepted",
        number=1,
        accepted_on=today,
        holds_until=today,
    )


def change_charter(get):
    Charter.objects.filter(pk=get("charter").pk).update(purpose="Cheaper")


def take_charter_back(get):
    Charter.objects.filter(pk=get("charter").pk).update(state="draft")


def remove_charter(get):
    erase(Charter.objects.filter(pk=get("charter").pk))


def add_account(get):
    """To an issue that shows what it has."""
    issue = to_accounts(*get("sides"))
    issues(issue).update(revealed_at=timezone.now())
    IssueAccount.objects.create(
        seat=issue.sides.first(),
        text="x",
        impact="x",
        written_by=get("sides")[0].contact,
    )


def change_account(get):
    pk = get("accounts").first().pk
    IssueAccount.objects.filter(pk=pk).update(text="Never ours")


def remove_account(get):
    erase(IssueAccount.objects.filter(pk=get("accounts").first().pk))


def hide_again(get):
    issues(get("shown")).update(revealed_at=None)


def change_facts(get):
    issues(to_work(*get("sides"))).update(facts="Nothing rang.")


ACTS = {
    "frozen_charter_changed": change_charter,
    "frozen_charter_taken_back": take_charter_back,
    "frozen_charter_removed": remove_charter,
    "frozen_account_added": add_account,
    "frozen_account_changed": change_account,
    "frozen_account_removed": remove_account,
    "frozen_reveal_changed": hide_again,
    "frozen_facts_changed": change_facts,
}


MADE = ("sides", "shown", "accounts", "charter")


def test_every_refusal_is_installed_and_tried():
    assert {one.trigger for one in JOINT} == set(ACTS) <= frozen.installed()


@pytest.mark.parametrize("trigger", sorted(ACTS))
def test_the_database_refuses_and_without_the_trigger_takes_it(trigger, request):
    # Made before, so that what is refused takes none of them back.
    made = {name: request.getfixturevalue(name) for name in MADE}
    get = made.__getitem__
    words = next(one.words for one in JOINT if one.trigger == trigger)
    (table,) = [one.table for one in JOINT if one.trigger == trigger]

    with pytest.raises(IntegrityError, match=words), transaction.atomic():
        ACTS[trigger](get)
    on = f" ON {table}" if connection.vendor == "postgresql" else ""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"DROP TRIGGER {trigger}{on}")

        ACTS[trigger](get)

        transaction.set_rollback(True)


def test_a_demo_is_taken_away_with_what_was_agreed(shown, charter):
    for place in (charter.relationship.client, charter.relationship.supplier):
        type(place).objects.filter(pk=place.pk).update(demo=True)

    remove_demo()

    assert not Charter.objects.exists()
    assert not IssueAccount.objects.exists()
