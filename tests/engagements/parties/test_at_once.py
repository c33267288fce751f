"""Two people doing the same thing at the same moment."""

import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta
from threading import Barrier

import pytest
from django.db import connection, transaction
from django.utils import timezone

from accounts.models import User
from engagements.errors import RuleError
from engagements.models import Membership, Organisation, standing_of
from engagements.parties import actions
from engagements.relationships.actions import person_leaves
from tests.factories import ContactFactory, MembershipFactory

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]


def at_once(*acts):
    """Carry out all at the same moment; what each returned, or how it was refused."""
    together = Barrier(len(acts))

    def run(act):
        together.wait()
        try:
            return act()
        except RuleError as error:
            return error
        finally:
            connection.close()

    with ThreadPoolExecutor(len(acts)) as pool:
        return list(pool.map(run, acts))


def both_wait():
    """Until two others wait, for this connection or in the row behind one that does."""
    ends = time.monotonic() + 30
    waiting = 0
    while waiting < 2 and time.monotonic() < ends:
        with connection.cursor() as cursor:
            cursor.execute("SELECT count(DISTINCT pid) FROM pg_locks WHERE NOT granted")
            waiting = cursor.fetchone()[0]
        time.sleep(0.02)
    assert waiting == 2


def refused(results):
    return [result for result in results if isinstance(result, RuleError)]


def test_one_invitation_lets_one_person_in():
    by = standing_of(MembershipFactory().contact.user)
    contact = ContactFactory(organisation=by.organisation)
    invitation = actions.invite(by=by, contact=contact, role="executive")

    def accept():
        return actions.accept_invitation(
            invitation=invitation, name="Priya", password="correct horse battery"
        )

    results = at_once(accept, accept)

    assert len(refused(results)) == 1
    assert Membership.objects.filter(role="executive").count() == 1


def test_one_person_starts_an_installation():
    def start(number):
        return actions.start_with_organisation(
            organisation=f"Organisation {number}",
            name="Amira",
            email=f"amira{number}@example.org",
            password="correct horse battery",
            usual_side="client",
            time_zone="UTC",
            currency="EUR",
        )

    results = at_once(lambda: start(1), lambda: start(2))

    assert len(refused(results)) == 1
    assert Organisation.objects.count() == User.objects.count() == 1


def test_two_administrators_cannot_switch_each_other_off():
    first = MembershipFactory()
    second = MembershipFactory(organisation=first.organisation)
    by = {row: standing_of(row.contact.user) for row in (first, second)}

    results = at_once(
        lambda: actions.end_membership(by=by[first], membership=second),
        lambda: actions.end_membership(by=by[second], membership=first),
    )

    assert len(refused(results)) == 1
    assert Membership.objects.active().count() == 1


def test_one_number_names_one_organisation():
    by = standing_of(MembershipFactory().contact.user)

    def bring_in(name):
        return actions.create_organisation(
            by=by, name=name, identifiers=[("AU-ABN", "51824753556")]
        )

    results = at_once(lambda: bring_in("A"), lambda: bring_in("B"))

    assert len(refused(results)) == 1
    assert Organisation.objects.filter(name__in=["A", "B"]).count() == 1


@pytest.mark.parametrize("other", ["leaves too", "is switched off"])
def test_of_two_administrators_one_stays(other):
    first = MembershipFactory()
    second = MembershipFactory(organisation=first.organisation)
    by = standing_of(MembershipFactory(organisation=first.organisation).contact.user)
    Membership.objects.filter(contact=by.contact).update(role="account_manager")
    acting = replace(by, role="administrator")

    def leave(one):
        day = timezone.localdate() + timedelta(days=9)
        return person_leaves(
            by=acting, contact=one.contact, left_on=day, sign_in_ends=True
        )

    def second_goes():
        if other == "leaves too":
            return leave(second)
        return actions.end_membership(by=acting, membership=second)

    with ThreadPoolExecutor(1) as pool:
        with transaction.atomic():
            # Whatever they write waits for this; what they read first does not.
            Organisation.objects.select_for_update().get(pk=first.organisation_id)
            going = pool.submit(at_once, lambda: leave(first), second_goes)
            both_wait()
        results = going.result()

    assert len(refused(results)) == 1
    staying = Membership.objects.active().filter(contact__left_on=None)
    assert staying.filter(role="administrator").count() == 1
