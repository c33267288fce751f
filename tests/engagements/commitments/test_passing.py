"""What waits for somebody who left is asked of who speaks for that side now."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db.models.signals import pre_save
from django.utils import timezone

from engagements import links
from engagements.commitments import asking, mails
from engagements.commitments.passing import pass_on_promises
from engagements.errors import RuleError
from engagements.links import Purpose
from engagements.models import Contact, Notice, PromiseAsk, TeamRole
from engagements.notices.kinds import known
from engagements.relationships.actions import correct_last_day
from engagements.reminders import rounds
from engagements.reminders.rules import asking as rules
from tests.engagements.commitments.conftest import asked_of, seat

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate
AGO = timedelta(days=2)


def leave(one) -> None:
    """Their last day is over, and so is their role."""
    Contact.objects.filter(pk=one.contact.pk).update(left_on=TODAY() - AGO)
    TeamRole.objects.filter(contact=one.contact).update(to_on=TODAY() - AGO)


def opened(client, row) -> int:
    return client.get(links.path(Purpose.PROMISE, row.pk, row.version)).status_code


def test_who_speaks_next_is_asked_once_by_a_link_of_their_own(client, seats):
    own, other = seats
    old = asked_of(own, other)
    PromiseAsk.objects.update(asked_on=TODAY() - 10 * AGO)
    assert pass_on_promises(TODAY()) == 0
    leave(other)
    # Nobody is there: it stays as it is.
    assert pass_on_promises(TODAY()) == 0
    next_one = seat(own.relationship, other.side)

    assert [rounds.run()["promises_passed"] for _twice in range(2)] == [1, 0]

    now = PromiseAsk.objects.get()
    assert (now.asked, now.owner) == (next_one.contact, next_one.contact)
    assert now.asked_on == TODAY()
    assert (opened(client, old), opened(client, now)) == (404, 200)
    told = Notice.objects.get(kind=mails.ASKED, recipient=next_one.contact)
    assert known(told.kind).still_wanted(told)
    said = known(told.kind).letter(told).paragraphs[0]
    assert f"{other.contact.name} was asked and has left, so you are asked now" in said
    # Their days of waiting begin anew.
    assert not any(rows for rows in rules.promises_silent(TODAY()))
    with pytest.raises(RuleError, match="Somebody else is asked now"):
        asking.answer(asked=old, yes=True)
    assert asking.answer(asked=now, yes=True).commitment.owner == next_one.contact


def test_what_can_be_promised_no_more_asks_nobody_anew(seats):
    own, other = seats
    row = asked_of(own, other)
    leave(other)
    seat(own.relationship, other.side)
    PromiseAsk.objects.update(due_on=TODAY() - AGO)
    assert pass_on_promises(TODAY()) == 0
    PromiseAsk.objects.update(due_on=TODAY())
    assert pass_on_promises(TODAY()) == 1
    assert row.asked == other.contact


def test_an_owner_who_is_there_stays_the_owner(seats):
    own, other = seats
    row = asked_of(own, other)
    gone, speaks = (seat(own.relationship, other.side) for _one in range(2))
    PromiseAsk.objects.update(asked=gone.contact)
    leave(gone)
    TeamRole.objects.filter(contact=other.contact).update(role="delivery")

    assert pass_on_promises(TODAY()) == 1

    row.refresh_from_db()
    assert (row.asked, row.owner) == (speaks.contact, other.contact)


def test_a_last_day_that_is_put_right_takes_nothing_back(seats):
    own, other = seats
    row = asked_of(own, other)
    leave(other)
    next_one = seat(own.relationship, other.side)
    pass_on_promises(TODAY())

    correct_last_day(by=next_one.by, contact=other.contact, left_on=None)

    assert pass_on_promises(TODAY()) == 0
    row.refresh_from_db()
    assert row.asked == next_one.contact


@pytest.mark.parametrize("what", ["answered", "taken back", "archived"])
def test_what_does_not_wait_is_nobody_s(seats, what):
    own, other = seats
    row = asked_of(own, other)
    if what == "answered":
        asking.answer(asked=row, yes=True)
    elif what == "taken back":
        asking.take_back(asked=row)
    else:
        own.relationship.archived_at = timezone.now()
        own.relationship.save()
    leave(other)
    seat(own.relationship, other.side)

    assert pass_on_promises(TODAY()) == 0


def test_one_that_fails_keeps_nobody_else_s(seats):
    own, other = seats
    first, second = asked_of(own, other), asked_of(own, other)
    leave(other)
    next_one = seat(own.relationship, other.side)

    def fail(instance, **_more):
        if instance.pk == first.pk:
            raise OSError

    pre_save.connect(fail, sender=PromiseAsk)
    try:
        assert pass_on_promises(TODAY()) == 1
    finally:
        pre_save.disconnect(fail, sender=PromiseAsk)
    asked = PromiseAsk.objects.filter(asked=next_one.contact)
    assert asked.get() == second
    assert pass_on_promises(TODAY()) == 1
