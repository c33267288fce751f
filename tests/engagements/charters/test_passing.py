"""Whoever was to answer about a charter and left is followed; their side is told."""

from __future__ import annotations

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from engagements import links
from engagements.charters.actions import answering
from engagements.charters.actions.passing import pass_on_charters
from engagements.charters.mails import ASKED
from engagements.charters.passing_mails import PASSED
from engagements.errors import RuleError
from engagements.links import Purpose
from engagements.models import Contact, Membership, Notice
from engagements.notices.kinds import known
from engagements.reminders import rounds
from tests.engagements.charters import charters
from tests.factories import ContactFactory, TeamRoleFactory

TODAY = timezone.localdate


def leave(contact) -> None:
    Contact.objects.filter(pk=contact.pk).update(left_on=TODAY() - timedelta(days=2))


def opened(client, row) -> int:
    return client.get(links.path(Purpose.CHARTER, row.pk, row.version)).status_code


def test_who_speaks_next_is_asked_and_the_side_may_name_another(client, pair):
    charter = charters.proposed(pair)
    row = charters.asked(charter, pair.other)
    leave(row.contact)
    # Somebody who never signs in speaks for that side first.
    pair.relationship.team.filter(side=pair.other).update(role="delivery")
    place = getattr(pair.relationship, pair.other.value)
    role = {"side": pair.other, "contact": ContactFactory(organisation=place)}
    follower = TeamRoleFactory(relationship=pair.relationship, **role).contact

    assert [rounds.run()["charters_passed"] for _twice in range(2)] == [1, 0]

    now = charters.asked(charter, pair.other)
    assert (now.contact, now.asked_on) == (follower, TODAY())
    assert (opened(client, row), opened(client, now)) == (404, 200)
    asked = Notice.objects.get(kind=ASKED, recipient=follower)
    said = " ".join(known(ASKED).letter(asked).paragraphs)
    assert f"{row.contact.name} was asked" in said
    told = Notice.objects.filter(kind=PASSED)
    assert {one.side for one in told} == {pair.other.value}
    assert follower.pk not in told.values_list("recipient", flat=True)
    for one in told:
        assert known(PASSED).still_wanted(one)
        assert follower.name in known(PASSED).letter(one).paragraphs[0]
    with pytest.raises(RuleError, match="Somebody else is asked now"):
        answering.answer(acceptance=row, yes=True)
    somebody = pair.by(pair.other, "administrator").contact
    by = pair.by(pair.other)
    answering.name_person(by=by, acceptance=now, contact=somebody)
    assert not any(known(PASSED).still_wanted(one) for one in told)
    assert rounds.run()["charters_passed"] == 0


def test_who_is_asked_instead_is_not_told_so_by_a_second_mail(pair):
    leave(charters.asked(charters.proposed(pair), pair.other).contact)

    rounds.run()

    told = Notice.objects.get(kind=PASSED)
    assert told.recipient == pair.by(pair.other).contact
    assert not known(PASSED).still_wanted(told)


def test_nobody_who_could_follow_leaves_it_as_it_is(pair):
    row = charters.asked(charters.proposed(pair), pair.other)
    pair.relationship.team.filter(side=pair.other).delete()
    Membership.objects.filter(organisation=row.contact.organisation).delete()
    leave(row.contact)

    assert pass_on_charters(TODAY()) == 0
    row.refresh_from_db()
    assert row.version == 1


def test_a_year_to_come_is_passed_on_when_it_is_asked(pair):
    with time_machine.travel("2025-11-27 10:00", tick=False):
        charter = charters.accepted(pair)
        again = charters.asked(charter, pair.other, 2)
        leave(again.contact)
        assert pass_on_charters(TODAY()) == 0
    with time_machine.travel("2027-01-28 10:00", tick=False):
        # It has lapsed meanwhile: nobody is asked anew by itself.
        assert pass_on_charters(TODAY()) == 0
    with time_machine.travel("2026-10-28 10:00", tick=False):
        assert pass_on_charters(TODAY()) == 1
        assert pass_on_charters(TODAY()) == 0
        now = charters.asked(charter, pair.other, 2)
        assert now.contact == pair.by(pair.other).contact
        charters.say_yes(charter, 2)
    assert charter.holds_until.year == 2027


def test_what_is_answered_or_withdrawn_is_nobody_s(pair):
    charter = charters.proposed(pair)
    row = charters.asked(charter, pair.other)
    answering.answer(acceptance=row, yes=True)
    leave(row.contact)
    assert pass_on_charters(TODAY()) == 0
    charter.acceptances.update(answer="", answered_on=None)
    assert charter.acceptances.count() == 2
    charter.state = "withdrawn"
    charter.save()
    assert pass_on_charters(TODAY()) == 0
